"""The map and its filter in Panel. A pane of its own each time: one that is kept does not repaint plotly's maps."""

import panel as pn
from data import CATEGORIES, counts, figure

pn.extension("plotly")
chosen = pn.widgets.RadioBoxGroup(options=CATEGORIES, value="all")
pn.Column(chosen, pn.bind(lambda category: pn.pane.Plotly(figure(counts(category))), chosen)).servable()
