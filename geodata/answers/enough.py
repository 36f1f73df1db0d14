"""How much it takes for something to be said: incidents and certainty. One place, so that all answers mean the same."""

from __future__ import annotations

from typing import Final

FEWEST: Final = 5  # incidents; on fewer no rate, no risk and no ratio is told, and nothing is tested
FEWEST_BEFORE: Final = 10  # incidents before; on fewer no percentage is told, and nothing unclear is called unchanged
ALPHA: Final = 0.05  # of a single test its level; of many at once the share of false findings among those named
LEVEL: Final = 0.9  # of the range of a relative risk
