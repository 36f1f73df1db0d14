"""What stands still travels as text, and nothing in a text is ever markup of its own."""

from __future__ import annotations

from html.parser import HTMLParser

import dash_bootstrap_components as dbc
from dash import dcc, html
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.attributes import attributes
from dashboard.components.still import FEWEST, still, written


class Seen(HTMLParser):
    """The tags with their attributes and the text, as a browser reads them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def cells(n: int) -> list[html.Td]:
    return [html.Td(str(i)) for i in range(n)]


def test_many_parts_become_the_text_of_the_part_about_them() -> None:
    table, beside = still([html.Table(html.Tr(cells(FEWEST)), className="wide"), "beside"])
    assert beside == "beside"
    assert getattr(table, "children", None) is None
    assert table.className == "wide"
    seen = Seen(getattr(table, "data-still"))
    assert [tag for tag, _ in seen.tags] == ["tr", *["td"] * FEWEST]
    assert seen.text == "".join(map(str, range(FEWEST)))


def test_few_parts_stay_parts() -> None:
    made = still(html.Table(html.Tr(cells(FEWEST - 2))))
    assert len(made.children.children) == FEWEST - 2


def test_what_a_callback_may_name_stays_and_what_stands_beside_it_is_still() -> None:
    named = html.Tr([html.Td(html.Button("x", id="press")), *cells(2)])
    made = still(html.Table([named, html.Tr(cells(FEWEST))]))
    assert made.children[0].children[0].children.id == "press"
    assert hasattr(made.children[1], "data-still")


def test_a_part_with_an_id_keeps_its_children_as_parts_for_they_may_be_written_anew() -> None:
    made = still(html.Div(cells(FEWEST), id="answered"))
    assert len(made.children) == FEWEST


def test_what_is_no_markup_stays_a_part_and_all_about_it() -> None:
    for each in (dcc.Graph(), dbc.Button("x"), html.Button("x", n_clicks=0)):
        made = still(html.Div([each, *cells(FEWEST)]))
        assert type(made.children[0]) is type(each)


def test_attributes_are_those_of_html() -> None:
    cell = html.Td(
        html.Img(src="data:,", alt=""),
        className="a b",
        colSpan=2,
        tabIndex=-1,
        hidden=True,
        style={"--low": "3%", "marginTop": "4px"},
        **attributes(data_sort_value="1", aria_label="one"),
    )
    (td, told), (img, _) = Seen(written(cell)).tags
    assert (td, img) == ("td", "img")
    assert told == {
        "class": "a b",
        "colspan": "2",
        "tabindex": "-1",
        "hidden": None,
        "style": "--low:3%;margin-top:4px",
        "data-sort-value": "1",
        "aria-label": "one",
    }


def test_a_link_to_another_question_stays_on_the_page() -> None:
    assert written(dcc.Link("x", href="?area=1")) == '<a href="?area=1" data-within>x</a>'
    assert written(dcc.Link("x", href="/targets")) == '<a href="/targets">x</a>'


@given(st.text(), st.text())
def test_no_text_becomes_a_tag_or_ends_an_attribute(text: str, title: str) -> None:
    seen = Seen(written(html.Td(text, title=title)))
    assert [tag for tag, _ in seen.tags] == ["td"]
    assert list(seen.tags[0][1]) == ["title"]
