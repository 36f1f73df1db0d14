"""From an incident file to clean rows and quarantined rows, tallied. Writes nothing."""
