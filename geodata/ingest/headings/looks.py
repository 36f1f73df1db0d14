"""What a single cell looks like: a day, a category, a commune, a coordinate. Knows no column and keeps nothing."""

from __future__ import annotations

import math
import re
from datetime import date
from functools import cached_property
from typing import Final

from geodata.boundaries.editions import Boundaries
from geodata.geometry.crs import WGS84, metric_crs, transform_xy
from geodata.ingest.localities.names import name_key, plain_key
from geodata.ingest.points.extent import Extent
from geodata.ingest.when.spellings import EPOCH, NO_DAY, day_number, parse_day
from geodata.ingest.wording import normal, plain, words
from geodata.profile import Profile
from geodata.vocabulary import Level

_DAY_PART: Final = re.compile(r"[^\sT,]+")
_EITHER_FIRST: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_SERIAL: Final = re.compile(r"\d{5,6}(?:[.,]\d+)?")  # as likely a number of something else
_ARTICLE: Final = re.compile(r"(?:^|\W)(?:điều|dieu|đ\.|article|art\.)\s*\d")
_NUMBER: Final = re.compile(r"[+-]?\d[\d.,\s]*")
_MARKS: Final = re.compile(r"[.,]")
_EASTINGS: Final = (100_000.0, 900_000.0)  # of every transverse Mercator system with 500 km false easting
_NORTH_SLACK_M: Final = 5_000.0  # systems of other meridians and scales differ by less


class Looks:
    """Judges cells by the profile's categories and days and by the ground that is loaded."""

    def __init__(self, profile: Profile, boundaries: Boundaries, today: date) -> None:
        """What is costly to know is made when it is first asked for."""
        self._profile, self._boundaries = profile, boundaries
        self._days = range(profile.earliest.toordinal() - EPOCH, today.toordinal() - EPOCH + 1)

    def is_day(self, text: str) -> bool:
        """Whether the text begins with a day that the profile takes, in either order of day and month."""
        return self.day(text) in self._days and _SERIAL.fullmatch(text) is None

    def day(self, text: str) -> int | None:
        """The day the text begins with, counted from 1970, in either order of day and month; None where none does."""
        found = _DAY_PART.match(text)
        if found is None:
            return None
        day = parse_day(found[0])[0]
        if day == NO_DAY and (either := _EITHER_FIRST.fullmatch(found[0])):
            day = day_number(int(either[3]), int(either[1]), int(either[2]))
        return None if day == NO_DAY else day

    @cached_property
    def _wordings(self) -> frozenset[str]:
        categories = self._profile.category_list()
        said = [words(text) for one in categories for text in (one.key, one.vi, one.en, *one.synonyms)]
        return frozenset(said) | frozenset(plain(text) for text in said)

    def is_category(self, text: str) -> bool:
        """Whether the text is a known wording of a category, or names an article of law as such («Điều 173»)."""
        return words(text) in self._wordings or _ARTICLE.search(normal(text)) is not None

    @cached_property
    def _communes(self) -> tuple[frozenset[str], frozenset[str]]:
        layers = [layer for key, layer in self._boundaries.layers.items() if key.level is Level.COMMUNE]
        bare = frozenset(name_key(name)[1] for layer in layers for name in layer.names)
        return bare, frozenset(plain(name) for name in bare)

    def is_commune(self, text: str) -> bool:
        """Whether the text is the name of a commune of any edition; what follows a comma may be its district."""
        name = text.split(",", 1)[0].strip()
        if not name or name.isdigit():
            return False
        bare, unaccented = self._communes
        typed = plain_key(name)
        return name_key(name)[1] in bare or (typed is not None and typed[1] in unaccented)

    def is_number(self, text: str) -> bool:
        """Whether the text is any number."""
        return not math.isnan(_number(text))

    @cached_property
    def _box(self) -> tuple[float, float, float, float] | None:
        return Extent(self._boundaries).box

    @cached_property
    def _northings(self) -> tuple[float, float]:
        """The box's south and north as metres of the UTM zone at its middle."""
        if self._box is None:
            return math.inf, -math.inf
        west, south, east, north = self._box
        middle = (west + east) / 2
        _, y = transform_xy([middle, middle], [south, north], WGS84, metric_crs("auto", middle, (south + north) / 2))
        return float(y[0]) - _NORTH_SLACK_M, float(y[1]) + _NORTH_SLACK_M

    def is_longitude(self, text: str) -> bool:
        """Whether the text is a number with decimals between the west and the east of the boundaries."""
        return self._box is not None and self._box[0] <= _fraction(text) <= self._box[2]

    def is_latitude(self, text: str) -> bool:
        """Whether the text is a number with decimals between the south and the north of the boundaries."""
        return self._box is not None and self._box[1] <= _fraction(text) <= self._box[3]

    def is_easting(self, text: str) -> bool:
        """Whether the text is a number as eastings are."""
        return self._box is not None and _EASTINGS[0] <= _number(text) <= _EASTINGS[1]

    def is_northing(self, text: str) -> bool:
        """Whether the text is a number as northings around the boundaries are."""
        return self._northings[0] <= _number(text) <= self._northings[1]


def _number(text: str) -> float:
    """A number as people type it, NaN where it is none: the last of two kinds of marks is the decimal one."""
    if _NUMBER.fullmatch(text) is None:
        return math.nan
    bare = "".join(text.split())
    marks = _MARKS.findall(bare)
    if len(marks) > 1 and len(set(marks)) == 1:
        return float(_MARKS.sub("", bare))
    whole, mark, decimals = bare.rpartition(marks[-1]) if marks else (bare, "", "")
    return float(f"{_MARKS.sub('', whole)}.{decimals or 0}") if mark else float(bare)


def _fraction(text: str) -> float:
    """A number that has decimals, NaN for any other: degrees have them, counts and codes do not."""
    value = _number(text)
    return math.nan if value.is_integer() else value
