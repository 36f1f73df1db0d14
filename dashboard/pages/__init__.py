"""Which panels stand together. Each has PAGE = Page(path, label, layout)."""
