"""The log of acts: what is in it stays in it, what is done to it is noticed, and nobody writes a second line."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.access.audit import AuditError, AuditLog
from dashboard.access.entry import FIRST_PREV, LONGEST_LINE, Act, written
from dashboard.access.verdict import verify
from tests.dashboard.access.acts import DAY, fill, month, months

NASTY = (
    'an"\r\n{"seq":99}\r\n',
    "line\u2028separator\u2029and\u0085next",
    "\x1b[2J\x1b]0;owned\x07\x9b31m",
    "\x00\x7f\x08\x0b\x0c",
    "\u202egnirts\u2066",
    "\ud800 half a pair",
    "n" * 1_000_000,
    "Đặng Thị Hồng 🚓",
)


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    return AuditLog(tmp_path, clock=lambda: DAY)


def test_what_was_written_is_read_again_in_its_order(log: AuditLog) -> None:
    fill(log, 3)
    assert [(entry.seq, entry.act.event, entry.act.who) for entry in log.rows()] == [
        (1, "log_begun", "diemnong"),
        (2, "login", "an0"),
        (3, "login", "an1"),
        (4, "login", "an2"),
    ]
    verdict = verify(log)
    assert (verdict.sound, verdict.n, verdict.first, verdict.notes) == (True, 4, 1, ())


def test_the_log_is_its_owners_alone(log: AuditLog) -> None:
    fill(log, 1)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (log.folder, *log.folder.iterdir())}
    assert modes == {"audit": 0o700, "2026-11.jsonl": 0o600, "head.json": 0o600, ".turn": 0o600}


def test_months_beyond_those_kept_go_and_an_entry_says_which(tmp_path: Path) -> None:
    log = months(tmp_path, 17, keep=13)
    assert min(path.stem for path in log.folder.glob("*.jsonl")) == "2025-10"  # 13 whole months and this one
    assert len(list(log.folder.glob("*.jsonl"))) == 14
    verdict = verify(log)
    assert verdict.sound
    assert verdict.first > 1
    gone = [entry.act.facts["file"] for entry in log.rows(event="log_retired")]
    assert gone == ["2025-07.jsonl", "2025-08.jsonl", "2025-09.jsonl"]


def test_less_than_thirteen_months_cannot_be_asked_for(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="13"):
        AuditLog(tmp_path, keep_months=12)


def test_a_clock_gone_wild_throws_nothing_away_and_one_put_back_is_told(tmp_path: Path) -> None:
    log = months(tmp_path, 4, keep=13)
    AuditLog(tmp_path, keep_months=13, clock=lambda: DAY + timedelta(days=9000)).append("login", who="an", address="")
    AuditLog(tmp_path, keep_months=13, clock=lambda: DAY).append("login", who="an", address="")
    assert len(list(log.folder.glob("*.jsonl"))) == 5
    verdict = verify(log)
    assert verdict.sound
    assert len(verdict.notes) == 1


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_no_name_writes_a_second_line_or_steers_a_terminal(log: AuditLog, text: str) -> None:
    log.append("login_refused", who=text, address=text, role=text, **{"reason": text, text[:50]: [text, {text: text}]})
    content = month(log).read_bytes()
    assert len(content.splitlines()) == len(content.decode().splitlines()) == 2
    assert set(content) <= {0x0A, *range(0x20, 0x7F)}
    assert len(content) < 20_000
    assert verify(log).sound
    (entry,) = log.rows(event="login_refused")
    assert entry.act.who[:200] == text[:200]


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
FACTS = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=9), inner), max_leaves=8)


@settings(max_examples=50, deadline=None)
@given(facts=st.dictionaries(st.text(max_size=9), FACTS, max_size=5))
def test_whatever_an_act_says_is_one_sound_line(facts: dict[str, Any]) -> None:
    entry, line = written(Act("export", "an", "", "", facts), seq=1, time=DAY, prev=FIRST_PREV)
    assert line.count(b"\n") == 1
    assert len(line) <= LONGEST_LINE
    assert entry.seq == 1


def test_an_act_with_too_much_to_say_keeps_a_hash_of_it(log: AuditLog) -> None:
    log.append("export", who="an", address="", files=["x" * 300] * 900, areas=[["y" * 200] * 400] * 20)
    assert month(log).stat().st_size < LONGEST_LINE + 1000
    (entry,) = log.rows(event="export")
    assert set(entry.act.facts) == {"too_long", "sha256"}


def test_an_event_is_one_of_our_words(log: AuditLog) -> None:
    with pytest.raises(ValueError, match="no name"):
        log.append("Log in\n", who="an", address="")


def test_rows_are_found_by_day_event_and_name(log: AuditLog) -> None:
    fill(log, 4)
    assert [entry.act.who for entry in log.rows(who="an2")] == ["an2"]
    assert len(list(log.rows(event="login"))) == 4
    assert list(log.rows(since=DAY + timedelta(seconds=1))) == []
    assert len(list(log.rows(since=DAY))) == 5


MANY = """
import sys
from pathlib import Path
from dashboard.access.audit import AuditLog
log = AuditLog(Path(sys.argv[1]))
print("ready", flush=True)
for i in range(int(sys.argv[3])):
    log.append("export", who=sys.argv[2], address="terminal", n=i, sha256="f" * 64)
    print(i, flush=True)
