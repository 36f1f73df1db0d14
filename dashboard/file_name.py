"""What an export is called: the question in the name of its file, for folders of many. Opens and writes nothing."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from urllib.parse import quote

from dashboard import asked
from dashboard.arrivals import safe_name
from dashboard.reading import Reading

LONGEST_PART = 48  # letters of what was asked, and of where


def file_name(reading: Reading, suffix: str, *, now: datetime) -> str:
    """What was asked, where, of which days, saved when: ``Trộm cắp tài sản - Gò Dầu - 2025-01-01_2025-06-30 - ….xlsx``.

    Days are written year first, so that a folder sorted by name is sorted by time.
    """
    view, names, words = reading.view, reading.names, reading.words
    what = asked.shorten(asked.categories(view, names, words), LONGEST_PART)
    where = asked.shorten(asked.places(view, names, words), LONGEST_PART)
    saved = now.astimezone(names.profile.zone)
    parts = (what, where, f"{view.start}_{view.end}", f"{saved:%Y-%m-%d %Hh%M}")
    return safe_name(" - ".join(_within_a_name(part) for part in parts) + suffix)


def disposition(name: str) -> str:
    """The header that has a browser save a file by this name; one that reads no Vietnamese, by its bare letters."""
    return f"attachment; filename=\"{ascii_letters(name)}\"; filename*=UTF-8''{quote(name)}"


def ascii_letters(text: str) -> str:
    """The text without its marks, in letters every system can write."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in bare if letter.isascii() and letter.isprintable() and letter not in '"\\%')


def slug(text: str, *, longest: int = 60) -> str:
    """The text as a name without spaces: ``Trộm cắp tài sản`` -> ``trom-cap-tai-san``."""
    return re.sub(r"[^a-z0-9]+", "-", ascii_letters(text).lower())[:longest].strip("-") or "-"


def _within_a_name(part: str) -> str:
    """Without what would be a folder: «Xã/phường» -> «Xã-phường»."""
    return re.sub(r"[/\\:]", "-", part).replace("…", "").strip(" ,.")
