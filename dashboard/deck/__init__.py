"""A script as an editable deck of 16:9: a finding a slide, with a picture of its map and a native chart or table."""
