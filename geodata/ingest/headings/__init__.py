"""Which column is which field: by mapping, by header, by content. Reads no value into an incident."""
