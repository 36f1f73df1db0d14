"""Whether a text is written like a Vietnamese person's name. Knows surnames only; places are named after people too."""

from __future__ import annotations

import unicodedata
from typing import Final

from geodata.ingest.wording import plain

# The surnames of nearly everyone; rarer ones that are also ordinary first words of places ("Tân", "Phú") are left out.
_LISTED: Final = (
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đoàn vương trịnh đinh lâm phùng mai tô "
    "trương hà cao lưu lương thái châu tạ tống triệu hứa quách thạch kim danh sơn chu giang nghiêm khổng tăng kiều lại "
    "văn từ doãn mạc đàm la lục nông ninh diệp thân vi cù tôn ông khưu mạch trà dư viên mã bạch ung đồng"
)
_SURNAMES: Final = frozenset(_LISTED.split())
_PLAIN: Final = frozenset(plain(surname) for surname in _SURNAMES)
# What stands before the name of a street, a school, a commune that is named after a person.
_PLACE_WORDS: Final = "đường phố ấp thôn tổ khu xã phường huyện tỉnh chợ trường cầu hẻm bến công viên"
_PLACES: Final = frozenset(_PLACE_WORDS.split())
_PUNCTUATION: Final = ".,;:()[]«»\"'"
_FEWEST_IN_TEXT: Final = 3  # two capitalised words are as often a place
_FEWEST_WORDS, _MOST_WORDS, _LONGEST_WORD = 2, 5, 7


def looks_like_name(text: str) -> bool:
    """Two to five capitalised words, the first a surname: "Nguyễn Văn A", "LÊ THỊ HOA", "Tran Van B"."""
    words = unicodedata.normalize("NFC", text).split()
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS:
        return False
    if not all(word.isalpha() and len(word) <= _LONGEST_WORD and _capitalised(word) for word in words):
        return False
    surname = words[0].lower()
    return surname in _SURNAMES or (text.isascii() and surname in _PLAIN)


def _capitalised(word: str) -> bool:
    return word[0].isupper() and (word[1:].islower() or word.isupper())


def names_in(text: str) -> bool:
    """Whether a running text seems to name a person: such words, unless the one before them speaks of a place."""
    words = unicodedata.normalize("NFC", text).split()
    bare = [word.strip(_PUNCTUATION) for word in words]
    for first in range(len(words)):
        if first and bare[first - 1].lower() in _PLACES:
            continue
        for last in range(first + _FEWEST_IN_TEXT, min(first + _MOST_WORDS, len(words)) + 1):
            if looks_like_name(" ".join(bare[first:last])):
                return True
    return False
