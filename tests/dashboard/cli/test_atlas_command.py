"""``diemnong atlas``: which areas have pages, what is refused, and that no half file is left."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests import office
from tests.dashboard.cli.city import Call, City

pytestmark = pytest.mark.slow


def heads(pdf: Path) -> list[str]:
    """The first line of each page."""
    return [page.strip().split("\n")[0].split("  ")[0].strip() for page in office.text(pdf).split("\f")[:-1]]


def test_a_level_has_a_page_each_in_the_newest_edition_that_has_it(city: City, call: Call, tmp_path: Path) -> None:
    out = tmp_path / "atlas.pdf"
    said = call("-w", city.workspace, "atlas", "--level", "district", "--out", out, "--json")
    assert said.status == 0, said.err
    assert said.json["format"] == "atlas"
    assert said.json["pages"] == len(PdfReader(io.BytesIO(out.read_bytes())).pages)
    assert "level=district" in said.json["query"]
    names = [str(each["/Title"]) for each in PdfReader(out).outline if not isinstance(each, list)]
    assert len(names) == 2 + 5  # two districts; title, contents, overview, glossary, methods


def test_the_query_chooses_what_is_counted_and_the_language(city: City, call: Call, tmp_path: Path) -> None:
    out = tmp_path / "atlas.pdf"
    said = call("-w", city.workspace, "atlas", "?category=theft&lang=en", "--level", "commune", "--out", out)
    assert said.status == 0, said.err
    pages = office.text(out).split("\f")
    assert sum("Theft" in page or "theft" in page for page in pages[3:7]) == 4
    assert "Contents" in pages[1]


def test_what_cannot_be_is_refused_with_what_there_is(city: City, call: Call, tmp_path: Path) -> None:
    out = tmp_path / "atlas.pdf"
    for arguments, remedy in (
        (("--out", tmp_path / "atlas.docx"), ".pdf"),
        (("--out", out, "--edition", "1789"), "there are: "),
        (("--out", out, "--level", "commune", "--by", "region"), "not both"),
        (("--out", out, "--level", "hamlet"), "district"),
        (
            (
                "--out",
                tmp_path / "nowhere" / "atlas.pdf",
            ),
            "nowhere",
        ),
    ):
        said = call("-w", city.workspace, "atlas", *arguments)
        assert said.status == 2, arguments
        assert remedy in said.err
    assert not list(tmp_path.iterdir())


def test_a_broken_off_atlas_leaves_no_file(city: City, tmp_path: Path) -> None:
    program = "from dashboard.cli import main; main()"
    arguments = ("-w", str(city.workspace), "atlas", "--level", "commune", "--out", str(tmp_path / "atlas.pdf"))
    line = [sys.executable, "-c", program, *arguments]
    with subprocess.Popen(line, env=os.environ, stderr=subprocess.DEVNULL) as run:
        until = time.monotonic() + 60
        while not list(tmp_path.iterdir()) and run.poll() is None and time.monotonic() < until:
            time.sleep(0.01)
        run.send_signal(signal.SIGINT)
        assert run.wait(60) == 130
    assert not list(tmp_path.iterdir())
