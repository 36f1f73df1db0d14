"""What the installed program is made of, as a CycloneDX bill of materials. Knows packages, nothing of what they do.

``python -m dashboard.bill > sbom.json``: every package that is needed here, with version, licence and what needs it, as
the packages themselves say (importlib.metadata). What lies within a package (plotly.js, MapLibre, Bootstrap, GDAL) goes
by that package's version.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

SPECIFICATION: Final = "1.6"
US: Final = "diemnong"
LONGEST_LICENCE: Final = 100  # letters: some packages put the whole text where its name belongs


@dataclass(frozen=True, slots=True)
class Part:
    """One installed package; ``needs`` are the names of others, as canonical as its own."""

    name: str
    version: str
    licence: Mapping[str, object]
    author: str
    needs: tuple[str, ...]

    @property
    def purl(self) -> str:
        """Its address among all packages of the world."""
        return f"pkg:pypi/{self.name}@{self.version}"


def parts_of(name: str = US, extras: Iterable[str] = ()) -> dict[str, Part]:
    """The package and all that it needs on this machine, by name. Raises PackageNotFoundError for one that lacks."""
    found: dict[str, Part] = {}
    needs: dict[str, set[str]] = {}
    asked = [(canonicalize_name(name), frozenset(extras))]
    seen: set[tuple[str, frozenset[str]]] = set()
    while asked:
        wanted = asked.pop()
        if wanted in seen:
            continue
        seen.add(wanted)
        wanted_name, with_extras = wanted
        held = needs.setdefault(wanted_name, set())
        for requirement in _requirements(wanted_name, with_extras):
            needed = canonicalize_name(requirement.name)
            held.add(needed)
            asked.append((needed, frozenset(requirement.extras)))
    for each, held in needs.items():
        found[each] = _part(each, tuple(sorted(held - {each})))
    return dict(sorted(found.items()))


def bill(parts: Mapping[str, Part], now: datetime) -> dict[str, object]:
    """The bill of these parts, of which one is this program."""
    about = "\n".join(part.purl for part in parts.values())
    return {
        "$schema": f"http://cyclonedx.org/schema/bom-{SPECIFICATION}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPECIFICATION,
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, about)}",
        "version": 1,
        "metadata": {
            "timestamp": now.astimezone(UTC).isoformat(timespec="seconds"),
            "authors": [{"name": f"{US} maintainers"}],
            "component": {"type": "application", **_component(parts[US])},
        },
        "components": [{"type": "library", **_component(part)} for part in parts.values() if part.name != US],
        "dependencies": [
            {"ref": part.purl, "dependsOn": [parts[name].purl for name in part.needs]} for part in parts.values()
        ],
    }


def _requirements(name: str, extras: frozenset[str]) -> Iterator[Requirement]:
    """What the package needs here, with these extras."""
    for line in metadata.requires(name) or ():
        requirement = Requirement(line)
        if requirement.marker is None or any(requirement.marker.evaluate({"extra": each}) for each in ("", *extras)):
            yield requirement


def _part(name: str, needs: tuple[str, ...]) -> Part:
    said = metadata.metadata(name)
    author = next((said[key] for key in ("Author", "Maintainer", "Author-email") if key in said), "")
    return Part(name, metadata.version(name), _licence(said), author.splitlines()[0] if author else "", needs)


def _licence(said: metadata.PackageMetadata) -> dict[str, object]:
    """The licence as CycloneDX writes it: an SPDX expression, else by name; nothing where the package says nothing."""
    if "License-Expression" in said:
        return {"expression": said["License-Expression"]}
    classifiers = [each.rsplit(" :: ", 1)[1] for each in said.get_all("Classifier") or () if "License :: " in each]
    stated = said["License"].strip().partition("\n")[0] if "License" in said else ""
    name = ", ".join(each for each in classifiers if each != "OSI Approved") or stated
    return {"license": {"name": name[:LONGEST_LICENCE]}} if name else {}


def _component(part: Part) -> dict[str, object]:
    told: dict[str, object] = {"bom-ref": part.purl, "name": part.name, "version": part.version, "purl": part.purl}
    if part.author:
        told["author"] = part.author
    return told | ({"licenses": [part.licence]} if part.licence else {})


if __name__ == "__main__":
    sys.stdout.write(json.dumps(bill(parts_of(extras=sys.argv[1:]), datetime.now(UTC)), indent=2) + "\n")
