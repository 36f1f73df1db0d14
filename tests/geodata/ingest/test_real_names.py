"""The names of both real editions, in every way they are written, and with slips."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.boundaries.editions import Boundaries, Edition, Layer
from geodata.ingest.localities.addresses import Named
from geodata.ingest.localities.gazetteer import Found, Gazetteer
from geodata.ingest.localities.names import name_key
from geodata.ingest.wording import plain
from geodata.vocabulary import LayerKey, Level

BEFORE, AFTER = date(2024, 3, 5), date(2025, 8, 1)
SHORT = {"Xã": "X.", "Phường": "P.", "Thị trấn": "TT.", "Huyện": "H.", "Thị xã": "Tx.", "Thành phố": "TP."}
ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
TONES = {"òa": "oà", "óa": "oá", "ỏa": "oả", "ọa": "oạ", "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ụy": "uỵ"}


def read_layer(path: Path, key: LayerKey) -> Layer:
    rows = [feature["properties"] for feature in json.loads(path.read_text(encoding="utf-8"))["features"]]
    codes, names = ([str(row[name]) for row in rows] for name in ("code", "name"))
    parents = [str(row.get("district_code") or "") for row in rows]
    polygons = np.array([shapely.box(0, 0, 1, 1)] * len(rows), dtype=object)
    return Layer(key, tuple(codes), tuple(names), tuple(parents), np.full(len(rows), np.nan), polygons)


@pytest.fixture(scope="module")
def real(shared_data: Path) -> Boundaries:
    files = {
        LayerKey("2024", Level.COMMUNE): "communes_2024",
        LayerKey("2024", Level.DISTRICT): "districts_2024",
        LayerKey("2025", Level.COMMUNE): "communes_2025",
    }
    layers = {key: read_layer(shared_data / f"{name}.geojson", key) for key, name in files.items()}
    editions = {"2024": Edition("2024", None, date(2025, 6, 30)), "2025": Edition("2025", date(2025, 7, 1), None)}
    return Boundaries(editions, layers)


def areas(layer: Layer, districts: Layer | None) -> Iterator[tuple[str, str, str]]:
    """Code, name and name of the district."""
    names = dict(zip(districts.codes, districts.names, strict=True)) if districts else {}
    for code, name, parent in zip(layer.codes, layer.names, layer.parents, strict=True):
        yield code, name, names.get(parent, "")


def shortened(name: str) -> str:
    kind = next((kind for kind in SHORT if name.startswith(kind + " ")), "")
    return SHORT[kind] + name.removeprefix(kind) if kind else name


def other_tones(name: str) -> str:
    for old, new in TONES.items():
        name = name.replace(old, new)
    return name


def spellings(name: str) -> Iterator[str]:
    short = shortened(name)
    bare = short.split(".", 1)[-1].strip()
    yield from (name, name.upper(), name.lower(), f"  {name.replace(' ', '  ')} ", unicodedata.normalize("NFD", name))
    yield from (other_tones(name), short, short.replace(". ", "."), short.replace(".", ""), short.lower())
    yield from (f"{name} (cũ)", f"ấp 3, {name}", f"KP. 2 - {short}", f"Tổ 5, ấp Bình An, {name}")
    if bare.isdigit():
        yield from (
            f"Phường 0{bare}",
            f"P{bare}",
            f"P.0{bare}",
            f"P. {ROMAN[bare]}",
            f"Phường {ROMAN[bare]}",
            f"p{bare}",
        )


def test_every_commune_is_found_by_every_spelling_of_its_name_and_district(real: Boundaries) -> None:
    gazetteer = Gazetteer(real)
    communes, districts = (real.layers[LayerKey("2024", level)] for level in (Level.COMMUNE, Level.DISTRICT))
    order = gazetteer.order(BEFORE)
    for code, name, district in areas(communes, districts):
        expected = Found("2024", "commune", code)
        for said in spellings(name):
            assert gazetteer.find(Named(said, district), order) == expected, said
            assert gazetteer.find(Named(said, shortened(district)), order) == expected, said
        for said in (
            f"{name}, {district}", f"{name} - {district} - Tỉnh Tây Ninh", f"{name} {district}", f"{name} ({district})",
            f"{shortened(name)}, {shortened(district)}, Tây Ninh", f"{name_key(name)[1]}, {name_key(district)[1]}",
            f"ấp 3, {name}, {district}", f"Số 12, đường 30/4, {name}; {district}",
        ):  # fmt: skip
            assert gazetteer.find(Named(said), order) == expected, said


def test_every_commune_of_the_new_edition_is_found_by_every_spelling_of_its_name(real: Boundaries) -> None:
    gazetteer = Gazetteer(real)
    communes = real.layers[LayerKey("2025", Level.COMMUNE)]
    for code, name, _ in areas(communes, None):
        for said in spellings(name):
            if "(cũ)" not in said:
                assert gazetteer.find(Named(said), gazetteer.order(AFTER)) == Found("2025", "commune", code), said


def test_names_without_diacritics_give_their_area_or_say_between_which_they_are(real: Boundaries) -> None:
    gazetteer = Gazetteer(real)
    communes, districts = (real.layers[LayerKey("2024", level)] for level in (Level.COMMUNE, Level.DISTRICT))
    every = list(areas(communes, districts))
    for code, name, district in every:
        twins = [one for one, other, inside in every if (plain(other), inside) == (plain(name), district)]
        found = gazetteer.find(Named(plain(name), plain(district)), gazetteer.order(BEFORE))
        assert (found.code == code) if len(twins) == 1 else (found.reason == "ambiguous_area")


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_slip_gives_the_commune_meant_or_none(real: Boundaries, data: st.DataObject) -> None:
    gazetteer = Gazetteer(real)
    communes = real.layers[LayerKey("2024", Level.COMMUNE)]
    place = data.draw(st.integers(0, len(communes.names) - 1))
    bare = name_key(communes.names[place])[1]
    at = data.draw(st.integers(0, len(bare) - 1))
    letter = data.draw(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầậệịọốộơờợúủ"))
    slips = (bare[:at] + bare[at + 1 :], bare[:at] + letter + bare[at:], bare[:at] + letter + bare[at + 1 :])
    said = data.draw(st.sampled_from([*slips, bare[:at] + bare[at : at + 2][::-1] + bare[at + 2 :]]))
    found = gazetteer.find(Named(said), gazetteer.order(BEFORE))
    assert not found.read_as or found.code == communes.codes[place]
