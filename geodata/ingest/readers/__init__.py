"""One module a file format. Each has READER = Reader(suffixes, kinds, read); ingest/content.py finds it."""
