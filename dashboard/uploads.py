"""The one address a browser sends a file to. Checks who sends and how much; what becomes of the file, staging knows."""

from __future__ import annotations

from typing import cast

import flask
from werkzeug.exceptions import MethodNotAllowed

from dashboard.arrivals import LARGEST, TooLargeError, UploadError
from dashboard.staging import Staging
from dashboard.words import LANGUAGES, of

PATH = "/upload"
HEADER = "X-Diem-Nong"  # a page of another site cannot send it without being asked first, and then is refused
_EXTENSION = "diemnong.staging"


def register(server: flask.Flask, staging: Staging) -> None:
    """Add the address, and make the staging known to the panels of this server."""
    server.extensions[_EXTENSION] = staging
    # GET is named too: the address would else be one of the pages, of which there is none by that name.
    server.add_url_rule(PATH, endpoint=PATH, view_func=lambda: _upload(staging), methods=["GET", "POST"])


def staging() -> Staging | None:
    """The staging of the server that answers now; None where files cannot be loaded here."""
    return cast("Staging | None", flask.current_app.extensions.get(_EXTENSION))


def _upload(staging: Staging) -> flask.Response:
    request = flask.request
    if request.method != "POST":
        raise MethodNotAllowed(valid_methods=["POST"])
    if request.headers.get(HEADER) != "upload" or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        flask.abort(403)
    try:
        length = request.content_length
        if (length or 0) > LARGEST:
            raise TooLargeError
        token = staging.take(request.args.get("name", ""), request.stream, length=length)
        return flask.jsonify(token=token)
    except UploadError as error:
        language = next((each for each in LANGUAGES if request.args.get("lang") == each), LANGUAGES[0])
        answer = flask.jsonify(message=of(language).error(error))
        answer.status_code = 413 if isinstance(error, TooLargeError) else 409
        return answer
