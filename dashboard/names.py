"""What the workspace's things are called, and which can be chosen. Reads one snapshot; asks for no numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.view import Choices
from dashboard.words import N_, Language, Words
from geodata.answers.places import open_areas
from geodata.boundaries.editions import Boundaries
from geodata.profile import Profile
from geodata.question import EVERYTHING, Scope
from geodata.vocabulary import AreaKey, Category, EventKind, LayerKey, Level, Period, Source, ZoneKind
from geodata.warehouse.snapshot import Snapshot

LEVELS: Mapping[Level, str] = {
    Level.COMMUNE: N_("Communes"),
    Level.DISTRICT: N_("Districts"),
    Level.PROVINCE: N_("Province"),
}
SOURCES: Mapping[Source, str] = {
    Source.REPORTED: N_("Reported"),
    Source.DISCOVERED: N_("Discovered by police"),
}
ZONE_KINDS: Mapping[ZoneKind, str] = {
    ZoneKind.BORDER_COMMUNES: N_("Border communes"),
    ZoneKind.BORDER_BELT: N_("Border belt"),
    ZoneKind.RESTRICTED: N_("Restricted area"),
    ZoneKind.DISTANCE_BAND: N_("Distance from the border"),
    ZoneKind.NEIGHBOUR_BORDER: N_("Border with another province"),
    ZoneKind.BORDER_GATE: N_("Border gate"),
    ZoneKind.INDUSTRIAL_PARK: N_("Industrial park"),
    ZoneKind.TOWN_CENTRE: N_("Town centre"),
    ZoneKind.ROAD: N_("Road"),
    ZoneKind.VENUE: N_("Venue"),
    ZoneKind.OTHER: N_("Other zone"),
}
EVENT_KINDS: Mapping[EventKind, str] = {
    EventKind.LAW: N_("law"),
    EventKind.CAMPAIGN: N_("campaign"),
    EventKind.REFORM: N_("reform"),
    EventKind.RECORDING: N_("way of recording"),
    EventKind.OTHER: N_("event"),
}
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Names of one generation: categories, areas, regions, zones, editions."""

    profile: Profile
    categories: tuple[Category, ...]
    boundaries: Boundaries
    choices: Choices
    presets: tuple[tuple[str, Period], ...]  # label marked with N_, period
    many: Mapping[LayerKey, int]  # areas of each layer that the asker may see
    ground: str = ""  # what all that is open to the asker is called; "" where that is the whole province

    def category(self, key: str, language: Language) -> str:
        """A category's label; its key where the workspace has no such category any more."""
        return next((item.label(language) for item in self.categories if item.key == key), key)

    def members(self, group: str) -> tuple[str, ...]:
        """The categories of a group, as a View holds them."""
        return tuple(sorted(item.key for item in self.categories if item.group == group))

    def place(self, language: Language) -> str:
        """What the asker sees all of: the province, or the areas that are open to them."""
        return self.ground or self.profile.name(language)

    def area(self, edition: str, code: str) -> str:
        """An area's name, looked up from fine to coarse."""
        for level in reversed(Level):
            layer = self.boundaries.layers.get(LayerKey(edition, level))
            if layer is not None and code in layer.codes:
                return layer.names[layer.codes.index(code)]
        return code

    def region(self, key: str) -> str:
        """A region's name."""
        return next((item.name for item in self.boundaries.regions if item.id == key), key)

    def zone(self, key: str, words: Words) -> str:
        """A zone's name; a computed distance band says from what."""
        zone = next((item for item in self.boundaries.zones if item.id == key), None)
        if zone is None:
            return key
        if zone.kind is ZoneKind.DISTANCE_BAND:
            return words("{band} from the border (computed)", band=zone.name.replace("-", "–"))
        return zone.name

    def edition(self, key: str, words: Words) -> str:
        """An edition by its time in force, by its id where it has none."""
        edition = self.boundaries.editions.get(key)
        if edition is None or (edition.valid_from is None and edition.valid_until is None):
            return key
        if edition.valid_until is None and edition.valid_from is not None:
            return words("units from {day}", day=words.date(edition.valid_from))
        if edition.valid_until is not None:
            return words("units until {day}", day=words.date(edition.valid_until))
        return key


