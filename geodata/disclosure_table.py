"""How little is told to those without the right to see points. Knows no data and applies nothing."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, model_validator


class DisclosureRow(BaseModel):
    """``[disclosure]`` of a profile. A count below ``fewest`` is told as "<5", every other one rounded."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fewest: int = Field(default=5, ge=2, le=100)
    round_to: int = Field(default=5, ge=2, le=100)
    cell_m: float = Field(default=250.0, ge=250.0, le=20_000.0)  # places of incidents are told no finer
    cell_fewest: int = Field(default=8, ge=2, le=1000)  # and stand for so many incidents at least
    sensitive: tuple[str, ...] = ()  # categories told by commune and quarter only

    @model_validator(mode="after")
    def _rounds_at_least_as_coarsely_as_it_hides(self) -> DisclosureRow:
        if self.round_to < self.fewest:
            raise ValueError(
                f"round_to of at least fewest ({self.fewest}), else a shown number gives back a hidden one"
            )
        return self
