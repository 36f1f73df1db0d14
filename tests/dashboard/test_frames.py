"""The map played through time: frames equal the counts asked one by one, on one common scale."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.figures.classes import NOT_ASKED
from dashboard.frames import MOST, STEPS, WINDOWS, Frames, Pace, frames_of, plain_values
from dashboard.reading import Reading, read
from dashboard.settings import Settings
from geodata.answers.answers import Answers
from geodata.vocabulary import Period
from geodata.warehouse.snapshot import EPOCH, Snapshot
from tests.geodata.planted import planted_snapshot
from tests.geodata.worlds import Still, tiny_snapshot

TINY = Answers(Still(tiny_snapshot(n=900)))
ASKED = ["", "&category=theft", "&zone=border_0_1km", "&region=west", "&hours=18-5&source=reported", "&area=101"]
PACES = {Pace(): 36, Pace("month", 12): 25, Pace("quarter"): 12, Pace("quarter", 12): 9}  # frames of three years


def reading(more: str = "", answers: Answers = TINY) -> Reading:
    made = read(f"?edition=2024&from=2024-01-01&to=2024-12-31&lang=en{more}", answers)
    assert made.dropped == ()
    return made


def planted(counts: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> Answers:
    return Answers(Still(planted_snapshot(counts)))


def ending(until: date) -> Snapshot:
    snapshot = tiny_snapshot(n=900)
    day = np.minimum(snapshot.incidents.day, (until - EPOCH).days)
    return replace(snapshot, incidents=replace(snapshot.incidents, day=day))


@pytest.mark.parametrize("more", ASKED)
@pytest.mark.parametrize("pace", PACES, ids=repr)
def test_every_frame_holds_what_is_counted_when_its_days_are_asked(more: str, pace: Pace) -> None:
    asked = reading(more)
    played = frames_of(asked, pace)
    assert (
        len(played.frames)
        == {1: 36, 12: 25, 3: 12, 15: 9}[
            (pace.length or 0) + (1, 3)[pace.step == "quarter"] - (pace.length == 12 and pace.step == "month")
        ]
    )
    for frame in played.frames:
        question = replace(asked.view.question, period=frame.period)
        around = asked.answers.counts(replace(question, areas=()), asked.scope)
        told = [text.removeprefix("<b>").partition(" ")[0] for text in frame.picture.hover]
        shown = [int(n) for n, known in zip(told, frame.picture.asked, strict=True) if known]
        assert shown == around.n[frame.picture.asked].tolist()
        assert not around.n[~frame.picture.asked].any()
        assert frame.n == asked.answers.totals(question, asked.scope)[0].recorded


def test_the_same_count_has_the_same_class_in_every_frame() -> None:
    counts = np.tile([[1], [9], [30], [70]], (1, 24)) + np.arange(24)
    played = frames_of(read("?lang=en", planted(counts)), Pace())
    classes: dict[int, set[int]] = {}
    for frame, column in zip(played.frames, counts.T.tolist(), strict=True):
        for n, index in zip(column, frame.picture.classes.index.tolist(), strict=True):
            classes.setdefault(n, set()).add(index)
    assert all(len(found) == 1 for found in classes.values())
    assert len({index for found in classes.values() for index in found}) == 5
    assert len({frame.picture.colours for frame in played.frames}) == 1


def test_no_rate_is_played_on_a_handful_and_rates_are_of_the_frame() -> None:
    played = frames_of(read("?lang=en&layer=rate", planted(np.full((2, 24), [[4], [20]]))), Pace())
    assert {frame.picture.classes.index[0] for frame in played.frames} == {-1}
    assert "20.0 per 10,000 inhabitants" in played.frames[3].picture.hover[1]
    assert played.legend[-1].kind == "no_data"


def test_hot_spots_are_played_by_quarter_with_signs_beside_colours() -> None:
    calm, storm = np.full(36, 10), np.where(np.arange(36) < 18, 10, 60)
    answers = planted(np.vstack([storm, *[calm] * 19]))
    for layer in ("pattern", "relative_risk"):
        asked = read(f"?lang=en&layer={layer}", answers)
        played = frames_of(asked, Pace("month", 12))  # the pace is the judgement's own
        assert len(played.frames) == 12
        found = answers.patterns(asked.view.question)
        for at, frame in enumerate(played.frames):
            assert (frame.picture.classes.index - 2).tolist() == found.quarters[:, at].tolist()
        assert played.frames[0].picture.signs[0] == ""
        assert played.frames[-1].picture.signs[0] == "▲"
        assert "hot in 3 of its 3 months" in played.frames[-1].picture.hover[0]
        assert played.frames[-1].period == Period(date(2024, 10, 1), date(2024, 12, 31))
        assert "1 hot" in plain_values(asked, played)["frames"][-1]["said"]


def test_areas_with_too_few_are_hatched_and_never_hot() -> None:
    counts = np.vstack([np.ones((1, 36), int), *[np.full((1, 36), 9)] * 9])
    few = Answers(Still(planted_snapshot(counts, [20.0, *[10_000.0] * 9])))
    asked = read("?lang=en&layer=pattern", few)
    played = frames_of(asked, Pace())
    assert plain_values(asked, played)["hatched"] == ["001"]
    assert "Too few to tell" in played.frames[0].picture.hover[0]
    assert {frame.picture.signs[0] for frame in played.frames} == {""}


def test_a_layer_that_cannot_be_played_says_what_is_shown_instead() -> None:
    played = frames_of(reading("&layer=density"), Pace())
    assert "recorded incidents are shown instead" in played.notes[0]
    assert frames_of(reading(), Pace()).notes == ()


def test_a_month_that_is_not_whole_is_said_to_be() -> None:
    asked = reading("", Answers(Still(ending(date(2024, 5, 7)))))
    frames = plain_values(asked, frames_of(asked, Pace()))["frames"]
    assert (frames[-1]["label"], frames[-1]["lacking"]) == ("05/2024", 1)
    assert frames[-1]["said"].endswith("month not whole")
    years = plain_values(asked, frames_of(asked, Pace("month", 12)))["frames"]
    assert years[-1]["said"].endswith("1 of 12 months not whole")
    assert years[-1]["label"] == "06/2023–05/2024"


def test_more_than_a_minute_of_frames_is_cut_and_said() -> None:
    played = frames_of(read("?lang=en", planted(np.ones((2, 80), int))), Pace())
    assert len(played.frames) == MOST
    assert played.frames[-1].period.end == date(2028, 8, 31)
    assert played.notes == ("The last 60 of 80 steps are played.",)


def test_what_cannot_be_played_at_all_says_why() -> None:
    assert "do not reach back" in frames_of(read("?lang=en", planted(np.ones((2, 5), int))), Pace("month", 12)).notes[0]
    for layer in ("count", "pattern"):
        nothing: Frames = frames_of(read(f"?lang=en&layer={layer}", planted(np.zeros((2, 0), int))), Pace())
        assert nothing.frames == ()
        assert nothing.notes


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    app = create_app(Settings(tmp_path_factory.mktemp("workspace")), Still(tiny_snapshot()))
    client: FlaskClient = app.server.test_client()
    return client


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("step", STEPS)
def test_the_frames_travel_in_one_answer(client: FlaskClient, step: str, window: str) -> None:
    answer = client.get(f"/frames.json?edition=2024&lang=en&step={step}&window={window}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    values = answer.get_json()
    assert values["polygons"] == "/boundaries/2024-commune.0.json"
    assert values["codes"] == ["101", "103", "201", "203"]
    for frame in values["frames"]:
        assert len(frame["classes"]) == len(frame["told"]) == 4
        assert all(0 <= each < values["zmax"] for each in frame["classes"])
        assert max(frame["told"]) < len(values["texts"])
        assert f"from={frame['start']}&to={frame['end']}" in frame["query"]
    assert NOT_ASKED == -2  # the browser's classes begin with what was not asked


BAD = ["step=year", "window=7", "step=", "step=month&window=%00", "step[]=1&window=[]", "window=step%27"]


@pytest.mark.parametrize("query", BAD)
def test_a_pace_that_there_is_not_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/frames.json?{query}").status_code in {200, 400}
    assert client.get("/frames.json?step=year").status_code == 400


@pytest.mark.parametrize(
    "query", ["from=%FF&to=x&category=%3Cscript%3E", "edition=9&level=7&area=&hours=99", "a=b&" * 5000]
)
def test_any_other_nonsense_is_left_out(client: FlaskClient, query: str) -> None:
    assert client.get(f"/frames.json?{query}").status_code == 200


def test_no_other_host_may_ask(client: FlaskClient) -> None:
    assert client.get("/frames.json", headers={"Host": "evil.example"}).status_code == 403


def test_the_dark_theme_has_its_own_colours(client: FlaskClient) -> None:
    light, dark = (client.get(f"/frames.json?theme={theme}").get_json() for theme in ("light", "dark"))
    assert light["colorscale"] != dark["colorscale"]
    assert light["frames"][0]["classes"] == dark["frames"][0]["classes"]
