"""The author's words: each under its heading, none lost, whatever the file looks like."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.report.authored import OTHER, PLACES, AuthorError, blank, parse, read
from dashboard.words import LANGUAGES, Language, of


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blank_file_has_a_heading_for_every_place_and_no_words(language: Language) -> None:
    text = blank(of(language), "2025")
    assert parse(text).words == {}
    assert all(f"[{key}]" in text for key in PLACES)


def test_words_stand_under_the_key_of_their_heading() -> None:
    assert parse("## Whatever [proposals]\nMore light.\n\nMore.\n").of("proposals") == "More light.\n\nMore."


@pytest.mark.parametrize("heading", ["Kiến nghị", "proposals [proposals]", "Proposals", "KIẾN NGHỊ"])
def test_a_heading_is_known_by_its_label_where_its_key_was_lost(heading: str) -> None:
    assert parse(f"# Title\n## {heading}\nMore light.").of("proposals") == "More light."


def test_words_under_no_known_heading_are_kept_with_it() -> None:
    found = parse("Before all.\n## Của tôi\nMột ý.\n## Kiến nghị [proposals]\nHai.")
    assert found.unknown == ("Của tôi",)
    for part in ("Before all.", "Của tôi", "Một ý."):
        assert part in found.of(OTHER)
    assert found.of("proposals") == "Hai."


def test_notes_are_no_words() -> None:
    assert parse("## x [work]\n<!-- many\nlines -->\nDone.").of("work") == "Done."


def test_a_file_of_another_encoding_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "words.md"
    file.write_bytes("## Kiến nghị\nĐèn".encode("utf-16"))
    with pytest.raises(AuthorError, match="UTF-8"):
        read(file)


def test_a_mark_of_the_encoding_is_no_letter(tmp_path: Path) -> None:
    file = tmp_path / "words.md"
    file.write_bytes("\ufeff## Kiến nghị [proposals]\r\nĐèn đường.\r\n".encode())
    assert read(file).of("proposals") == "Đèn đường."
