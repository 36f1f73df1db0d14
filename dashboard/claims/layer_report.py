"""What was read of a boundary file and what was mended in it, for the command and the page alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.boundaries.load import LayerReport  # brings in GDAL, for those who load maps

SHOWN = 8  # codes named in a line


def lines(report: LayerReport, words: Callable[..., str]) -> Iterator[str]:
    """Only as many lines as there is to say."""
    chosen = (report.code_field, report.name_field, report.parent_field, report.population_field)
    code, name, parent, population = (field or "–" for field in chosen)
    yield words(
        "read as code: {code}, name: {name}, parent: {parent}, population: {population}",
        code=code,
        name=name,
        parent=parent,
        population=population,
    )
    yield from mended(report, words)


def mended(report: LayerReport, words: Callable[..., str]) -> Iterator[str]:
    """What was put right, and what could not be."""
    if report.merged:
        yield words("several features, one area: {codes}", codes=_some(report.merged))
    if report.made_valid:
        yield words("invalid geometry mended: {codes}", codes=_some(tuple(code for code, _ in report.made_valid)))
    if report.cleaned:
        yield words("edges brought in line with a neighbour's: {codes}", codes=_some(report.cleaned))
    if report.left_overlapping:
        pairs = tuple(f"{one} + {other}" for one, other in report.left_overlapping)
        yield words("overlaps too large to mend, points there go to the first: {codes}", codes=_some(pairs))
    if report.gaps:
        yield words("{n} holes remain between the areas, {m2} m² in all", n=report.gaps, m2=report.gaps_m2)


def _some(codes: tuple[str, ...]) -> str:
    return ", ".join(codes[:SHOWN]) + (f" … ({len(codes)})" if len(codes) > SHOWN else "")
