"""The book around the pages: contents, bookmarks, links, numbers, fonts; and areas that are unlike the others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from dashboard import terms
from dashboard.atlas.units import units_of
from dashboard.reading import Reading, of_view, read
from dashboard.words import of
from geodata.answers.answers import Answers
from geodata.boundaries.editions import Boundaries, Layer
from geodata.errors import QuestionError
from geodata.question import Detail, Scope
from tests import office
from tests.dashboard.atlas.printed import Printed, plain, printed
from tests.dashboard.exports import test_printed_view as small
from tests.geodata.worlds import Still, chief

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def book(answers: Answers) -> Printed:
    return printed(read("?edition=2024&level=commune&area=703&area=711", answers))


def test_the_contents_name_the_pages_truly(book: Printed) -> None:
    contents = book.pages[1]
    for i, unit in enumerate(book.units):
        assert f"{unit.name} {book.first + i + 1}" in contents
    notes: Any = book.reader.pages[1]["/Annots"]
    links = [note.get_object() for note in notes]
    pages = [int(book.reader.get_page_number(link["/Dest"][0].get_object()) or 0) for link in links]
    where = range(book.first, book.first + len(book.units))
    assert set(where) <= set(pages)
    assert pages == sorted(pages)


def test_bookmarks_lead_to_their_pages_below_what_holds_them(book: Printed) -> None:
    marks = book.bookmarks()
    deep = [(name, page) for name, page, depth in marks if depth]
    assert deep == [(unit.name, book.first + i) for i, unit in enumerate(book.units)]
    holders = [name for name, _, depth in marks if not depth]
    assert holders[3:5] == ["Thành phố Tây Ninh", "Huyện Bến Cầu"]
    for name, page, depth in marks:
        assert depth == 0 or book.pages[page].startswith(name)


def test_the_glossary_stands_whole_at_the_end(book: Printed) -> None:
    end = " ".join(book.pages[book.first + len(book.units) :])
    for name, _ in terms.in_order(of("vi")):
        assert plain(name) in end


def test_the_file_says_what_it_is_and_its_pages_are_numbered(book: Printed) -> None:
    reader = book.reader
    assert reader.metadata is not None
    assert reader.metadata.title is not None
    assert reader.metadata.title.startswith(of("vi")("Atlas by commune"))
    assert reader.page_labels == [str(i + 1) for i in range(len(book.pages))]
    assert str(reader.root_object["/Lang"]) == "vi"
    sizes = {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in reader.pages}
    assert sizes == {(842, 595)}


def test_letters_are_in_the_file_once_and_can_be_searched(book: Printed, tmp_path: Path) -> None:
    (tmp_path / "atlas.pdf").write_bytes(book.content)
    fonts = [line.split() for line in office.run("pdffonts", tmp_path / "atlas.pdf").splitlines()[2:]]
    assert len(fonts) <= 6  # three weights, each in at most two parts
    for font in fonts:
        assert font[-5:-2] == ["yes", "yes", "yes"]  # embedded, a subset, with a table to search by
    assert any("Phường Hiệp Ninh" in page for page in book.pages)


def test_the_same_order_gives_the_same_bytes(book: Printed, answers: Answers) -> None:
    again = printed(read("?edition=2024&level=commune&area=703&area=711", answers))
    assert again.content == book.content


def test_a_name_is_printed_as_the_one_who_printed(answers: Answers) -> None:
    made = printed(read("?edition=2024&level=commune&area=25456", answers), user="Trần Thị Bình")
    assert "Trần Thị Bình" in made.pages[0]
    assert "Trần Thị Bình" in made.pages[made.first]


def ground() -> Boundaries:
    """Four communes in a row, the last moved far away: an island."""
    whole = small.boundaries()
    layer = whole.layers[small.COMMUNES]
    polygons = layer.polygons.copy()
    polygons[3] = shapely.box(107.5, 10.0, 107.501, 10.001)
    moved = Layer(layer.key, layer.codes, layer.names, layer.parents, layer.population, polygons)
    return replace(whole, layers={**whole.layers, small.COMMUNES: moved})


def odd(answers: Answers) -> Reading:
    return of_view(replace(small.VIEW, layer="rate"), answers, of("en"))


def test_an_island_an_empty_area_and_one_without_inhabitants_have_pages() -> None:
    held = replace(small.answers().snapshot, boundaries=ground())
    made = printed(odd(Answers(Still(held))))
    assert [unit.name for unit, _ in made.leaves()] == list(small.NAMES)
    _, _, empty, island = (page for _, page in made.leaves())
    assert "No incident was recorded for this question" in empty
    assert "Xã Đôn Thuận: 1 incident" in island
    assert "too few to tell" in island


def test_without_incidents_there_is_an_atlas_that_says_so() -> None:
    made = printed(odd(small.answers(counts=(0, 0, 0, 0))))
    assert all("No incidents are loaded" in page for _, page in made.leaves())


def test_only_areas_the_asker_may_see_have_a_page() -> None:
    answers = small.answers()
    reading = of_view(small.VIEW, answers, of("vi"), chief("2024", "1"))
    assert [unit.key for unit in units_of(reading)] == ["1"]


def test_without_the_right_to_points_small_numbers_are_not_told(answers: Answers) -> None:
    whole = read("?edition=2024&level=commune&area=711&category=fraud&from=2026-08-01&to=2026-10-31&lang=en", answers)
    made = printed(of_view(whole.view, answers, whole.words, Scope(detail=Detail.FIVE)))
    counts = answers.counts(whole.view.question, Scope(detail=Detail.FIVE))
    few = np.flatnonzero(counts.asked & (counts.n < 5))
    assert few.size
    for unit, page in made.leaves():
        if unit.key in {counts.codes[i] for i in few.tolist()}:
            assert "<5" in page


def test_nothing_to_print_is_said_with_a_remedy() -> None:
    with pytest.raises(QuestionError, match="take the areas"):
        printed(of_view(small.VIEW, small.answers(ground=Boundaries()), of("en")))
