"""The addresses exports are fetched from: as one file at once, or begun, asked after and fetched. Draws none itself.

``GET /export/<format>?<View>`` is the file. A page begins the same with ``POST``, is told a token, asks after it at
``/export/jobs/<token>.json`` and fetches ``/export/jobs/<token>``; a ``POST`` to its ``/cancel`` calls it off.
"""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Final

import flask

from dashboard.access.audit import AuditError
from dashboard.asker import asker
from dashboard.exports import Order, all_formats
from dashboard.file_name import disposition
from dashboard.held_exports import BusyError, Held, HeldExports
from dashboard.recording import recorder
from dashboard.wanted import order_of
from dashboard.words import LANGUAGES, Words, of
from geodata.answers.answers import Answers
from geodata.errors import DiemNongError

HEADER: Final = "X-Diem-Nong"  # a page of another site cannot send it without being asked first, and then is refused


def register(server: flask.Flask, answers: Answers, held: HeldExports) -> None:
    """Add the addresses. Each export is written from one generation, however long it takes."""

    @server.post("/export/<key>")
    def begin_export(key: str) -> flask.Response:
        _only_from_a_page()
        try:
            token = _begin(key, answers, held)
        except DiemNongError as error:
            return _refused(error, _words())
        return _fresh(flask.jsonify(token=token), HTTPStatus.ACCEPTED)

    @server.get("/export/<key>")
    def export_at_once(key: str) -> flask.Response:
        try:
            token = _begin(key, answers, held)
        except DiemNongError as error:
            return _refused(error, _words())
        answer = _file(held, held.wait(token))
        answer.direct_passthrough = False  # else a server closes the file alone, and nobody is told that it was sent
        answer.call_on_close(lambda: held.forget(token))
        return answer

    @server.get("/export/jobs/<token>.json")
    def export_progress(token: str) -> flask.Response:
        job = _known(held, token)
        said = "" if job.error is None else _words().error(job.error)
        return _fresh(flask.jsonify(phase=job.phase, done=job.done, of=job.of, name=job.name, error=said))

    @server.get("/export/jobs/<token>")
    def export_file(token: str) -> flask.Response:
        return _file(held, _known(held, token))

    @server.post("/export/jobs/<token>/cancel")
    def cancel_export(token: str) -> flask.Response:
        _only_from_a_page()
        _known(held, token)
        held.cancel(token)
        return _fresh(flask.Response(status=HTTPStatus.NO_CONTENT))


def _begin(key: str, answers: Answers, held: HeldExports) -> str:
    """Begin an export for who asks now; it is in the log of acts before its file can be fetched."""
    write_down = partial(recorder().write_down, "export")
    return held.begin(_order(key, answers), key, owner=asker().name, write_down=write_down)


def _order(key: str, answers: Answers) -> Order:
    if key not in all_formats():
        flask.abort(HTTPStatus.NOT_FOUND)
    return order_of(flask.request.query_string.decode("utf-8", "replace"), answers.pinned())


def _known(held: HeldExports, token: str) -> Held:
    """The export of that token, for who began it and may still see as much: a token alone opens nothing."""
    job, now = held.of(token), asker()
    if job is None or job.owner != now.name or job.scope.exceeds(now.rights.scope):
        flask.abort(HTTPStatus.NOT_FOUND)
    return job


def _file(held: HeldExports, job: Held | None) -> flask.Response:
    """The file of an export, from the disk to the network piece by piece; else in words why there is none."""
    if job is None or job.phase == "cancelled":
        flask.abort(HTTPStatus.NOT_FOUND)
    if job.error is not None:
        return _refused(job.error, _words())
    if job.phase != "ready":
        return _fresh(flask.Response(status=HTTPStatus.CONFLICT))
    answer = flask.send_file(held.file(job.token), mimetype=job.form.mime, conditional=False, etag=False)
    answer.headers["Content-Disposition"] = disposition(job.name)
    return _fresh(answer)


def _refused(error: DiemNongError, words: Words) -> flask.Response:
    known = {BusyError: HTTPStatus.TOO_MANY_REQUESTS, AuditError: HTTPStatus.SERVICE_UNAVAILABLE}
    status = known.get(type(error), HTTPStatus.UNPROCESSABLE_ENTITY)
    return _fresh(flask.Response(words.error(error), status=status, mimetype="text/plain"))


def _fresh(answer: flask.Response, status: int | None = None) -> flask.Response:
    """Never kept by a browser: the data change."""
    answer.headers["Cache-Control"] = "no-store"
    answer.status_code = status or answer.status_code
    return answer


def _only_from_a_page() -> None:
    if flask.request.headers.get(HEADER) != "export":
        flask.abort(HTTPStatus.FORBIDDEN)


def _words() -> Words:
    """The language of the page that asks."""
    return of(next((each for each in LANGUAGES if flask.request.args.get("lang") == each), LANGUAGES[0]))
