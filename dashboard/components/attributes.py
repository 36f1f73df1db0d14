"""HTML attributes that Python cannot name."""

from __future__ import annotations

from typing import Any


def attributes(**named: str) -> Any:  # noqa: ANN401 - Dash types every keyword of a component, but not these
    """``aria_label="x"`` -> ``{"aria-label": "x"}``, to be unpacked into a component."""
    return {name.replace("_", "-"): value for name, value in named.items()}
