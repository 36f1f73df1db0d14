"""The rules of a workspace."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from geodata.errors import ProfileError
from geodata.profile import load
from geodata.vocabulary import Article

NEW_ARTICLE = """
[groups.g]
vi = "G"
en = "G"
[categories.drugs]
vi = "Ma túy"
en = "Drugs"
group = "g"
articles = ["249", { article = "256a", from = 2025-07-01 }]
"""


def test_the_earliest_day_is_never_in_the_future(tmp_path: Path) -> None:
    today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    (tmp_path / "profile.toml").write_text(f"earliest = {today}")
    assert load(tmp_path).earliest == today
    later = today + timedelta(days=2)
    (tmp_path / "profile.toml").write_text(f"earliest = {later}")
    with pytest.raises(ProfileError, match=f"key «earliest»: {later} is not allowed. Expected: a day up to today"):
        load(tmp_path)


def test_an_article_may_have_the_days_it_is_in_force(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text(NEW_ARTICLE)
    (drugs,) = load(tmp_path).category_list()
    assert drugs.articles == (Article("249"), Article("256a", date(2025, 7, 1)))
    assert drugs.breaks == (date(2025, 7, 1),)
    (tmp_path / "profile.toml").write_text(NEW_ARTICLE.replace("2025-07-01 }", "2025-07-01, until = 2024-01-01 }"))
    with pytest.raises(ProfileError, match="a day until which article 256a is in force, not before 2025-07-01"):
        load(tmp_path)
    (tmp_path / "profile.toml").write_text(NEW_ARTICLE.replace('"249"', '"two"'))
    with pytest.raises(ProfileError, match="'two' is not allowed"):
        load(tmp_path)


REGIONS = """
[target]
change = -0.1
[target.regions.north]
theft = -0.15
"""


def test_a_region_may_have_targets_of_its_own_in_the_profile_and_in_a_table(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text(REGIONS)
    (tmp_path / "targets.csv").write_text(
        "region,group,change\nsouth,theft,-12 %\nsouth,drugs,\u22120.2\n", encoding="utf-8"
    )
    target = load(tmp_path).target
    assert (target.change, target.regions) == (
        -0.1,
        {"north": {"theft": -0.15}, "south": {"theft": -0.12, "drugs": -0.2}},
    )


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("region,change\nsouth,-0.1\n", "has no column group"),
        ("region,group,change\nsouth,theft,much\n", "row 2: a region, a group and a change"),
        ("region,group,change\nsouth,theft,-0.1\nsouth,drugs,12 %\n", "row 3"),
    ],
)
def test_a_faulty_table_of_targets_is_refused_by_row(tmp_path: Path, table: str, said: str) -> None:
    (tmp_path / "profile.toml").write_text("")
    (tmp_path / "targets.csv").write_text(table)
    with pytest.raises(ProfileError, match=said):
        load(tmp_path)


def test_marks_in_time_are_those_told_and_the_days_the_law_changed(tmp_path: Path) -> None:
    text = """
    [[events]]
    date = 2025-07-01
    vi = "Hợp nhất"
    en = "Merged"
    kind = "reform"
    [[events]]
    date = 2024-03-01
    vi = "Cao điểm"
    en = "Campaign"
    kind = "campaign"
    """
    (tmp_path / "profile.toml").write_text(text + NEW_ARTICLE)
    marks = [(event.day, event.kind.value, event.label("en")) for event in load(tmp_path).event_list()]
    assert marks == [
        (date(2024, 3, 1), "campaign", "Campaign"),
        (date(2025, 7, 1), "reform", "Merged"),
        (date(2025, 7, 1), "law", "Drugs"),
    ]


def test_a_mark_may_concern_some_categories_and_a_change_of_law_concerns_its_own(tmp_path: Path) -> None:
    text = """
    [[events]]
    date = 2024-03-01
    vi = "Cao điểm"
    en = "Campaign"
    categories = ["drugs"]
    """
    (tmp_path / "profile.toml").write_text(text + NEW_ARTICLE)
    campaign, law = load(tmp_path).event_list()
    for event in (campaign, law):
        assert event.concerns(())
        assert event.concerns(("drugs", "theft"))
        assert not event.concerns(("theft",))
    assert law._replace(categories=()).concerns(("theft",))
    (tmp_path / "profile.toml").write_text(text.replace("drugs", "murder") + NEW_ARTICLE)
    with pytest.raises(ProfileError, match="murder"):
        load(tmp_path)


def test_more_quarters_cannot_be_hot_than_are_looked_at(tmp_path: Path) -> None:
    (tmp_path / "profile.toml").write_text("[lasting]\nquarters_hot = 7\nof_quarters = 6\n")
    with pytest.raises(ProfileError, match="lasting"):
        load(tmp_path)
