"""``diemnong user``: accounts from the terminal, what is refused and how, and the log of what was done."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyotp
import pytest

from dashboard.access.accounts import Account
from dashboard.access.audit import AuditLog
from dashboard.access.book import book_of
from dashboard.access.entrance import Refused, SignedIn
from dashboard.access.rights import rights_of
from dashboard.access.sessions import sessions_of
from geodata.vocabulary import AreaKey
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.cli.city import Call, City, Said, call_command, found_city
from tests.dashboard.cli.test_command import COMMAND

ENGLISH = {**os.environ, "DIEMNONG_LANG": "en"}
PASSWORD = "xanh lam voi cau tre"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)

pytestmark = pytest.mark.slow  # passwords are kept by argon2id here, a tenth of a second each


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> City:
    """A city with an area of responsibility."""
    made = found_city(tmp_path_factory.mktemp("town"))
    folder = made.workspace.parent
    call_command("-w", made.workspace, "boundaries", "region", next(folder.rglob("regions.csv")))
    return made


def add(call: Call, town: City, name: str, *options: object, typed: str = PASSWORD + "\n") -> Said:
    kept, sys.stdin = sys.stdin, io.StringIO(typed)
    try:
        return call("-w", town.workspace, "user", "add", name, *options, "--password-stdin", "--json")
    finally:
        sys.stdin = kept


def held(town: City, name: str) -> Account:
    found = book_of(town.workspace).of(name)
    assert found is not None
    return found


def sign_in(town: City, name: str, password: str, **more: str) -> SignedIn | Refused:
    return book_of(town.workspace).sign_in(name, password, address="10.0.0.7", now=datetime.now(UTC), **more)


def events(town: City, name: str) -> list[str]:
    rows = AuditLog(town.workspace).rows()
    return [row.act.event for row in rows if row.act.facts.get("account") == name]


def test_an_account_is_made_and_may_enter_and_has_to_change_its_password(town: City, call: Call) -> None:
    said = add(call, town, "Lan", "--role", "committee", "--precision", "five", "--identity", "Lan@x.vn")
    assert said.status == 0
    wanted = {"name": "lan", "role": "committee", "precision": "five", "must_change": True, "identity": "lan@x.vn"}
    assert {name: said.json[name] for name in wanted} == wanted
    assert "password" not in said.json
    assert isinstance(sign_in(town, "lan", PASSWORD), SignedIn)
    assert events(town, "lan") == ["account_added"]
    assert PASSWORD not in "".join(path.read_text() for path in (town.workspace / "audit").glob("*.jsonl"))


def test_a_chief_is_granted_regions_and_communes_for_some_days(town: City, call: Call) -> None:
    options = ("--region", "West", "--area", "old:02", "--from", "2026-01-01", "--until", "31/12/2026")
    said = add(call, town, "chief", "--role", "chief", *options)
    assert said.json["grants"] == [
        {"kind": "region", "place": "West", "from": "2026-01-01", "until": "2026-12-31"},
        {"kind": "area", "place": "old:02", "from": "2026-01-01", "until": "2026-12-31"},
    ]
    boundaries = Warehouse(town.workspace).boundaries()
    first, after = NOW.date(), NOW.date().replace(year=2027)
    seen = [rights_of(held(town, "chief"), boundaries, day).scope.areas for day in (first, after)]
    assert seen == [tuple(AreaKey("old", code) for code in ("01", "02", "03")), ()]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--role", "chief", "--region", "Wst"), ("«Wst»", "West")),
        (("--role", "officer", "--area", "old:99"), ("«99»", "01 (An Phú)")),
        (("--role", "officer", "--area", "02"), ("EDITION:CODE", "old")),
        (("--role", "officer", "--area", "new:02"), ("EDITION:CODE", "old")),
        (("--role", "officer", "--area", "old:1"), ("district", "--region")),
        (("--role", "officer", "--region", "West"), ("communes", "chief")),
        (("--role", "committee", "--area", "old:02"), ("committee", "no regions")),
        (("--role", "data", "--from", "2026-01-01"), ("--from", "name one")),
        (
            ("--role", "chief", "--region", "West", "--from", "2026-02-01", "--until", "2026-01-01"),
            ("before it begins",),
        ),
        (("--role", "king"), ("king", "committee")),
        (("--role", "data", "--generate"), ("--password-stdin", "--generate")),
        ((), ("--role",)),
    ],
)
def test_what_cannot_be_granted_is_refused_with_what_there_is(
    town: City, call: Call, options: tuple[str, ...], told: tuple[str, ...]
) -> None:
    said = add(call, town, "nobody", *options)
    assert (said.status, said.out) == (2, b"")
    assert all(word in said.err for word in told), said.err
    assert book_of(town.workspace).of("nobody") is None


@pytest.mark.parametrize("typed", ["", "\n", "short\n", "matkhau123456\n", "x" * 2000])
def test_a_bad_password_on_standard_input_makes_no_account(town: City, call: Call, typed: str) -> None:
    assert add(call, town, "nobody", "--role", "data", typed=typed).status == 2
    assert book_of(town.workspace).of("nobody") is None


def test_a_password_that_is_made_is_printed_once_and_lets_in(town: City, call: Call) -> None:
    said = call("-w", town.workspace, "user", "add", "made", "--role", "data", "--generate")
    assert isinstance(sign_in(town, "made", said.text.removesuffix("\n")), SignedIn)
    assert said.text.strip() not in said.err
    again = call("-w", town.workspace, "user", "password", "made", "--generate", "--json").json
    assert isinstance(sign_in(town, "made", said.text.strip()), Refused)
    assert isinstance(sign_in(town, "made", again["password"]), SignedIn)
    assert events(town, "made") == ["account_added", "password_set"]


def test_without_a_terminal_nothing_is_asked(town: City, call: Call) -> None:
    arguments = [*COMMAND, "-w", str(town.workspace), "user", "add", "nobody", "--role", "data"]
    said = subprocess.run(
        arguments,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=ENGLISH,
        check=False,
    )
    assert (said.returncode, said.stdout) == (2, "")
    assert "--password-stdin" in said.stderr


@pytest.mark.skipif(os.name == "nt", reason="there are no terminals of this kind on Windows")
def test_on_a_terminal_the_password_is_asked_for_twice_and_not_shown(town: City) -> None:
    arguments = [*COMMAND, "-w", str(town.workspace), "user", "add", "typed", "--role", "data"]
    answers = [PASSWORD, "another one than that", PASSWORD, PASSWORD]
    shown, status = on_terminal(arguments, answers)
    assert status == 0
    assert PASSWORD not in shown
    assert isinstance(sign_in(town, "typed", PASSWORD), SignedIn)


def on_terminal(arguments: list[str], answers: list[str]) -> tuple[str, int]:
    """What a command shows on a terminal where these lines are typed, one at each question."""
    child, terminal = pytest.importorskip("pty").fork()
    if child == 0:
        os.environ["DIEMNONG_LANG"] = "en"
        os.execv(arguments[0], arguments)
    shown, waiting = "", list(answers)
    while True:
        try:
            part = os.read(terminal, 4096).decode("utf-8", "replace")
        except OSError:
            break
        shown += part
        if part.rstrip(" ").endswith(":") and waiting:
            os.write(terminal, (waiting.pop(0) + "\n").encode())
    return shown, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_lock_ends_the_sessions_and_unlocking_lets_in_again(town: City, call: Call) -> None:
    add(call, town, "minh", "--role", "committee")
    sessions, now = sessions_of(town.workspace), datetime.now(UTC)
    token = sessions.begin("minh", address="10.0.0.7", now=now)
    assert call("-w", town.workspace, "user", "lock", "minh", "--json").json["locked"] is True
    assert sessions.of(token, now) is None
    assert call("-w", town.workspace, "user", "unlock", "minh", "--json").json["locked"] is False
    token = sessions.begin("minh", address="10.0.0.7", now=now)
    assert call("-w", town.workspace, "user", "end-sessions", "minh", "--json").json == {"name": "minh", "ended": 1}
    assert sessions.of(token, now) is None
    assert events(town, "minh") == ["account_added", "account_locked", "account_unlocked", "sessions_ended"]


def test_a_grant_stands_instead_of_those_before(town: City, call: Call) -> None:
    def grant(*options: object) -> Any:
        return call("-w", town.workspace, "user", "grant", "officer", *options, "--json").json

    add(call, town, "officer", "--role", "officer", "--area", "old:01")
    assert [each["place"] for each in grant("--area", "old:02", "--area", "old:02")["grants"]] == ["old:02"]
    closer = grant("--precision", "aggregates")
    assert (closer["precision"], closer["grants"][0]["place"]) == ("aggregates", "old:02")
    assert grant("--role", "committee")["grants"] == []
    assert [each["place"] for each in grant("--role", "chief", "--region", "West")["grants"]] == ["West"]
    assert grant("--nothing")["grants"] == []
    assert call("-w", town.workspace, "user", "grant", "officer", "--nothing", "--area", "old:01").status == 2


def test_a_code_of_a_telephone_is_asked_for_and_no_more(town: City, call: Call) -> None:
    add(call, town, "phone", "--role", "data")
    given = call("-w", town.workspace, "user", "totp", "phone", "--json").json
    assert given["totp"] is True
    assert isinstance(sign_in(town, "phone", PASSWORD), Refused)
    assert isinstance(sign_in(town, "phone", PASSWORD, code=pyotp.TOTP(given["secret"]).now()), SignedIn)
    listed = {each["name"]: each for each in call("-w", town.workspace, "user", "list", "--json").json["accounts"]}
    assert given["secret"] not in str(listed)
    assert call("-w", town.workspace, "user", "totp", "phone", "--remove", "--json").json["totp"] is False
    assert isinstance(sign_in(town, "phone", PASSWORD), SignedIn)


def test_the_list_says_who_there_is_and_what_is_granted(town: City, call: Call) -> None:
    add(call, town, "listed", "--role", "officer", "--area", "old:03", "--until", "2026-12-31")
    said = call("-w", town.workspace, "user", "list")
    lines = said.text.splitlines()
    at = lines.index("listed  officer  points  password to be changed")
    assert lines[at + 1] == "    area old:03  ..2026-12-31"
    assert "argon2" not in call("-w", town.workspace, "user", "list", "--json").text


@pytest.mark.parametrize("act", ["lock", "unlock", "password", "grant", "end-sessions", "totp"])
def test_an_unknown_name_is_refused_before_anything_is_asked(town: City, call: Call, act: str) -> None:
    said = call("-w", town.workspace, "user", act, "stranger")
    assert (said.status, said.out) == (2, b"")
    assert "«stranger»" in said.err


def test_a_folder_that_is_no_workspace_gets_no_book(call: Call, tmp_path: Path) -> None:
    assert call("-w", tmp_path, "user", "list").status == 2
    assert list(tmp_path.iterdir()) == []


def test_the_last_administrator_cannot_be_locked(town: City, call: Call) -> None:
    add(call, town, "boss", "--role", "administrator")
    said = call("-w", town.workspace, "user", "lock", "boss")
    assert said.status == 2
    assert "last administrator" in said.err
