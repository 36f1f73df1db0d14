"""One module a file format. Each has READER = (suffixes, read); the loader in ingest/file.py finds it."""
