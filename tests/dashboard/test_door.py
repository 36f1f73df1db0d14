"""The door: who tries passwords has to wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from dashboard.access.book import AccountBook
from tests.dashboard.offices import PASSWORD, office
from tests.geodata.worlds import Still, tiny_snapshot


def test_five_wrong_tries_at_the_door_lock_it_for_ten_minutes(tmp_path: Path) -> None:
    here = office(tmp_path, Still(tiny_snapshot()))
    browser = here.browser()
    for _ in range(5):
        assert browser.sign_in("chief", "khong phai mat khau nay").status_code == 401
    assert browser.sign_in("chief").status_code == 429
    later = datetime.now(UTC) + timedelta(minutes=11)
    found = AccountBook(tmp_path / "access.sqlite").sign_in("chief", PASSWORD, address="127.0.0.1", now=later)
    assert getattr(found, "account", None) is not None
