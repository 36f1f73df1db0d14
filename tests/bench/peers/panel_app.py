"""The map and its filter in Panel. A pane of its own each time: one that is kept does not repaint plotly's maps."""

from typing import Any

import panel as pn
from data import CATEGORIES, counts, figure

pn.extension("plotly")
chosen = pn.widgets.RadioBoxGroup(options=CATEGORIES, value="all")


def area_map(category: str) -> Any:
    """As large as the others'."""
    return pn.pane.Plotly(figure(counts(category)), width=1000, height=720)


pn.Column(chosen, pn.bind(area_map, chosen)).servable()
