"""A storm of logins takes some of the threads, not all of them; who has to come again is told so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from dashboard.access.roles import Role
from dashboard.doors.login import AT_ONCE
from tests.dashboard.offices import PASSWORD, office
from tests.geodata.worlds import Still, tiny_snapshot


def test_who_comes_when_too_many_sign_in_is_told_to_come_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = office(tmp_path, Still(tiny_snapshot()))
    names = [f"officer-{number}" for number in range(AT_ONCE)]
    for name in names:
        made.book.add(name, Role.COMMITTEE, password=PASSWORD, now=datetime.now(UTC), must_change=False)
    on, all_in, looked = Event(), Event(), []
    sign_in = type(made.book).sign_in

    def slow(*asked: Any, **named: Any) -> Any:
        looked.append(asked)
        if len(looked) == AT_ONCE:
            all_in.set()
        assert on.wait(20)
        return sign_in(*asked, **named)

    monkeypatch.setattr(type(made.book), "sign_in", slow)
    with ThreadPoolExecutor(AT_ONCE) as people:
        coming = [people.submit(made.browser().sign_in, name) for name in names]
        assert all_in.wait(20)
        answer = made.browser().sign_in("committee", lang="en")
        assert answer.status_code == 503
        assert "Try again in a few seconds" in answer.text
        assert made.browser().get("/healthz").status_code == 200
        on.set()
        assert [each.result().status_code for each in coming] == [303] * AT_ONCE
    assert made.browser().sign_in("committee").status_code == 303
