"""Which words are Vietnamese syllables as the language spells them. Knows no meaning and no code of letters."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

_TONES: Final = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_STOPPED_TONES: Final = {"\u0301", "\u0323"}  # a syllable that ends in c, ch, p or t has one of these two


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ONSETS: Final = frozenset(
    ("", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
     "r", "s", "t", "th", "tr", "v", "x")
)  # fmt: skip
_OPEN: Final = _listed(
    "a ai ao au ay âu ây e eo ê êu i ia iu iêu o oa oai oao oay oe oeo oi ô ôi ơ ơi u ua ui uơ uy uya uyu uê uôi uây "
    "ư ưa ưi ưu ươi ươu y yêu"
)
_HELD: Final = _listed(
    "am an ang anh ăm ăn ăng âm ân âng em en eng êm ên ênh im in inh iêm iên iêng oam oan oang oanh oăm oăn oăng oen "
    "oen om on ong oong ôm ôn ông ơm ơn um un ung uân uâng uênh uôm uôn uông uyên uynh ưng ưn ưm ươm ươn ương yêm yên "
    "yêng ynh yn"
)
_STOPPED: Final = _listed(
    "ac ach ap at ăc ăp ăt âc âp ât ec ep et êch êp êt ich ip it iêc iêp iêt oac oach oap oat oăc oăt oc ooc op ot ôc "
    "ôp ôt ơp ơt uc up ut uât uêch uôc uôt uych uyêt uyt ưc ưt ươc ươp ươt yêt yt ych"
)
_QU_ONLY: Final = ("ôc", "ơt", "it", "ăp")  # quốc, quớt, quít, quắp: spelled with no second u
_SOFT: Final = ("e", "ê", "i", "y")  # the vowels that k, gh and ngh stand before


@lru_cache(maxsize=1 << 16)
def is_syllable(word: str) -> bool:
    """Whether the word, of any case, is one syllable: an onset, a rhyme and at most one tone that go together."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [letter for letter in letters if letter in _TONES]
    if len(tones) > 1 or len(letters) > 14:
        return False
    bare = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    return any(_rhymes(bare[:cut], bare[cut:], tones) for cut in range(min(4, len(bare))))


def _rhymes(onset: str, rhyme: str, tones: list[str]) -> bool:
    if onset not in _ONSETS:
        return False
    if rhyme in _STOPPED or (onset == "qu" and rhyme in _QU_ONLY):
        if not tones or tones[0] not in _STOPPED_TONES:
            return False
    elif rhyme not in _OPEN and rhyme not in _HELD:
        return False
    soft = rhyme.startswith(_SOFT)
    if onset in ("k", "gh", "ngh"):
        return soft
    return not (onset in ("c", "g", "ng") and soft and rhyme[0] != "i") and not (onset == "c" and soft)
