"""What no text of the program may say: a cause, a proof, a promise. Checked over everything it can say."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from dashboard.locale.collect import catalogue_file, collect
from dashboard.words import LANGUAGES

FORBIDDEN = {
    "en": r"\b(caus(e|es|ed|ing)|because of|due to|thanks to|led to|leads to(?! expect)|result(ed|s)? from"
    r"|prov(e|es|ed|en)|proof|guarantee\w*|criminals?|offenders?|dangerous|crime[- ]ridden)\b",
    "vi": r"\b(gây ra|do chiến dịch|nhờ có|chứng minh(?! nhân dân)|bảo đảm rằng|tội phạm sẽ|kẻ gian|nguy hiểm)\b",
}


def texts(language: str) -> list[str]:
    with catalogue_file(language).open("rb") as file:
        held = read_po(file, locale=language)
    source = [message.id for message in collect() if message.id] if language == "en" else []
    every = [message.string for message in held if message.id] + source
    return [part for text in every for part in (text if isinstance(text, tuple | list) else [text]) if part]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_names_a_cause_or_promises_what_numbers_cannot_hold(language: str) -> None:
    said = [text for text in texts(language) if re.search(FORBIDDEN[language], text, re.IGNORECASE)]
    assert said == []


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "The campaign caused the fall"), ("en", "This is due to patrols"), ("vi", "Chiến dịch gây ra mức giảm")],
)
def test_such_words_would_be_found(language: str, text: str) -> None:
    assert re.search(FORBIDDEN[language], text, re.IGNORECASE)
