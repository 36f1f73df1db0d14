"""When two spellings are the same word, and how a value is shown. Knows no field, no category and no place."""

from __future__ import annotations

import re
import unicodedata

from geodata.ingest.people.identifiers import concealed

# Both tone styles are official ("Hòa" and "Hoà"); the mark is moved to the second vowel, a form no other word has.
_TONE_PAIRS = tuple(
    (old, new)
    for olds, news in (
        (("òa", "óa", "ỏa", "õa", "ọa"), ("oà", "oá", "oả", "oã", "oạ")),
        (("òe", "óe", "ỏe", "õe", "ọe"), ("oè", "oé", "oẻ", "oẽ", "oẹ")),
        (("ùy", "úy", "ủy", "ũy", "ụy"), ("uỳ", "uý", "uỷ", "uỹ", "uỵ")),
    )
    for old, new in zip(olds, news, strict=True)
)
_SPACES = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff]+")
_PUNCTUATION = re.compile(r"[\W_]+")
# What programs and people write into a cell they leave blank: databases, pandas, R, Excel, a hand.
_NOTHING = frozenset({"nan", "nat", "null", "none", "nil", "na", "n/a", "n.a.", "#n/a", "<na>", "(null)", "\\n"})
_ONLY_SIGNS = re.compile(r"[-‐‑‒–—_?.…*/\s]*")
USUAL_MARKS = (  # the same as whole cells, for columns where each cell differs
    *sorted({form for mark in _NOTHING for form in (mark, mark.upper(), mark.title(), "NaN", "NaT")}),
    *("-", "--", "---", "–", "—", "?", "??", "???", ".", "...", "_", "/"),
)
LONGEST_SHOWN = 40
LONGEST_KEPT = 60


def normal(text: str) -> str:
    """The text with one Unicode form, case, tone-mark style and spacing: what is compared instead of spellings."""
    folded = _SPACES.sub(" ", unicodedata.normalize("NFC", text).casefold()).strip()
    folded = unicodedata.normalize("NFC", folded)
    if not folded.isascii():
        for old, new in _TONE_PAIRS:
            folded = folded.replace(old, new)
    return folded


def says_nothing(text: str) -> bool:
    """Whether a cell is blank or holds a mark for blank: "-", "?", "N/A", "NULL", "nan" ..."""
    return len(text) < 20 and (_ONLY_SIGNS.fullmatch(text) is not None or text.strip().casefold() in _NOTHING)


def words(text: str) -> str:
    """:func:`normal` with every run of punctuation as one space: ``"Điều - khoản"`` and ``"điều_khoản"`` are equal."""
    return _PUNCTUATION.sub(" ", normal(text)).strip()


def plain(text: str) -> str:
    """:func:`normal` without diacritics. Tân Thành and Tân Thạnh collide: only for unambiguous comparisons."""
    same = normal(text)
    if same.isascii():
        return same
    letters = unicodedata.normalize("NFD", same.replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def shown(value: object, *, number: bool = False) -> str:
    """A cell value for a message: short, on one line, with control characters made visible, and no number of a person.

    ``number`` says that the column holds coordinates, some of which look like a card's number.
    """
    text = "" if value is None else str(value)
    head = concealed(text[: 2 * LONGEST_SHOWN], number=number)[: LONGEST_SHOWN + 1]
    visible = "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in head)
    return visible if len(visible) <= LONGEST_SHOWN else visible[: LONGEST_SHOWN - 1] + "…"


def cut(text: str) -> str:
    """The text as far as a row that is put aside keeps it."""
    return text if len(text) <= LONGEST_KEPT else text[: LONGEST_KEPT - 1] + "…"


def one_line(text: str) -> str:
    """A header or a sheet's name without line breaks and letters nobody sees: as it is matched and told."""
    return text if text.isprintable() else " ".join("".join(c if c.isprintable() else " " for c in text).split())


def text_of(value: object) -> str:
    """A raw cell as stripped text: None is blank, a whole float (Excel's 25456.0) has no decimals."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()
