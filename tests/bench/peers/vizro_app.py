"""The map and its filter in Vizro."""

import sys
from typing import Any

import vizro.models as vm
from data import CATEGORIES, counts, figure
from vizro import Vizro
from vizro.models.types import capture


@capture("graph")
def area_map(data_frame: Any, category: str = "all") -> Any:
    """Counts of one category."""
    return figure(counts(category))


page = vm.Page(
    title="map",
    components=[vm.Graph(id="map", figure=area_map(counts("all"), category="all"))],
    controls=[vm.Parameter(targets=["map.category"], selector=vm.RadioItems(options=CATEGORIES, value="all"))],
)
Vizro().build(vm.Dashboard(pages=[page])).run(port=int(sys.argv[1]), debug=False)
