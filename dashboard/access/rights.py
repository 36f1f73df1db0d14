"""What an account may do on a day: role, grants and boundaries in, a scope out. Reads no file, knows no session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dashboard.access.accounts import Account, Grant
from dashboard.access.roles import Role
from geodata.boundaries.editions import Boundaries
from geodata.question import Detail, Scope
from geodata.vocabulary import AreaKey, LayerKey

_NO_INCIDENTS = Scope(areas=(), detail=Detail.AGGREGATES)


@dataclass(frozen=True, slots=True)
class Rights:
    """What may be seen, and whether files may be loaded, accounts managed and single incidents taken away."""

    scope: Scope
    loads: bool = False
    administers: bool = False
    takes_points: bool = False


NOTHING = Rights(_NO_INCIDENTS)


def rights_of(account: Account, boundaries: Boundaries, today: date) -> Rights:
    """The rights on ``today``. What is not granted is not given: a locked account has none at all.

    Incidents are of a place, not of an edition: the areas hold in whichever edition is asked about.
    """
    if account.locked:
        return NOTHING
    match account.role:
        case Role.COMMITTEE:
            return Rights(Scope(None, account.detail))
        case Role.DATA:
            return Rights(Scope(), loads=True, takes_points=True)
        case Role.ADMINISTRATOR:
            return Rights(_NO_INCIDENTS, administers=True)
        case Role.CHIEF | Role.OFFICER:
            areas = _areas(account, boundaries, today)
            return Rights(Scope(areas, account.detail)) if areas else NOTHING


def _areas(account: Account, boundaries: Boundaries, today: date) -> tuple[AreaKey, ...]:
    granted = {
        area for grant in account.grants if grant.in_force(today) for area in _of_grant(account.role, grant, boundaries)
    }
    return tuple(sorted(granted))


def _of_grant(role: Role, grant: Grant, boundaries: Boundaries) -> Iterator[AreaKey]:
    """The communes of one grant that there are: a region or a code that was taken out of the boundaries gives none."""
    if grant.area is not None:
        if grant.area.code in communes(boundaries, grant.area.edition):
            yield grant.area
    elif role is Role.CHIEF:  # an officer's area is a commune, never a region
        for region in boundaries.regions:
            if region.id == grant.region:
                held = communes(boundaries, region.edition)
                yield from (AreaKey(region.edition, code) for code in region.codes if code in held)


def communes(boundaries: Boundaries, edition: str) -> frozenset[str]:
    """The codes of the finest level of an edition; none where it is not loaded."""
    finest = boundaries.finest(edition)
    return frozenset() if finest is None else frozenset(boundaries.layers[LayerKey(edition, finest)].codes)
