"""What the browser fetches beside the callbacks: boundary files, fonts, lists, health. Exports have their own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import datetime
from importlib import resources
from pathlib import Path

import flask

from dashboard import area_months, export_routes, frames, keeping, shelf
from dashboard.held_exports import HeldExports
from dashboard.reckoning import plain_values
from dashboard.recording import recorder
from dashboard.rows import BOM, csv_text, json_text
from dashboard.words import of
from geodata.answers.answers import Answers
from geodata.errors import DiemNongError
from geodata.notebook_file import file_of
from geodata.question import EVERYTHING

ASIDE = ("file", "sheet", "row", "column", "reason", "message")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FOREVER = "public, max-age=31536000, immutable"  # the content's hash is in the name
_BOUNDARY = re.compile(r"[\w.-]+\.json")
_FONT = re.compile(r"Roboto-(Regular|Medium|Bold|Italic)\.ttf")


def register(server: flask.Flask, answers: Answers, *, workspace: Path, exports: HeldExports) -> None:
    """Add the routes to the Flask server under Dash."""
    shelf.register(server)
    export_routes.register(server, answers, exports)
    for path, view in _routes(answers, workspace).items():
        server.add_url_rule(path, endpoint=path, view_func=view)


def _routes(answers: Answers, workspace: Path) -> dict[str, Callable[..., flask.Response]]:
    return {
        "/boundaries/<name>": lambda name: _boundary(workspace / "boundaries", name),
        "/shapes/<name>": _shapes,
        "/fonts/<name>": _font,
        "/reconciliation.json": lambda: _reconciliation(answers),
        "/quarantine.csv": lambda: _quarantine(answers),
        "/quarantine.xlsx": _to_mend,
        "/months.json": lambda: area_months.respond(answers),
        "/frames.json": lambda: frames.respond(answers),
        "/notebook.json": lambda: _notebook(answers),
        "/healthz": lambda: flask.Response("alive\n", mimetype="text/plain"),
        "/readyz": lambda: _ready(answers),
    }


def _boundary(folder: Path, name: str) -> flask.Response:
    if not _BOUNDARY.fullmatch(name):
        flask.abort(404)
    answer = flask.send_from_directory(folder, name, mimetype="application/geo+json")
    answer.headers["Cache-Control"] = FOREVER
    return answer


def _shapes(name: str) -> flask.Response:
    """Cells or overlays of a picture that was asked for just now."""
    content = shelf.shelf().get(name)
    if content is None:
        flask.abort(404)
    return flask.Response(content, mimetype="application/geo+json", headers={"Cache-Control": FOREVER})


def _font(name: str) -> flask.Response:
    if not _FONT.fullmatch(name):
        flask.abort(404)
    return _packaged("font_roboto", f"files/{name}", "font/ttf")


def _packaged(package: str, path: str, mime: str) -> flask.Response:
    with resources.as_file(resources.files(package).joinpath(path)) as file:
        answer = flask.send_file(file, mimetype=mime)
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


def _reconciliation(answers: Answers) -> flask.Response:
    """The same numbers as ``diemnong reconciliation --json``."""
    content = json_text(plain_values(answers.reconciliation(EVERYTHING)))
    return flask.Response(content, mimetype="application/json", headers={"Cache-Control": "no-store"})


def _quarantine(answers: Answers) -> flask.Response:
    """Every row that was put aside, in the reader's language."""
    words = of("en" if flask.request.args.get("lang") == "en" else "vi")
    rows = answers.aside(EVERYTHING)
    cells = ((row.file, row.sheet, row.row, row.column, row.reason, words.error(row)) for row in rows)
    content = BOM + csv_text(ASIDE, cells).encode()
    _write_down(content, "quarantine.csv", "quarantine", len(rows))
    headers = {"Content-Disposition": 'attachment; filename="quarantine.csv"', "Cache-Control": "no-store"}
    return flask.Response(content, mimetype="text/csv", headers=headers)


def _to_mend() -> flask.Response:
    """The rows that wait to be mended, as a workbook in the reader's language."""
    keeper = keeping.keeper()
    if keeper is None:
        flask.abort(404)
    from geodata.ingest.mending import workbook  # noqa: PLC0415 - what writes Excel is for those who ask for it

    words = of("en" if flask.request.args.get("lang") == "en" else "vi")
    waiting = tuple(keeper.outstanding())
    content = workbook(waiting, say=words.error, language=words.language)
    name = "to-mend.xlsx" if words.language == "en" else "dong-can-sua.xlsx"
    _write_down(content, name, "to mend", len(waiting))
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return flask.Response(content, mimetype=WORKBOOK, headers=headers)


def _notebook(answers: Answers) -> flask.Response:
    """All that is kept, as a file that can be taken over elsewhere."""
    keeper = keeping.keeper()
    if keeper is None:
        flask.abort(404)
    today = datetime.now(answers.snapshot.profile.zone)
    name = f"diem-nong-so-tay-{today:%Y%m%d}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    held = keeper.notebook()
    content = file_of(held)
    _write_down(content.encode(), name, "notebook", len(held.entries))
    return flask.Response(content, mimetype="application/json", headers=headers)


def _write_down(content: bytes, name: str, fmt: str, rows: int) -> None:
    """A file that is about to be sent. Raises AuditError, which is answered in words in its place."""
    recorder().write_down("export", file=name, format=fmt, rows=rows, sha256=hashlib.sha256(content).hexdigest())


def _ready(answers: Answers) -> flask.Response:
    """Whether the store can be read, and which generation is served."""
    try:
        generation = answers.snapshot.generation
    except DiemNongError as error:
        return flask.Response(f"not ready: {error}\n", status=503, mimetype="text/plain")
    return flask.jsonify(ready=True, generation=generation)
