"""One module a file format. Each has READER = Reader(suffixes, kinds, read); ingest/opening/content.py finds it."""
