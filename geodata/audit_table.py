"""For how long the log of acts is kept. Knows no log."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class AuditRow(BaseModel):
    """``[audit]`` of a profile: whole months that are kept, the one under way not counted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    keep_months: int = Field(default=24, ge=13, le=600)
