"""A backup that somebody hands over: looked through before anything of it is used. Trusts nothing, writes nothing."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from geodata.errors import StoreError
from geodata.safekeeping.manifest import NAME, Manifest, Member, from_json

MOST_MEMBERS: Final = 100_000
LONGEST_MANIFEST: Final = 64 << 20  # bytes
CHUNK: Final = 1 << 20


class Archive:
    """An open backup. Raises StoreError where it is none, is cut off, or is made so that it could do harm."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except FileNotFoundError:
            raise StoreError("there is no file {file}", file=path) from None
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise StoreError("{file} is no backup, or is cut off: {detail}", file=path, detail=error) from error
        try:
            self.manifest: Manifest = self._look_through()
        except BaseException:
            self._zip.close()
            raise
        self._members = {member.name: member for member in self.manifest.members}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def member(self, name: str) -> Member:
        """What the manifest says of a file."""
        return self._members[name]

    def chunks(self, name: str) -> Iterator[bytes]:
        """A file's content, checked at its end. Raises StoreError where it is not what the manifest says."""
        member, digest, size = self._members[name], hashlib.sha256(), 0
        try:
            with self._zip.open(name) as file:
                while chunk := file.read(CHUNK):
                    size += len(chunk)
                    digest.update(chunk)
                    yield chunk
        except (OSError, zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError) as error:
            raise self._damaged(name) from error
        if size != member.size or digest.hexdigest() != member.sha256:
            raise self._damaged(name)

    def check(self) -> None:
        """Read everything through. Raises StoreError naming the first file that is not what was stored."""
        for name in self._members:
            for _ in self.chunks(name):
                pass

    def _look_through(self) -> Manifest:
        entries = self._zip.infolist()
        names = [entry.filename for entry in entries]
        if len(entries) > MOST_MEMBERS or len(set(names)) != len(names) or NAME not in names:
            raise StoreError("{file} is no backup of a workspace", file=self.path)
        if any(entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1 for entry in entries):
            raise StoreError(
                "{file} was packed anew by another program; give the backup as it was made", file=self.path
            )
        sizes = {entry.filename: entry.file_size for entry in entries}
        if sum(sizes.values()) > self.path.stat().st_size or sizes[NAME] > LONGEST_MANIFEST:
            raise StoreError("{file} says that it holds more than it can: nothing of it was used", file=self.path)
        manifest = from_json(self._manifest_text())
        if {member.name: member.size for member in manifest.members} | {NAME: sizes[NAME]} != sizes:
            raise StoreError("{file} does not hold what it says: nothing of it was used", file=self.path)
        return manifest

    def _manifest_text(self) -> str:
        try:
            return self._zip.read(NAME).decode("utf-8")
        except (OSError, zipfile.BadZipFile, EOFError, UnicodeDecodeError, RuntimeError, NotImplementedError) as error:
            raise StoreError("{file} is damaged: its list of contents cannot be read", file=self.path) from error

    def _damaged(self, name: str) -> StoreError:
        return StoreError(
            "{file} is damaged: «{name}» in it is not what was stored; use another backup", file=self.path, name=name
        )
