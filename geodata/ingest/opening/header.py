"""Finds the header among the first rows of a sheet: below titles, in one row or in two. Reads no file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geodata.ingest.headings.columns import Headers, speaks_of_people
from geodata.ingest.letters.legacy import rows_as_unicode
from geodata.ingest.wording import text_of, words

SEARCHED_ROWS = 30
_COLUMN_NUMBER = re.compile(r"[(\[]?(\d{1,2}|[A-Za-z])[)\]]?", re.ASCII)


@dataclass(frozen=True, slots=True)
class FoundHeader:
    """The header's texts, how many are known, and the position of the first row below it."""

    columns: tuple[str, ...]
    score: int
    data_from: int


def find_header(rows: Sequence[Sequence[object]], known: Headers) -> FoundHeader:
    """The row, or pair of rows, with most known headers; where none is known, the first row that is not blank."""
    texts = rows_as_unicode([[text_of(cell) for cell in row] for row in rows[:SEARCHED_ROWS]])
    best = FoundHeader((), 0, 0)
    for position, row in enumerate(texts):
        single = FoundHeader(tuple(row), known.recognised(row), position + 1)
        if single.score > best.score:
            best = single
        if position + 1 < len(texts) and not _is_title(row, texts[position + 1]):
            lower = texts[position + 1]
            merged = _merge(row, lower, known)
            score, alone = known.recognised(merged), known.recognised(lower)
            # More than the lower row alone has, or it stands alone. A row of cells below headers of people adds nothing
            # but to those: it is no half of a header, and must never be told as one.
            if score > max(best.score, alone) and (alone or _fields(merged, known) > _fields(row, known)):
                best = FoundHeader(merged, score, position + 2)
    if best.score:
        below = texts[best.data_from] if best.data_from < len(texts) else ()
        return replace(best, data_from=best.data_from + 1) if _counts_columns(below) else best
    first = next((position for position, row in enumerate(texts) if any(row)), 0)
    return FoundHeader(tuple(texts[first]) if texts else (), 0, first + 1)


def _fields(row: Sequence[str], known: Headers) -> int:
    return known.recognised(text for text in row if not speaks_of_people(text))


def _counts_columns(row: Sequence[str]) -> bool:
    """Whether a row below the header only numbers the columns, as official forms do: A, B, 1, 2 or (1), (2), (3)."""
    found = [_COLUMN_NUMBER.fullmatch(text) for text in row if text]
    numbers = [int(one[1]) for one in found if one and one[1].isdigit()]
    return all(found) and len(numbers) > 1 and len(found) > 2 and numbers == list(range(1, len(numbers) + 1))


def _is_title(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a row is one text above a header: at its front, or reaching over more than a span or a pair does."""
    places = [place for place, text in enumerate(upper) if text]
    return len(places) == 1 and (places[0] == 0 or sum(1 for text in lower[places[0] :] if text) > 3)


def _merge(upper: Sequence[str], lower: Sequence[str], known: Headers) -> tuple[str, ...]:
    """One header of two rows: a merged cell above ("Xảy ra") reaches over the cells below it ("từ", "đến")."""
    merged, above = [], ""
    for position in range(max(len(upper), len(lower))):
        top = upper[position] if position < len(upper) else ""
        below = lower[position] if position < len(lower) else ""
        above = (top or above) if below else ""  # what stands over a blank cell reaches down, not over its neighbours
        if not below:
            merged.append(top)
            continue
        both = above if speaks_of_people(above) else f"{above} {below}".strip()
        merged.append(both if known.recognised([both]) or not known.recognised([below]) else below)
    return tuple(merged)


def looks_like_header(columns: Sequence[str]) -> bool:
    """Whether at least two cells hold text: a title stands alone in its row."""
    return sum(1 for column in columns if words(column)) > 1
