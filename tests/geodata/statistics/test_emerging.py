from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.statistics.emerging import NO_PATTERN, PATTERNS, Trend, classify, classify_all, exceedance_states

SIGNS = {"#": 1, ".": 0, "-": -1}
TRENDS: tuple[Trend, ...] = ("up", "down", "none")
MIRROR = {"up": "down", "down": "up", "none": "none"}

# One row a story, oldest bin first: # hot, . neither, - cold. Worked out by hand from the definitions.
HOT = [
    (".........#", "none", "new"),
    ("#", "none", "new"),
    (".#", "up", "new"),
    ("--.......#", "none", "new"),
    ("---------#", "down", "new"),
    ("........##", "none", "consecutive"),
    (".########", "up", "consecutive"),
    ("..########", "none", "consecutive"),
    ("-.......##", "none", "consecutive"),
    ("##########", "up", "intensifying"),
    (".#########", "up", "intensifying"),
    ("##########", "down", "diminishing"),
    ("####.#####", "down", "diminishing"),
    ("##########", "none", "persistent"),
    (".#########", "none", "persistent"),
    ("-#########", "none", "persistent"),
    ("##", "none", "persistent"),
    ("###.####.#", "none", "sporadic"),
    ("#........#", "up", "sporadic"),
    ("#..##..###", "none", "sporadic"),
    ("#......-.#", "none", "oscillating"),
    ("#-#######-#", "none", "oscillating"),
    ("-.#.....##", "none", "oscillating"),
    ("#########.", "none", "historical"),
    ("#########.", "down", "historical"),
]
NOTHING = ["", ".", "....", "########..", "#.", "##..-.....", "-.#.", "#........."]


def bins(story: str) -> list[int]:
    return [SIGNS[sign] for sign in story]


@pytest.mark.parametrize(("story", "trend", "kind"), HOT)
def test_a_story_has_its_name_hot_and_mirrored_cold(story: str, trend: Trend, kind: str) -> None:
    states = np.array(bins(story))
    assert classify(states, trend) == f"{kind} hot spot"
    assert classify(-states, MIRROR[trend]) == f"{kind} cold spot"  # type: ignore[arg-type]


@pytest.mark.parametrize("story", NOTHING)
@pytest.mark.parametrize("trend", TRENDS)
def test_other_stories_have_no_name(story: str, trend: Trend) -> None:
    assert classify(bins(story), trend) == NO_PATTERN


def test_the_last_bin_says_which_side_is_named() -> None:
    assert classify(bins("#########-"), "none") == "new cold spot"
    assert classify(bins("---------."), "none") == "historical cold spot"


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from([-1, 0, 1]), max_size=24), st.sampled_from(TRENDS))
def test_every_story_has_one_of_the_names_and_cold_mirrors_hot(states: list[int], trend: Trend) -> None:
    name = classify(states, trend)
    mirrored = classify([-state for state in states], MIRROR[trend])  # type: ignore[arg-type]
    swapped = name.replace("hot", "?").replace("cold", "hot").replace("?", "cold")
    assert name in PATTERNS
    assert mirrored == swapped
    assert classify_all([states, states], [trend, trend]) == (name, name)


def test_wrong_states_trends_and_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="one series"):
        classify([0, 2], "none")
    with pytest.raises(ValueError, match="sideways"):
        classify([0, 1], "sideways")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="trends"):
        classify_all([[0, 1]], [])


def test_an_area_far_above_the_median_is_hot_and_one_far_below_cold() -> None:
    counts = np.array([[30, 10], [10, 10], [10, 10], [11, 9], [0, 10], [10, 11]])
    states = exceedance_states(counts, np.full(6, 1000.0))
    assert states[:, 0].tolist() == [1, 0, 0, 0, -1, 0]
    assert not states[:, 1].any()  # no more spread than chance gives


def test_exceedance_by_hand_with_the_gamma_distribution_of_scipy() -> None:
    from scipy.stats import gamma  # noqa: PLC0415

    o = np.array([20.0, 5, 8, 4, 3])
    e = np.full(5, o.sum() / 5)
    spread = ((o / e - 1) ** 2 * e).sum() / e.sum() - 5 / e.sum()
    k = 1 / spread
    median = np.median((k + o) / (k + e))
    above = [gamma.sf(1.25 * median, k + n, scale=1 / (k + 8)) for n in o]
    below = [gamma.cdf(0.8 * median, k + n, scale=1 / (k + 8)) for n in o]
    expected = [1 if hot >= 0.9 else -1 if cold >= 0.9 else 0 for hot, cold in zip(above, below, strict=True)]
    assert exceedance_states(o[:, None], np.ones(5))[:, 0].tolist() == expected
    assert expected[0] == 1


def test_areas_without_people_and_bins_without_cases_are_neither() -> None:
    counts = np.array([[30, 0], [10, 0], [10, 0], [10, 0], [99, 0], [99, 0]])
    people = np.array([1, 1, 1, 1, 0, np.nan])
    states = exceedance_states(counts, people)
    assert states[:, 0].tolist() == [1, 0, 0, 0, 0, 0]
    assert not states[:, 1].any()
    assert not exceedance_states([[7, 3]], [100]).any()
    assert exceedance_states(np.zeros((0, 4)), []).shape == (0, 4)
    assert exceedance_states(np.zeros((3, 0)), [1, 1, 1]).shape == (3, 0)


def test_exceedance_refuses_other_shapes_and_negative_counts() -> None:
    with pytest.raises(ValueError, match="areas"):
        exceedance_states([1, 2], [1, 2])
    with pytest.raises(ValueError, match="negative"):
        exceedance_states([[-1]], [1])