def name_things(snapshot: Snapshot, *, layers: tuple[str, ...], today: date, scope: Scope = EVERYTHING) -> Names:
    """Names and choices of a snapshot; ``layers`` are the map layers' keys.

    ``today`` stands in for the last day of the data where there are none. Areas of which the asker may see
    nothing are no choice, nor are regions that are not open as a whole.
    """
    boundaries, profile = snapshot.boundaries, snapshot.profile
    seen = {key: open_areas(boundaries, key, scope) for key in boundaries.layers}
    open_codes = {
        key: [code for code, is_open in zip(layer.codes, seen[key], strict=True) if is_open]
        for key, layer in boundaries.layers.items()
    }
    last = snapshot.last_day or today
    presets = _presets(profile, last)
    choices = Choices(
        period=dict(presets)["Last 12 months"],
        editions=tuple(
            (edition, tuple(reversed(boundaries.levels(edition)))) for edition in reversed(list(boundaries.editions))
        ),
        layers=layers,
        categories=frozenset(item.key for item in snapshot.categories),
        areas=frozenset((key.edition, code) for key, codes in open_codes.items() for code in codes),
        communes=frozenset(
            f"{key.edition}:{code}"
            for key, codes in open_codes.items()
            if key.level is boundaries.finest(key.edition)
            for code in codes
        ),
        regions=frozenset(
            region.id
            for region in boundaries.regions
            if set(region.codes) <= _finest(boundaries, region.edition, open_codes)
        ),
        zones=frozenset(zone.id for zone in boundaries.zones),
    )
    many = {key: len(codes) for key, codes in open_codes.items()}
    return Names(profile, snapshot.categories, boundaries, choices, presets, many, _ground(boundaries, scope))


def _ground(boundaries: Boundaries, scope: Scope) -> str:
    """The regions that are granted whole, and the communes beside them; each name once, whatever its edition."""
    if scope.areas is None:
        return ""
    granted = set(scope.areas)
    called: dict[str, None] = {}
    for region in boundaries.regions:
        held = {AreaKey(region.edition, code) for code in region.codes}
        if held and held <= granted:
            called[region.name] = None
            granted -= held
    for edition, code in sorted(granted):
        level = boundaries.finest(edition)
        layer = None if level is None else boundaries.layers[LayerKey(edition, level)]
        if layer is not None and code in layer.codes:
            called[layer.names[layer.codes.index(code)]] = None
    return ", ".join(called)


def _finest(boundaries: Boundaries, edition: str, codes: Mapping[LayerKey, list[str]]) -> set[str]:
    """The open codes of an edition's finest level; none where it is not loaded."""
    level = boundaries.finest(edition)
    return set() if level is None else set(codes[LayerKey(edition, level)])


def _presets(profile: Profile, last: date) -> tuple[tuple[str, Period], ...]:
    this_year = profile.statistical_year_of(last)
    last_year = this_year.a_year_earlier()
    so_far = Period(this_year.start, last)
    twelve = Period(_a_year_before(last) + timedelta(days=1), last)
    return (
        (N_("Last 12 months"), twelve),
        (N_("This statistical year"), so_far),
        (N_("Last statistical year"), last_year),
        (N_("Same period of last year"), twelve.a_year_earlier()),
        (N_("Last 3 months"), Period(_months_before(last, 3) + timedelta(days=1), last)),
    )


def _a_year_before(day: date) -> date:
    return Period(day, day).a_year_earlier().start


def _months_before(day: date, months: int) -> date:
    month = day.month - months
    year, month = (day.year, month) if month > 0 else (day.year - 1, month + 12)
    last_of_month = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last_of_month))
