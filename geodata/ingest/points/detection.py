"""Decides in which system a file's metres are, and words the evidence for a person. Reads no cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.errors import FileRefusedError
from geodata.ingest.points.axes import Axes, both_finite
from geodata.ingest.points.extent import Extent, sample
from geodata.ingest.points.systems import CERTAIN, Evidence, Fit, local_fits, weigh
from geodata.tables import Finding

Shapes = Callable[[NDArray[np.intp]], NDArray[np.object_]]  # rows -> the area each names, None where it names none
_SHOWN: Final = 3  # ways a refusal offers
_NAMES_AGREE: Final = 0.8
_MOSTLY_OUTSIDE: Final = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Metres:
    """Two columns in metres: where they are, whether their headers leave open which is the easting, their file."""

    axes: Axes
    far: NDArray[np.bool_]
    either_order: bool
    file: str

    def facts(self) -> dict[str, object]:
        """What every refusal says of them."""
        first, second = self.axes
        at = int(np.argmax(self.far))
        return {
            "file": self.file, "first": first.header, "second": second.header, "x": first.shown(at),
            "y": second.shown(at),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Detected:
    """The system, and whether the second column is the easting."""

    crs: str
    turned: bool
    findings: list[Finding]

    def in_order(self, axes: Axes) -> Axes:
        """The axes, easting first."""
        return axes[::-1] if self.turned else axes


def detect(metres: Metres, extent: Extent, named: Shapes) -> Detected:
    """The one system that puts the points inside the boundaries. Raises FileRefusedError where none or several do."""
    axes = metres.axes
    x, y = axes[0].value, axes[1].value
    rows = sample(metres.far, x, y)
    evidence = weigh(x[rows], y[rows], extent)
    if evidence is None:
        raise _unknown(metres)
    best = evidence.best
    if evidence.certain and best.turned and not metres.either_order:
        raise _exchanged(metres, evidence)
    if evidence.certain:
        return Detected(best.system.code, best.turned, _found(axes, evidence))
    by_name = _by_name(evidence, named(rows))
    if by_name is not None and (metres.either_order or not by_name[0].turned):
        best, share = by_name
        return Detected(best.system.code, best.turned, [_found_by_name(axes, best, share, evidence.n)])
    local = local_fits(x[rows], y[rows], extent, either_order=metres.either_order) if best.share < CERTAIN else []
    raise _uncertain(metres, evidence, local)


def doubt(axes: Axes, crs: str, lon: NDArray[np.float64], lat: NDArray[np.float64], extent: Extent) -> list[Finding]:
    """Whether metres read in the system asked for lie elsewhere, while another system would put them inside."""
    x, y = axes[0].value, axes[1].value
    rows = sample(both_finite(axes), x, y)
    share = extent.share_inside(lon[rows], lat[rows])
    if extent.box is None or not len(rows) or share > _MOSTLY_OUTSIDE:
        return []
    evidence = weigh(x[rows], y[rows], extent)
    if evidence is None or not evidence.certain:
        return []
    return [
        Finding(
            "read as {crs}, only {share} % of {n} points fall inside the boundaries; as {name} ({other}) it "
            "would be {other_share} %. If that is meant, name it with --crs {other}",
            {
                "crs": crs, "share": _percent(share), "n": evidence.n, "name": evidence.best.system.name,
                "other": evidence.best.system.code, "other_share": _percent(evidence.best.share),
            },
        )
    ]  # fmt: skip


def _percent(share: float) -> int:
    """Whole per cent, 99 for nearly all and 1 for hardly any."""
    rounded = round(100 * share)
    return min(rounded, 99) if share < 1 and rounded else max(rounded, 1) if share > 0 else rounded


def _northing(axes: Axes, best: Fit) -> str:
    return axes[0 if best.turned else 1].header


def _found(axes: Axes, evidence: Evidence) -> list[Finding]:
    best, rival = evidence.best, evidence.rivals[0]
    facts: dict[str, object] = {
        "name": best.system.name, "crs": best.system.code, "share": _percent(best.share), "n": evidence.n,
        "other": rival.system.code, "other_share": _percent(rival.share),
    }  # fmt: skip
    if axes[0].header == axes[1].header:
        first = Finding(
            "the coordinates look like {name} ({crs}): {share} % of {n} points fall inside the boundaries; {other} "
            "would give {other_share} %",
            facts,
        )
    else:
        first = Finding(
            "the coordinates look like {name} ({crs}), «{northing}» is the northing: {share} % of {n} points fall "
            "inside the boundaries; {other} would give {other_share} %",
            {**facts, "northing": _northing(axes, best)},
        )
    findings = [first]
    if evidence.alike:
        findings.append(
            Finding(
                "where the points fall does not tell {crs} from {others}: they differ by at most {metres} m. If "
                "another one is meant, name it with --crs",
                {
                    "crs": best.system.code,
                    "others": ", ".join(f"{one.system.code} ({one.system.name})" for one in evidence.alike),
                    "metres": int(-(-max(one.apart_m(best) for one in evidence.alike) // 10) * 10),
                },
            )
        )
    return findings


def _by_name(evidence: Evidence, shapes: NDArray[np.object_]) -> tuple[Fit, float] | None:
    """The way that puts the points into the areas their rows name, where only one does."""
    says = ~shapely.is_missing(shapes)
    contenders = [one for one in (evidence.best, *evidence.rivals) if one.share >= CERTAIN]
    if not says.any() or not contenders:
        return None
    shares = [float(shapely.intersects_xy(shapes[says], one.lon[says], one.lat[says]).mean()) for one in contenders]
    first, *others = sorted(range(len(shares)), key=lambda at: -shares[at])
    clear = shares[first] >= _NAMES_AGREE and all(shares[at] * 2 <= shares[first] for at in others)
    return (contenders[first], shares[first]) if clear else None


def _found_by_name(axes: Axes, best: Fit, share: float, n: int) -> Finding:
    return Finding(
        "the coordinates look like {name} ({crs}), «{northing}» is the northing: {share} % of {n} points fall inside "
        "the boundaries, and {named} % of those whose row names an area fall inside it",
        {
            "name": best.system.name, "crs": best.system.code, "northing": _northing(axes, best),
            "share": _percent(best.share), "n": n, "named": _percent(share),
        },
    )  # fmt: skip


def _unknown(metres: Metres) -> FileRefusedError:
    return FileRefusedError(
        "«{file}», columns «{first}» and «{second}»: {x} and {y} are metres, not degrees. Say in which system with "
        "--crs, for example EPSG:9209 (VN-2000, 105°30') or EPSG:32648 (UTM 48N)",
        **metres.facts(),
    )


def _exchanged(metres: Metres, evidence: Evidence) -> FileRefusedError:
    return FileRefusedError(
        "«{file}»: «{first}» and «{second}» seem to hold each other's numbers: exchanged, {share} % of {n} points fall "
        "inside the boundaries as {name} ({crs}). If that is so, write swapped = true under [coordinates] in the "
        "mapping",
        **metres.facts(), share=_percent(evidence.best.share), n=evidence.n, name=evidence.best.system.name,
        crs=evidence.best.system.code,
    )  # fmt: skip


def _uncertain(metres: Metres, evidence: Evidence, local: list[Fit]) -> FileRefusedError:
    """The refusal that asks, with the best ways and their shares; ``local`` are systems that were not candidates."""
    tried = [evidence.best, *evidence.alike, *evidence.rivals]
    fitting = [one for one in (*local, *tried) if one.share > 0 and (metres.either_order or not one.turned)]
    options: dict[str, str] = {}
    for one in sorted(fitting, key=lambda one: -one.share):
        options.setdefault(one.system.code, f"{one.system.code} ({one.system.name}): {_percent(one.share)} %")
    if not options:
        return FileRefusedError(
            "«{file}», columns «{first}» and «{second}»: {x} and {y} are metres, and in none of the usual systems do "
            "the points fall inside the boundaries. Name the system with --crs EPSG:n, or check that the boundaries "
            "are those of the place",
            **metres.facts(),
        )  # fmt: skip
    return FileRefusedError(
        "«{file}», columns «{first}» and «{second}»: {x} and {y} are metres, but their system is not certain. Of {n} "
        "points there fall inside the boundaries as {options}. Name the right one with --crs, for example --crs {crs}, "
        "or as crs under [coordinates] in the mapping",
        **metres.facts(), n=evidence.n, options="; ".join(list(options.values())[:_SHOWN]), crs=next(iter(options)),
    )  # fmt: skip
