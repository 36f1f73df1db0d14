"""A month's file in a real browser: tried, decided about, loaded, mended, taken out. Over a workspace of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from dashboard.staging import FOLDER
from geodata.warehouse.warehouse import Warehouse
from tests.browser.conftest import SIZES, Site, Visit, serve, watch
from tests.geodata.worlds import tiny_workspace

pytestmark = pytest.mark.browser
HEADERS = ("Mã", "Ghi ngày", "Báo ngày", "Loại", "Kinh độ", "Vĩ độ")
ROWS = (
    ("n1", "05/03/2024", "06/03/2024", "theft", "106,05", "11,05"),
    ("n2", "06/03/2024", "07/03/2024", "theft", "106,05", "11,15"),
    ("n3", "07/03/2024", "08/03/2024", "drugs", "106,15", "11,05"),
    ("n4", "08/03/2024", "09/03/2024", "đá gà ăn tiền", "106,15", "11,05"),
    ("n5", "09/03/2024", "10/03/2024", "Đá gà ăn tiền", "106,05", "11,05"),
    ("n6", "10/03/2024", "11/03/2024", "theft", "abc", "11,05"),
    ("n7", "11/03/2024", "12/03/2024", "chuyện khác", "106,05", "11,05"),
    ("n8", "12/03/2024", "13/03/2024", "theft", "106,05", "11,05"),
)
Equation = tuple[int, int, int]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Site]:
    """A small workspace that takes only the wordings it knows, served."""
    made = tiny_workspace(tmp_path)
    made.close()
    profile = made.folder / "profile.toml"
    profile.write_text(profile.read_text("utf-8").replace('"own"', '"quarantine"'), encoding="utf-8")
    yield from serve(made.folder)


@pytest.fixture
def visitor(browser: Browser, own: Site) -> Iterator[Visit]:
    yield from watch(browser, own)


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (HEADERS, *ROWS):
        book.active.append(row)
    book.save(tmp_path / "t3.xlsx")
    return tmp_path / "t3.xlsx"


def open_page(visit: Visit, query: str = "?lang=en") -> None:
    visit.page.goto(f"{visit.site.address}/data{query}")
    visit.page.wait_for_selector("#reconciliation .equation")
    settle(visit)


def settle(visit: Visit) -> None:
    visit.page.wait_for_load_state("networkidle")
    expect(visit.page.locator("[data-dash-is-loading=true]")).to_have_count(0)


def send(visit: Visit, path: Path) -> None:
    """Choose the file as a person does, and wait for what is said about it."""
    with visit.page.expect_file_chooser() as chooser:
        visit.page.locator("#upload-choose").click()
    chooser.value.set_files(path)
    expect(visit.page.locator("#upload-trial > h3")).to_have_text(path.name, timeout=20_000)
    settle(visit)


def choose(visit: Visit, label: str, value: str) -> None:
    """Choose from the list of that name, as a person does who is on it then."""
    control = visit.page.get_by_label(label)
    control.focus()
    control.select_option(value)


def equation(visit: Visit) -> Equation:
    """Read, kept and put aside, as the page says them."""
    texts = visit.page.locator("#reconciliation .equation").first.locator("strong").all_inner_texts()
    read, kept, aside = (int(text.replace(",", "").replace(".", "")) for text in texts)
    assert read == kept + aside
    return read, kept, aside


def expect_equation(visit: Visit, expected: Equation) -> None:
    """The page comes to say these numbers by itself."""
    first = visit.page.locator("#reconciliation .equation").first.locator("strong")
    expect(first).to_have_text([f"{n:,}" for n in expected], timeout=20_000)
    assert equation(visit) == expected


def focused(visit: Visit) -> str:
    return str(visit.page.evaluate("document.activeElement.id || document.activeElement.tagName"))


def no_violations(visit: Visit) -> None:
    violations = Axe().run(visit.page).response["violations"]
    serious = [
        (rule["id"], rule["nodes"][0]["target"]) for rule in violations if rule["impact"] in {"serious", "critical"}
    ]
    assert serious == []


def test_a_dirty_file_is_tried_decided_about_loaded_mended_and_taken_out(
    visitor: Visit, dirty: Path, tmp_path: Path
) -> None:
    page = visitor.page
    open_page(visitor)
    before = equation(visitor)
    assert before == (200, 200, 0)

    send(visitor, dirty)  # two columns could be the date: nobody guesses
    expect(page.locator("#upload-trial .refusal")).to_be_visible()
    expect(page.locator("#upload-trial .act.first")).to_be_disabled()
    no_violations(visitor)
    outcome = page.locator("#upload-trial > div").first
    choose(visitor, "What «Ghi ngày» is read as", "occurred")
    expect(outcome).to_contain_text("no column with the category", timeout=20_000)
    choose(visitor, "What «Loại» is read as", "category")
    expect(outcome).to_contain_text("8 rows read = 4 kept + 4 put aside", timeout=20_000)
    assert "trial-field" in focused(visitor)

    choose(visitor, "«đá gà ăn tiền» (2 rows) is", "gambling")
    expect(outcome).to_contain_text("8 rows read = 6 kept + 2 put aside", timeout=20_000)
    assert equation(visitor) == before  # nothing is stored before one says so
    no_violations(visitor)

    page.locator("#language").click()  # the file stays where it is
    expect(page.locator("#upload-trial > h3")).to_have_text("t3.xlsx")
    expect(page.get_by_text("8 dòng đọc được = 6 giữ lại + 2 để riêng")).to_be_visible()
    page.locator("#language").click()
    expect(outcome).to_contain_text("8 rows read")
    page.locator("#upload-trial .act.first").click()
    expect_equation(visitor, (208, 206, 2))
    expect(page.locator("#files tbody th").first).to_contain_text("t3.xlsx")
    no_violations(visitor)

    with page.expect_download() as download:
        page.locator("a[href^='/quarantine.xlsx']").click()
    mended = tmp_path / "mended.xlsx"
    download.value.save_as(mended)
    mend(mended)
    send(visitor, mended)
    page.locator("#upload-trial .act.first").click()
    expect_equation(visitor, (209, 207, 2))  # the mended row counts, and the one it mends waits no longer

    choose(visitor, "«chuyện khác» (1 row) is", "assault")
    page.locator("#settle").click()
    expect(page.locator("#settled")).to_contain_text("1 of 1 rows count now", timeout=20_000)
    expect_equation(visitor, (209, 208, 1))

    page.get_by_label("Undo loading «mended.xlsx»").click()
    expect(page.locator("#files-ask")).to_contain_text("«mended.xlsx»: 1 incidents no longer count. Take it out?")
    no_violations(visitor)
    page.locator("#files-ask .act.first").click()
    expect(page.locator("#files-said")).to_contain_text("1 row that it had mended waits again", timeout=20_000)
    expect_equation(visitor, (208, 207, 1))
    assert list((visitor.site.workspace / FOLDER).rglob("*.*")) == []


def mend(path: Path) -> None:
    """Give the row with a bad coordinate a good one, and leave the rest of the workbook out."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    place = [cell.value for cell in sheet[1]].index("lon") + 1
    for row in range(sheet.max_row, 1, -1):
        if sheet.cell(row, place).value == "abc":
            sheet.cell(row, place).value = "106.05"
        else:
            sheet.delete_rows(row)
    book.save(path)


