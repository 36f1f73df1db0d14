"""The workspace's secret: random, long, closed, and made by nobody but the program."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dashboard.access.errors import AccessError
from dashboard.access.secret import secret_of


def test_the_secret_is_random_long_private_and_stays(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one, other = secret_of(tmp_path), secret_of(tmp_path / "other")
    assert one != other
    assert len(one) >= 32
    assert len(set(one)) > 15
    assert secret_of(tmp_path) == one
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "secret"]
    if os.name != "nt":
        assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights than these")
def test_a_secret_that_others_can_read_or_that_is_too_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    secret_of(tmp_path)
    for bits in (0o644, 0o640, 0o602):
        path.chmod(bits)
        with pytest.raises(AccessError, match="chmod 600"):
            secret_of(tmp_path)
    path.chmod(0o600)
    for content in (b"", b"changeme", b"x" * 31, b" " * 64):
        path.write_bytes(content)
        with pytest.raises(AccessError, match="at least 32"):
            secret_of(tmp_path)
    path.unlink()
    path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(AccessError, match="link"):
        secret_of(tmp_path)
