"""What may be said of a density: its bandwidth, on how many exact locations it rests, and why there is none."""

from __future__ import annotations

import shapely

from dashboard.words import Words
from geodata.answers.density import Density


def basis(density: Density, words: Words) -> str:
    """On how many of the incidents it rests."""
    if density.shared:
        return words(
            "from places that several incidents share, spread over their ground and shown there only, {n} of {all}",
            n=words.count(density.used),
            all=words.count(density.placed),
        )
    return words("exact locations only, {n} of {all}", n=words.count(density.used), all=words.count(density.placed))


def method(density: Density, words: Words) -> str:
    """How it is made, in one sentence with the bandwidth and what it rests on."""
    if density.refused:
        return ""
    return words(
        "recorded incidents per km² over the period: Gaussian kernel of {bandwidth} m bandwidth on cells of {cell} m, "
        "corrected at the border; {basis}",
        bandwidth=words.number(density.bandwidth_m),
        cell=words.number(density.cell_m),
        basis=basis(density, words),
    )


def coarseness(density: Density, words: Words) -> str:
    """That the layer is too wide for cells as fine as so small a bandwidth asks for, "" where it is not."""
    if not density.coarse:
        return ""
    return words("drawn on cells of {cell} m, coarser than this bandwidth asks for", cell=words.number(density.cell_m))


def nothing(density: Density, words: Words) -> str:
    """Why no band is shown, "" where there is one."""
    if density.refused:
        return words("exact locations are not open to you, and a density would show them")
    if not len(density.bands):
        if density.shared:
            return words("nowhere do incidents lie so close together that a dense place can be told of rounded numbers")
        return words("nowhere do incidents lie closer together than two on one spot")
    if shapely.is_empty(density.bands).all():
        return words("no dense place in the areas asked about")
    return ""
