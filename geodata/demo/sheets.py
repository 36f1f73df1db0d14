"""Simulated incidents as the files an office would have: Vietnamese headers, one file a statistical year.

Knows how sheets look, not how incidents come about. No column ever speaks of a person.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Font

from geodata.demo.facts import Facts
from geodata.demo.faults import LAT, LON, OCCURRED, OFFENCE, Row, faulty_rows
from geodata.demo.rhythm import EPOCH
from geodata.demo.simulator import YEAR_STARTS, Simulation

CASE, SOURCE, COMMUNE, DISTRICT = "Số hồ sơ", "Nguồn tin", "Xã / phường", "Huyện"
COLUMNS = (CASE, OCCURRED, OFFENCE, SOURCE, COMMUNE, DISTRICT, LON, LAT)
TITLE = "SỔ THEO DÕI VỤ VIỆC (DỮ LIỆU MÔ PHỎNG)"
REFORM = date(2025, 7, 1)  # from this day sheets name the communes of 2025 and no district
WORDINGS = {
    "theft": ("Trộm cắp tài sản",),
    "assault": ("Cố ý gây thương tích",),
    "drugs": ("Tàng trữ trái phép chất ma túy", "Mua bán trái phép chất ma túy", "Ma túy"),
    "gambling": ("Đánh bạc", "Tổ chức đánh bạc"),
    "fraud": ("Lừa đảo chiếm đoạt tài sản",),
    "black_credit": ("Cho vay lãi nặng trong giao dịch dân sự", "Tín dụng đen"),
}
SOURCES = {"reported": ("Tố giác", "Tin báo"), "discovered": ("Phát hiện",)}
STAMP = (2025, 7, 1, 0, 0, 0)  # files carry no clock time, so that the same seed gives the same bytes


def write_sheets(simulation: Simulation, facts: Facts, folder: Path) -> tuple[Path, ...]:
    """Write one file a statistical year, the last as a workbook, and return their paths in order of time."""
    rng = np.random.default_rng([simulation.seed, 1])
    rows = _rows(simulation.frame, facts, rng)
    years = [_statistical_year(date.fromordinal(day + EPOCH)) for day in simulation.frame["day"]]
    tagged = list(zip(years, rows, strict=True))
    with_point = [at for at, (_, row) in enumerate(tagged) if row[LON]]
    spoilt = faulty_rows([tagged[at][1] for at in with_point], rng)
    for nth, row in sorted(spoilt, key=lambda each: -each[0]):
        at = with_point[nth]
        row[CASE] += "B"  # a second sheet on the same case
        tagged.insert(at, (tagged[at][0], row))
    paths = []
    for year in sorted(set(years)):
        own = [row for each, row in tagged if each == year]
        form = {max(years): _write_workbook, min(years) + 1: _write_semicolons}.get(year, _write_commas)
        paths.append(form(own, year, folder))
    return tuple(paths)


def _statistical_year(day: date) -> int:
    return day.year + 1 if (day.month, day.day) >= YEAR_STARTS else day.year


def _rows(frame: pd.DataFrame, facts: Facts, rng: np.random.Generator) -> list[Row]:
    """Every incident as texts."""
    old = {commune.code: (commune.name, facts.name_of_district(commune.district)) for commune in facts.communes}
    new = dict(facts.units)
    rows = []
    for each, chance in zip(frame.to_dict("records"), rng.random(len(frame)), strict=True):
        day = date.fromordinal(each["day"] + EPOCH)
        commune, district = old[each["commune"]] if day < REFORM else (new[each["unit"]], "")
        wordings, sources = WORDINGS[each["category"]], SOURCES[each["source"]]
        nowhere = each["place"] == "none"
        rows.append(
            {
                CASE: f"VV-{day.year}-{each['number']:06d}",
                OCCURRED: _when(day, each["minute"], chance, theft=each["category"] == "theft"),
                OFFENCE: wordings[int(chance * 997) % len(wordings)],
                SOURCE: sources[int(chance * 991) % len(sources)],
                COMMUNE: "" if nowhere else _spelled(commune, chance),
                DISTRICT: "" if nowhere else district,
                LON: "" if each["place"] != "point" else f"{each['lon']:.5f}",
                LAT: "" if each["place"] != "point" else f"{each['lat']:.5f}",
            }
        )
    return rows


def _when(day: date, minute: int, chance: float, *, theft: bool) -> str:
    """Of the thefts of the late evening every third is found in the morning: it was that night, says the owner."""
    if theft and minute >= 22 * 60 and int(chance * 983) % 3 == 0:
        return f"đêm {day:%d} rạng {day + timedelta(days=1):%d/%m/%Y}"
    return f"{day:%d/%m/%Y}{_clock(minute)}"


def _clock(minute: int) -> str:
    return "" if minute < 0 else f" {minute // 60:02d}:{minute % 60:02d}"


def _spelled(name: str, chance: float) -> str:
    """A commune's name as clerks write it: either tone style, a Roman ward number, a short form."""
    if chance > 0.9:
        return name.replace("òa", "oà").replace("óa", "oá").replace("Phường 4", "Phường IV")
    return re.sub(r"^Thị trấn ", "TT ", name) if chance < 0.1 else name


def _write_commas(rows: list[Row], year: int, folder: Path) -> Path:
    return _write_csv(rows, folder / f"vu-viec-{year}.csv", ",")


def _write_semicolons(rows: list[Row], year: int, folder: Path) -> Path:
    """As a Vietnamese spreadsheet saves CSV: decimal commas, so that fields are parted by semicolons."""
    local = [{**row, LON: row[LON].replace(".", ","), LAT: row[LAT].replace(".", ",")} for row in rows]
    return _write_csv(local, folder / f"vu-viec-{year}.csv", ";")


def _write_csv(rows: list[Row], path: Path, delimiter: str) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    return path


def _write_workbook(rows: list[Row], year: int, folder: Path) -> Path:
    """A workbook with a title over the header, dates as dates and numbers as numbers."""
    book = Workbook()
    sheet = book.active
    sheet.title = f"Năm {year}"
    sheet.append([TITLE])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(COLUMNS))
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([f"Năm thống kê {year}"])
    sheet.append(COLUMNS)
    for row in rows:
        sheet.append([_cell(column, row[column]) for column in COLUMNS])
    for letter, width in zip("ABCDEFGH", (18, 18, 38, 12, 24, 26, 12, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    content = io.BytesIO()
    book.save(content)
    path = folder / f"vu-viec-{year}.xlsx"
    path.write_bytes(_without_clock(content.getvalue()))
    return path


def _cell(column: str, text: str) -> object:
    """The text as a typed cell where it is what the column expects."""
    if column in {LON, LAT} and re.fullmatch(r"\d+\.\d+", text):
        return float(text)
    if column == OCCURRED:
        for form in ("%d/%m/%Y %H:%M", "%d/%m/%Y"):
            try:
                moment = datetime.strptime(text, form)  # noqa: DTZ007 - local time of the sheet, as Excel keeps it
            except ValueError:
                continue
            return moment if form.endswith("%M") else moment.date()
    return text or None


def _without_clock(workbook: bytes) -> bytes:
    """The same workbook with fixed times inside, where the writer had put the present moment."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as given, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in _entries(given):
            made.writestr(zipfile.ZipInfo(name, STAMP), data, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _entries(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for name in archive.namelist():
        data = archive.read(name)
        if name == "docProps/core.xml":
            data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2025-07-01T00:00:00Z", data)
        yield name, data
