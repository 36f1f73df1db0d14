"""Which sheets of a workbook are tables of incidents, and their rows below the header. Knows no file format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from geodata.errors import N_, FileRefusedError
from geodata.ingest.opening.header import SEARCHED_ROWS, FoundHeader, find_header
from geodata.ingest.raw import Extract, Request

MOST_COLUMNS = 1_000
Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: its rows can be gone through from the first one, as often as asked."""

    title: str
    rows: Callable[[], Iterable[Row]]
    hidden: bool = False


def extracts(grids: Sequence[Grid], request: Request, *, file: str) -> Iterator[Extract]:
    """The asked sheet, or all whose header is recognised and which are not hidden. The others are named in each."""
    chosen = {grid.title: grid for grid in grids}
    check_sheet(request.sheet, list(chosen), file=file)
    if request.sheet is not None:
        chosen = {request.sheet: chosen[request.sheet]}
    headers = {title: find_header(list(islice(grid.rows(), SEARCHED_ROWS)), request.headers)
               for title, grid in chosen.items()}  # fmt: skip
    hidden = () if request.sheet is not None else tuple(title for title, grid in chosen.items() if grid.hidden)
    visible = {title: header for title, header in headers.items() if title not in hidden}
    concealed = tuple(title for title in hidden if is_whole(headers[title].columns, request))
    whole = recognised({title: (header.columns, header.score) for title, header in visible.items()}, request)
    if concealed and not any(is_whole(visible[title].columns, request) for title in whole):
        raise FileRefusedError(
            "«{file}»: the table is on the hidden sheet {sheets}. Show it in Excel, or name it with --sheet",
            file=file, sheets=quoted(concealed),
        )  # fmt: skip
    skipped = tuple(title for title in headers if title not in whole)
    for title in whole:
        yield _extract(chosen[title], headers[title], skipped, _concealed(concealed))


def check_sheet(asked: str | None, known: Sequence[str], *, file: str) -> None:
    """Raise FileRefusedError where there is no sheet or layer of that name, or none at all."""
    if not known:
        raise FileRefusedError(
            "«{file}» holds no sheet and no layer that can be read. Open it with the program that made it and save it "
            "anew, or save the table as CSV UTF-8",
            file=file,
        )
    if asked is not None and asked not in known:
        raise FileRefusedError(
            "«{file}» has no sheet «{sheet}»; it has {known}", file=file, sheet=asked, known=quoted(known)
        )


def check_width(columns: int, *, file: str) -> None:
    """Raise FileRefusedError where a table has more columns than any sheet of incidents: each one is looked at."""
    if columns > MOST_COLUMNS:
        raise FileRefusedError(
            "«{file}» has {columns} columns, more than {most}. Copy those that are needed to a table of their own",
            file=file, columns=columns, most=MOST_COLUMNS,
        )  # fmt: skip


def is_whole(columns: Sequence[str], request: Request) -> bool:
    """Whether these headers are those of incidents: a date and a category, or those of a source known before."""
    return request.headers.match(columns).complete or request.headers.remembered(columns)


def recognised(headers: Mapping[str, tuple[Sequence[str], int]], request: Request) -> list[str]:
    """The sheets with such headers; where there is none the likeliest, so that a refusal can name what it has."""
    whole = [title for title, (columns, _) in headers.items() if is_whole(columns, request)]
    if whole or not headers:
        return whole
    return [max(headers, key=lambda title: (headers[title][1], len(headers[title][0])))]


def quoted(titles: Iterable[str]) -> str:
    """Sheet names in a message."""
    return ", ".join(f"«{title}»" for title in titles)


def _concealed(titles: Sequence[str]) -> tuple[tuple[str, dict[str, object]], ...]:
    if not titles:
        return ()
    template = N_("the sheets {sheets} are hidden and were not read. Show them in Excel, or name one with --sheet")
    return ((template, {"sheets": quoted(titles)}),)


def _extract(
    grid: Grid,
    header: FoundHeader,
    skipped: tuple[str, ...],
    findings: tuple[tuple[str, dict[str, object]], ...],
) -> Extract:
    width = max((place + 1 for place, column in enumerate(header.columns) if column), default=0)
    cells: list[tuple[object, ...]] = []
    rows: list[int] = []
    for number, row in enumerate(grid.rows(), start=1):
        if number <= header.data_from:
            continue
        kept = tuple(row[:width])
        if any(cell is not None and cell != "" for cell in kept):
            cells.append(kept + (None,) * (width - len(kept)))
            rows.append(number)
    columns = tuple(zip(*cells, strict=True)) if cells else ((),) * width
    numbers = np.array(rows, dtype=np.int64)
    return Extract(grid.title, header.columns[:width], columns, numbers, skipped=skipped, findings=findings)
