-- From store version 5: a seal on every table, so that a flipped bit in a value is noticed.
CREATE TABLE seals (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL) WITHOUT ROWID;
