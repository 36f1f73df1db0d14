"""The store: immutable Parquet segments, one SQLite catalogue as the only commit point, snapshots for readers."""
