"""How long a scale bar is and what it says. Knows no page and no projection but one factor."""

from __future__ import annotations

import math


def round_length(limit_m: float) -> float:
    """The longest of 1, 2, 5 times a power of ten metres that is not longer than ``limit_m``."""
    power = 10.0 ** math.floor(math.log10(limit_m))
    return max(step * power for step in (1, 2, 5) if step * power <= limit_m * (1 + 1e-9))


def length_text(length_m: float) -> str:
    """``500 m``, ``10 km``: the same in every language (a round length needs no decimals)."""
    return f"{length_m / 1000:.0f}\u00a0km" if length_m >= 1000 else f"{length_m:.0f}\u00a0m"
