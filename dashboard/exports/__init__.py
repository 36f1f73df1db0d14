"""One module an export format. Each has FORMAT = Format(key, label, mime, suffix, write)."""