def test_undoing_is_asked_back_and_left_by_keyboard_alone(visitor: Visit) -> None:
    page = visitor.page
    open_page(visitor)
    page.get_by_label("Undo loading «incidents.csv»").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#files-ask .ask")).to_be_visible()
    assert '"act":"leave"' in focused(visitor)  # the harmless one is at hand
    page.keyboard.press("Enter")
    expect(page.locator("#files-ask .ask")).to_have_count(0)
    page.wait_for_function("document.activeElement !== document.body")
    assert '"act":"ask"' in focused(visitor)
    assert equation(visitor) == (200, 200, 0)
    page.keyboard.press("Enter")
    expect(page.locator("#files-ask .ask")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#files-said")).to_contain_text("200 incidents no longer count", timeout=20_000)
    expect(page.locator("#reconciliation .empty")).to_be_visible(timeout=20_000)


def test_a_remembered_source_is_listed_and_forgotten(visitor: Visit, dirty: Path) -> None:
    page = visitor.page
    open_page(visitor)
    send(visitor, dirty)
    choose(visitor, "What «Ghi ngày» is read as", "occurred")  # at once: the last wish counts
    choose(visitor, "What «Loại» is read as", "category")
    expect(page.locator("#upload-trial .act.first")).to_be_enabled(timeout=20_000)
    page.locator("#upload-trial .act.first").click()
    source = page.locator("#sources li")
    expect(source).to_contain_text("«Ghi ngày» is read as", timeout=20_000)
    source.locator("button").click()
    expect(page.locator("#sources-said")).to_contain_text("Forgotten", timeout=20_000)
    expect(source).to_have_count(0)


def test_what_cannot_be_opened_or_is_too_large_or_several_is_said(visitor: Visit, tmp_path: Path) -> None:
    page = visitor.page
    open_page(visitor)
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 nothing more")
    send(visitor, tmp_path / "broken.xlsx")
    expect(page.locator("#upload-trial .refusal")).to_contain_text("broken.xlsx")
    page.locator("#upload-trial .act").click()
    expect(page.locator("#upload-trial")).to_be_empty()
    several = """() => {
      const files = new DataTransfer();
      for (const name of ["a.csv", "b.csv"]) files.items.add(new File(["x"], name));
      const drop = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: files });
      document.getElementById("upload-drop").dispatchEvent(drop);
    }"""
    page.evaluate(several)
    expect(page.locator("#upload-message")).to_have_text("One file at a time, please.")
    large = several.replace('["a.csv", "b.csv"]', '["a.csv"]').replace('["x"]', "[new Uint8Array((50 << 20) + 1)]")
    page.evaluate(large)
    expect(page.locator("#upload-message")).to_contain_text("larger than 50 MB")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_trial_fits_every_size(browser: Browser, own: Site, dirty: Path, size: tuple[int, int]) -> None:
    for visit in watch(browser, own, size):
        open_page(visit, "")
        send(visit, dirty)
        wide = visit.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide[0] <= wide[1]
        no_violations(visit)
    assert Warehouse(own.workspace).files()[-1].name == "incidents.csv"


def test_a_file_can_be_stopped_on_its_way_and_while_it_is_read(visitor: Visit, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    row = "{n},01/03/2024,theft,106.05,11.05\n"
    large.write_text("id,occurred,category,lon,lat\n" + "".join(row.format(n=n) for n in range(300_000)))
    open_page(visitor)
    network = visitor.page.context.new_cdp_session(visitor.page)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 1_000_000}
    network.send("Network.emulateNetworkConditions", slow)
    with visitor.page.expect_file_chooser() as chooser:
        visitor.page.locator("#upload-choose").click()
    chooser.value.set_files(large)
    visitor.page.locator("#upload-cancel button").click()
    expect(visitor.page.locator("#upload-message")).to_have_text("Cancelled; nothing was kept.")
    network.send("Network.emulateNetworkConditions", slow | {"uploadThroughput": -1})
    with visitor.page.expect_file_chooser() as chooser:
        visitor.page.locator("#upload-choose").click()
    chooser.value.set_files(large)
    visitor.page.locator("#upload-status [data-upload-cancel]").click()
    expect(visitor.page.locator("#upload-status")).to_have_text("")
    expect(visitor.page.locator("#upload-trial")).to_be_empty()
    visitor.page.wait_for_timeout(1500)
    expect(visitor.page.locator("#upload-trial")).to_be_empty()
