"""Where an incident happened, by the names and codes of areas. Reads no coordinate."""
