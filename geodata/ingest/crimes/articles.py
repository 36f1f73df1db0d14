"""Which articles of the penal code a text names. Knows no category; articles of other laws are passed over.

Read are «Điều 173», «Đ173», «k2 Đ.173», «điểm a khoản 2 Điều 321 BLHS 2015», «173/BLHS», «256 a», lists and ranges
(«Điều 321, 322», «247-259»), with and without diacritics. A law named after an article, or before the first, is that
article's: «Điều 36 BLTTHS», «NĐ 144/2021, Điều 15» and codes of 1985 and 1999 are not meant.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from geodata.ingest.wording import plain

LONGEST_RANGE: Final = 40
LONGEST_TEXT: Final = 1_000
_NUMBER = r"(?:\d{1,3}(?:[a-z](?!\w)|\s[a-d](?!\w))?(?!\d)(?:(?!\w)|(?=k\d)))"
_MARK = r"(?:dieu(?:\s+(?:luat|so))?|d|article|art|section|sec|s)\s*\.?\s*"
_AND = r"\s*(?:,|;|/|&|\+|\bva\b|\bhoac\b|\band\b)\s*"
_TO = r"\s*(?:-|–|—|\bden\b|\bto\b)\s*"
_LIST = rf"{_NUMBER}(?:(?:{_AND}|{_TO})(?:{_MARK})?{_NUMBER})*"
_MARKED = re.compile(rf"(?<![a-z]){_MARK}({_LIST})")
_BARE = re.compile(rf"\s*({_LIST})")
_DATE_LIKE = re.compile(r"\s?[.,/:]\d")
_TWO_SMALL = re.compile(r"\d{1,2}\D+\d")  # 12/03, 5-7: no article of a crime is below 100
_PART = re.compile(rf"({_NUMBER})|({_TO})|.", re.DOTALL)
_OTHER_LAW = re.compile(
    r"bltths|to tung|\bblds\b|\bblttds\b|\btths\b|dan su|nghi dinh|\bnd\b|nd-?cp|thong tu|nghi quyet|phap lenh"
    r"|hanh chinh|vphc|decree|ordinance|(?<!bo )(?<!dieu )\bluat\s+(?!hinh su)[a-z]|\bbo luat\s+(?!hinh su)"
    r"|(?:blhs|hinh su)[\s,(]*(?:nam\s*)?(?:1999|1985)"
)
_PENAL_CODE = re.compile(r"blhs|hinh su|penal code")
_FIRMLY_MARKED = re.compile(rf"(?<![a-z])dieu(?:\s+(?:luat|so))?\s*\.?\s*({_LIST})")


def articles_in(text: str, *, firm: bool = False) -> tuple[str, ...]:
    """The articles of the penal code that a text names, as ("321", "322"), in its order.

    A number without «Điều» counts at the text's beginning. With ``firm`` only «Điều» itself counts, in full: the codes
    and sections that other cities write into their wording are no articles of this code.
    """
    return _articles_in(" ".join(text[:LONGEST_TEXT].split()), firm=firm)


@lru_cache(maxsize=16_384)
def _articles_in(text: str, *, firm: bool) -> tuple[str, ...]:
    written = plain(text)
    marked = _FIRMLY_MARKED if firm else _MARKED
    found = [(match.start(), match.end(), match[1]) for match in marked.finditer(written)]
    bare = None if found or firm else _BARE.match(written)
    if bare and not (_DATE_LIKE.match(written[bare.end() :]) or _TWO_SMALL.match(bare[1])):
        found = [(bare.start(1), bare.end(1), bare[1])]
    numbers: list[str] = []
    for place, (_, end, listed) in enumerate(found):
        after = written[end : found[place + 1][0] if place + 1 < len(found) else len(written)]
        if not _of_another_law(after, written[: found[0][0]]):
            numbers += _numbers(listed)
    return tuple(dict.fromkeys(numbers))


def _of_another_law(after: str, before: str) -> bool:
    if _OTHER_LAW.search(after):
        return True
    return not _PENAL_CODE.search(after) and _OTHER_LAW.search(before) is not None


def _numbers(listed: str) -> list[str]:
    numbers: list[str] = []
    to = False
    for found in _PART.finditer(listed):
        if found[1]:
            number = found[1].replace(" ", "")
            if to and numbers and numbers[-1].isdigit() and number.isdigit():
                first, last = int(numbers[-1]), int(number)
                numbers += [str(one) for one in range(first + 1, last) if last - first <= LONGEST_RANGE]
            numbers.append(number)
        to = bool(found[2])
    return numbers
