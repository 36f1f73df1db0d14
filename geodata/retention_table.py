"""For how long single incidents are kept. Knows no store."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class RetentionRow(BaseModel):
    """``[retention]`` of a profile: whole months, the one under way not counted; 0 keeps all."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    points_months: int = Field(default=0, ge=0, le=600)
