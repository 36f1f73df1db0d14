"""What is asked and how it is shown, as one frozen value <-> the query string. The URL is the state.

Reading is total: whatever is unknown or bad is dropped and reported, never raised. Knows no data; what exists in the
workspace comes in as :class:`Choices`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Literal, cast, get_args
from urllib.parse import parse_qsl, urlencode

from dashboard.query_text import day_of, number_of, one_of, written
from dashboard.words import LANGUAGES, Language
from geodata.notebook import LONGEST_NAME, MOST_SLIDES
from geodata.question import Question
from geodata.vocabulary import Level, Period, Source

Compare = Literal["previous_year", "none"]
Mode = Literal["desk", "projector"]
Theme = Literal["light", "dark"]
Side = Literal["periods", "groups", "quarters"]  # what stands side by side on the page of comparisons
Scale = Literal["one", "own"]  # of maps side by side
LONGEST_QUERY = 8_000
HEXAGON_WIDTHS = (500, 1000, 2000, 5000)  # metres across
BANDWIDTHS = (150, 200, 250, 300, 500)  # metres, of the density
_PARTS = {"from": "start", "to": "end"}  # query key -> field, where they differ
_SAID = frozenset({"start", "end", "edition", "level", "layer"})  # always; the others where they are not the default


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be asked of one generation of a workspace. The first edition, layer ... named is the default."""

    period: Period  # the default: the last twelve months of the data
    editions: tuple[tuple[str, tuple[Level, ...]], ...]  # newest first, levels fine to coarse
    layers: tuple[str, ...]
    categories: frozenset[str] = frozenset()
    areas: frozenset[tuple[str, str]] = frozenset()  # (edition, code)
    communes: frozenset[str] = frozenset()  # edition:code of each edition's finest layer
    regions: frozenset[str] = frozenset()
    zones: frozenset[str] = frozenset()

    def levels(self, edition: str) -> tuple[Level, ...]:
        """The edition's levels, fine to coarse; commune where the edition has none."""
        return dict(self.editions).get(edition, ()) or (Level.COMMUNE,)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A part of a query string that was not understood."""

    key: str
    value: str
    unknown_key: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """One picture of the dashboard. Tuples are sorted and hold no doubles; an empty one asks for all."""

    start: date
    end: date
    edition: str
    level: Level
    layer: str
    category: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    zone: tuple[str, ...] = ()
    source: tuple[Source, ...] = ()
    hours: tuple[int, int] | None = None
    weekdays: tuple[int, ...] = ()
    compare: Compare = "previous_year"
    lang: Language = "vi"
    mode: Mode = "desk"
    commune: str = ""  # edition:code, the commune whose fate is told; "" for none
    hexagon: int = 1000  # one of HEXAGON_WIDTHS
    bandwidth: int = 250  # one of BANDWIDTHS
    against: Period | None = None  # what the period is compared with; None: the page's own choice
    beside: tuple[str, ...] = ()  # codes of the edition's areas that the areas asked are compared with
    other: str = ""  # another edition to show beside this one; "" for none
    theme: Theme = "light"
    swipe: bool = False  # the map of the period before lies under this one, to be wiped over
    side: Side = "periods"
    scale: Scale = "one"
    script: str = ""  # the script that is presented, by name; "" the one made from the data
    slide: int = 0  # of the script, from 1; 0: none is shown, the script is being put together

    @property
    def period(self) -> Period:
        """The days asked, both included."""
        return Period(self.start, self.end)

    @property
    def question(self) -> Question:
        """What is asked, without how it is shown."""
        return Question(
            period=self.period,
            edition=self.edition,
            level=self.level,
            categories=self.category,
            areas=self.area,
            regions=self.region,
            zones=self.zone,
            sources=self.source,
            hours=self.hours,
            weekdays=self.weekdays,
        )

    def to_query(self) -> str:
        """The query string with its ``?``. What is asked is always written out, so that a link stays what it was."""
        pairs: list[tuple[str, str]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name not in _SAID and value == field.default:
                continue
            pairs += [(_key(field.name), text) for text in written(field.name, value)]
        return "?" + urlencode(pairs)

    @staticmethod
    def default(choices: Choices) -> View:
        """What an empty query asks for."""
        edition, levels = choices.editions[0] if choices.editions else ("", (Level.COMMUNE,))
        return View(choices.period.start, choices.period.end, edition, levels[0], choices.layers[0])

    @staticmethod
    def from_query(search: str, choices: Choices) -> tuple[View, tuple[Dropped, ...]]:
        """Read a query string (with or without ``?``). Total: bad parts are dropped and returned beside the View."""
        given, dropped = _pairs(search)
        reader = _Reader(View.default(choices), choices, dropped)
        for key, values in given.items():
            reader.read(key, values)
        return reader.view, tuple(reader.dropped)


def _key(field: str) -> str:
    return next((key for key, name in _PARTS.items() if name == field), field)


def _pairs(search: str) -> tuple[dict[str, list[str]], list[Dropped]]:
    """Query key -> values, in the order in which fields depend on one another (the edition before its areas)."""
    known = {_key(field.name): field.name for field in fields(View)}
    dropped: list[Dropped] = []
    given: dict[str, list[str]] = {}
    search = search.removeprefix("?")
    if len(search) > LONGEST_QUERY:
        return {}, [Dropped("?", search[:40] + "…")]
    for key, value in parse_qsl(search, keep_blank_values=True):
        if key not in known:
            dropped.append(Dropped(key, value, unknown_key=True))
        elif value:
            given.setdefault(key, []).append(value)
    return {key: given[key] for key in known if key in given}, dropped


class _Reader:
    """Takes one key after the other into the View, checking each value against the choices."""

    _MANY = ("category", "area", "region", "zone", "source", "beside")

    def __init__(self, view: View, choices: Choices, dropped: list[Dropped]) -> None:
        self.view = view
        self.choices = choices
        self.dropped = dropped

    def read(self, key: str, values: list[str]) -> None:
        if key in self._MANY:
            self._read_many(key, values)
            return
        *extra, value = values  # the last one counts, as in a form
        self.dropped += [Dropped(key, other) for other in extra if other != value]
        try:
            self.view = getattr(self, f"_read_{key}")(value)
        except (ValueError, KeyError):
            self.dropped.append(Dropped(key, value))

    def _read_many(self, key: str, values: list[str]) -> None:
        good = {value for value in values if self._known(key, value)}
        self.dropped += [Dropped(key, value) for value in values if value not in good]
        items: Any = tuple(Source(value) for value in sorted(good)) if key == "source" else tuple(sorted(good))
        self.view = replace(self.view, **{key: items})

    def _known(self, key: str, value: str) -> bool:
        match key:
            case "category":
                return value in self.choices.categories
            case "area" | "beside":
                return (self.view.edition, value) in self.choices.areas
            case "region":
                return value in self.choices.regions
            case "zone":
                return value in self.choices.zones
            case _:
                return value in (Source.REPORTED, Source.DISCOVERED)

    def _read_from(self, value: str) -> View:
        return replace(self.view, start=day_of(value), end=max(self.view.end, day_of(value)))

    def _read_to(self, value: str) -> View:
        end = day_of(value)
        if end < self.view.start:
            raise ValueError(value)
        return replace(self.view, end=end)

    def _read_edition(self, value: str) -> View:
        levels = dict(self.choices.editions)[value]
        return replace(self.view, edition=value, level=levels[0] if levels else Level.COMMUNE)

    def _read_level(self, value: str) -> View:
        level = Level(value)
        if level not in self.choices.levels(self.view.edition):
            raise ValueError(value)
        return replace(self.view, level=level)

    def _read_layer(self, value: str) -> View:
        if value not in self.choices.layers:
            raise ValueError(value)
        return replace(self.view, layer=value)

    def _read_hours(self, value: str) -> View:
        first, last = (number_of(part, 0, 23) for part in value.split("-"))
        return replace(self.view, hours=(first, last))

    def _read_weekdays(self, value: str) -> View:
        days = {number_of(part, 1, 7) for part in value.split(",")}
        return replace(self.view, weekdays=tuple(sorted(days)))

    def _read_compare(self, value: str) -> View:
        return replace(self.view, compare=cast("Compare", one_of(value, get_args(Compare))))

    def _read_lang(self, value: str) -> View:
        return replace(self.view, lang=cast("Language", one_of(value, LANGUAGES)))

    def _read_commune(self, value: str) -> View:
        if value not in self.choices.communes:
            raise ValueError(value)
        return replace(self.view, commune=value)

    def _read_hexagon(self, value: str) -> View:
        return replace(self.view, hexagon=int(one_of(value, tuple(map(str, HEXAGON_WIDTHS)))))

    def _read_bandwidth(self, value: str) -> View:
        return replace(self.view, bandwidth=int(one_of(value, tuple(map(str, BANDWIDTHS)))))

    def _read_against(self, value: str) -> View:
        start, end = (day_of(part) for part in value.split(".."))
        return replace(self.view, against=Period(start, end))

    def _read_other(self, value: str) -> View:
        if value == self.view.edition or value not in dict(self.choices.editions):
            raise ValueError(value)
        return replace(self.view, other=value)

    def _read_theme(self, value: str) -> View:
        return replace(self.view, theme=cast("Theme", one_of(value, get_args(Theme))))

    def _read_swipe(self, value: str) -> View:
        return replace(self.view, swipe=one_of(value, ("0", "1")) == "1")

    def _read_side(self, value: str) -> View:
        return replace(self.view, side=cast("Side", one_of(value, get_args(Side))))

    def _read_scale(self, value: str) -> View:
        return replace(self.view, scale=cast("Scale", one_of(value, get_args(Scale))))

    def _read_script(self, value: str) -> View:
        if len(value) > LONGEST_NAME:
            raise ValueError(value)
        return replace(self.view, script=value)

    def _read_slide(self, value: str) -> View:
        return replace(self.view, slide=number_of(value, 0, MOST_SLIDES))

    def _read_mode(self, value: str) -> View:
        return replace(self.view, mode=cast("Mode", one_of(value, get_args(Mode))))
