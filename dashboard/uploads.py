"""The addresses a browser sends files to. Checks who sends and how much; what becomes of a file, its keeper knows."""

from __future__ import annotations

from typing import Any, Final, cast

import flask
from werkzeug.exceptions import MethodNotAllowed

from dashboard.arrivals import LARGEST, TOO_LARGE, TooLargeError, UnpacksTooLargeError, UploadError
from dashboard.ground_staging import GroundStaging
from dashboard.held_files import HeldFiles
from dashboard.staging import Staging
from dashboard.words import LANGUAGES, N_, of

PATH: Final = "/upload"
GROUND_PATH: Final = "/upload/boundaries"
HEADER: Final = "X-Diem-Nong"  # a page of another site cannot send it without being asked first, and then is refused
GROUND_TOO_LARGE: Final = N_(
    "the file is larger than {limit} MB. Simplify the boundaries, or load them with: diemnong boundaries add FILE"
)
_STAGING, _GROUND = "diemnong.staging", "diemnong.ground_staging"
Held = HeldFiles[Any, Any, Any, Any]


def register(server: flask.Flask, staging: Staging) -> None:
    """Add the address of incident files, and make their staging known to the panels of this server."""
    server.extensions[_STAGING] = staging
    _add(server, PATH, staging, TOO_LARGE)


def register_ground(server: flask.Flask, staging: GroundStaging) -> None:
    """The same for boundary files."""
    server.extensions[_GROUND] = staging
    _add(server, GROUND_PATH, staging, GROUND_TOO_LARGE)


def staging() -> Staging | None:
    """The staging of the server that answers now; None where files cannot be loaded here."""
    return cast("Staging | None", flask.current_app.extensions.get(_STAGING))


def ground_staging() -> GroundStaging | None:
    """The staging of boundary files; None where they cannot be loaded here."""
    return cast("GroundStaging | None", flask.current_app.extensions.get(_GROUND))


def _add(server: flask.Flask, path: str, held: Held, too_large: str) -> None:
    # GET is named too: the address would else be one of the pages, of which there is none by that name.
    server.add_url_rule(path, endpoint=path, view_func=lambda: _upload(held, too_large), methods=["GET", "POST"])


def _upload(held: Held, too_large: str) -> flask.Response:
    request = flask.request
    if request.method != "POST":
        raise MethodNotAllowed(valid_methods=["POST"])
    if request.headers.get(HEADER) != "upload":
        flask.abort(403)
    try:
        length = request.content_length
        if (length or 0) > LARGEST:
            raise TooLargeError
        token = held.take(request.args.get("name", ""), request.stream, length=length)
        return flask.jsonify(token=token)
    except TooLargeError:
        return _refuse(TooLargeError(too_large), 413)
    except UnpacksTooLargeError as error:
        return _refuse(error, 413)
    except UploadError as error:
        return _refuse(error, 409)


def _refuse(error: UploadError, status: int) -> flask.Response:
    language = next((each for each in LANGUAGES if flask.request.args.get("lang") == each), LANGUAGES[0])
    answer = flask.jsonify(message=of(language).error(error))
    answer.status_code = status
    return answer
