"""The options that grant: regions, communes, days, how closely. Checks them against the boundaries, keeps nothing."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dashboard.cli.filters import read_day
from dashboard.cli.terminal import CommandError

if TYPE_CHECKING:
    from dashboard.access.accounts import Grant
    from geodata.boundaries.editions import Boundaries

F = TypeVar("F", bound=Callable[..., Any])
ROLES = ("committee", "chief", "officer", "data", "administrator")
PRECISIONS = ("points", "five", "aggregates")
SHOWN = 8  # places a refusal names


@dataclass(frozen=True, slots=True)
class Granted:
    """What the options say, before the boundaries have been looked at."""

    regions: tuple[str, ...]
    areas: tuple[str, ...]
    first: date | None
    last: date | None

    @property
    def any(self) -> bool:
        """Whether a place is named."""
        return bool(self.regions or self.areas)

    def checked(self, workspace: Path) -> tuple[Grant, ...]:
        """The grants, each a place that the workspace knows. Raises CommandError naming those there are."""
        from dashboard.access.accounts import Grant
        from geodata.vocabulary import AreaKey
        from geodata.warehouse.warehouse import Warehouse

        if not self.any:
            if self.first or self.last:
                raise CommandError("--from and --until say how long a region or an area is granted; name one")
            return ()
        held = Warehouse(workspace).boundaries()
        for region in self.regions:
            _check_region(held, region)
        keys = [AreaKey(*_area(held, text)) for text in self.areas]
        return (
            *(Grant(region, start=self.first, end=self.last) for region in dict.fromkeys(self.regions)),
            *(Grant(area=key, start=self.first, end=self.last) for key in dict.fromkeys(keys)),
        )


def grant_options(command: F) -> F:
    """``--region``, ``--area``, ``--from``, ``--until`` as one ``granted``."""

    def gathered(**given: Any) -> Any:  # noqa: ANN401 - whatever the command returns
        granted = Granted(given.pop("region"), given.pop("area"), given.pop("first"), given.pop("last"))
        return command(granted=granted, **given)

    gathered.__doc__, gathered.__name__ = command.__doc__, command.__name__
    for option in (
        click.option("--until", "last", type=read_day, metavar="DATE", help="Last day of the grant."),
        click.option("--from", "first", type=read_day, metavar="DATE", help="First day of the grant."),
        click.option("--area", multiple=True, metavar="EDITION:CODE", help="A commune, for example 2025:25459."),
        click.option("--region", multiple=True, metavar="ID", help="An area of responsibility; for a chief."),
    ):
        gathered = option(gathered)
    gathered.__click_params__ += getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    return gathered  # type: ignore[return-value]


def _check_region(held: Boundaries, region: str) -> None:
    known = {each.id: each.name for each in held.regions}
    if region in known:
        return
    if not known:
        raise CommandError(
            "no region «{region}»: the workspace has none. Load them with: diemnong boundaries region FILE",
            region=region,
        )
    raise CommandError(
        "no region «{region}»; there are: {known}",
        region=region,
        known=_named(region, known.items()),
    )


def _area(held: Boundaries, text: str) -> tuple[str, str]:
    from geodata.vocabulary import LayerKey

    edition, colon, code = text.partition(":")
    if not colon or held.finest(edition) is None:
        raise CommandError(
            "«{area}» is no area: write EDITION:CODE, for codes mean another place in another edition; there are the "
            "editions {editions}",
            area=text,
            editions=", ".join(held.editions) or "–",
        )
    finest = held.finest(edition)
    assert finest is not None
    layer = held.layers[LayerKey(edition, finest)]
    names = dict(zip(layer.codes, layer.names, strict=True))
    if code in names:
        return edition, code
    above = next((each for each in held.levels(edition) if code in held.layers[LayerKey(edition, each)].codes), None)
    if above is not None:
        raise CommandError(
            "«{area}» is a {level}, not a {finest}: grant it as a region (--region), or name its communes",
            area=text,
            level=above.value,
            finest=finest.value,
        )
    raise CommandError(
        "edition {edition} has no {level} «{code}»; there are: {known}",
        edition=edition,
        level=finest.value,
        code=code,
        known=_named(code, names.items()),
    )


def _named(asked: str, places: Iterable[tuple[str, str]]) -> str:
    """The places most like what was asked for, by code or by name."""
    from geodata.boundaries.fields import fold

    known: Sequence[tuple[str, str]] = list(places)
    folded, wanted = {fold(part): pair for pair in known for part in pair}, fold(asked)
    inside = [pair for part, pair in folded.items() if wanted and wanted in part]
    like = [folded[part] for part in difflib.get_close_matches(wanted, folded, SHOWN, cutoff=0.5)]
    chosen = list(dict.fromkeys(inside or like)) or known
    return ", ".join(f"{code} ({name})" for code, name in chosen[:SHOWN]) + (" …" if len(chosen) > SHOWN else "")
