"""``diemnong audit``: what is in the log of acts, and whether it is as it was written. Writes nothing into it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dashboard.cli.options import format_option, json_option, workspace_option
from dashboard.cli.terminal import CommandError, say, speech, tell, write
from dashboard.rows import json_text, rows_text
from geodata.errors import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.access.audit import AuditLog
    from dashboard.access.entry import Entry
    from dashboard.access.verdict import Finding, Verdict

COLUMNS = ("seq", "time", "event", "who", "role", "address", "facts")
DONE, REFUSED = 0, 2


@click.group()
def audit() -> None:
    """Show and check the log of acts: who signed in, loaded, took out, exported."""


@audit.command()
@workspace_option()
@click.option("--known", multiple=True, metavar="N:HASH", help="An entry's number and hash as noted elsewhere.")
@json_option
def verify(workspace: Path, known: tuple[str, ...], *, as_json: bool) -> int:
    """Check that no entry was changed, removed, put in or cut off. Exit status 2 where one was.

    Note number and hash of the last entry somewhere else and give them with --known later: that also shows a log that
    was written anew from some point on.
    """
    from dashboard.access.verdict import verify as verdict_of

    found = verdict_of(_log(workspace), dict(map(_noted, known)))
    if as_json:
        write(json_text(_plain(found)))
    _say(found)
    return DONE if found.sound else REFUSED


@audit.command()
@workspace_option()
@click.option("--since", metavar="D", help="A day, 2026-11-24, or a moment, 2026-11-24T08:00.")
@click.option("--event", metavar="E", help="Only these: login, export, load, undo, ...")
@click.option("--who", metavar="N", help="Only what this one did.")
@format_option("csv", "json")
@json_option
def show(workspace: Path, since: str | None, event: str | None, who: str | None, form: str, *, as_json: bool) -> None:
    """List the entries in their order, times in UTC."""
    from geodata.profile import load

    log, begin = _log(workspace), _moment(since, load(workspace).zone) if since else None
    rows = [_cells(entry) for entry in log.rows(since=begin, event=event, who=who)]
    if as_json:
        write(json_text({"entries": [dict(zip(COLUMNS, row, strict=True)) for row in rows]}))
    elif form == "json":
        write(rows_text(COLUMNS, rows, form))
    else:
        write(rows_text(COLUMNS, _flat(rows), form))


def _log(workspace: Path) -> AuditLog:
    from dashboard.access.audit import AuditLog
    from geodata.profile import load

    return AuditLog(workspace, keep_months=load(workspace).audit.keep_months)


def _noted(text: str) -> tuple[int, str]:
    number, _, digest = text.partition(":")
    hexadecimal = set("0123456789abcdef")
    if not (
        number.isascii() and number.isdigit() and len(number) < 16 and len(digest) >= 8 and set(digest) <= hexadecimal
    ):
        raise CommandError("«{text}» is no noted entry; write its number and its hash: 128:5f0c9a71", text=text[:80])
    return int(number), digest


def _moment(text: str, zone: Any) -> datetime:  # noqa: ANN401 - a tzinfo, whose import only this needs
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError("«{text}» is no day; write it as 2026-11-24", text=text[:40]) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _cells(entry: Entry) -> tuple[object, ...]:
    """An entry as it may be printed: a name is a stranger's, and steers no terminal."""
    act = entry.act
    names = (visible(act.event), visible(act.who), visible(act.role), visible(act.address))
    return entry.seq, entry.time.isoformat(timespec="seconds"), *names, _shown(act.facts)


def _flat(rows: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    import json

    for *cells, facts in rows:
        yield *cells, json.dumps(facts, ensure_ascii=False, sort_keys=True)


def _shown(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {visible(key): _shown(part) for key, part in value.items()}
    return [_shown(part) for part in value] if isinstance(value, list) else value


def _say(found: Verdict) -> None:
    w = speech()
    for note in found.notes:
        say(tell(note))
    if found.fault is not None:
        say(w("The log of acts is not as it was written: {problem}", problem=tell(found.fault)))
        say(w("Keep a copy of the folder audit as it is now, and compare it with a backup of the workspace."))
    if found.last is None:
        say(w("There are no entries."))
    elif found.fault is None:
        say(w("{n} entries, numbers {first} to {last}, are as they were written.", n=found.n, **_ends(found)))
        say(w("To check it later, note elsewhere: {seq}:{hash}", seq=found.last.seq, hash=found.last.hash))


def _ends(found: Verdict) -> dict[str, int]:
    return {"first": found.first, "last": found.last.seq if found.last else 0}


def _plain(found: Verdict) -> dict[str, object]:
    last = found.last and {"seq": found.last.seq, "time": found.last.time, "hash": found.last.hash}
    notes = [_told(note) for note in found.notes]
    fault = None if found.fault is None else {"kind": found.fault.kind, **_told(found.fault)}
    return {
        "sound": found.sound,
        "entries": found.n,
        "first": found.first,
        "last": last,
        "fault": fault,
        "notes": notes,
    }


def _told(finding: Finding) -> dict[str, object]:
    return {"message": tell(finding), **finding.facts}
