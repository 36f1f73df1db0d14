"""Which passwords will do, how they are kept, and a telephone's codes."""

from __future__ import annotations

import time
import unicodedata
from datetime import timedelta

import pyotp
import pytest

from dashboard.access import passwords, totp
from dashboard.access.errors import AccessError
from dashboard.access.passwords import check_password, kept, matches
from tests.dashboard.access.people import CHEAP, NOON, OTHER, PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("ngan qua", "fewer than 12"),
        ("x" * 11, "fewer than 12"),
        ("a nice long one " * 9, "more than 128"),
        ("nguyenvana12", "account's name"),
        ("NguyenVanA2026", "account's name"),
        ("nguyenvananguyenvana", "account's name"),
        ("password1234", "guessed first"),
        ("matkhau123456", "guessed first"),
        ("congan123456", "guessed first"),
        ("qwertyuiop123", "guessed first"),
        ("123456789012", "guessed first"),
        ("aaaaaaaaaaaaaaaa", "guessed first"),
        ("abcabcabcabcabc", "guessed first"),
        ("P@ssw0rd2026", "guessed first"),
        ("xanh lam\nvoi cau tre", "nobody can type"),
        ("xanh lam \ud800 cau tre", "nobody can type"),
    ],
)
def test_a_bad_password_is_refused_with_the_reason(word: str, why: str) -> None:
    with pytest.raises(AccessError, match=why):
        check_password(word, "nguyenvana")


@pytest.mark.parametrize("word", [PASSWORD, OTHER, "Đường về quê mẹ ngoại", "k7#mQ2!vX9$wL", "🌾🐃🛶 lúa trâu đò 12"])
def test_words_that_have_nothing_to_do_with_one_another_will_do(word: str) -> None:
    check_password(word, "nguyenvana")


def test_length_is_counted_in_letters_however_they_are_typed() -> None:
    one_sign_each = unicodedata.normalize("NFC", "bờ tre già ơi")[:11]
    with pytest.raises(AccessError, match="fewer than 12"):
        check_password(unicodedata.normalize("NFD", one_sign_each), "lan")


def test_no_password_keeps_the_judge_busy() -> None:
    begun = time.perf_counter()
    check_password(("4@8({[<369!1|05$7%+2" * 7)[:128], "lan")
    assert time.perf_counter() - begun < 10  # a second; 40 letters of this kind would be three and a half, 128 minutes


def test_generated_ones_are_good_and_all_different() -> None:
    made = {passwords.generated() for _ in range(50)}
    assert len(made) == 50
    for each in made:
        check_password(each, "lan")


def test_the_same_password_is_kept_differently_each_time_by_argon2id() -> None:
    one, other = kept(PASSWORD), kept(PASSWORD)
    assert one != other
    assert one.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert matches(one, PASSWORD)
    assert not matches(one, OTHER)


def test_what_is_no_hash_matches_nothing() -> None:
    for held in ("", "plain", "$argon2id$v=19$broken"):
        assert not matches(held, held, CHEAP)


def test_a_code_is_that_of_rfc_6238_and_a_neighbour_on_either_side() -> None:
    codes = {offset: pyotp.TOTP(SECRET).at(NOON + timedelta(seconds=offset)) for offset in (-60, -30, 0, 30, 60)}
    now = int(NOON.timestamp()) // 30
    found = {offset: totp.step_of(SECRET, code, NOON) for offset, code in codes.items()}
    assert found == {-60: None, -30: now - 1, 0: now, 30: now + 1, 60: None}


def test_what_is_not_six_digits_is_no_code() -> None:
    for code in ("", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "1" * 10**6, "\ud800" * 6):
        assert totp.step_of(SECRET, code, NOON) is None


def test_secrets_are_160_bits_and_the_picture_holds_the_address_and_nothing_foreign() -> None:
    one, other = totp.new_secret(), totp.new_secret()
    assert one != other
    assert len(one) == 32
    shown = pyotp.parse_uri(totp.address(one, "lan"))
    assert (shown.secret, shown.name, shown.issuer) == (one, "lan", "Điểm Nóng")
    picture = totp.picture(one, "lan")
    assert picture.startswith("<svg")
    assert "script" not in picture
    assert picture.count("http") == 1  # the name space of SVG
    assert "█" in totp.drawing(one, "lan")
