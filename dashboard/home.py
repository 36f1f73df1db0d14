"""One's own area as a question: from a view, and back into one. Keeps nothing and counts nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from dashboard.names import Names
from dashboard.view import View
from geodata.notebook import Home


@dataclass(frozen=True, slots=True)
class Own:
    """One's own area as this workspace has it: regions, and areas of an edition ("" where there are none)."""

    regions: tuple[str, ...]
    areas: tuple[str, ...] = ()
    edition: str = ""

    def asked_by(self, view: View) -> bool:
        """Whether the view asks for just this ground."""
        same = (view.region, view.area) == (self.regions, self.areas)
        return same and (not self.areas or view.edition == self.edition)

    def within(self, view: View, names: Names) -> View:
        """The view of this ground: everything else as it was, the edition where the areas are of another."""
        asked = replace(view, region=self.regions, area=self.areas, commune="")
        if not self.areas or view.edition == self.edition:
            return asked
        levels = names.choices.levels(self.edition)
        level = view.level if view.level in levels else levels[0]
        return replace(asked, edition=self.edition, level=level, other="", beside=())

    def title(self, names: Names) -> str:
        """Its names."""
        return ", ".join(
            [*map(names.region, self.regions), *(names.area(self.edition, code) for code in self.areas)],
        )


def own_of(home: Home | None, names: Names) -> Own | None:
    """What was kept, as far as the workspace still has it; None where nothing is left of it."""
    if home is None:
        return None
    view, _ = View.from_query(home.query, names.choices)
    if not view.area and not view.region:
        return None
    return Own(view.region, view.area, view.edition if view.area else "")


def home_of(view: View) -> Home | None:
    """The ground the view asks about, to be kept; None where it asks about all of it."""
    if not view.area and not view.region:
        return None
    pairs = [("edition", view.edition)] if view.area else []
    pairs += [("region", region) for region in view.region] + [("area", code) for code in view.area]
    return Home("?" + urlencode(pairs))


def everywhere(view: View) -> View:
    """The view of the whole province."""
    return replace(view, region=(), area=(), commune="")
