"""One drawing and one simulation for all tests of the demo: they are values and cost a second or two."""

from __future__ import annotations

from datetime import date

import pytest

from geodata.demo.province import Province, draw_province
from geodata.demo.simulator import Simulation, simulate

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def province() -> Province:
    return draw_province()


@pytest.fixture(scope="session")
def simulation(province: Province) -> Simulation:
    return simulate(province, today=TODAY, seed=72)
