"""A small workspace whose notebook is written from its pages, and the presses that do it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient

from dashboard import ids
from geodata.notebook import Kind
from tests.dashboard.callbacks import callbacks, press

ENGLISH = "?lang=en"


def act(
    client: FlaskClient,
    act: str,
    of: tuple[Kind, str],
    fields: Mapping[str, Any] | None = None,
    *,
    at: tuple[str, str] = ("/", ENGLISH),
) -> Any:
    """Press a button of the notebook, with what stands in the fields, on a page; the answer by component."""
    kind, key = of
    where = {"type": ids.NOTEBOOK_ACT, "act": act, "kind": kind.value, "key": key}
    values = {
        f"{ids.URL}.pathname": at[0],
        f"{ids.URL}.search": at[1],
        **{
            f"{place['id']}.value": [
                ({"type": ids.NOTEBOOK_FIELD, "of": name}, given) for name, given in fields.items()
            ]
            for callback in callbacks(client)
            for place in callback.state
            if fields and f'"type":"{ids.NOTEBOOK_FIELD}"' in str(place["id"])
        },
    }
    answer = press(client, where, values=values)
    assert answer.status_code in {200, 204}, answer.get_data(as_text=True)
    told = answer.get_json() if answer.status_code == 200 else {}
    return {**told.get("response", {}), **told.get("sideUpdate", {})}


def said(response: Any) -> str:
    """Everything an answer shows, as text."""
    return json.dumps(response, ensure_ascii=False)


def drawn(client: FlaskClient, panel: str, query: str = ENGLISH, page: str = "/") -> str:
    """A panel as the browser gets it when the notebook changed."""
    (follow,) = (
        each
        for each in callbacks(client)
        if each.output == f"{panel}.children" and any(place.get("id") == ids.KEPT for place in each.inputs)
    )
    values = {f"{ids.URL}.search": query, f"{ids.URL}.pathname": page}
    return json.dumps(follow.post(client, values, changed=f"{ids.KEPT}.data").get_json(), ensure_ascii=False)
