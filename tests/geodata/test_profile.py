"""The rules of a workspace."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from geodata.errors import ProfileError
from geodata.profile import load
from geodata.vocabulary import Article


def test_the_earliest_day_is_never_in_the_future(tmp_path: Path) -> None:
    today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    (tmp_path / "profile.toml").write_text(f"earliest = {today}")
    assert load(tmp_path).earliest == today
    later = today + timedelta(days=2)
    (tmp_path / "profile.toml").write_text(f"earliest = {later}")
    with pytest.raises(ProfileError, match=f"key «earliest»: {later} is not allowed. Expected: a day up to today"):
        load(tmp_path)


def test_an_article_may_have_the_days_it_is_in_force(tmp_path: Path) -> None:
    text = """
    [groups.g]
    vi = "G"
    en = "G"
    [categories.drugs]
    vi = "Ma túy"
    en = "Drugs"
    group = "g"
    articles = ["249", { article = "256a", from = 2025-07-01 }]
    """
    (tmp_path / "profile.toml").write_text(text)
    (drugs,) = load(tmp_path).category_list()
    assert drugs.articles == (Article("249"), Article("256a", date(2025, 7, 1)))
    assert drugs.breaks == (date(2025, 7, 1),)
    (tmp_path / "profile.toml").write_text(text.replace("2025-07-01 }", "2025-07-01, until = 2024-01-01 }"))
    with pytest.raises(ProfileError, match="a day until which article 256a is in force, not before 2025-07-01"):
        load(tmp_path)
    (tmp_path / "profile.toml").write_text(text.replace('"249"', '"two"'))
    with pytest.raises(ProfileError, match="'two' is not allowed"):
        load(tmp_path)
