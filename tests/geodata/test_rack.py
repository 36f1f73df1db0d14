"""The loader of racks."""

from __future__ import annotations

import pytest

from geodata.rack import members


def test_members_come_sorted_by_module_name() -> None:
    found = members("geodata.ingest.readers", "READER")
    assert list(found) == sorted(found)
    assert {"csv", "geojson", "xlsx"} <= set(found)


def test_a_module_without_the_attribute_is_an_error_not_a_gap() -> None:
    with pytest.raises(AttributeError):
        members("geodata.statistics", "READER")
