"""Which pages an atlas has: an area each, in order, with the reading that asks about it alone. Counts nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from dashboard.reading import Reading
from dashboard.view import View
from dashboard.words import N_, Words
from geodata.errors import QuestionError
from geodata.vocabulary import LayerKey, Level

Kind = Literal["commune", "district", "region", "province"]
TITLES: dict[Kind, str] = {
    "commune": N_("Atlas by commune"),
    "district": N_("Atlas by district"),
    "region": N_("Atlas by area of responsibility"),
    "province": N_("Atlas of the province"),
}
KINDS: dict[Kind, str] = {
    "commune": N_("commune"),
    "district": N_("district"),
    "region": N_("area of responsibility"),
    "province": N_("province"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """One page: ``key`` is the area's code or the region's id, ``holder`` the name of what it lies in, "" for none."""

    key: str
    name: str
    kind: Kind
    holder: str
    reading: Reading


def ground_view(reading: Reading) -> View:
    """The view of the whole ground in its finest areas: what every page's map is cut from."""
    view = reading.view
    finest = reading.snapshot.boundaries.finest(view.edition) or view.level
    return replace(view, level=finest, area=(), region=())


def kind_of(reading: Reading) -> Kind:
    """What a page is about: the view's level; a view of the province has a page an area of responsibility."""
    match reading.view.level:
        case Level.COMMUNE:
            return "commune"
        case Level.DISTRICT:
            return "district"
        case _:
            return "region" if reading.snapshot.boundaries.regions_in(reading.view.edition) else "province"


def units_of(reading: Reading) -> tuple[Unit, ...]:
    """The pages in order: areas as their layer has them, those of one holder together.

    Only areas asked for have a page. Raises QuestionError where none is.
    """
    kind = kind_of(reading)
    units = _regions(reading) if kind == "region" else _areas(reading, kind)
    if not units:
        raise QuestionError(
            "an atlas has a page for each area asked about, and the question asks about none; "
            "take the areas, regions or zones out of the query, or load boundaries first"
        )
    return units


def _areas(reading: Reading, kind: Kind) -> tuple[Unit, ...]:
    boundaries, view = reading.snapshot.boundaries, reading.view
    layer = boundaries.layers.get(view.question.layer)
    if layer is None:
        return ()
    asked = reading.answers.counts(view.question, reading.scope).asked
    holders = _holders(reading) if kind == "commune" else {}
    order = {code: at for at, code in enumerate(holders)}
    positions = sorted(np.flatnonzero(asked).tolist(), key=lambda i: order.get(layer.parents[i], len(order)))
    whole = ground_view(reading)
    return tuple(
        Unit(
            layer.codes[i],
            layer.names[i],
            kind,
            holders.get(layer.parents[i], ""),
            replace(reading, view=replace(whole, area=(layer.codes[i],))),
        )
        for i in positions
    )


def _holders(reading: Reading) -> dict[str, str]:
    """Code -> name of the districts."""
    layer = reading.snapshot.boundaries.layers.get(LayerKey(reading.view.edition, Level.DISTRICT))
    return {} if layer is None else dict(zip(layer.codes, layer.names, strict=True))


def _regions(reading: Reading) -> tuple[Unit, ...]:
    regions, whole = reading.snapshot.boundaries.regions_in(reading.view.edition), ground_view(reading)
    wanted = reading.view.region or tuple(regions)
    readings = {key: replace(reading, view=replace(whole, region=(key,))) for key in regions if key in wanted}
    return tuple(Unit(key, regions[key].name, "region", "", each) for key, each in readings.items() if _seen(each))


def _seen(reading: Reading) -> bool:
    """Whether any of it is the asker's to see."""
    return bool(reading.answers.counts(reading.view.question, reading.scope).asked.any())


def title(units: Sequence[Unit], words: Words) -> str:
    """What kind of atlas it is."""
    return words(TITLES[units[0].kind])
