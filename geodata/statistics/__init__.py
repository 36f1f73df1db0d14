"""Ground floor: one measure a file, numpy arrays in and out."""
