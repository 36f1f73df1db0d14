"""Somebody who presses, for what is asked without a browser."""

from __future__ import annotations

from pathlib import Path

from dashboard.access.audit import AuditLog
from dashboard.recording import Recorder


def pen(folder: Path, who: str = "lan") -> Recorder:
    """The pen of a data officer over the log of that folder."""
    return Recorder(AuditLog(folder), who, "data", "10.0.0.7", is_alone=False)
