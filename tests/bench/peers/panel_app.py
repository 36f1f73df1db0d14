"""The map and its filter in Panel."""

import panel as pn
from data import CATEGORIES, counts, figure

pn.extension("plotly")
chosen = pn.widgets.RadioBoxGroup(options=CATEGORIES, value="all")
pn.Column(chosen, pn.pane.Plotly(pn.bind(lambda category: figure(counts(category)), chosen))).servable()
