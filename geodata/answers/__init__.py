"""Question x Scope -> typed Answer. One file a kind of answer; the only cache."""
