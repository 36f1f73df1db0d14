"""Signing in: five tries, one address's limit, one code once, and nothing that tells whether a name exists."""

from __future__ import annotations

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

import pyotp
import pytest
from argon2 import PasswordHasher

from dashboard.access import passwords, totp
from dashboard.access.book import AccountBook
from dashboard.access.entrance import Reason, Refused, SignedIn
from dashboard.access.errors import AccessError
from dashboard.access.roles import Role
from tests.dashboard.access.people import CHEAP, DESK, NOON, OTHER, PASSWORD, added, book_in, entered, later


@pytest.fixture
def book(tmp_path: Path) -> AccountBook:
    """A book with one account, ``lan``."""
    made = book_in(tmp_path)
    added(made)
    return made


def refused(found: SignedIn | Refused) -> Refused:
    assert isinstance(found, Refused)
    return found


def test_the_right_password_lets_in_and_a_wrong_one_does_not(book: AccountBook) -> None:
    assert isinstance(entered(book), SignedIn)
    assert entered(book, OTHER) == Refused(Reason.WRONG)


def test_a_name_is_the_same_however_it_is_typed_in(book: AccountBook) -> None:
    assert isinstance(entered(book, name="  LAN "), SignedIn)
    assert isinstance(entered(book, name="ｌａｎ"), SignedIn)


def test_a_vietnamese_password_is_the_same_in_one_sign_a_letter_or_in_several(book: AccountBook) -> None:
    book.set_password("lan", "Đường về quê mẹ ngoại", must_change=False)
    assert isinstance(entered(book, "Đường về quê mẹ ngoại"), SignedIn)


def test_the_fifth_failure_locks_the_name_for_ten_minutes_also_for_the_right_password(book: AccountBook) -> None:
    for n in range(5):
        assert entered(book, OTHER, at=later(seconds=n)).reason is Reason.WRONG  # type: ignore[union-attr]
    found = refused(entered(book, at=later(minutes=9)))
    assert found == Refused(Reason.WAIT, later(seconds=4) + timedelta(minutes=10))
    assert entered(book, at=later(seconds=603)) == found
    assert isinstance(entered(book, at=later(seconds=604)), SignedIn)


def test_tries_while_locked_do_not_make_the_lock_longer(book: AccountBook) -> None:
    for n in range(50):
        entered(book, OTHER, at=later(seconds=n))
    assert isinstance(entered(book, at=later(seconds=604)), SignedIn)


def test_an_unknown_name_is_locked_in_the_same_way_and_words(book: AccountBook) -> None:
    for n in range(7):
        known, unknown = (
            book.sign_in(name, OTHER, address=f"10.1.{n}.{name == 'lan':d}", now=NOON) for name in ("lan", "minh")
        )
        assert known == unknown


def test_success_forgets_the_failures_of_the_name(book: AccountBook) -> None:
    for _ in range(3):
        for _ in range(4):
            entered(book, OTHER)
        assert isinstance(entered(book), SignedIn)


