"""Administrative editions, their succession, regions and zones: read, checked, repaired."""
