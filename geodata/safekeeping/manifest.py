"""What a backup says of itself: members with size and SHA-256, and what the store held. Reads and writes no file."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import PureWindowsPath
from typing import Any, Final

from geodata.errors import StoreError

NAME: Final = "manifest.json"
FORMAT: Final = "diemnong backup"
VERSION: Final = 1
CATALOGUE: Final = "catalogue.sqlite"
ACCOUNTS: Final = "access.sqlite"
SINGLE: Final = (CATALOGUE, ACCOUNTS, "profile.toml", "targets.csv")
KEPT_FOLDERS: Final = ("source", "audit")  # carried over as they are
LONGEST: Final = 1000  # letters of a member's name
_STORED: Final = re.compile(r"(?:segments|layers)/[0-9a-f]{64}\.parquet|boundaries/[\w.-]{1,200}\.json")
_PART: Final = re.compile(r'[^./\\:*?"<>|\x00-\x1f][^/\\:*?"<>|\x00-\x1f]*')
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a backup; ``size`` in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Held:
    """What a store holds, added up over its files: ``read = kept + quarantined``."""

    generation: int
    files: int
    read: int
    kept: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """A backup's own description.

    ``begun`` is when the workspace's first generation was made: it tells workspaces apart, whatever their folders are
    called; "" where nothing was ever loaded.
    """

    made_at: str  # UTC, ISO 8601
    store_version: int
    begun: str
    committed_at: str  # when the newest generation was made, "" where there is none
    held: Held
    members: tuple[Member, ...]

    def to_json(self) -> str:
        """As it stands in the backup."""
        said = {"format": FORMAT, "version": VERSION, **asdict(self)}
        return json.dumps(said, ensure_ascii=False, indent=1)


def from_json(text: str) -> Manifest:
    """Read a manifest. Raises StoreError where it is none, is of a later version or names what no backup holds."""
    try:
        said: dict[str, Any] = json.loads(text)
        if said["format"] != FORMAT or not isinstance(said["version"], int):
            raise ValueError("another format")
        if said["version"] > VERSION:
            raise StoreError("this backup was made by a newer version of the program; restore it with that one")
        members = tuple(_member(each) for each in said["members"])
        held = Held(**{name: _count(said["held"][name]) for name in Held.__slots__})
        texts = [str(said[name]) for name in ("made_at", "begun", "committed_at")]
        found = Manifest(texts[0], _count(said["store_version"]), texts[1], texts[2], held, members)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise StoreError("this is no backup of a workspace: its list of contents cannot be read") from None
    names = [member.name.casefold() for member in members]  # some file systems know no capitals
    if len(set(names)) != len(names) or CATALOGUE not in names:
        raise StoreError("this is no backup of a workspace: its list of contents does not hold together")
    return found


def is_allowed(name: str) -> bool:
    """Whether a backup may hold a file of that name: nothing that leads out of the workspace, nothing unknown."""
    if name in SINGLE or _STORED.fullmatch(name):
        return True
    folder, _, rest = name.partition("/")
    parts = rest.split("/")
    return (
        folder in KEPT_FOLDERS
        and len(name) <= LONGEST
        and all(_PART.fullmatch(part) and part == part.rstrip(" .") for part in parts)
        and not any(PureWindowsPath(part).is_reserved() for part in parts)
    )


def _member(said: dict[str, Any]) -> Member:
    name, sha256 = said["name"], said["sha256"]
    if not isinstance(name, str) or not is_allowed(name) or not _SHA256.fullmatch(str(sha256)):
        raise StoreError(
            "the backup holds «{name}», which no backup of ours does: nothing of it was used", name=str(name)[:100]
        )
    if name.startswith(("segments/", "layers/")) and name.partition("/")[2] != f"{sha256}.parquet":
        raise StoreError("the backup holds «{name}», whose name and content do not agree", name=name)
    return Member(name, _count(said["size"]), sha256)


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("not a count")
    return value