def test_failures_older_than_the_pause_are_forgotten(book: AccountBook) -> None:
    for n in range(12):
        found = entered(book, OTHER, at=later(minutes=n // 4 * 11))
        assert found == Refused(Reason.WRONG)


def test_thirty_failures_from_an_address_stop_it_for_every_name_and_no_other_address(book: AccountBook) -> None:
    for n in range(30):
        assert book.sign_in(f"name{n}", OTHER, address=DESK, now=NOON) == Refused(Reason.WRONG)
    assert refused(entered(book)) == Refused(Reason.WAIT, later(minutes=10))
    assert isinstance(book.sign_in("lan", PASSWORD, address="10.0.0.8", now=NOON), SignedIn)
    assert isinstance(entered(book, at=later(minutes=10)), SignedIn)


def test_an_own_account_does_not_wash_an_address_clean(book: AccountBook) -> None:
    for n in range(30):
        book.sign_in(f"name{n}", OTHER, address=DESK, now=NOON)
        entered(book)
    assert refused(entered(book)).reason is Reason.WAIT


def test_a_machine_with_many_ipv6_addresses_is_one(book: AccountBook) -> None:
    for n in range(30):
        book.sign_in(f"name{n}", OTHER, address=f"2001:db8:0:1::{n:x}", now=NOON)
    assert refused(book.sign_in("lan", PASSWORD, address="2001:db8:0:1:ffff::1", now=NOON)).reason is Reason.WAIT
    assert isinstance(book.sign_in("lan", PASSWORD, address="2001:db8:0:2::1", now=NOON), SignedIn)


def test_a_hundred_tries_at_once_are_five(book: AccountBook) -> None:
    def guess(n: int) -> bool:
        found = book.sign_in("lan", OTHER, address=f"10.2.0.{n}", now=NOON)
        return refused(found).reason is Reason.WRONG

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(guess, range(100))) == 5


def guesses(path: Path, first: int) -> int:
    """How many of twenty tries were looked at: run in a process of its own."""
    book = AccountBook(path, CHEAP)
    found = [book.sign_in("lan", OTHER, address=f"10.3.{first}.{n}", now=NOON) for n in range(20)]
    return sum(isinstance(each, Refused) and each.reason is Reason.WRONG for each in found)


@pytest.mark.slow
def test_two_processes_count_the_same_five(book: AccountBook, tmp_path: Path) -> None:
    with get_context("spawn").Pool(2) as pool:
        assert sum(pool.starmap(guesses, [(tmp_path / "access.sqlite", n) for n in range(2)])) == 5
    assert refused(entered(book)).reason is Reason.WAIT


def test_the_administrator_ends_a_pause(book: AccountBook) -> None:
    for _ in range(5):
        entered(book, OTHER)
    book.unlock("lan")
    assert isinstance(entered(book), SignedIn)


def test_a_locked_account_is_told_nothing_but_that_it_cannot_enter(book: AccountBook) -> None:
    added(book, "minh", Role.ADMINISTRATOR)
    book.lock("lan")
    assert entered(book) == entered(book, OTHER) == Refused(Reason.WRONG)
    book.unlock("lan")
    assert isinstance(entered(book), SignedIn)


def test_endless_names_and_passwords_are_wrong_and_nothing_else(book: AccountBook) -> None:
    for name, word in (("x" * 10**6, "y"), ("lan", "y" * 10**6), ("", ""), ("\ud800", "\ud800"), ("lan\0", PASSWORD)):
        assert entered(book, word, name=name).reason is Reason.WRONG  # type: ignore[union-attr]


def test_names_that_were_typed_are_not_in_the_file(book: AccountBook, tmp_path: Path) -> None:
    entered(book, "lan", name="my password in the wrong field")
    book.close()
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"wrong field" not in held
    assert PASSWORD.encode() not in held


@pytest.mark.slow
def test_an_unknown_name_takes_as_long_as_a_known_one(tmp_path: Path) -> None:
    """The medians of 40 each, taken in turns, differ by less than the middle half of either is wide, or by 5 %."""
    book = book_in(tmp_path, PasswordHasher(time_cost=2, memory_cost=8192, parallelism=1))
    for n in range(40):
        book.add(f"known{n}", Role.COMMITTEE, password=PASSWORD, now=NOON)
    took: dict[str, list[float]] = {"known": [], "unknown": []}
    for n in range(40):
        for kind, seconds in took.items():
            begun = time.perf_counter()
            book.sign_in(f"{kind}{n}", OTHER, address=f"10.4.{n}.1", now=NOON)
            seconds.append(time.perf_counter() - begun)
    quarters = {kind: statistics.quantiles(seconds) for kind, seconds in took.items()}
    apart = abs(quarters["known"][1] - quarters["unknown"][1])
    width = min(upper - lower for lower, _, upper in quarters.values())
    assert apart < max(width, 0.05 * quarters["known"][1])


def test_the_decoy_costs_what_an_accounts_own_hash_costs() -> None:
    one, other = passwords.decoy(CHEAP), CHEAP.hash(PASSWORD)
    assert one.rsplit("$", 2)[0] == other.rsplit("$", 2)[0]
    assert [len(part) for part in one.split("$")] == [len(part) for part in other.split("$")]
    assert not passwords.matches(one, PASSWORD, CHEAP)


def test_a_hash_of_weaker_times_is_made_anew_at_the_next_login(book: AccountBook, tmp_path: Path) -> None:
    stronger = PasswordHasher(time_cost=2, memory_cost=128, parallelism=1)
    again = book_in(tmp_path, stronger)
    assert isinstance(entered(again), SignedIn)
    with again._file.reading() as connection:
        (held,) = connection.execute("SELECT password FROM accounts").fetchone()
    assert "m=128,t=2" in held
    assert isinstance(entered(again), SignedIn)


def test_a_code_is_asked_for_after_the_password_only(book: AccountBook) -> None:
    secret = totp.new_secret()
    assert book.set_totp("lan", secret).has_totp
    assert entered(book, OTHER) == Refused(Reason.WRONG)
    assert entered(book) == Refused(Reason.CODE_NEEDED)
    assert entered(book, code="000 000").reason is Reason.WRONG_CODE  # type: ignore[union-attr]
    code = pyotp.TOTP(secret).at(NOON)
    assert isinstance(entered(book, code=f" {code[:3]} {code[3:]}"), SignedIn)


def test_a_code_counts_once_and_no_older_one_after_it(book: AccountBook) -> None:
    secret = totp.new_secret()
    book.set_totp("lan", secret)
    code, before = (pyotp.TOTP(secret).at(later(seconds=s)) for s in (0, -30))
    assert isinstance(entered(book, code=code), SignedIn)
    for replayed in (code, before):
        assert entered(book, code=replayed, at=later(seconds=5)) == Refused(Reason.WRONG_CODE)
    following = pyotp.TOTP(secret).at(later(seconds=30))
    assert isinstance(entered(book, code=following, at=later(seconds=31)), SignedIn)


def test_a_code_sent_twice_at_once_lets_one_in(book: AccountBook) -> None:
    secret = totp.new_secret()
    book.set_totp("lan", secret)
    code = pyotp.TOTP(secret).at(NOON)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: entered(book, code=code), range(4)))
    assert sum(isinstance(each, SignedIn) for each in found) == 1


