"""What the mapping page is told of a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from geodata.boundaries.editions import Boundaries
from geodata.ingest.clean import Cleaned
from geodata.ingest.headings.columns import Headers
from geodata.ingest.opening.child import read_here
from geodata.ingest.preview import HIDDEN, Preview, Workspace, trial
from geodata.ingest.raw import RawTable, Request
from geodata.ingest.recipe import EMPTY, Recipe
from geodata.profile import Profile

Opened = Callable[[str], tuple[RawTable, ...]]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """The raw tables of a text file."""

    def write_and_open(text: str) -> tuple[RawTable, ...]:
        (tmp_path / "a.csv").write_text(text, encoding="utf-8")
        return tuple(read_here(tmp_path / "a.csv", Request(Headers())))

    return write_and_open


@pytest.fixture
def look(strict: Profile, ground: Boundaries) -> Callable[..., tuple[Cleaned | None, Preview]]:
    """Try tables that are open."""
    workspace = Workspace(strict, ground, date(2026, 6, 30))

    def try_tables(
        tables: tuple[RawTable, ...], recipe: Recipe = EMPTY, **options: object
    ) -> tuple[Cleaned | None, Preview]:
        return trial(tables, workspace, file="a.csv", recipe=recipe, **options)  # type: ignore[arg-type]

    return try_tables


Look = Callable[..., tuple[Cleaned | None, Preview]]
TEXT = (
    "STT;Ngày xảy ra;F3;Họ tên;Liên lạc khác;Kinh độ;Vĩ độ;Ghi chú\n"
    "1;05/03/2024;Trộm cắp tài sản;Nguyễn Văn A;0912345678;106,05;11,5;đến 0912345678\n"
    "2;06/03/2024;Ma túy;Trần Thị B;0987654321;;;\n"
    "3;31/02/2024;Ma túy;;0912345679;106,05;11,5;\n"
)


def test_each_column_says_what_it_is_read_as_and_why(opened: Opened, look: Look) -> None:
    cleaned, preview = look(opened(TEXT), Recipe({"lon": "Kinh độ"}))
    (sheet,) = preview.sheets
    assert [(column.header, column.field, column.how) for column in sheet.columns] == [
        ("STT", "", "not kept"),
        ("Ngày xảy ra", "occurred", "dictionary"),
        ("F3", "category", "content"),
        ("Họ tên", "", "personal"),
        ("Liên lạc khác", "", "personal"),
        ("Kinh độ", "lon", "mapping"),
        ("Vĩ độ", "lat", "dictionary"),
        ("Ghi chú", "", "not kept"),
    ]
    assert cleaned is not None
    assert (preview.read, preview.kept, preview.with_point, preview.quarantined) == (3, 2, 1, 1)
    assert preview.reasons == {"bad_date": 1}
    assert [row.row for row in preview.aside] == [4]


def test_no_value_of_a_person_is_in_a_preview(opened: Opened, look: Look) -> None:
    for recipe in (EMPTY, Recipe({"category": "no such"})):  # read, and refused
        _, preview = look(opened(TEXT), recipe)
        first = preview.sheets[0].rows[0]
        assert first == (2, ("1", "05/03/2024", "Trộm cắp tài sản", HIDDEN, HIDDEN, "106,05", "11,5", "đến …"))
        for value in ("Nguyễn", "0912345678", "0987654321"):
            assert value not in repr(preview)


def test_a_refused_file_shows_its_columns_and_why(opened: Opened, look: Look) -> None:
    cleaned, preview = look(opened("Ngày;F2\n05/03/2024;x1\n"))
    assert cleaned is None
    assert preview.refused is not None
    assert "no column with the category" in str(preview.refused)
    assert [column.field for column in preview.sheets[0].columns] == ["occurred", ""]
    assert preview.sheets[0].rows == ((2, ("05/03/2024", "x1")),)


def test_a_changed_recipe_needs_no_reading(opened: Opened, look: Look) -> None:
    tables = opened("Ngày;F2;F3\n05/03/2024;x;theft\n06/03/2024;y;theft\n")
    assert look(tables, Recipe({"category": "F2"}))[1].kept == 0
    assert look(tables, Recipe({"category": "F3"}))[1].kept == 2
    assert look(tables)[1].kept == 2


def test_columns_of_one_name_can_be_told_apart_by_a_mapping(opened: Opened, look: Look) -> None:
    tables = opened("Ngày;Tội danh;Tội danh;\n05/03/2024;x;theft;z\n")
    refused, preview = look(tables)
    assert refused is None
    columns = preview.sheets[0].columns
    assert [column.header for column in columns] == ["Ngày", "Tội danh", "cột 3", "cột 4"]
    assert [column.title for column in columns] == ["Ngày", "Tội danh", "Tội danh", ""]
    cleaned, _ = look(tables, Recipe({"category": columns[2].header}))
    assert cleaned is not None
    assert cleaned.frame["category"].tolist() == ["theft"]


def test_a_field_may_be_taken_from_no_column(opened: Opened, look: Look) -> None:
    tables = opened("Ngày;Giờ;Tội danh\n05/03/2024;99;theft\n")
    assert look(tables)[1].kept == 0
    _, preview = look(tables, Recipe({"hour": ""}))
    assert (preview.kept, preview.sheets[0].columns[1].how) == (1, "not kept")


def test_a_remembered_recipe_is_named_as_such(opened: Opened, look: Look) -> None:
    def remembered(headers: tuple[str, ...]) -> Recipe | None:
        return Recipe({"category": "F2"}) if headers == ("Ngày", "F2") else None

    _, preview = look(opened("Ngày;F2\n05/03/2024;theft\n"), remembered=remembered)
    assert preview.sheets[0].remembered
    assert [column.how for column in preview.sheets[0].columns] == ["dictionary", "remembered"]


def test_a_file_without_header_shows_its_first_row_as_a_row(opened: Opened, look: Look) -> None:
    _, preview = look(opened("05/03/2024,theft,106.05,11.5\n06/03/2024,theft,106.15,11.5\n"))
    sheet = preview.sheets[0]
    assert [column.header for column in sheet.columns] == ["cột 1", "cột 2", "cột 3", "cột 4"]
    assert sheet.rows[0] == (1, ("05/03/2024", "theft", "106.05", "11.5"))
    _, mapped = look(opened("05/03/2024,theft,a\n06/03/2024,theft,b\n"), Recipe({"id": "cột 3"}))
    assert (mapped.kept, mapped.sheets[0].columns[2].how) == (2, "mapping")


def test_a_date_in_pieces_is_shown_as_pieces(opened: Opened, look: Look) -> None:
    _, preview = look(opened("Năm;Tháng;Tội danh\n2024;3;theft\n"))
    assert [column.how for column in preview.sheets[0].columns] == ["part", "part", "dictionary"]
    assert preview.kept == 1


def test_ten_rows_are_shown_and_blank_ones_are_none(opened: Opened, look: Look) -> None:
    lines = "".join(f"{day:02d}/03/2024;theft\n;\n" for day in range(1, 21))
    _, preview = look(opened("Ngày;Tội danh\n" + lines))
    assert [row for row, _ in preview.sheets[0].rows] == list(range(2, 22, 2))


def test_wordings_nobody_knows_are_told_whole_and_all_of_them(opened: Opened, look: Look) -> None:
    wording = "Cố ý làm một việc mà không loại tội nào của hồ sơ này nói đến cả"
    rows = [f"05/03/2024;{text}\n" for text in (wording, "đá gà ăn tiền", "Đá gà ăn tiền", "Ma túy")]
    _, preview = look(opened("Ngày xảy ra;Tội danh\n" + "".join(rows) * 25))
    assert [(each.wording, each.rows) for each in preview.wordings] == [("đá gà ăn tiền", 50), (f"{wording[:59]}…", 25)]
    answers = {each.wording: "gambling" for each in preview.wordings}
    cleaned, settled = look(opened("Ngày xảy ra;Tội danh\n" + "".join(rows)), Recipe(categories=answers))
    assert cleaned is not None
    assert (settled.kept, settled.wordings) == (4, ())


def test_coordinate_systems_on_offer_are_those_of_the_ground(opened: Opened, look: Look) -> None:
    for recipe in (EMPTY, Recipe({"category": "no such"})):  # read, and refused
        _, preview = look(opened(TEXT), recipe)
        assert preview.systems["EPSG:4326"] == "WGS 84"
        assert preview.systems["EPSG:32648"] == "WGS 84 / UTM zone 48N"
        assert "EPSG:3857" in preview.systems
        assert "EPSG:32633" not in preview.systems  # of another part of the world
