"""``diemnong export-all``: everything for a meeting in one folder, of one generation, there whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pptx
import pytest
from lxml import html

from dashboard.exports import all_formats
from geodata.notebook import Notebook, Script, Slide
from geodata.notebook_file import file_of
from geodata.warehouse.warehouse import Warehouse
from tests.dashboard.cli.city import Call, City, Said, call_command, incidents, write_incidents
from tests.dashboard.exports.opened import facts_of, rows_of

pytestmark = pytest.mark.slow

SCRIPT = Script(
    "Meeting",
    (
        Slide("/?category=theft&edition=old&from=2025-01-01&to=2025-12-31", "Thefts of the year", "Good morning."),
        Slide("/?category=drugs&edition=old&from=2025-03-01&to=2025-09-30&weekdays=1,2,3", "", ""),
        Slide("/persistence?edition=old", "", ""),
    ),
)
FILES = {
    "slides.pptx",
    "01-property-theft-4-communes.png",
    "01-property-theft-4-communes.xlsx",
    "02-drugs-4-communes.png",
    "02-drugs-4-communes.xlsx",
    "atlas.pdf",
}
SOON_S = 120.0
PROGRAM = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({largest}, {largest}))
sys.argv[0] = "diemnong"
from dashboard.cli import main
main()
"""


def options(folder: Path) -> tuple[str, ...]:
    """A meeting of two slides with maps and one without, from a file."""
    shared = folder / "meeting.json"
    shared.write_text(file_of(Notebook(scripts=(SCRIPT,))), encoding="utf-8")
    return ("export-all", "--script", str(shared), "--lang", "en")


def exported(city: City, out: Path, *more: object) -> Said:
    return call_command("-w", city.workspace, *options(out.parent), "--out", out, "--json", *more)


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.is_file()}


def beside(folder: Path) -> list[str]:
    """What a run left next to its folder."""
    return sorted(path.name for path in folder.parent.iterdir() if path.name.startswith(f".{folder.name}."))


