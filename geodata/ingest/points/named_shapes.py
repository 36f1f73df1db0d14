"""The area each row names, as a shape: evidence for a file's coordinate system. Looks names up only when asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geodata.boundaries.editions import Boundaries
from geodata.ingest.distinct import texts
from geodata.ingest.localities.addresses import Named
from geodata.ingest.localities.areas import FIELDS
from geodata.ingest.localities.gazetteer import Found, Gazetteer
from geodata.ingest.sheet import Sheet
from geodata.ingest.wording import says_nothing
from geodata.vocabulary import LayerKey, Level

_EPOCH: Final = date(1970, 1, 1)
_LAST: Final = (date(2200, 1, 1) - _EPOCH).days


class NamedShapes:
    """The shapes of one sheet's rows. Callable with row positions."""

    def __init__(self, sheet: Sheet, boundaries: Boundaries, day: Callable[[], NDArray[np.int64]]) -> None:
        """Remember where to look."""
        self._sheet, self._boundaries, self._day = sheet, boundaries, day
        self.file = sheet.file

    def __call__(self, rows: NDArray[np.intp]) -> NDArray[np.object_]:
        """For each row the polygon of the area it names, None where it names none or none for certain."""
        said = [self._said(name, rows) for name in FIELDS]
        days = np.clip(self._day()[rows], 0, _LAST)  # a day that is not known has a number beyond all dates
        gazetteer = Gazetteer(self._boundaries)
        shapes = np.full(len(rows), None, dtype=object)
        known: dict[tuple[object, ...], object] = {}
        for at, (day, *names) in enumerate(zip(days.tolist(), *said, strict=True)):
            key = (gazetteer.order(_EPOCH + timedelta(days=day)), *names)
            if key not in known:
                known[key] = self._shape(gazetteer.find(Named(*names), key[0], guess=False))
            shapes[at] = known[key]
        return shapes

    def _said(self, name: str, rows: NDArray[np.intp]) -> list[str]:
        if name not in self._sheet.fields:
            return [""] * len(rows)
        return ["" if says_nothing(text) else text for text in texts(self._sheet.column(name).iloc[rows])]

    def _shape(self, found: Found) -> object:
        if not found.code:
            return None
        layer = self._boundaries.layers[LayerKey(found.edition, Level(found.level))]
        return layer.polygons[layer.codes.index(found.code)]