def test_guessed_codes_lock_the_name(book: AccountBook) -> None:
    book.set_totp("lan", totp.new_secret())
    for _ in range(3):
        entered(book)  # asks for the code: no guess
    reasons = [entered(book, code="12345x").reason for _ in range(6)]  # type: ignore[union-attr]
    assert reasons == [Reason.WRONG_CODE] * 5 + [Reason.WAIT]


def test_a_person_changes_the_own_password_by_the_old_one(book: AccountBook) -> None:
    changed = book.change_password("lan", PASSWORD, OTHER, address=DESK, now=NOON)
    assert isinstance(changed, SignedIn)
    assert not changed.account.must_change
    assert entered(book) == Refused(Reason.WRONG)
    assert isinstance(entered(book, OTHER), SignedIn)


def test_the_old_password_cannot_be_guessed_where_it_is_changed(book: AccountBook) -> None:
    tries = [book.change_password("lan", OTHER, PASSWORD + "!", address=DESK, now=NOON) for _ in range(6)]
    assert [refused(each).reason for each in tries] == [Reason.WRONG] * 5 + [Reason.WAIT]


def test_the_new_password_is_another_one_and_a_good_one(book: AccountBook) -> None:
    for new in (PASSWORD, "short", "matkhau123456"):
        for _ in range(3):  # none of them counts as a guess
            with pytest.raises(AccessError):
                book.change_password("lan", PASSWORD, new, address=DESK, now=NOON)
    assert isinstance(entered(book), SignedIn)