@pytest.fixture(scope="module")
def batch(city: City, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A batch that tests only read, and what the command said of it."""
    out = tmp_path_factory.mktemp("meetings") / "2025 tuần 47"
    said = exported(city, out, "--user", "Trần Thị Bình")
    assert said.status == 0, said.err
    return out, said.json


def test_all_files_are_there_and_are_what_the_facts_say(batch: tuple[Path, Any]) -> None:
    out, said = batch
    facts = json.loads((out / "facts.json").read_text("utf-8"))
    assert {path.name for path in out.iterdir()} == {*FILES, "index.html", "facts.json"}
    assert {each["file"]: each["sha256"] for each in facts["files"]} == {
        name: digest for name, digest in digests(out).items() if name in FILES
    }
    assert [each["bytes"] for each in facts["files"]] == [
        (out / each["file"]).stat().st_size for each in facts["files"]
    ]
    assert facts["failed"] == []
    assert {key: facts[key] for key in said if key != "folder"} == {key: said[key] for key in said if key != "folder"}
    assert said["folder"] == str(out)
    assert beside(out) == []


def test_each_number_is_that_of_counts(batch: tuple[Path, Any], city: City, call: Call) -> None:
    _, said = batch
    told = [(each["link"], each["n"]) for each in (*said["files"], *said["slides"]) if each["link"]]
    assert len(told) >= 8
    for link, n in told:
        asked = parse_qs(link.partition("?")[2])
        filters = [
            part
            for key in ("category", "from", "to", "weekdays")
            for value in asked.get(key, ())
            for part in (f"--{key}", value)
        ]
        level = ("--edition", asked["edition"][0], "--level", asked["level"][0])
        counted = call("-w", city.workspace, "counts", *level, "--by", "area", *filters, "--format", "json").json
        assert sum(row["n"] for row in counted) == n, link


def test_tables_and_slides_hold_what_the_index_says(batch: tuple[Path, Any]) -> None:
    out, said = batch
    for each in said["files"]:
        if each["format"] == "xlsx":
            assert sum(int(row["n"]) for row in rows_of(out / each["file"])) == each["n"]
            facts = facts_of(out / each["file"])
            assert str(facts["generation"]) == str(said["generation"])
            assert facts["fingerprint"] == each["fingerprint"]
            assert facts["user"] == "Trần Thị Bình"
    opened: Any = pptx.Presentation(str(out / "slides.pptx"))
    titles = [slide.shapes.title.text_frame.text for slide in opened.slides]
    assert titles[0] == "Meeting"
    assert titles[1:4] == [each["title"] for each in said["slides"]]
    for slide, each in zip(list(opened.slides)[1:4], said["slides"], strict=True):
        assert each["fingerprint"] in slide.notes_slide.notes_text_frame.text


def test_the_page_names_every_file_and_opens_without_anything_else(batch: tuple[Path, Any]) -> None:
    out, said = batch
    page = html.fromstring((out / "index.html").read_text("utf-8"))
    assert {link.get("href") for link in page.iter("a")} == FILES
    assert page.xpath("//*[@src]|//link[@rel='stylesheet']|//script") == []
    text = page.text_content()
    for each in said["files"]:
        assert each["sha256"] in text
    labels = {all_formats()[each["format"]].label for each in said["files"]}
    assert {label for label in labels if label not in text} == set()
    assert "Trần Thị Bình" in text


def test_a_script_is_named_or_given_as_a_file_or_made_from_the_data(
    batch: tuple[Path, Any], own_city: City, call: Call, tmp_path: Path
) -> None:
    held = Warehouse(own_city.workspace)
    held.keep(SCRIPT)
    held.close()
    told = {"file": batch[1]}
    for name, choice in (("kept", ("--script", "Meeting")), ("made", ())):
        said = call("-w", own_city.workspace, "export-all", *choice, "--lang", "en", "--out", tmp_path / name, "--json")
        assert said.status == 0, said.err
        told[name] = said.json
    shown = {name: [(each["title"], each["n"]) for each in facts["slides"]] for name, facts in told.items()}
    assert shown["kept"] == shown["file"] != shown["made"]
    assert [told[name]["script"] for name in ("kept", "file", "made")] == ["Meeting", "Meeting", ""]
    assert len(shown["made"]) > 3


@pytest.mark.parametrize(
    ("more", "quoted"),
    [
        (("--script", "unheard of"), "unheard of"),
        (("--script", "there is none.json"), "there is none.json"),
        (("--year", "20"), "20"),
        (("--lang", "fr"), "fr"),
    ],
)
def test_what_is_not_there_is_refused_and_leaves_nothing(
    city: City, call: Call, tmp_path: Path, more: tuple[str, ...], quoted: str
) -> None:
    said = call("-w", city.workspace, "export-all", "--out", tmp_path / "out", *more)
    assert (said.status, said.out) == (2, b"")
    assert quoted in said.err
    assert list(tmp_path.iterdir()) == []


def test_one_part_that_cannot_be_made_is_named_and_the_others_are_written(city: City, tmp_path: Path) -> None:
    said = exported(city, tmp_path / "out", "--year", "2030")
    assert said.status == 2
    assert {path.name for path in (tmp_path / "out").iterdir()} == {*FILES, "index.html", "facts.json"}
    (failed,) = said.json["failed"]
    assert (failed["format"], failed["refused"]) == ("docx", True)
    assert failed["file"] in said.err
    assert "2030" in failed["problem"]
    assert failed["problem"] in html.fromstring((tmp_path / "out" / "index.html").read_text("utf-8")).text_content()


def run(city: City, out: Path, *, largest: int = -1) -> subprocess.Popen[bytes]:
    """The command in a process of its own; ``largest``: bytes a file may have there, -1: any."""

    line = ("-w", str(city.workspace), *options(out.parent), "--out", str(out))
    environment = os.environ | {"DIEMNONG_LANG": "en"}
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(largest=largest), *line], stderr=subprocess.PIPE, env=environment
    )


def wait_until_half(out: Path, process: subprocess.Popen[bytes]) -> None:
    """Until some of its files are written and others are not."""
    end = time.monotonic() + SOON_S
    while len([*out.parent.glob(f".{out.name}.unfinished-*/*")]) < 3:
        assert process.poll() is None, "it ended too early"
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_run_that_is_killed_leaves_the_earlier_folder_whole_and_the_next_works(
    batch: tuple[Path, Any], city: City, tmp_path: Path
) -> None:
    out = shutil.copytree(batch[0], tmp_path / "meeting")
    earlier = digests(out)
    process = run(city, out)
    wait_until_half(out, process)
    process.send_signal(signal.SIGKILL)
    assert process.wait(SOON_S) == -signal.SIGKILL
    assert digests(out) == earlier
    (left,) = beside(out)
    yesterday = time.time() - 90_000
    os.utime(tmp_path / left, (yesterday, yesterday))
    assert exported(city, out).status == 0
    assert set(digests(out)) == set(earlier)
    assert beside(out) == [], "what nobody finished goes after a day"


def test_what_is_loaded_meanwhile_is_in_none_of_the_files(
    batch: tuple[Path, Any], own_city: City, call: Call, tmp_path: Path
) -> None:
    out, before = tmp_path / "meeting", batch[1]
    held = Warehouse(own_city.workspace)
    generation = held.snapshot().generation
    held.close()
    process = run(own_city, out)
    wait_until_half(out, process)
    more = incidents().assign(id=lambda frame: "more" + frame["id"], lon=lambda frame: frame["lon"] - 0.0001)
    assert call("-w", own_city.workspace, "ingest", write_incidents(tmp_path / "more.csv", more)).status == 0
    assert process.poll() is None, "it was loaded too late to matter"
    assert process.wait(SOON_S) == 0
    facts = json.loads((out / "facts.json").read_text("utf-8"))
    assert facts["generation"] == generation
    for key in ("n", "shows"):
        assert [each[key] for each in facts["files"]] == [each[key] for each in before["files"]]
    assert [each["n"] for each in facts["slides"]] == [each["n"] for each in before["slides"]]
    tables = {each["file"]: each["n"] for each in facts["files"] if each["format"] == "xlsx"}
    assert {name: sum(int(row["n"]) for row in rows_of(out / name)) for name in tables} == tables
    thefts = ("counts", "--edition", "old", "--level", "commune", "--category", "theft", "--format", "json")
    now = call("-w", own_city.workspace, *thefts).json
    assert sum(row["n"] for row in now) == 2 * facts["files"][1]["n"], "it was loaded"


def test_a_disk_that_takes_no_more_ends_in_words_and_leaves_the_earlier_folder(
    batch: tuple[Path, Any], city: City, tmp_path: Path
) -> None:
    out = shutil.copytree(batch[0], tmp_path / "meeting")
    earlier = digests(out)
    process = run(city, out, largest=100_000)
    _, told = process.communicate(timeout=SOON_S)
    assert process.returncode == 2, told.decode()
    assert f"{out} cannot be written: File too large" in told.decode()
    assert digests(out) == earlier
    assert beside(out) == []


def test_a_place_that_cannot_be_written_ends_in_words(city: City, call: Call, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    for out in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/diemnong")):
        said = call("-w", city.workspace, "export-all", "--out", out)
        assert (said.status, said.out) == (2, b""), out
        assert str(out) in said.err
    assert (tmp_path / "file").read_text("utf-8") == "a file"
