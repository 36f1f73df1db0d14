"""``[report]`` of profile.toml: when the annual report is handed in. Knows no year."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator


class ReportRow(BaseModel):
    """The day of the year by which it is handed in; without one no day is told."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    due_month: int | None = Field(default=None, ge=1, le=12)
    due_day: int | None = Field(default=None, ge=1, le=28)

    @model_validator(mode="after")
    def _both_or_none(self) -> ReportRow:
        if (self.due_month is None) != (self.due_day is None):
            raise ValueError("due_month and due_day together, for example 12 and 20")
        return self
