"""What the picture taken from the screen says is what the server prints: the same finding, question and stamp."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dashboard import capture, findings, stamp
from dashboard.reading import read
from geodata.answers.answers import Answers
from geodata.warehouse.warehouse import Warehouse


def attributes_of(part: Any) -> dict[str, Any]:
    told: dict[str, Any] = part.to_plotly_json()["props"]
    return told


def test_the_buttons_carry_the_finding_and_the_stamp_without_its_time(warehouse: Warehouse) -> None:
    reading = read("?lang=en", Answers(warehouse))
    save, copy = (attributes_of(button) for button in capture.items(reading))
    assert (save["data-capture"], copy["data-capture"]) == ("save", "copy")
    assert save["data-title"] == findings.finding(reading)
    assert reading.names.profile.name("en") in save["data-question"].replace(
        "\u00a0", " "
    )  # a picture is passed on without its page
    facts = stamp.stamp(reading, now=datetime.now(reading.names.profile.zone))
    for line in stamp.caption([fact for fact in facts if fact.key != "printed"], reading.words):
        assert line in save["data-stamp"]
    assert "Printed" not in save["data-stamp"]
    assert save["data-printed"] == "Printed: {time}"


def test_the_browser_is_told_all_it_may_have_to_say(warehouse: Warehouse) -> None:
    (save, _) = (attributes_of(button) for button in capture.items(read("", Answers(warehouse))))
    assert {"data-saved", "data-copied", "data-refused", "data-failed", "data-zone"} <= set(save)
