"""The files that were loaded, each with its own equation. Counts nothing."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import claims, ids
from dashboard.components.card import card
from dashboard.components.table import Column, table
from dashboard.panels import Panel, follow
from dashboard.reading import Reading
from geodata.answers.answer import FileTally, Reconciliation, Tally


def render(reading: Reading) -> list[Component]:
    """One row a file, the newest first, and their sum."""
    words, whole = reading.words, reading.answers.reconciliation(reading.scope)
    if not whole.files:
        return [html.P(claims.nothing_loaded(words), className="empty")]
    heads = ("Read", "Kept", "Put aside", "With a point", "Area only", "No place")
    columns = [Column(words("File"), number=False), Column(words("Loaded"), number=False)]
    columns += [Column(words(head)) for head in heads]
    rows = [_row(reading, file) for file in reversed(whole.files)]
    total = [words("All files"), "", *_numbers(reading, whole)]
    return [table(words("Files loaded"), columns, [*rows, total], total=True)]


def _row(reading: Reading, file: FileTally) -> list[str]:
    at = file.loaded_at.astimezone(reading.snapshot.profile.zone)
    return [file.name, f"{reading.words.date(at.date())} {at:%H:%M}", *_numbers(reading, file)]


def _numbers(reading: Reading, of: FileTally | Reconciliation) -> list[str]:
    placed: Tally = of.placed
    numbers = (of.read, placed.kept, of.quarantined, placed.with_point, placed.area_only, placed.unplaced)
    return [reading.words.number(n) for n in numbers]


def layout(reading: Reading) -> html.Section:
    """The place of the table."""
    return card(reading.words("Files loaded"), html.Div(render(reading), id=ids.FILES))


PANEL = Panel(layout, follow(ids.FILES, render))
