"""The one address a browser sends a file to. Checks who sends and how much; what becomes of the file, staging knows."""

from __future__ import annotations

from typing import cast
from urllib.parse import unquote

import flask

from dashboard.staging import LARGEST, Staging, UploadError
from dashboard.words import LANGUAGES, of

PATH = "/upload"
HEADER = "X-Diem-Nong"  # a page of another site cannot send it without being asked first, and then is refused
_EXTENSION = "diemnong.staging"


def register(server: flask.Flask, staging: Staging) -> None:
    """Add the address, and make the staging known to the panels of this server."""
    server.extensions[_EXTENSION] = staging
    server.add_url_rule(PATH, endpoint=PATH, view_func=lambda: _upload(staging), methods=["POST"])


def staging() -> Staging | None:
    """The staging of the server that answers now; None where files cannot be loaded here."""
    return cast("Staging | None", flask.current_app.extensions.get(_EXTENSION))


def _upload(staging: Staging) -> flask.Response:
    request = flask.request
    if request.headers.get(HEADER) != "upload" or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        flask.abort(403)
    try:
        if (request.content_length or 0) > LARGEST:
            raise UploadError(
                "the file is larger than {limit} MB. Split it by year, or load it with: diemnong ingest FILE",
                limit=LARGEST >> 20,
            )
        return flask.jsonify(token=staging.take(unquote(request.args.get("name", "")), request.stream))
    except UploadError as error:
        language = next((each for each in LANGUAGES if request.args.get("lang") == each), LANGUAGES[0])
        answer = flask.jsonify(message=of(language).error(error))
        answer.status_code = 413
        return answer
