"""Keeping a workspace safe: backup, restore, the doctor. Knows the store and its folder, no screen, no answers."""
