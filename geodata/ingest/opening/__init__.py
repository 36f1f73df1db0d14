"""Opens a file safely: what it is, in a process of its own, as tables of raw cells. Cleans nothing."""
