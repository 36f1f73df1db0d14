"""All the doors' pages at once. Knows none of them from within."""

from __future__ import annotations

import flask

from dashboard.doors import admin, login, office, password, refused
from dashboard.doors.house import House


def register(server: flask.Flask, house: House) -> None:
    """Add every page to the server."""
    for room in (login, office, password, admin, refused):
        room.register(server, house)
