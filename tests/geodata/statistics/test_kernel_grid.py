from __future__ import annotations

import numpy as np
import pytest
import shapely

from geodata.statistics.density import Edge, intensity
from geodata.statistics.kernel_grid import Raster, density_grid

REGION = shapely.Point(6000, 5000).buffer(4500).difference(shapely.box(7000, 6000, 8000, 7000))
RASTER = Raster.over((0, 0, 12_000, 10_050), 100)


def clustered(seed: int = 5) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    rng = np.random.default_rng(seed)
    points = np.vstack([rng.normal(middle, 400, (60, 2)) for middle in rng.uniform(2000, 9000, (12, 2))])
    return np.asarray(points[REGION.contains(shapely.points(points))])


def test_cells_cover_the_bounds_and_know_their_points() -> None:
    assert (RASTER.rows, RASTER.columns) == (101, 120)
    x, y = RASTER.centres()
    assert (x[0], y[-1]) == (50, 10_050)
    cells = RASTER.cell_of([(0, 0), (199, 50), (50, 150), (-1, 5), (12_000, 5), (np.nan, 5)])
    assert cells.tolist() == [0, 1, 120, -1, -1, -1]


@pytest.mark.parametrize("edge", ["none", "uniform", "diggle"])
def test_the_grid_is_the_exact_intensity_within_hundredths_of_the_peak(edge: Edge) -> None:
    points, mask = clustered(), RASTER.inside(REGION)
    grid = density_grid(points, RASTER, 250, mask=mask, edge=edge)
    x, y = RASTER.centres()
    row, column = np.nonzero(mask)
    exact = intensity(points, np.c_[x[column], y[row]], 250, region=REGION, edge=edge)
    tolerance = 3e-3 if edge == "none" else 1e-2  # the mask is cut at cell centres, the region is not
    assert np.abs(grid[mask] - exact).max() < tolerance * exact.max()
    assert np.isnan(grid[~mask]).all()


def test_without_a_mask_every_cell_has_a_value_and_outside_points_reach_in() -> None:
    points = np.array([[50.0, 50.0], [-150.0, 50.0], [1e6, 1e6]])
    grid = density_grid(points, RASTER, 250)
    exact = intensity(points, [(50, 50)], np.sqrt(250**2 - 100**2 / 6))[0]
    assert grid[0, 0] == pytest.approx(exact, rel=1e-6)
    assert grid[-1, -1] == pytest.approx(0, abs=1e-20)


def test_the_mass_of_all_cells_is_the_number_of_points() -> None:
    assert density_grid([(6020, 5070), (6020, 5070), (3000, 5000)], RASTER, 250).sum() * 100**2 == pytest.approx(3)


def test_no_points_and_points_outside_the_mask_are_zero() -> None:
    mask = RASTER.inside(REGION)
    assert np.nanmax(density_grid([], RASTER, 250, mask=mask, edge="uniform")) == 0
    assert np.nanmax(density_grid([(200, 200)], RASTER, 250, mask=mask, edge="diggle")) == 0


@pytest.mark.parametrize("columns", [1, 2, 7, 37, 61])
def test_any_number_of_columns_is_treated_alike(columns: int) -> None:
    small = Raster(0, 0, 100, 3, columns)
    grid = density_grid([(50, 150)], small, 200)
    narrowed = np.sqrt(200**2 - 100**2 / 6)  # a point in the middle of a cell is not spread by the binning
    assert grid[1, 0] == pytest.approx(intensity([(50, 150)], [(50, 150)], narrowed)[0], rel=1e-6)
    assert (grid[:, 0] >= grid[:, -1]).all()


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="half a cell"):
        density_grid([(1, 1)], RASTER, 49)
    with pytest.raises(ValueError, match="mask of shape"):
        density_grid([(1, 1)], RASTER, 250, mask=np.ones((3, 3)))
    with pytest.raises(ValueError, match="needs the mask"):
        density_grid([(1, 1)], RASTER, 250, edge="diggle")
    with pytest.raises(ValueError, match="cell"):
        Raster.over((0, 0, 1, 1), 0)
