"""An address of the dashboard read as an order for a file: the View, and what only a file has. Writes none.

Beside the View's own keys there may be ``size=4k`` (a picture's), ``rows=incidents`` or ``by=area,month`` (a table's),
``year=2025`` (a report's) and ``slides``: ``script`` for all slides of the script the View names, or a page
(``/targets``) for the View as that page shows it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from dashboard.asker import asker
from dashboard.exports import Order, size_of
from dashboard.extracts import Rows
from dashboard.reading import Reading, of_view, read
from dashboard.scripts import script_of
from dashboard.slides import PATHS
from geodata.answers.answers import Answers
from geodata.errors import QuestionError
from geodata.notebook import Script, Slide
from geodata.question import Detail

OWN = ("size", "rows", "by", "year", "slides")
ROWS: Mapping[str, Rows] = {"": "areas", "areas": "areas", "incidents": "incidents"}
WHOLE_SCRIPT = "script"
YEARS = (1900, 2200)  # as for the command


def order_of(query: str, answers: Answers) -> Order:
    """The order of a query. What is bad in the View is dropped as everywhere; raises QuestionError on the rest."""
    pairs = parse_qsl(query, keep_blank_values=True)
    own = {key: value for key, value in pairs if key in OWN and value}
    rows = _rows(own.get("rows", ""))
    reading = read("?" + urlencode([pair for pair in pairs if pair[0] not in OWN]), answers)
    if rows == "incidents" and reading.scope.points and not asker().rights.takes_points:
        # Who may look at places takes none away but those that several incidents share.
        coarse = replace(reading.scope, detail=Detail.FIVE)
        reading = of_view(reading.view, reading.answers, reading.words, coarse)
    return Order(
        reading,
        datetime.now(reading.snapshot.profile.zone),
        size=size_of(own.get("size", "")),
        script=_script(own.get("slides", ""), reading),
        year=_year(own.get("year", "")),
        rows=rows,
        by=tuple(own["by"].split(",")) if "by" in own else (),
    )


def _rows(text: str) -> Rows:
    if text not in ROWS:
        raise QuestionError("«{text}» are no rows; there are: {known}", text=text[:40], known="areas, incidents")
    return ROWS[text]


def _year(text: str) -> int | None:
    if text and not (re.fullmatch(r"[0-9]{4}", text) and YEARS[0] <= int(text) <= YEARS[1]):
        raise QuestionError("«{text}» is no year; write it as 2025", text=text[:40])
    return int(text) if text else None


def _script(slides: str, reading: Reading) -> Script | None:
    if not slides:
        return None
    if slides == WHOLE_SCRIPT:
        return script_of(reading)
    if slides not in PATHS:
        raise QuestionError("«{text}» shows no slide; there are: {known}", text=slides[:40], known=", ".join(PATHS))
    return Script("", (Slide(slides + reading.view.to_query()),))
