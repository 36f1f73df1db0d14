"""Collects the texts of the source into the catalogues (``make words``). Translates nothing.

English is the source text, so its catalogue fills itself (only 5 % becomes 5%); a new text stands empty in the
Vietnamese one until someone writes it, and a test holds both complete.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from dashboard.words import LANGUAGES
from geodata import errors

SOURCE = Path(__file__).resolve().parents[2]
CALLS = ("words", "w", "N_", "Fault", "Finding")  # whose first argument is a text
OTHERS = ("ServingError", "CommandError", "UploadError", "NotebookError", "AccessError", "AuditError")
ERRORS = (*tuple(name for name in vars(errors) if name.endswith("Error")), *OTHERS)
KEYWORDS: dict[str, tuple[int, ...] | None] = dict.fromkeys(CALLS + ERRORS) | {
    "plural": (1, 2),
    "counted": (1, 2),
    "_finding": (4,),
}


def collect() -> Catalog:
    """Every text that the source can say, in English."""
    found = Catalog(charset="utf-8")
    for package in ("dashboard", "geodata"):
        rows = extract_from_dir(SOURCE / package, [("**.py", "python")], keywords=KEYWORDS)
        for _file, _line, text, _comments, _context in rows:
            if text:
                found.add(text)
    return found


def catalogue_file(language: str) -> Path:
    """Where a language's catalogue stands."""
    return Path(__file__).parent / language / "LC_MESSAGES" / "diemnong.po"


def update(language: str) -> int:
    """Bring one catalogue up to date and return how many texts in it wait for words."""
    path, found = catalogue_file(language), collect()
    with path.open("rb") as file:
        kept = read_po(file, locale=language)
    made = kept.creation_date  # the day of the collecting is no change worth a line in the history
    kept.update(found, no_fuzzy_matching=True)
    kept.creation_date = made
    kept.obsolete.clear()
    waiting = 0
    for message in kept:
        if message.id and language == "en":
            forms = message.id
            message.string = english(forms) if isinstance(forms, str) else tuple(map(english, forms))
        waiting += bool(message.id) and not all(_forms(message.string))
    with path.open("wb") as file:
        write_po(file, kept, width=120, no_location=True, sort_output=True, ignore_obsolete=True)
    return waiting


def english(text: str) -> str:
    """The text as English prints it: 5 % as 5%."""
    return re.sub(r"(?<=[0-9}]) %", "%", text)


def _forms(string: object) -> tuple[str, ...]:
    """The text's plural forms, or the one text."""
    return string if isinstance(string, tuple) else (str(string or ""),)


if __name__ == "__main__":
    for name in LANGUAGES:
        sys.stdout.write(f"{name}: {update(name)} texts wait for words\n")
