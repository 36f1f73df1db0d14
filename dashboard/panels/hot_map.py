"""The map with its layer switch and legend. After the first drawing only changed numbers travel (a Patch)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import Dash, Input, Output, Patch, State, dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.attributes import attributes
from dashboard.components.emptiness import why_empty
from dashboard.components.legend import legend
from dashboard.figures import choropleth
from dashboard.figures.choropleth import Ground
from dashboard.figures.picture import Picture
from dashboard.layers import all_layers, picture_of
from dashboard.panels import Panel
from dashboard.reading import Reading, read
from dashboard.screen import Screen
from geodata.answers.answers import Answers
from geodata.boundaries.editions import Layer
from geodata.vocabulary import LayerKey, Level

CONFIG: Any = {
    "displayModeBar": False,
    "scrollZoom": True,
    "doubleClick": False,
    "responsive": True,
    "plotlyServerURL": "",
}
MOST_NAMES = 30
NOWHERE = (102.0, 8.0, 110.0, 24.0)  # an empty workspace shows the country's frame


def chosen(reading: Reading) -> list[str]:
    """Codes of the layer's areas that are asked about by name: themselves, as part of one, or as holding one."""
    if not reading.view.area:
        return []
    counts = reading.answers.counts(reading.view.question, reading.scope)
    return [code for code, asked in zip(counts.codes, counts.asked.tolist(), strict=True) if asked]


def ground(reading: Reading, *, webgl: bool = True) -> Ground:
    """The boundary files under the view, by URL; without WebGL2 also the outlined areas and the names to write."""
    view, snapshot = reading.view, reading.snapshot
    key = view.question.layer
    layer = snapshot.boundaries.layers.get(key)
    above = LayerKey(view.edition, Level.DISTRICT)
    over_districts = view.level is Level.COMMUNE and above in snapshot.web_files
    coarser = above if over_districts else LayerKey(view.edition, Level.PROVINCE)
    return Ground(
        polygons=_url(snapshot.web_files.get(key)),
        bounds=layer.bounds if layer is not None else NOWHERE,
        outlines=_url(snapshot.web_files.get(coarser)),
        labels=_url(snapshot.label_files.get(key)),
        outline_labels=_url(snapshot.label_files.get(coarser)) if over_districts else "",
        border=_url(snapshot.border_file),
        zones=tuple(_url(snapshot.zone_files.get(zone)) for zone in view.zone),
        **({} if webgl else _drawn_by_hand(snapshot.boundaries.layers.get(coarser), layer, over_districts)),
    )


def _drawn_by_hand(coarser: Layer | None, layer: Layer | None, over_districts: bool) -> dict[str, Any]:
    """Outlines and names for a map without WebGL2: the districts' names, else those of the largest areas."""
    named = coarser if over_districts else layer
    if coarser is None or named is None:
        return {}
    return {"outline_codes": coarser.codes, "names": named.centres(MOST_NAMES)}


def _bounds(reading: Reading) -> str:
    """What the map shows whole, for the browser's camera: the regions asked about, or else the whole layer."""
    view, boundaries = reading.view, reading.snapshot.boundaries
    boxes = [
        layer.bounds_of(region.codes)
        for region in boundaries.regions_in(view.edition).values()
        if region.id in view.region
        and (layer := boundaries.layers.get(LayerKey(region.edition, Level.COMMUNE))) is not None
    ]
    west, south, east, north = zip(*(boxes or [ground(reading).bounds]), strict=True)
    return ",".join(f"{edge:.4f}" for edge in (min(west), min(south), max(east), max(north)))


def _url(name: str | None) -> str:
    return f"/boundaries/{name}" if name else ""


def shown(reading: Reading) -> list[Any]:
    """What the browser has drawn already, apart from the numbers: polygons, outlines and zones."""
    view = reading.view
    return [reading.snapshot.generation, view.edition, view.level.value, list(view.zone)]


def render_legend(reading: Reading, made: Picture) -> list[Component]:
    """The legend, or in its place why the map is empty."""
    return [*legend(made)] if made.totals.recorded else [why_empty(made.totals, made.facts, reading.words)]


