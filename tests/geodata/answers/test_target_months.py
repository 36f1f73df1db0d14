"""The line a group has to stay below, month by month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import isnan

import numpy as np
import pytest

from geodata.answers.answers import Answers
from geodata.answers.target_months import TargetMonths
from geodata.profile import GroupRow, Profile, TargetRow
from geodata.question import Scope
from geodata.vocabulary import Period
from tests.geodata.answers.test_targets import (
    END,
    IN_203,
    QUESTION,
    Y2022,
    Y2023,
    Y2024,
    YEARS,
    answers,
    monthly,
)
from tests.geodata.worlds import chief

GROUPS = {"things": GroupRow(vi="t", en="t"), "vice": GroupRow(vi="v", en="v")}
ASKED = answers(monthly(YEARS) + END)
THEFT = replace(QUESTION, categories=("theft",))


def line(
    answers: Answers = ASKED, *, categories: tuple[str, ...] = ("theft",), baseline: Period = Y2023
) -> TargetMonths | None:
    return answers.target_months(replace(QUESTION, categories=categories), baseline=baseline, period=Y2024)


def test_every_month_allows_the_targets_share_of_the_same_month_of_the_baseline() -> None:
    found = line()
    assert found is not None
    assert found.months == tuple(date(2023, month, 1) for month in range(1, 13))
    assert found.most == pytest.approx(np.full(12, 9.0))
    assert found.change == pytest.approx(-0.1)


def test_the_months_sum_to_what_the_targets_page_allows() -> None:
    found = line(categories=())
    targets = ASKED.targets(QUESTION, baseline=Y2023, period=Y2024)
    rows = [row for row in targets.of() if not row.category]
    assert found is not None
    assert found.most.sum() == pytest.approx(sum(row.target * row.baseline for row in rows))


def test_a_part_of_a_group_has_no_target_of_its_own() -> None:
    assert line(categories=("drugs",)) is None
    whole = line(categories=("assault", "drugs"))
    assert whole is not None
    assert whole.most == pytest.approx(np.full(12, 0.9 * 9))


def test_a_baseline_the_data_do_not_cover_or_of_a_handful_gives_no_line() -> None:
    assert line(baseline=Y2022) is None
    assert line(answers(monthly({(2023, "theft"): 0, (2023, "drugs"): 4, (2024, "theft"): 8}) + END)) is None


def test_a_baseline_of_other_days_gives_no_line() -> None:
    asked = answers(monthly({(2022, "theft"): 10, (2023, "theft"): 10, (2024, "theft"): 8}) + END)
    assert line(asked, baseline=Period(date(2022, 7, 1), date(2023, 6, 30))) is None
    assert line(asked, baseline=Period(date(2023, 1, 1), date(2023, 6, 30))) is None
    assert line(asked, baseline=Y2022) is not None
    assert ASKED.target_months(THEFT, baseline=Y2024, period=Y2023) is None


def test_a_region_with_a_target_of_its_own_is_held_to_it_and_several_changes_have_no_common_name() -> None:
    regions = {"west": {"things": -0.5}}
    own = Profile(groups=GROUPS, target=TargetRow(regions=regions))
    asked = answers(monthly(YEARS) + END, profile=own)
    west = replace(QUESTION, regions=("west",), categories=("theft",))
    alone = asked.target_months(west, baseline=Y2023, period=Y2024)
    assert alone is not None
    assert alone.change == pytest.approx(-0.5)
    assert alone.most == pytest.approx(np.full(12, 5.0))
    both = asked.target_months(replace(west, categories=()), baseline=Y2023, period=Y2024)
    assert both is not None
    assert isnan(both.change)


def test_only_what_may_be_seen_is_counted() -> None:
    rows = monthly(YEARS) + monthly(YEARS, at=IN_203) + END
    asked = answers(rows)
    whole, seen = (
        asked.target_months(THEFT, scope, baseline=Y2023, period=Y2024) for scope in (Scope(), chief("2024", "101"))
    )
    assert whole is not None
    assert seen is not None
    assert whole.most == pytest.approx(2 * seen.most)
