"""Sends callbacks as a browser would, so that tests and measurements need none."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Callback:
    """One entry of ``/_dash-dependencies``."""

    output: str
    inputs: list[Any]
    state: list[Any]

    def post(self, client: FlaskClient, values: dict[str, Any], *, changed: str = "url.search") -> TestResponse:
        """Send it with the value of each ``id.property``; what is not named is null."""
        if "url.search" in values:
            values = {"asked.data": values["url.search"], **values}  # which most panels follow
        single = not self.output.startswith("..")
        outputs = [_place(part) for part in self.output.strip(".").split("...")]
        body = {
            "output": self.output,
            "outputs": outputs[0] if single else outputs,
            "inputs": [_filled(place, values) for place in self.inputs],
            "state": [_filled(place, values) for place in self.state],
            "changedPropIds": [changed],
        }
        return client.post("/_dash-update-component", json=body)


def callbacks(client: FlaskClient) -> list[Callback]:
    """Every callback of the app that runs on the server."""
    entries = client.get("/_dash-dependencies").get_json()
    return [
        Callback(entry["output"], entry["inputs"], entry["state"])
        for entry in entries
        if not entry.get("clientside_function")
    ]


def _place(text: str) -> Json:
    id_, _, name = text.rpartition(".")
    return {"id": _matched(id_), "property": name}


def _matched(id_: str) -> Any:
    """Of components by pattern the first, as the browser names it."""
    if '["MATCH"]' not in id_:
        return id_
    return {key: 1 if value == ["MATCH"] else value for key, value in json.loads(id_).items()}


def _filled(place: Any, values: dict[str, Any]) -> Any:
    if isinstance(place, list):
        return [_filled(each, values) for each in place]
    given = values.get(f"{place['id']}.{place['property']}")
    if str(place["id"]).startswith("{") and isinstance(given, list) and all(isinstance(each, tuple) for each in given):
        return [{"id": id_, "property": place["property"], "value": value} for id_, value in given]
    return {**place, "value": values.get(f"{place['id']}.{place['property']}")}


def press(client: FlaskClient, where: Json, *, clicks: Any = 1, values: dict[str, Any] | None = None) -> TestResponse:
    """Press the button of a pattern, as a browser tells it. Of controls by pattern ``values`` holds pairs."""
    kind = f'"type":"{where["type"]}"'
    name = json.dumps(where, sort_keys=True, separators=(",", ":"))
    (callback,) = (
        each for each in callbacks(client) if any(kind in str(place["id"]) for place in each.inputs if "id" in place)
    )
    given = {f"{place['id']}.{place['property']}": [(where, clicks)] for place in callback.inputs}
    return callback.post(client, {**given, **(values or {})}, changed=f"{name}.n_clicks")
