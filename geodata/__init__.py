"""Knows incidents, places and statistics. Knows nothing of screens: never imports dash, plotly or flask."""
