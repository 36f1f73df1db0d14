"""What somebody does to the log of acts, and what becomes of it: noticed and named, or said not to be noticed."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.access.audit import HEAD, AuditLog
from dashboard.access.entry import FIRST_PREV, Act, written
from dashboard.access.verdict import Verdict, verify
from tests.dashboard.access.acts import DAY, fill, month, months


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    return AuditLog(tmp_path, clock=lambda: DAY)


def kind_of(log: AuditLog, **known: str) -> str | None:
    fault = verify(log, {int(seq.removeprefix("n")): hash_ for seq, hash_ in known.items()}).fault
    return None if fault is None else fault.kind


def line_of(log: AuditLog) -> int:
    fault = verify(log).fault
    assert fault is not None
    return int(str(fault.facts["line"]))


def forged(lines: list[bytes], since: int, who: str) -> list[bytes]:
    """The lines with another name from one on, and the chain reckoned anew up to the end."""
    held = [json.loads(line) for line in lines]
    prev = held[since - 1]["hash"] if since else FIRST_PREV
    made = lines[:since]
    for each in held[since:]:
        act = Act(each["event"], who, each["address"], each["role"], each["facts"])
        entry, line = written(act, seq=each["seq"], time=datetime.fromisoformat(each["time"]), prev=prev)
        prev = entry.hash
        made.append(line)
    return made


@pytest.mark.parametrize("at", range(7))
def test_any_changed_byte_of_any_line_is_noticed_and_the_line_named(log: AuditLog, at: int) -> None:
    lines = fill(log)
    for place in range(0, len(lines[at]) - 1, 13):
        changed = bytearray(lines[at])
        changed[place] ^= 1
        month(log).write_bytes(b"".join([*lines[:at], bytes(changed), *lines[at + 1 :]]))
        assert (kind_of(log), line_of(log)) == ("changed", at + 1), changed


@settings(max_examples=25, deadline=None)
@given(at=st.integers(0, 3), place=st.integers(0, 150), byte=st.integers(0, 255))
def test_any_byte_put_in_place_of_another_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, at: int, place: int, byte: int
) -> None:
    log = AuditLog(tmp_path_factory.mktemp("log"), clock=lambda: DAY)
    lines = fill(log, 3)
    changed = bytearray(lines[at])
    changed[place] = byte
    month(log).write_bytes(b"".join([*lines[:at], bytes(changed), *lines[at + 1 :]]))
    assert verify(log).sound == (bytes(changed) == lines[at])


@pytest.mark.parametrize("at", range(1, 6))
def test_a_removed_line_is_noticed_and_its_number_told(log: AuditLog, at: int) -> None:
    lines = fill(log)
    month(log).write_bytes(b"".join(lines[:at] + lines[at + 1 :]))
    fault = verify(log).fault
    assert fault is not None
    assert fault.kind == "removed"
    assert {fault.facts[name] for name in ("line", "first", "last")} == {at + 1}


def test_lines_in_another_order_are_noticed(log: AuditLog) -> None:
    lines = fill(log)
    lines[2], lines[3] = lines[3], lines[2]
    month(log).write_bytes(b"".join(lines))
    assert (kind_of(log), line_of(log)) == ("reordered", 3)


def test_a_line_put_in_is_noticed_whether_copied_or_made(log: AuditLog) -> None:
    lines = fill(log)
    month(log).write_bytes(b"".join([*lines[:5], lines[2], *lines[5:]]))
    assert (kind_of(log), line_of(log)) == ("inserted", 6)
    third = json.loads(lines[2])
    _, made = written(Act("login", "nobody", "", "", {}), seq=4, time=DAY, prev=third["hash"])
    month(log).write_bytes(b"".join([*lines[:3], made, *lines[3:]]))
    assert (kind_of(log), line_of(log)) == ("inserted", 5)


def test_a_line_forged_with_its_own_hash_is_noticed_at_the_next(log: AuditLog) -> None:
    lines = fill(log)
    month(log).write_bytes(b"".join([*lines[:3], forged(lines, 3, "nobody")[3], *lines[4:]]))
    assert (kind_of(log), line_of(log)) == ("changed", 5)


def test_a_cut_end_is_noticed_and_stays_noticed_when_the_log_goes_on(log: AuditLog) -> None:
    lines = fill(log)
    month(log).write_bytes(b"".join(lines[:4]))
    fault = verify(log).fault
    assert fault is not None
    assert (fault.kind, fault.facts["first"], fault.facts["last"]) == ("cut", 5, 7)
    log.append("login", who="later", address="")
    assert kind_of(log) == "removed"


def test_an_end_cut_within_a_line_is_noticed(log: AuditLog) -> None:
    lines = fill(log)
    month(log).write_bytes(b"".join(lines)[:-20])
    assert (kind_of(log), line_of(log)) == ("changed", 7)
    log.append("login", who="later", address="")
    assert kind_of(log) == "changed"


def test_a_chain_reckoned_anew_from_the_middle_does_not_meet_its_head(log: AuditLog) -> None:
    lines = fill(log)
    month(log).write_bytes(b"".join(forged(lines, 3, "nobody")))
    assert kind_of(log) == "head"


def test_a_chain_and_its_head_reckoned_anew_are_noticed_by_a_hash_written_down_elsewhere_only(log: AuditLog) -> None:
    lines = fill(log)
    noted = json.loads(lines[5])["hash"]
    anew = forged(lines, 3, "nobody")
    month(log).write_bytes(b"".join(anew))
    head = json.loads((log.folder / HEAD).read_bytes())
    (log.folder / HEAD).write_text(json.dumps({**head, "hash": json.loads(anew[-1])["hash"]}))
    assert kind_of(log) is None  # who may write the folder can do that: a promise that is not made
    assert kind_of(log, n6=noted) == "unknown"
    assert kind_of(log, n6=noted[:12]) == "unknown"
    assert kind_of(log, n3=json.loads(lines[2])["hash"][:12]) is None


def test_a_log_thrown_away_is_noticed_by_a_hash_written_down_elsewhere_only(log: AuditLog) -> None:
    lines = fill(log)
    for path in list(log.folder.iterdir()):
        path.unlink()
    assert kind_of(log) is None
    assert kind_of(log, n6=json.loads(lines[5])["hash"]) == "unknown"
    log.append("login", who="an", address="")
    assert [entry.act.event for entry in log.rows()] == ["log_begun", "login"]  # and the log says when it begins


def test_a_head_that_is_gone_or_older_is_noticed_and_its_loss_stays_in_the_log(log: AuditLog) -> None:
    fill(log)
    older = (log.folder / HEAD).read_bytes()
    fill(log, 12)
    head = (log.folder / HEAD).read_bytes()
    (log.folder / HEAD).write_bytes(older)
    assert kind_of(log) == "head"
    for harmed in (None, b"", b"{}", head[:-5]):
        (log.folder / HEAD).unlink()
        if harmed is not None:
            (log.folder / HEAD).write_bytes(harmed)
        assert kind_of(log) == "head"
        log.append("login", who="an", address="")
        assert kind_of(log) is None
    assert [entry.act.event for entry in log.rows()].count("log_head_lost") == 4
    assert len(verify(log).notes) == 4


def test_months_taken_away_are_noticed_at_the_front_in_the_middle_and_at_the_end(tmp_path: Path) -> None:
    for at, kind in ((0, "early"), (1, "early"), (3, "removed"), (5, "cut")):
        log = months(tmp_path / str(at), 6)
        files = sorted(log.folder.glob("*.jsonl"))
        for file in [files[at]] if at != 1 else files[:2]:
            file.unlink()
        assert kind_of(log) == kind


@pytest.mark.parametrize("left", [1, 40, 200])
def test_a_torn_last_line_is_told_and_kept_and_nothing_before_it_lost(log: AuditLog, left: int) -> None:
    lines = fill(log)
    head = (log.folder / HEAD).read_bytes()
    log.append("export", who="an", address="", sha256="0" * 64)
    torn = month(log).read_bytes()[len(b"".join(lines)) :][:left]
    month(log).write_bytes(b"".join(lines) + torn)
    (log.folder / HEAD).write_bytes(head)
    verdict = verify(log)
    assert verdict.sound
    assert [note.facts["n"] for note in verdict.notes] == [left]
    log.append("login", who="later", address="")
    assert torn in month(log).read_bytes()
    verdict = verify(log)
    assert (verdict.sound, verdict.n, len(verdict.notes)) == (True, 9, 1)
    assert [entry.act.event for entry in log.rows()][-2:] == ["log_mended", "login"]


def test_a_torn_line_at_the_end_of_a_month_is_told_in_the_next(tmp_path: Path) -> None:
    log = months(tmp_path, 2)
    with month(log).open("ab") as file:
        file.write(b'{"address":"to')
    AuditLog(tmp_path, clock=lambda: DAY + timedelta(days=30)).append("login", who="an", address="")
    verdict = verify(log)
    assert verdict.sound
    assert len(verdict.notes) == 1


def test_an_entry_that_reached_the_disk_before_its_head_counts(log: AuditLog) -> None:
    fill(log)
    head = (log.folder / HEAD).read_bytes()
    log.append("login", who="unheard", address="")
    (log.folder / HEAD).write_bytes(head)
    assert verify(log).sound
    log.append("login", who="later", address="")
    assert [entry.act.who for entry in log.rows()][-2:] == ["unheard", "later"]
    assert verify(log).sound


def test_the_verdict_of_no_log_is_that_there_is_none(log: AuditLog) -> None:
    assert verify(log) == Verdict(0, 0, None, None, ())
    assert not log.folder.exists()
