from __future__ import annotations

import pytest

from geodata.safekeeping.manifest import is_allowed


@pytest.mark.parametrize(
    "name", ["profile.toml", "source/a b/Tệp gốc.csv", "audit/2025-02.jsonl", "boundaries/x-1.json"]
)
def test_what_a_workspace_holds_is_allowed(name: str) -> None:
    assert is_allowed(name)


@pytest.mark.parametrize(
    "name",
    [
        *("../x", "/etc/passwd", "source/../../x", "source/a\\..\\b", "C:/x", "source/C:x", "secret", "source/x. "),
        *("segments/x.parquet", "source/", "source//x", "source/nul", "boundaries/../x.json", "audit/.hidden"),
        "source/a\0b",
    ],
)
def test_no_name_leads_out_of_the_workspace(name: str) -> None:
    assert not is_allowed(name)
