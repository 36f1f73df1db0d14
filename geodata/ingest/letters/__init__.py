"""Vietnamese letters, in whatever code they were typed, as Unicode. Knows no field."""
