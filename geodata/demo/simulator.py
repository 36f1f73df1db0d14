"""A seeded simulator of recorded incidents with planted hot spots, and the truth about them. Writes no file.

Counts by category, commune and month are negative binomial around inhabitants x habits x planted risk. Nothing here
speaks of persons; nothing in here happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.demo.hotspots import Spot, plant
from geodata.demo.province import Province
from geodata.demo.rhythm import EPOCH, HABITS, day_weights, draw_minutes
from geodata.demo.venues import Ground, draw_places, lay_out, step_aside

Array = NDArray[np.float64]
Indices = NDArray[np.int64]
YEAR_STARTS = (11, 1)  # the statistical year's first month and day
A_YEAR = 5_900  # incidents
DISPERSION = 20.0  # size of the negative binomial: months differ by a little more than chance
UNEVENNESS = 0.12  # lasting differences between ordinary communes, standard deviation of log risk
EXACT_REPEATS, NEAR_REPEATS = 0.09, 0.12  # share of thefts followed by another at the place, or nearby
REPEAT_DAYS, REPEAT_METRES = 14, 200.0
AREA_ONLY, ONLINE_FRAUD, HOUR_UNKNOWN = 0.05, 0.4, 0.10
CATEGORIES = tuple(HABITS)


@dataclass(frozen=True, slots=True, eq=False)
class Simulation:
    """What was simulated: ``frame`` has one row an incident, in order of time, the rest is the truth about it.

    Its columns are number, day (days since 1970), minute (-1 unknown), category, source, commune (code of 2024), unit
    (code of 2025), lon, lat (NaN where not recorded), place ("point", "area" or "none").
    """

    frame: pd.DataFrame
    spots: tuple[Spot, ...]
    seed: int
    first: date
    last: date
    months: tuple[str, ...]  # YYYY-MM


def simulate(province: Province, *, today: date, seed: int, years: int = 4) -> Simulation:
    """Simulate from the first day of the statistical year ``years`` before the present one up to yesterday.

    The same arguments give the same incidents.
    """
    rng = np.random.default_rng(seed)
    last = today - timedelta(days=1)
    begun = last.year if (last.month, last.day) >= YEAR_STARTS else last.year - 1
    first = date(begun - years, *YEAR_STARTS)
    months = _months(first, last)
    spots = plant(province, len(months), rng)
    grounds = lay_out(province, rng)
    drawn = [_of_category(province, grounds, category, (first, last), spots=spots, rng=rng) for category in CATEGORIES]
    frame = pd.concat(drawn, ignore_index=True).sort_values(["day", "minute"], kind="stable", ignore_index=True)
    frame = _as_recorded(_with_units(frame, province), rng)
    frame.insert(0, "number", np.arange(1, len(frame) + 1))
    return Simulation(frame, spots, seed, first, last, months)


def _months(first: date, last: date) -> tuple[str, ...]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return tuple(f"{first.year + k // 12}-{k % 12 + 1:02d}" for k in range(first.month - 1, first.month - 1 + count))


def _of_category(
    province: Province,
    grounds: tuple[Ground, ...],
    category: str,
    span: tuple[date, date],
    *,
    spots: tuple[Spot, ...],
    rng: np.random.Generator,
) -> pd.DataFrame:
    """All incidents of a category: commune, day, minute and point."""
    habit = HABITS[category]
    weights = day_weights(habit, *span)
    days = np.arange(span[0].toordinal(), span[1].toordinal() + 1) - EPOCH
    month_of = (days.astype("datetime64[D]").astype("datetime64[M]")).astype(np.int64)
    month_of -= month_of[0]
    repeats = EXACT_REPEATS + NEAR_REPEATS if category == "theft" else 0.0
    total = A_YEAR * habit.share * len(days) / 365.25 / (1 + repeats)
    rates = _rates(province, category, np.bincount(month_of, weights).astype(np.float64), spots, rng) * total
    counts = rng.poisson(rates * rng.gamma(DISPERSION, 1 / DISPERSION, rates.shape))
    commune, month = (np.repeat(index.ravel(), counts.ravel()) for index in np.indices(counts.shape))
    frame = pd.DataFrame(
        {
            "commune": commune,
            "day": days[_draw_days(weights, month_of, month, rng)],
            "minute": draw_minutes(habit, len(commune), rng),
        }
    )
    places = [draw_places(grounds[i], category, int(n), rng) for i, n in enumerate(counts.sum(axis=1))]
    frame[["lon", "lat"]] = np.vstack(places)
    if repeats:
        frame = _with_repeats(frame, grounds, int(days[-1]), rng)
    return frame.assign(category=category)


def _rates(
    province: Province, category: str, by_month: Array, spots: tuple[Spot, ...], rng: np.random.Generator
) -> Array:
    """Expected share of the category's incidents by commune and month; sums to 1."""
    communes = province.facts.communes
    level = np.array(
        [commune.population * (HABITS[category].at_border if commune.on_border else 1.0) for commune in communes]
    )
    level = level * np.exp(rng.normal(0.0, UNEVENNESS, len(communes)))
    rates = level[:, None] * by_month[None, :]
    for spot in spots:
        if spot.category == category:
            # A planted risk is a risk against an ordinary commune, so it replaces the chance differences.
            rates[spot.commune] = communes[spot.commune].population * by_month * spot.risk
    return np.asarray(rates / rates.sum(), dtype=float)