def layer_links(reading: Reading) -> list[Component]:
    """The layer switch: each layer is the same view with another layer."""
    view, words = reading.view, reading.words
    return [
        dcc.Link(
            words(layer.label),
            href=replace(view, layer=key).to_query(),
            className="pick chosen" if key == view.layer else "pick",
        )
        for key, layer in all_layers().items()
    ]


def downloads(reading: Reading) -> list[Component]:
    """The same view on paper."""
    query = reading.view.to_query()
    return [
        html.A(kind.upper(), href=f"/snapshot.{kind}{query}", download="", className="pick")
        for kind in ("png", "svg", "pdf")
    ]


def layout(reading: Reading, screen: Screen, *, box: tuple[int, int]) -> html.Section:
    """The whole panel for a screen whose map is ``box`` pixels large."""
    words = reading.words
    made = picture_of(reading.view, reading.answers, reading.scope, reading.words)
    figure = choropleth.figure(
        made,
        ground(reading, webgl=screen.webgl),
        chosen(reading),
        words,
        box=box,
        webgl=screen.webgl,
        size=screen.text_px(reading.view.mode),
    )
    return html.Section(
        [
            html.Header(
                [
                    html.Div(layer_links(reading), id=ids.LAYER_SWITCH, className="picks", role="group"),
                    html.Div(
                        [
                            html.Span(words("Save picture"), className="hint"),
                            html.Div(downloads(reading), id=ids.DOWNLOADS),
                        ],
                        className="downloads",
                    ),
                ]
            ),
            html.Div(
                [
                    dcc.Graph(id=ids.MAP, figure=figure, config=CONFIG, className="map-graph"),
                    html.Div(render_legend(reading, made), id=ids.MAP_LEGEND, className="legend"),
                    _zoom_buttons(reading),
                    html.Div(id=ids.MAP_SCALE, className="map-scale", **attributes(aria_hidden="true")),
                ],
                id=ids.MAP_BOX,
                className="map-box" if screen.webgl else "map-box svg",
                role="group",
                **attributes(
                    aria_label=words("Map"),
                    data_loading=words("The map is being drawn …"),
                    data_bounds=_bounds(reading),
                ),
            ),
            dcc.Store(id=ids.MAP_SHOWN, data={"ground": shown(reading)}),
        ],
        className="card-sheet map-card",
    )


def _zoom_buttons(reading: Reading) -> html.Div:
    words = reading.words
    buttons = (("+", "in", words("Zoom in")), ("−", "out", words("Zoom out")), ("⌂", "home", words("Whole area")))
    return html.Div(
        [
            html.Button(sign, title=label, type="button", **attributes(data_map_zoom=step, aria_label=label))
            for sign, step, label in buttons
        ],
        className="map-zoom",
    )


def register(app: Dash, answers: Answers) -> None:
    """The map follows the URL by patches; polygons and style only where the tiling changed."""

    @app.callback(
        Output(ids.MAP, "figure"),
        Output(ids.MAP_LEGEND, "children"),
        Output(ids.MAP_SHOWN, "data"),
        Output(ids.LAYER_SWITCH, "children"),
        Output(ids.DOWNLOADS, "children"),
        Output(ids.MAP_BOX, "data-bounds"),
        Input(ids.URL, "search"),
        State(ids.MAP_SHOWN, "data"),
        State(ids.PAGE_KEY, "data"),
        prevent_initial_call=True,
    )
    def show(search: str | None, drawn: object, told: object) -> tuple[Any, ...]:
        drawn = drawn if isinstance(drawn, dict) else {}
        reading = read(search, answers)
        screen = Screen.told(told)
        below = ground(reading, webgl=screen.webgl)
        made = picture_of(reading.view, answers, reading.scope, reading.words)
        now = {"ground": shown(reading)}
        changes = dict(choropleth.changes(made, chosen(reading), reading.words))
        if drawn.get("ground") != now["ground"]:
            changes |= choropleth.ground_changes(
                made, below, webgl=screen.webgl, size=screen.text_px(reading.view.mode)
            )
        around = (render_legend(reading, made), now, layer_links(reading), downloads(reading), _bounds(reading))
        return _patch(changes), *around


def _patch(changes: dict[choropleth.Path, Any]) -> Patch:
    patch = Patch()
    for path, value in changes.items():
        place = patch
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
    return patch


PANEL = Panel(lambda reading: layout(reading, Screen(), box=(900, 700)), register)
