"""Beside the heading of a page: keep what it shows, open what was kept, export it. Form and menu are others'."""

from __future__ import annotations

from dash import Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component

from dashboard import ids, kept
from dashboard.components.attributes import attributes
from dashboard.keeping import keeper, notebook
from dashboard.panels import Panel, export_menu, notebook_form
from dashboard.reading import Reading, read
from geodata.answers.answers import Answers
from geodata.notebook import Kind, SavedView

MOST = 12  # names in the list; the rest is in the notebook


def beside(heading: Component, reading: Reading, page: str) -> html.Div:
    """The heading of a page, with what can be kept and exported of it at its end."""
    tools = html.Div([*_tools(reading, page), export_menu.layout(reading, page)], className="save-view")
    return html.Div([heading, tools, notebook_form.layout(reading)], className="heading-row")


def _tools(reading: Reading, page: str) -> list[Component]:
    if keeper() is None:
        return []
    star = html.Span("☆ ", **attributes(aria_hidden="true"))
    save = notebook_form.button(
        [star, html.Span(reading.words("Save"))],
        "open",
        (Kind.VIEW, ""),
        className="pick",
        title=reading.words("Save this view, a note or an event"),
    )
    return [save, html.Div(render(reading, page), id=ids.SAVED_VIEWS)]


def render(reading: Reading, page: str) -> list[Component]:
    """The saved views in a list that unfolds; nothing where there are none."""
    words, views = reading.words, notebook().views
    if not views:
        return []
    links = [html.Li(_link(each, reading, page)) for each in views[:MOST]]
    whole = html.A(words("All in the notebook: {n}", n=words.number(len(views))), href=_notebook(reading))
    summary = html.Summary([words("Saved"), f" ({words.number(len(views))})"], className="pick")
    return [html.Details([summary, html.Div([html.Ul(links), whole], className="saved-list")], className="more")]


def _notebook(reading: Reading) -> str:
    return notebook_form.NOTEBOOK + reading.view.to_query()


def _link(saved: SavedView, reading: Reading, page: str) -> Component:
    """Within the page where it is of this one; another page is loaded anew."""
    path, query = kept.page_of(saved), kept.opening(saved, reading.view)
    return dcc.Link(saved.name, href=query) if path == page else html.A(saved.name, href=path + query)


def register(app: Dash, answers: Answers) -> None:
    """The list follows what is kept."""

    @app.callback(
        Output(ids.SAVED_VIEWS, "children"),
        Input(ids.KEPT, "data"),
        State(ids.URL, "search"),
        State(ids.URL, "pathname"),
        prevent_initial_call=True,
    )
    def show(_kept: object, search: str | None, path: object) -> list[Component]:
        return render(read(search, answers), str(path))


PANEL = Panel(lambda reading: beside(html.Div(), reading, "/"), register)
