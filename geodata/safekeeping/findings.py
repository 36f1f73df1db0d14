"""What the doctor found: what it is, where, how bad, and what to do about it. Finds nothing itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How bad: numbers are missing or wrong; something is to be done; merely worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Found:
    """One finding. ``template`` and ``remedy`` are English with named places filled by ``facts``.

    ``check`` is one of profile, catalogue, segments, layers, drawings, sums, orphans, leftovers, boundaries, notebook,
    follow_ups, rights, disk, earlier, retention; ``where`` the file it is about, below the workspace, "" for none.
    """

    severity: Severity
    check: str
    where: str
    template: str
    remedy: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.facts)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All findings, the worst first, and how many things were looked at, by kind."""

    generation: int
    checked: Mapping[str, int]
    found: tuple[Found, ...]

    @property
    def sound(self) -> bool:
        """Whether there is nothing to do."""
        return all(each.severity is Severity.NOTE for each in self.found)
