"""What those who may not see everything may ask: a View made coarser, and what was made so. Counts nothing."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from dashboard.view import View
from dashboard.words import N_
from geodata.answers.places import closed_zones
from geodata.question import Scope
from geodata.vocabulary import Period, ZoneKind
from geodata.warehouse.snapshot import Snapshot

CLOCK = N_("hours and weekdays are not told")
MONTHS = N_("the period is made of whole months")
QUARTERS = N_("the period is made of whole quarters, as one of the categories is told by quarter only")
BEYOND = N_("zones that reach beyond your areas are left out")
ZONES = N_("zones within communes are left out, as one of the categories is told by commune only")


def coarsened(view: View, scope: Scope, snapshot: Snapshot) -> tuple[View, tuple[str, ...]]:
    """The view as the asker may ask it, and what was changed, in marked texts.

    A period gets whole months (quarters where a sensitive category is asked for): it begins with the first day of its
    first one and ends with its last one, or with the one before where the data do not cover that whole.
    """
    reasons: list[str] = []
    if view.question.layer in snapshot.boundaries.layers and (
        closed := closed_zones(snapshot.boundaries, view.question, scope)
    ):
        view, reasons = replace(view, zone=tuple(zone for zone in view.zone if zone not in closed)), [BEYOND]
    if scope.points:
        return view, tuple(reasons)
    if view.hours is not None or view.weekdays:
        view = replace(view, hours=None, weekdays=())
        reasons.append(CLOCK)
    sensitive = bool(set(view.category) & set(snapshot.profile.disclosure.sensitive))
    span = 3 if sensitive else 1
    period = _whole(view.period, span, snapshot.last_day)
    against = None if view.against is None else _whole(view.against, span, snapshot.last_day)
    if (period, against) != (view.period, view.against):
        view = replace(view, start=period.start, end=period.end, against=against)
        reasons.append(QUARTERS if sensitive else MONTHS)
    if sensitive and view.zone:
        whole = {zone.id for zone in snapshot.boundaries.zones if zone.kind is ZoneKind.BORDER_COMMUNES}
        kept = tuple(zone for zone in view.zone if zone in whole)
        reasons += [ZONES] if kept != view.zone else []
        view = replace(view, zone=kept)
    return view, tuple(reasons)


def _whole(period: Period, span: int, last: date | None) -> Period:
    """Whole spans of so many months around the period, without one the data do not cover to its end."""
    start, end = _first(period.start, span), _last(period.end, span)
    if last is not None and end > last and _first(end, span) > start:
        end = _first(end, span) - timedelta(days=1)
    return Period(start, end)


def _first(day: date, span: int) -> date:
    return date(day.year, (day.month - 1) // span * span + 1, 1)


def _last(day: date, span: int) -> date:
    month = _first(day, span).month + span - 1
    return date(day.year, month, monthrange(day.year, month)[1])
