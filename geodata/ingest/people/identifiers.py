"""What the numbers look like that identify people: documents, phones, plates, e-mail. Knows no column and no header."""

from __future__ import annotations

import re
from typing import Final

# The provinces of the twelve-digit citizen number; then sex and century of birth (0-3), two digits of the year, six.
_PROVINCES: Final = (
    "001|002|004|006|008|010|011|012|014|015|017|019|020|022|024|025|026|027|030|031|033|034|035|036|037|038|040|042|"
    "044|045|046|048|049|051|052|054|056|058|060|062|064|066|067|068|070|072|074|075|077|079|080|082|083|084|086|087|"
    "089|091|092|093|094|095|096"
)
_OPERATOR: Final = r"(?:0|\+?84[ .\-]?)[35789]"
# The whole of a cell, in the syntax that Arrow's RE2 and Python share.
PATTERNS: Final = {
    "citizen_id": rf"(?:{_PROVINCES})[ .]?[0-3]\d{{2}}[ .]?\d{{3}}[ .]?\d{{3}}",
    "phone": (
        rf"{_OPERATOR}\d[ .\-]?\d{{3}}[ .\-]?\d{{4}}|{_OPERATOR}\d{{2}}[ .\-]?\d{{3}}[ .\-]?\d{{3}}"
        rf"|{_OPERATOR}\d[ .\-]?\d{{3}}[ .\-]?\d{{2}}[ .\-]?\d{{2}}"
        rf"|{_OPERATOR}\d{{2}}[ .\-]?\d{{2}}[ .\-]?\d{{2}}[ .\-]?\d{{2}}"
        r"|02\d{2}[ .\-]?\d{3,4}[ .\-]?\d{3,4}|02[48][ .\-]?\d{4}[ .\-]?\d{4}"
    ),
    "plate": r"\d{2}[ \-]?[A-ZĐ][A-ZĐ\d]?[ \-.]*\d{3}\.\d{2}|\d{2}[ \-]?[A-ZĐ]\d?[ \-]\d{4,5}|\d{2}[A-ZĐ]\d?\d{5}",
    "email": r"[\w.+\-]{1,64}@[\w\-]{1,64}(?:\.[\w\-]{1,64}){1,4}",
    "old_id": r"(?:0[1-9]|[12]\d|3[0-8])\d{7}",  # nine digits, the first two a province of before 2016
}
_EDGES: Final = r"(?<![\w.,+@\-])(?:{})(?!\w|[.,]\d)"
_ANY: Final = re.compile(_EDGES.format("|".join(PATTERNS.values())))
_ANY_IN_NUMBERS: Final = re.compile(_EDGES.format("|".join(PATTERNS[kind] for kind in PATTERNS if kind != "old_id")))


def concealed(text: str, *, number: bool = False) -> str:
    """A short text with "…" for whatever in it looks like a number of a document, a phone, a plate or an e-mail.

    Coordinates, dates and case numbers such as HS-2024-0001 are left. A coordinate without its point (106112345) has
    the form of a card's nine digits: where a ``number`` is expected those are left too.
    """
    if not any(letter.isdigit() or letter == "@" for letter in text):
        return text
    return (_ANY_IN_NUMBERS if number else _ANY).sub("…", text)
