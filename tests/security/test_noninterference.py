"""Somebody's answers tell nothing of places outside: the same bytes, whatever is recorded and written down there.

Two worlds that differ outside only are asked the same, as a browser asks. Where an answer compares with the province on
purpose it may differ; :data:`COMPARED` names each such place and why. Of them those that tell a total of the province
must not notice that incidents outside were moved about outside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import pytest

from dashboard.layers import all_layers
from tests.dashboard.callbacks import callbacks
from tests.dashboard.offices import Browser, office
from tests.security.twins import GROUNDS, OUTSIDE, World, twin

pytestmark = pytest.mark.slow
Browsers = Mapping[World, Browser]
PAGES: Final = ("/", "/targets", "/persistence", "/compare", "/data", "/present", "/notebook", "/glossary", "/start")
FOREIGN: Final = (
    "area=203&area=101&area=201&region=west&region=east&zone=border_communes&zone=border_0_1km&beside=201&beside=103"
    "&commune=2025:201&commune=2024:201&other=2025&script=x&slide=1&swipe=1&lang=en"
)
QUERIES: Final = (
    *(f"?lang=en&edition=2024&level=commune&layer={layer}" for layer in all_layers()),
    "?edition=2025&lang=en&layer=count",
    "?edition=2024&level=district&layer=count&lang=en&compare=none",
    "?edition=2024&level=province&lang=en&layer=rate",
    f"?edition=2024&level=commune&layer=relative_risk&{FOREIGN}",
    f"?edition=2025&level=commune&layer=count&{FOREIGN}",
    "?edition=2024&level=commune&side=groups&beside=103&area=101&lang=en&layer=count",
)
TOTAL, JUDGED = "a total of the province", "judged against all areas of the layer"
SETTLED: Final = "of areas seen whole alone"
#: Which outputs tell of the province on purpose: how, and what that is.
COMPARED: Final[Mapping[str, tuple[str, str]]] = {
    "beside.children": (
        JUDGED,
        "the province's change and its rate beside one's own; its months say how wide chance is",
    ),
    "near-what.children": (TOTAL, "how many the province's rate leads to expect in zones " + SETTLED),
    "ranking.children": (JUDGED, "how sure it is that an area is worse than the province, and its marks " + SETTLED),
    "ranking-all.children": (JUDGED, "the same for all areas"),
    "register.children": (JUDGED, "whether places last above the median commune, " + SETTLED),
    "rises.children": (JUDGED, "what is new against the months and the other areas, " + SETTLED),
    "pair.children": (JUDGED, "both rates against what the province leads to expect"),
    "compare-maps.children": (JUDGED, "the maps of layers that are judged"),
    "page.children": (JUDGED, "a page holds its panels"),
}
OF_THE_MAP: Final = {"map.figure", "exports.children"}  # and the facts that a picture of it carries
ON_MAP: Final = frozenset({"relative_risk", "pattern", "gi_star", "hexagons"})  # layers that are judged
EVERYWHERE: Final = ("page.children", "exports.children")
MOMENT: Final = re.compile(rb"\d{4}-\d\d-\d\dT[\d:.]+\+\d\d:\d\d|\b\d\d:\d\d(?=[ \"\\])")


@pytest.fixture(scope="module", params=list(GROUNDS))
def browsers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Browsers:
    made = {}
    for world in World:
        house = office(tmp_path_factory.mktemp(world), twin(GROUNDS[request.param], world))
        made[world] = house.browser(request.param)
    return made


@pytest.mark.parametrize("query", QUERIES)
def test_no_callback_tells_of_places_outside(browsers: Browsers, query: str) -> None:
    told: set[tuple[str, World]] = set()
    turn = QUERIES.index(query)
    for at, page in enumerate(PAGES):
        values = {"url.search": query, "url.pathname": page, "page-key.data": {"path": page}}
        for each in callbacks(browsers[World.FIRST].client):
            if at != turn % len(PAGES) and each.output not in EVERYWHERE:
                continue  # most follow the query alone: each is asked on one page a query
            got = {world: each.post(browser, values) for world, browser in browsers.items()}  # type: ignore[arg-type]
            assert {answer.status_code for answer in got.values()} <= {200, 204, 403}
            said = {world: MOMENT.sub(b"", answer.data) for world, answer in got.items()}
            assert all(OUTSIDE.encode() not in text for text in said.values()), (page, each.output)
            told |= _differing(each.output, said)
    judged = any(f"layer={layer}" in query for layer in ON_MAP)
    known = set(COMPARED) | (OF_THE_MAP if judged else set())
    assert {name for name, _ in told} <= known
    moved = {name for name, world in told if world is World.MOVED}
    assert not moved & {name for name, (how, _) in COMPARED.items() if how == TOTAL}


def _differing(output: str, said: Mapping[World, bytes]) -> set[tuple[str, World]]:
    """The output's first name with the world in which it is another."""
    name = output.strip(".").split("...")[0]
    return {(name, world) for world in (World.OTHER, World.MOVED) if said[world] != said[World.FIRST]}


@pytest.mark.parametrize("query", QUERIES)
def test_no_list_of_numbers_tells_of_places_outside(browsers: Browsers, query: str) -> None:
    for path in ("/months.json", "/frames.json", "/notebook.json"):
        for pace in ("", "&step=quarter&window=12"):
            got = {world: browser.get(path + query + pace) for world, browser in browsers.items()}
            said = {world: MOMENT.sub(b"", answer.data) for world, answer in got.items()}
            assert all(OUTSIDE.encode() not in text for text in said.values()), path
            if path != "/frames.json" or not any(f"layer={layer}" in query for layer in ON_MAP):
                assert len(set(said.values())) == 1, (path, query)
