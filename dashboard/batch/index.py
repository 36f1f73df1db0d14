"""What a batch says of itself: facts.json for programs, index.html for people. Makes none of its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from html import escape
from typing import Any

from dashboard import theme
from dashboard.batch.folder import FORMAT
from dashboard.batch.making import Failed, Made
from dashboard.batch.plan import Meeting, has_own_files
from dashboard.exports import all_formats
from dashboard.slides import Shown
from dashboard.stamp import fingerprint
from dashboard.words import Words
from geodata.errors import DiemNongError


def facts(meeting: Meeting, made: tuple[Made, ...], failed: tuple[Failed, ...]) -> dict[str, Any]:
    """Everything, as plain values."""
    base = meeting.base
    known, profile = base.answers.facts(base.scope), base.names.profile
    return {
        "format": FORMAT,
        "workspace": profile.name(base.words.language),
        "script": meeting.script.name,
        "generation": known.generation,
        "data_until": known.last_day.isoformat() if known.last_day else None,
        "marking": profile.marking,
        "made": meeting.now.astimezone(profile.zone).isoformat(timespec="seconds"),
        "by": meeting.user,
        "language": base.words.language,
        "files": [asdict(each) for each in made],
        "slides": [_slide(slide, number) for number, slide in enumerate(meeting.slides, start=1)],
        "failed": [
            {"file": each.file, "format": each.format, "refused": each.refused, "problem": said(each, base.words)}
            for each in failed
        ],
    }


def said(failed: Failed, words: Words) -> str:
    """Why a file could not be made, in words."""
    if isinstance(failed.error, DiemNongError):
        return words.error(failed.error)
    detail = " ".join(str(failed.error).split())[:200]
    return words("a fault of the program ({kind}: {detail})", kind=type(failed.error).__name__, detail=detail)


def _slide(slide: Shown, number: int) -> dict[str, Any]:
    """A slide of the deck: what it says, of how many, and whether it has files of its own."""
    reading = slide.reading
    totals, _ = reading.answers.totals(reading.view.question, reading.scope)
    return {
        "number": number,
        "title": slide.title,
        "n": totals.recorded,
        "fingerprint": fingerprint(reading),
        "link": slide.path + reading.view.to_query(),
        "own_files": has_own_files(slide),
    }


def page(told: dict[str, Any], words: Words) -> str:
    """The facts as a page that needs nothing beside itself."""
    title = words("Documents of the meeting: {workspace}", workspace=told["workspace"])
    parts = [_lead(told, words), _files(told, words), _slides(told, words), _failed(told, words)]
    return PAGE.format(
        lang=told["language"],
        title=escape(title),
        body="\n".join(part for part in parts if part),
        ink=theme.INK,
        soft=theme.INK_SOFT,
        line=theme.HAIRLINE,
        accent=theme.ACCENT,
    )


def _lead(told: dict[str, Any], words: Words) -> str:
    day, clock = told["made"][:10], told["made"][11:16]
    known = (
        (words("Script"), told["script"] or words("The script made from the data")),
        (words("Data up to"), _day(told["data_until"] or "")),
        (words("Data version"), str(told["generation"])),
        (words("Marking"), told["marking"]),
        (words("Made"), f"{_day(day)} {clock}"),
        (words("By"), told["by"]),
    )
    rows = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in known if value)
    return f"<dl>{rows}</dl>"


def _files(told: dict[str, Any], words: Words) -> str:
    labels = {key: words(form.label) for key, form in all_formats().items()}
    rows = [
        (
            _linked(each["file"], labels[each["format"]]),
            escape(each["shows"]),
            _number(each["n"], words),
            f"<code>{each['fingerprint']}</code>",
            f"<code>{each['sha256']}</code>",
        )
        for each in told["files"]
    ]
    heads = (words("File"), words("Shows"), words("Recorded incidents"), words("Fingerprint"), "SHA-256")
    note = words("A file is as it was made as long as sha256sum gives the same for it.")
    return f"{_table(words('Files'), heads, rows)}<p>{escape(note)}</p>"


def _linked(file: str, label: str) -> str:
    return f'<a href="{escape(file)}">{escape(file)}</a><br><small>{escape(label)}</small>'


def _slides(told: dict[str, Any], words: Words) -> str:
    rows = [
        (
            str(each["number"]),
            escape(each["title"]),
            _number(each["n"], words),
            f"<code>{each['fingerprint']}</code>",
            escape("" if each["own_files"] else words("in the slides only")),
        )
        for each in told["slides"]
    ]
    heads = (words("Slide"), words("Shows"), words("Recorded incidents"), words("Fingerprint"), "")
    return _table(words("Slides"), heads, rows)


def _failed(told: dict[str, Any], words: Words) -> str:
    rows = [(escape(each["file"]), escape(each["problem"])) for each in told["failed"]]
    return _table(words("Not made"), (words("File"), words("Reason")), rows) if rows else ""


def _table(title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Cells are markup already, heads are not."""
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<h2>{escape(title)}</h2><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _number(n: int | None, words: Words) -> str:
    return "" if n is None else words.number(n)


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))


PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{
  max-width: 1200px; margin: 24px auto; padding: 0 16px; color: {ink};
  font: 15px/1.5 Roboto, "Segoe UI", Arial, sans-serif;
}}
h1 {{ font-size: 24px; line-height: 1.3; }}
h2 {{ margin: 28px 0 8px; font-size: 17px; }}
a {{ color: {accent}; }}
dl {{ display: flex; flex-wrap: wrap; gap: 8px 32px; margin: 0; }}
dt, small, th, p {{ color: {soft}; font-size: 13px; }}
dd {{ margin: 0; font-weight: 600; }}
table {{ width: 100%; border-collapse: collapse; }}
th, td {{
  padding: 6px 12px 6px 0; border-bottom: 1px solid {line};
  text-align: left; vertical-align: top; overflow-wrap: anywhere;
}}
th {{ font-weight: 600; }}
td:nth-child(3) {{ font-variant-numeric: tabular-nums; }}
code {{ font-size: 12px; }}
</style>
</head>
<body>
<h1>{title}</h1>
{body}
</body>
</html>
"""