"""


def writer(workspace: Path, name: str, n: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", MANY, str(workspace), name, str(n)], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )


@pytest.mark.slow
def test_several_processes_append_at_once_and_one_is_killed_in_the_middle(tmp_path: Path) -> None:
    """Every entry that was acknowledged stands, in one chain."""
    n = 40
    writers = {name: writer(tmp_path, name, 100_000 if name == "killed" else n) for name in ("a", "b", "c", "killed")}
    killed = writers["killed"]
    assert killed.stdout is not None
    acknowledged = [killed.stdout.readline() for _ in range(15)]
    killed.send_signal(signal.SIGKILL)
    acknowledged += killed.stdout.readlines()
    for name, process in writers.items():
        if name != "killed":
            process.communicate(timeout=60)
            assert process.returncode == 0
    killed.wait()
    log = AuditLog(tmp_path)
    assert verify(log).sound
    for name in "abc":
        assert [entry.act.facts["n"] for entry in log.rows(who=name)] == list(range(n))
    stand = [entry.act.facts["n"] for entry in log.rows(who="killed")]
    told = [int(line) for line in acknowledged if line.endswith("\n") and line.strip().isdigit()]
    assert told
    assert stand[: len(told)] == told
    assert len(stand) <= len(told) + 1


def act_on_full_disk(log: AuditLog, monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    """Let the disk take ``room`` more bytes, as the system does: part of a write first, then none."""
    real, left = os.write, [room]

    def write(handle: int, content: bytes) -> int:
        if not left[0]:
            raise OSError(28, "No space left on device")
        n = real(handle, bytes(content)[: left[0]])
        left[0] -= n
        return n

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", write)
        with pytest.raises(AuditError, match="No space left"):
            log.append("export", who="an", address="")


@pytest.mark.parametrize("room", [0, 1, 100])
def test_on_a_full_disk_the_act_is_refused_and_the_log_stays_whole(
    log: AuditLog, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    lines = fill(log)
    act_on_full_disk(log, monkeypatch, room)
    assert month(log).read_bytes() == b"".join(lines)
    assert verify(log).sound
    log.append("login", who="later", address="")
    assert verify(log).sound


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root mounts a small disk")
def test_on_a_really_full_disk_the_act_is_refused_and_room_lets_it_go_on(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        log = AuditLog(disk)
        n = 0
        with pytest.raises(AuditError, match="No space left"):  # noqa: PT012 - which one it is nobody knows
            for n in range(1000):  # noqa: B007
                log.append("export", who="an", address="", text="x" * 199)
        assert verify(log).sound
        assert len(list(log.rows(event="export"))) == n
        (disk / "audit" / "ballast").unlink(missing_ok=True)
        subprocess.run(["mount", "-o", "remount,size=256k", disk], check=True)
        log.append("login", who="later", address="")
        assert verify(log).sound
    finally:
        subprocess.run(["umount", disk], check=True)


def test_who_may_not_write_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "audit").write_text("a file where the folder should be")
    with pytest.raises(AuditError, match="cannot be written"):
        AuditLog(tmp_path).append("login", who="an", address="")


def test_a_process_that_stands_still_with_the_lock_is_waited_for_and_then_named(
    log: AuditLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dashboard.access import audit, turns  # noqa: PLC0415

    fill(log, 1)
    real = turns.turn
    monkeypatch.setattr(audit, "turn", lambda path, **how: real(path, patience_s=0.05, **how))
    with turns.turn(log.folder / audit.LOCK), pytest.raises(AuditError, match="does not let go"):
        log.append("login", who="an", address="")
    log.append("login", who="an", address="")
    assert verify(log).sound


@pytest.mark.slow
def test_an_append_takes_no_longer_in_a_long_log(tmp_path: Path) -> None:
    """The end is known from the head: nothing before it is read."""
    log = AuditLog(tmp_path)
    log.append("login", who="an", address="")
    fill(log, 120)
    size = month(log).stat().st_size
    read = _bytes_read(lambda: log.append("login", who="an", address=""))
    assert read < size / 4


def _bytes_read(act: Callable[[], object]) -> int:
    """What this process reads from files meanwhile, as the system counts it."""
    counter = Path("/proc/self/io")
    if not counter.exists():
        pytest.skip("this system does not count")
    before = int(counter.read_text().split()[1])
    act()
    return int(counter.read_text().split()[1]) - before
