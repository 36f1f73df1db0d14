"""Views that exports are tried on: every layer, filters, both levels, both languages. Long names and many areas."""

from __future__ import annotations

from itertools import product

from dashboard.layers import all_layers

SIZES = {"screen": (1920, 1080), "4k": (3840, 2160), "square": (1080, 1080), "portrait": (1080, 1350)}
LANGUAGES = ("vi", "en")
NARROWED = (
    "edition=2024&level=commune&region=703&category=theft",
    "edition=2024&level=commune&area=703&source=discovered&hours=18-5&weekdays=6,7",
    "edition=2024&level=district&category=drugs&category=theft&category=gambling&category=assault&category=fraud",
    "edition=2025&level=commune&zone=border_0_1km&zone=border_1_5km&zone=border_5_10km",
    "edition=2024&level=commune&from=2031-01-01&to=2031-02-01",
)


def queries() -> list[str]:
    """Each layer over the most areas, and each way to narrow a question; each in both languages."""
    whole = [f"edition=2024&level=commune&layer={layer}" for layer in sorted(all_layers())]
    narrowed = [f"{query}&layer={layer}" for query, layer in product(NARROWED, ("count", "relative_risk"))]
    return [f"?{query}&lang={language}" for query, language in product([*whole, *narrowed], LANGUAGES)]
