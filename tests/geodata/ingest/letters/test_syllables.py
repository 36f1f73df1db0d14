"""Vietnamese syllables against everything else."""

from __future__ import annotations

import pytest

from geodata.ingest.letters.syllables import is_syllable

WORDS = (
    "Tội danh trộm cắp tài sản xã phường huyện ngày giờ xảy ra vĩ độ kinh nguồn tin quốc lộ khuya nghiêng giết gì gìn "
    "quýt khuỷu Hoà hòa thuý thúy quở ĐƯỜNG yêu ở ý oanh ngoằn ngoèo xoong"
)


@pytest.mark.parametrize("word", WORDS.split())
def test_words_of_the_language_are_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("Téi", "é and i are no rhyme"),
        ("cặnǵ", "two tones"),
        ("cầp", "a syllable that ends in p has an acute or a dot"),
        ("cap", "and it needs one of them"),
        ("kà", "k stands before e, ê, i and y"),
        ("cê", "and c before the others"),
        ("José", "no rhyme begins so"),
        ("Toọi", "nor is there such a one"),
        ("", "nothing"),
        ("x" * 400, "nor anything endless"),
    ],
)
def test_what_the_language_cannot_spell_is_none(word: str, why: str) -> None:
    assert not is_syllable(word), why
