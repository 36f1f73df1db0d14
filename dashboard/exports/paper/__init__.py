"""The printed map the picture formats share: a Sheet of worded facts and shapes -> a laid-out matplotlib Figure."""
