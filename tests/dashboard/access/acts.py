"""Logs of acts for the tests: filled, of many months, under a clock that stands."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from dashboard.access.audit import AuditLog

DAY = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def fill(log: AuditLog, n: int = 6) -> list[bytes]:
    """``n`` entries behind the one that begins the log; returns all lines."""
    for i in range(n):
        log.append("login", who=f"an{i}", address="127.0.0.1", role="officer", turn=i)
    return month(log).read_bytes().splitlines(keepends=True)


def month(log: AuditLog) -> Path:
    return max(log.folder.glob("*.jsonl"))


def months(workspace: Path, n: int, keep: int = 24) -> AuditLog:
    """One entry a month, the last one in November 2026."""
    workspace.mkdir(exist_ok=True)
    for back in range(n - 1, -1, -1):
        at = 2026 * 12 + 10 - back
        moment = datetime(at // 12, at % 12 + 1, 15, tzinfo=UTC)
        log = AuditLog(workspace, keep_months=keep, clock=lambda moment=moment: moment)  # type: ignore[misc]
        log.append("login", who=f"{moment:%Y-%m}", address="")
    return log
