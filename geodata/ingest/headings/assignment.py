"""Gives every field of a table its column: by mapping, by header, by content. Cleaning and preview both ask here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from geodata.boundaries.editions import Boundaries
from geodata.ingest.headings.claims import choose, put_together, with_first_row
from geodata.ingest.headings.columns import Headers, Matching, require
from geodata.ingest.headings.contents import settle
from geodata.ingest.headings.looks import Looks
from geodata.ingest.letters.legacy_cells import decode_cells
from geodata.ingest.people.exclusion import keep_out, leave_out
from geodata.ingest.raw import RawTable
from geodata.profile import Profile
from geodata.tables import Finding


@dataclass(frozen=True, slots=True, eq=False)
class Assigned:
    """A table (with a header, and with a date in one column) and which of its columns is which field."""

    table: RawTable
    matching: Matching
    by_content: frozenset[str]  # fields whose column was found by its cells
    findings: tuple[Finding, ...]


def assign(
    table: RawTable, mapping: Mapping[str, str], *, file: str, profile: Profile, boundaries: Boundaries, today: date
) -> Assigned:
    """Raises FileRefusedError where a field has no column, or more than one."""
    headers, looks = Headers(mapping), Looks(profile, boundaries, today)
    table, first_row = with_first_row(decode_cells(table), headers, looks)
    table, matching, people = keep_out(
        table, headers.match(table.columns), file=file, profile=profile, boundaries=boundaries, mapping=mapping
    )
    matching, chosen = choose(table, matching, looks)
    table, matching, dates = put_together(table, matching)
    settled = settle(table, matching, looks, mapping=mapping, file=file)
    require(settled.matching, settled.table.columns, headers, file=file, sheet=table.sheet)
    found = (*table.findings, *first_row, *people, *chosen, *dates, *settled.findings)
    return Assigned(settled.table, settled.matching, settled.by_content, found)


def glance(
    table: RawTable, mapping: Mapping[str, str], *, profile: Profile, boundaries: Boundaries, today: date
) -> Assigned:
    """The columns as far as headers tell, for a table that :func:`assign` refuses. People are told by content too."""
    headers = Headers(mapping)
    table, findings = with_first_row(decode_cells(table), headers, Looks(profile, boundaries, today))
    matching = leave_out(table, headers.match(table.columns), profile, boundaries)
    return Assigned(table, matching, frozenset(), findings)