def _draw_days(weights: Array, month_of: Indices, month: Indices, rng: np.random.Generator) -> Indices:
    """A day within each incident's month, by the days' weights."""
    upto = np.append(0.0, np.cumsum(weights))
    starts = np.searchsorted(month_of, np.arange(month_of[-1] + 2))
    low, high = upto[starts[month]], upto[starts[month + 1]]
    position = np.searchsorted(upto, low + rng.random(len(month)) * (high - low), side="right") - 1
    return np.asarray(np.clip(position, starts[month], starts[month + 1] - 1), dtype=np.int64)


def _with_repeats(
    frame: pd.DataFrame, grounds: tuple[Ground, ...], last_day: int, rng: np.random.Generator
) -> pd.DataFrame:
    """Some thefts draw another within two weeks, at the same place or a few steps away."""
    chance = rng.random(len(frame))
    again = frame[chance < EXACT_REPEATS + NEAR_REPEATS].copy()
    nearby = chance[chance < EXACT_REPEATS + NEAR_REPEATS] >= EXACT_REPEATS
    again["day"] += 1 + np.minimum(rng.geometric(0.22, len(again)) - 1, REPEAT_DAYS - 1)
    again["minute"] = draw_minutes(HABITS["theft"], len(again), rng)
    places = again[["lon", "lat"]].to_numpy(copy=True)
    communes = again["commune"].to_numpy()
    for row in np.flatnonzero(nearby):
        places[row] = step_aside(places[row], grounds[communes[row]], REPEAT_METRES, rng)
    again[["lon", "lat"]] = places
    return pd.concat([frame, again[again["day"] <= last_day]], ignore_index=True)


def _with_units(frame: pd.DataFrame, province: Province) -> pd.DataFrame:
    """Codes of the commune of 2024 and of the unit of 2025, the latter by the point where a commune was split."""
    commune, lon, lat = (frame[name].to_numpy() for name in ("commune", "lon", "lat"))
    unit = np.full(len(frame), -1)
    for piece in province.pieces:
        rows = np.flatnonzero((commune == piece.commune) & (unit == -1))
        shapely.prepare(piece.polygon)
        unit[rows[shapely.covers(piece.polygon, shapely.points(lon[rows], lat[rows]))]] = piece.unit
    old = np.array([each.code for each in province.facts.communes])
    new = np.array([code for code, _ in province.facts.units])
    return frame.assign(commune=old[commune], unit=new[unit])


def _as_recorded(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """What an office writes down: the source, some hours left out, some places known only by commune or not at all."""
    found = rng.random(len(frame)) < frame["category"].map({key: habit.discovered for key, habit in HABITS.items()})
    chance = rng.random(len(frame))
    online = (frame["category"] == "fraud").to_numpy() & (rng.random(len(frame)) < ONLINE_FRAUD)
    place = np.where(online, "none", np.where(chance < AREA_ONLY, "area", "point"))
    known = place == "point"
    return frame.assign(
        source=np.where(found, "discovered", "reported"),
        minute=frame["minute"].where(rng.random(len(frame)) >= HOUR_UNKNOWN, -1),
        place=place,
        lon=frame["lon"].where(known),
        lat=frame["lat"].where(known),
    )
