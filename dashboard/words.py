"""Everything said on screen and paper: gettext, numbers and dates in Vietnamese or English. Knows no data.

The English text is the message id. ``w("Recorded incidents")`` translates it, ``N_("...")`` marks a text for the
catalogue where no language is known yet. ``make words`` collects all of them into ``locale/<language>``.
"""

from __future__ import annotations

import datetime
import gettext
import io
import math
from functools import lru_cache
from importlib import resources
from typing import Literal

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from geodata.errors import N_, DiemNongError
from geodata.tables import QuarantinedRow
from geodata.vocabulary import Period

Language = Literal["vi", "en"]
__all__ = ["LANGUAGES", "N_", "Language", "Words", "of"]

LANGUAGES: tuple[Language, ...] = ("vi", "en")
_NARROW = "\u00a0"  # a number and its unit stay on one line


class Words:
    """One language's words. Callable: ``w("text", n=3)`` translates, then fills the named places.

    ``few``: counts of incidents below it are told as "<5"; 0 where the reader may know them.
    """

    def __init__(self, language: Language, catalogue: gettext.NullTranslations, few: int = 0) -> None:
        self.language = language
        self.few = few
        self._catalogue = catalogue

    def __call__(self, text: str, /, **facts: object) -> str:
        """The text in this language, its ``{named}`` places filled."""
        said = self._catalogue.gettext(text) if text else ""
        return said.format(**facts) if facts else said

    def plural(self, one: str, many: str, n: int, **facts: object) -> str:
        """The form for ``n``, with ``{n}`` filled by the number as this language writes it, and its other places."""
        return self._catalogue.ngettext(one, many, n).format(n=self.number(n), **facts)

    def count(self, n: float) -> str:
        """How many incidents: a number, or that there are fewer than the reader may know."""
        return f"<{self.number(self.few)}" if 0 <= n < self.few else self.number(n)

    def counted(self, one: str, many: str, n: int) -> str:
        """``plural`` of incidents."""
        return self._catalogue.ngettext(one, many, n).format(n=self.count(n))

    def error(self, error: DiemNongError | QuarantinedRow) -> str:
        """What an error or a quarantined row says, in this language."""
        return self(error.template, **{name: self._fact(fact) for name, fact in error.facts.items()})

    def _fact(self, fact: object) -> object:
        if isinstance(fact, DiemNongError):
            return self.error(fact)
        return str(format_decimal(fact, locale=self.language)) if isinstance(fact, float) else fact

    def number(self, n: float) -> str:
        """A whole number: 1.389 in Vietnamese, 1,389 in English."""
        return "" if math.isnan(n) else _formatted(round(n), None, self.language)

    def decimal(self, x: float, digits: int = 1) -> str:
        """A number with exactly ``digits`` decimals; a dash where there is none."""
        if math.isnan(x):
            return "–"
        pattern = "#,##0." + "0" * digits if digits else "#,##0"
        return _formatted(x + 0.0, pattern, self.language).replace("-", "\u2212")

    def percent(self, share: float, digits: int = 1) -> str:
        """A share as 21,1 % in Vietnamese and 21.1% in English."""
        return self.decimal(100 * share, digits) + (_NARROW + "%" if self.language == "vi" else "%")

    def date(self, day: datetime.date) -> str:
        """A day as 30/06/2025, the order both languages use in Viet Nam."""
        return f"{day:%d/%m/%Y}"

    def month(self, day: datetime.date) -> str:
        """A month as 06/2025."""
        return f"{day:%m/%Y}"

    def months(self, period: Period) -> str:
        """Whole months: 06/2025, of one year 04–06/2025, of two 11/2024–01/2025."""
        first, last = self.month(period.start), self.month(period.end)
        if first == last:
            return first
        return f"{first[:2]}–{last}" if period.start.year == period.end.year else f"{first}–{last}"

    def period(self, period: Period) -> str:
        """First and last day; the year is said once where it is the same."""
        start, end = period.start, period.end
        if start == end:
            return self.date(start)
        if start.year == end.year:
            return f"{start:%d/%m}–{self.date(end)}"
        return f"{self.date(start)}–{self.date(end)}"


@lru_cache(maxsize=4096)  # a page says some hundred numbers, most of them small and often the same
def _formatted(x: float, pattern: str | None, language: Language) -> str:
    return str(format_decimal(x, format=pattern, locale=language))


@lru_cache(maxsize=2 * len(LANGUAGES))
def of(language: Language, few: int = 0) -> Words:
    """The words of ``"vi"`` or ``"en"``, for a reader to whom counts below ``few`` are not told."""
    return Words(language, _catalogue(language), few)


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: Language) -> gettext.GNUTranslations:
    path = resources.files("dashboard") / "locale" / language / "LC_MESSAGES" / "diemnong.po"
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
