"""The rules of a workspace."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from geodata.errors import ProfileError
from geodata.profile import load


def test_the_earliest_day_is_never_in_the_future(tmp_path: Path) -> None:
    today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    (tmp_path / "profile.toml").write_text(f"earliest = {today}")
    assert load(tmp_path).earliest == today
    later = today + timedelta(days=2)
    (tmp_path / "profile.toml").write_text(f"earliest = {later}")
    with pytest.raises(ProfileError, match=f"key «earliest»: {later} is not allowed. Expected: a day up to today"):
        load(tmp_path)
