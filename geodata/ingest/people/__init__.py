"""Keeps people out: columns and cells that speak of them, recognised and left behind."""
