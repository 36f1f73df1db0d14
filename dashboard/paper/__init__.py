"""The printed map that the picture formats share: a Sheet of worded facts and shapes -> layout -> matplotlib Figure."""
