"""The numbers at the top: what is counted, what it is held against, and the months behind it."""

from __future__ import annotations

import json

from plotly.utils import PlotlyJSONEncoder

from dashboard.panels import kpis
from dashboard.reading import Reading, read
from geodata.answers.answers import Answers
from tests.dashboard.markup import of_kind, texts
from tests.geodata.worlds import Still, tiny_snapshot

ANSWERS = Answers(Still(tiny_snapshot()))
YEAR = "?lang=en&edition=2024&from=2024-01-01&to=2024-12-31"


def reading(query: str = YEAR) -> Reading:
    return read(query, ANSWERS)


def test_the_first_number_is_what_was_recorded_and_the_next_what_changed() -> None:
    totals, change = ANSWERS.totals(reading().view.question)
    shown = kpis.render(reading())
    assert texts(shown, "kpi-value")[0] == str(totals.recorded)
    assert texts(shown, "kpi-detail")[0] == "all on the map"
    assert f"{change.before} in 01/01–31/12/2023" in texts(shown, "kpi-detail")[1]


def test_what_no_map_can_show_is_counted_with_the_way_to_its_account() -> None:
    asked = reading(YEAR.replace("edition=2024", "edition=2025"))
    off = ANSWERS.totals(asked.view.question)[0].not_placed
    assert off > 0
    shown = kpis.render(asked)
    assert texts(shown, "kpi-detail")[0] == f"off the map: {off} · see"
    assert [link["href"] for link in of_kind(shown, "A")] == ["/data" + asked.view.to_query()]


def test_a_comparison_that_is_not_wanted_is_not_made() -> None:
    assert len(texts(kpis.render(reading(YEAR + "&compare=none")), "kpi-value")) == 1


def test_two_years_say_what_they_are_held_against_or_why_they_cannot_be() -> None:
    late = kpis.render(reading("?lang=en&edition=2024&from=2023-07-01&to=2024-12-31"))
    assert texts(late, "kpi-unit")[1] == "against 2 years earlier"
    assert texts(late, "kpi-detail")[1] == "no data for the whole of 01/07/2021–31/12/2022"
    assert "last year" not in json.dumps(late, cls=PlotlyJSONEncoder)


def test_the_months_behind_the_number_are_said_in_words() -> None:
    trend = ANSWERS.trend(reading().view.question)
    (image,) = of_kind(kpis.render(reading()), "Img")
    assert image["alt"] == f"01/2023 to 12/2024: {trend.n[-24:].min()} to {trend.n[-24:].max()} a month"
    assert image["src"].startswith("data:image/svg+xml,")


def test_an_old_period_shows_the_months_up_to_its_own_end() -> None:
    (image,) = of_kind(kpis.render(reading("?lang=en&edition=2024&from=2022-01-01&to=2022-06-30")), "Img")
    assert image["alt"].startswith("01/2022 to 06/2022: ")
