"""What the rows of a sheet say of their areas, each distinct saying once with what was found. Finds nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.ingest.localities.addresses import Named
from geodata.ingest.localities.gazetteer import Found


@dataclass(frozen=True, slots=True)
class Said:
    """One saying and the gazetteer's answer."""

    named: Named
    found: Found

    @property
    def field(self) -> str:
        """The field that says most: the one a message speaks of."""
        fields = ("commune", "commune_code", "district", "district_code")
        return next((name for name in fields if getattr(self.named, name)), "commune")

    @property
    def value(self) -> str:
        """What that field says."""
        return str(getattr(self.named, self.field))

    def header(self, headers: Mapping[str, str]) -> str:
        """The header of that field."""
        return headers.get(self.field, self.field)


@dataclass(frozen=True, slots=True, eq=False)
class Naming:
    """Rows of a sheet, and for each the position of what it says among all that is said."""

    rows: NDArray[np.intp]
    of: NDArray[np.intp]
    said: tuple[Said, ...]

    def where(self, some: NDArray[np.bool_]) -> Naming:
        """Those of the rows."""
        return Naming(self.rows[some], self.of[some], self.said)

    def used(self) -> list[int]:
        """The positions of what is said by some row."""
        return np.flatnonzero(np.bincount(self.of, minlength=len(self.said))).tolist()

    def which(self, holds: Callable[[Said], bool]) -> NDArray[np.bool_]:
        """For each row whether it holds of what the row says."""
        return np.array([holds(one) for one in self.said], dtype=bool)[self.of]

    def each(self, holds: Callable[[Said], bool]) -> Iterator[tuple[int, Said]]:
        """The rows of whose saying it holds."""
        some = self.which(holds)
        for at, number in zip(self.rows[some].tolist(), self.of[some].tolist(), strict=True):
            yield at, self.said[number]
