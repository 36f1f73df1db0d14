"""What became of each commune, and where an area of one edition surely lies in another. Knows codes, no geometry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from pathlib import Path

from geodata.boundaries.editions import Boundaries, Layer, Succession
from geodata.boundaries.rows import read_rows
from geodata.errors import BoundaryError
from geodata.vocabulary import LayerKey, Level

_COLUMNS = ("old_code", "new_code", "part")
_PARTS = {"whole": True, "part": False, "remainder": False}
_Row = tuple[int, Mapping[str, str]]


def read_succession(
    path: Path, boundaries: Boundaries, *, old_edition: str | None = None, new_edition: str | None = None
) -> Succession:
    """Read the table old code -> new code (whole, part or remainder). Editions not named are those it fits best."""
    path = Path(path)
    rows = list(read_rows(path, _COLUMNS))
    if not rows:
        raise BoundaryError("{file}: the table holds no rows", file=path.name)
    pairs: dict[tuple[str, str], bool] = {}
    for number, row in rows:
        old, new, part = (row.get(column, "") for column in _COLUMNS)
        if not old or not new:
            raise BoundaryError(
                "{file}, row {row}: old_code and new_code must both be filled", file=path.name, row=number
            )
        if part.casefold() not in _PARTS:
            raise BoundaryError(
                "{file}, row {row}: part is «{part}», expected whole, part or remainder",
                file=path.name,
                row=number,
                part=part[:40],
            )
        if (old, new) in pairs:
            raise BoundaryError(
                "{file}, row {row}: {old} -> {new} is there twice", file=path.name, row=number, old=old, new=new
            )
        pairs[old, new] = _PARTS[part.casefold()]
    _check_whole(path.name, rows)
    older, newer = _editions(path.name, rows, boundaries, old_edition, new_edition)
    return Succession(older, newer, tuple((old, new, whole) for (old, new), whole in pairs.items()))


def candidates(
    succession: Succession, boundaries: Boundaries, edition_from: str, code: str, edition_to: str
) -> frozenset[str]:
    """Communes of ``edition_to`` on whose ground ``code`` may lie, by the table read either way; empty = unknown."""
    if edition_from == edition_to:
        level = boundaries.finest(edition_to)
        known = boundaries.layers[LayerKey(edition_to, level)].codes if level else ()
        return frozenset({code} & set(known))
    if (edition_from, edition_to) == (succession.old_edition, succession.new_edition):
        return frozenset(new for old, new, _ in succession.pairs if old == code)
    if (edition_from, edition_to) == (succession.new_edition, succession.old_edition):
        return frozenset(old for old, new, _ in succession.pairs if new == code)
    return frozenset()


def place_area(boundaries: Boundaries, edition: str, level: Level, code: str) -> Mapping[LayerKey, str]:
    """For each layer the one area that what is known to lie in ``code`` counts for; absent where it counts for none.

    In its own edition: the area and those above it. In another edition: the one commune it surely lies in and those
    above it. Where several are possible, or only a district is known, it is not placeable there at any level, even
    below one common parent: communes, districts and province must have one sum.
    """
    known = boundaries.layers.get(LayerKey(edition, level))
    if known is None or code not in known.codes:
        return {}
    placed = _chain(boundaries, edition, level, code)
    if level != boundaries.finest(edition):
        return placed
    for other in boundaries.editions:
        finest = boundaries.finest(other)
        there = candidates(boundaries.succession, boundaries, edition, code, other)
        if other == edition or finest is None or len(there) != 1:
            continue
        (found,) = there
        if found in boundaries.layers[LayerKey(other, finest)].codes:
            placed.update(_chain(boundaries, other, finest, found))
    return placed


def _chain(boundaries: Boundaries, edition: str, level: Level, code: str) -> dict[LayerKey, str]:
    """The area and the coarser ones that hold it."""
    return {LayerKey(edition, level): code, **_ancestors(boundaries, edition, level, code)}


def _ancestors(boundaries: Boundaries, edition: str, level: Level, code: str) -> dict[LayerKey, str]:
    """The coarser areas that hold ``code``, level by level, as far as parents are known."""
    levels = list(boundaries.levels(edition))
    chain: dict[LayerKey, str] = {}
    for above in reversed(levels[: levels.index(level)]):
        layer = boundaries.layers[LayerKey(edition, level)]
        parent = dict(zip(layer.codes, layer.parents, strict=True)).get(code, "")
        if parent not in boundaries.layers[LayerKey(edition, above)].codes:
            break
        chain[LayerKey(edition, above)] = code = parent
        level = above
    return chain


def _check_whole(file: str, rows: Sequence[_Row]) -> None:
    seen: dict[str, str] = {}
    for number, row in rows:
        old, part = row["old_code"], row["part"].casefold()
        if old in seen and "whole" in {part, seen[old]}:
            raise BoundaryError(
                "{file}, row {row}: {old} moved whole and yet has a second row", file=file, row=number, old=old
            )
        seen[old] = part


def _editions(
    file: str, rows: Sequence[_Row], boundaries: Boundaries, old: str | None, new: str | None
) -> tuple[str, str]:
    for asked in (old, new):
        if asked is not None and boundaries.finest(asked) is None:
            raise BoundaryError("{file}: edition «{edition}» is not loaded", file=file, edition=asked)
    pairs = [
        (a, b)
        for a, b in permutations([e for e in boundaries.editions if boundaries.finest(e)], 2)
        if old in {None, a} and new in {None, b}
    ]
    if not pairs:
        raise BoundaryError("{file}: load the boundaries of both editions first", file=file)
    fits = {(a, b): min(_fit(rows, boundaries, a, "old"), _fit(rows, boundaries, b, "new")) for a, b in pairs}
    best = max(pairs, key=lambda pair: fits[pair])
    if fits[best] < 0.5:
        raise BoundaryError(
            "{file}: the codes are not those of the editions loaded ({editions}); row {row} has {old} -> {new}",
            file=file,
            editions=", ".join(boundaries.editions),
            row=rows[0][0],
            old=rows[0][1]["old_code"],
            new=rows[0][1]["new_code"],
        )
    return best


def _fit(rows: Sequence[_Row], boundaries: Boundaries, edition: str, side: str) -> float:
    """The share of rows whose code the edition has, plus the share whose name agrees too: codes are reused."""
    level = boundaries.finest(edition)
    layer: Layer = boundaries.layers[LayerKey(edition, level)] if level else next(iter(boundaries.layers.values()))
    names = dict(zip(layer.codes, layer.names, strict=True))
    known = sum(row[f"{side}_code"] in names for _, row in rows)
    named = sum(names.get(row[f"{side}_code"], "-") == row.get(f"{side}_name") for _, row in rows)
    return (known + named) / len(rows)
