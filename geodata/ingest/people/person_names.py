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
