"""Bytes of text files: converted where the words prove the code, refused by name where they do not."""

from __future__ import annotations

import pytest

from geodata.errors import FileRefusedError
from geodata.ingest.letters.encoding import utf8

ROWS = {
    "TCVN3 (ABC)": b"Ng\xb5y x\xb6y ra,T\xe9i danh\n05/03/2024,Tr\xe9m c\xbep t\xb5i s\xb6n\n",
    "VNI": b"Nga\xf8y xa\xfby ra,To\xe4i danh\n05/03/2024,Tro\xe4m ca\xe9p ta\xf8i sa\xfbn\n",
    "Windows-1258": b"Nga\xccy xa\xd2y ra,T\xf4\xf2i danh\n05/03/2024,Tr\xf4\xf2m c\xe3\xecp ta\xcci sa\xd2n\n",
}


@pytest.mark.parametrize("name", ROWS)
def test_an_older_code_is_converted_and_said(name: str) -> None:
    found = utf8(ROWS[name], file="t3.csv")
    assert found.payload.decode() == "Ngày xảy ra,Tội danh\n05/03/2024,Trộm cắp tài sản\n"
    ((template, facts),) = found.findings
    assert template.format(**facts) == (
        f"«t3.csv» was written in {name}, an older code of Vietnamese letters: it was converted. 100 % of the words "
        "with such letters are Vietnamese so. Please compare the names"
    )


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_utf8_is_passed_on_as_it_is(mark: bytes) -> None:
    payload = mark + "Tội danh\n".encode()
    found = utf8(payload, file="a.csv")
    assert found.payload is payload
    assert found.findings == ()


def test_a_long_file_is_converted_in_pieces_that_end_with_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geodata.ingest.letters.encoding._PIECE", 50)
    found = utf8(ROWS["VNI"] * 40, file="a.csv")
    assert found.payload.decode() == "Ngày xảy ra,Tội danh\n05/03/2024,Trộm cắp tài sản\n" * 40


def test_words_far_down_a_file_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geodata.ingest.letters.encoding._WINDOW", 100)
    found = utf8(b"id,name\n" + b"1,abc\n" * 500 + ROWS["TCVN3 (ABC)"], file="a.csv")
    assert found.payload.endswith("Trộm cắp tài sản\n".encode())


def test_too_few_words_are_refused_with_line_and_likeliest_code() -> None:
    with pytest.raises(FileRefusedError) as refused:
        utf8(b"id,T\xe9i danh\n1,Tr\xe9m\n", file="a.csv")
    assert str(refused.value).startswith(
        "«a.csv», line 1: the letters are not in Unicode (UTF-8 or UTF-16). They look most like TCVN3 (ABC), in which "
        "2 of 2 words are Vietnamese, but that is not certain enough"
    )
    assert "Save as, CSV UTF-8" in str(refused.value)


def test_another_language_in_an_older_code_is_refused() -> None:
    with pytest.raises(FileRefusedError, match=r"line 2: the letters are not in Unicode .* an older code such as"):
        utf8("id,name\n1,José\n2,Zürich\n".encode("cp1252"), file="a.csv")


def test_one_broken_letter_in_utf8_is_named_as_that() -> None:
    payload = "Tội danh\nTrộm cắp tài sản\nĐánh bạc\n".encode() + b"c\xe1\xba\nxy\n"
    with pytest.raises(FileRefusedError, match="line 4: a letter is broken there, while the rest of the file is UTF-8"):
        utf8(payload, file="a.csv")


def test_zeros_in_an_older_code_are_refused() -> None:
    with pytest.raises(FileRefusedError, match="line 3: there are binary zeros"):
        utf8(ROWS["VNI"] + b"a\0b\n", file="a.csv")
