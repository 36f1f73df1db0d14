"""Where an incident happened, by its coordinates, in whatever system they are. Knows no category."""
