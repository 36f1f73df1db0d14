"""Changes of a script: order, texts, name, file. Each is kept at once, so none is lost; the store may refuse it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, set_props
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashboard import ids
from dashboard.clicks import dig, pressed
from dashboard.keeping import Keeper, keeper, notebook, tell_kept
from dashboard.panels import Panel
from dashboard.reading import Reading, read
from dashboard.recording import recorder
from dashboard.scripts import kept, script_of
from dashboard.slides import PATHS, pinned
from dashboard.words import Words
from geodata.answers.answers import Answers
from geodata.errors import DiemNongError
from geodata.notebook import LONGEST_NAME, Kind, Notebook, Script, Slide
from geodata.notebook_file import NotebookError, file_of, read_file


def layout(_reading: Reading) -> Component:
    """Where it is said that a change was refused, and that there are newer data than a show began with."""
    return html.Div(
        [
            html.Div(id=ids.SCRIPT_SAID, role="status"),
            html.Div(id=ids.PINNED_SAID, role="status"),
            dcc.Store(id=ids.PINNED),
            dcc.Store(id=ids.SCRIPT_MOVE),
            dcc.Store(id=ids.SCRIPT_CHOSEN),
            dcc.Download(id=ids.SCRIPT_FILE),
        ]
    )


def changed(script: Script, act: object, of: object, query: str) -> Script:
    """The script after an act on it; itself where that is no act."""
    slides = list(script.slides)
    if act == "add" and of in PATHS:
        return replace(script, slides=(*slides, Slide(f"{of}{query}")))
    if not isinstance(of, int) or not 1 <= of <= len(slides):
        return script
    slide = slides.pop(of - 1)
    match act:
        case "up":
            slides.insert(max(of - 2, 0), slide)
        case "down":
            slides.insert(of, slide)
        case "remove" if slides:
            pass
        case _:
            return script
    return replace(script, slides=tuple(slides))


def moved(script: Script, told: object) -> Script:
    """The script with a slide dragged to another's place."""
    start, end = dig(told, "from"), dig(told, "to")
    n = len(script.slides)
    if not (isinstance(start, int) and isinstance(end, int) and 1 <= start <= n and 1 <= end <= n):
        return script
    slides = list(script.slides)
    slides.insert(end - 1, slides.pop(start - 1))
    return replace(script, slides=tuple(slides))


def worded(script: Script, field: object, of: object, text: object) -> Script:
    """The script with a slide's title or notes as written."""
    if not isinstance(of, int) or not 1 <= of <= len(script.slides) or not isinstance(text, str):
        return script
    slides = list(script.slides)
    match field:
        case "title":
            slides[of - 1] = replace(slides[of - 1], title=text.strip())
        case "spoken":
            slides[of - 1] = replace(slides[of - 1], spoken=text.strip())
    return replace(script, slides=tuple(slides))


def own_name(reading: Reading, held: Notebook) -> str:
    """What the first change of the script from the data is kept as."""
    today = datetime.now(reading.snapshot.profile.zone)
    return free_name(reading.words("Script of {day}", day=f"{today:%d/%m}"), held)


def free_name(name: str, held: Notebook) -> str:
    """The name, with a number where a script has it already."""
    tried, number = name, 1
    while kept(held, tried) is not None:
        number += 1
        tried = f"{name[: LONGEST_NAME - 5]} ({number})"
    return tried


def keep(reading: Reading, script: Script, keeping: Keeper) -> None:
    """Keep it under its name, or as a copy of one's own; the page then shows that."""
    if not script.name:
        script = replace(script, name=own_name(reading, keeping.notebook()))
    keeping.keep(script)
    _tell(reading, script.name)


def rename(reading: Reading, script: Script, name: str, keeping: Keeper) -> None:
    """Keep it under another name only. Raises NotebookError where a script has that name."""
    name = name.strip()
    if kept(keeping.notebook(), name) is not None:
        raise NotebookError("there is a script «{name}» already; choose another name", name=name)
    keeping.keep(replace(script, name=name))
    keeping.strike(Kind.SCRIPT, script.name)
    _tell(reading, name)


def take_over(reading: Reading, text: object, keeping: Keeper) -> str:
    """Keep the scripts of a file, each under a name that is free; say which. Raises NotebookError."""
    scripts = read_file(text if isinstance(text, str) else "").scripts
    if not scripts:
        raise NotebookError("the file holds no script; choose one that was saved on this page")
    held = keeping.notebook()
    taken: list[Script] = []
    for script in scripts:
        others = replace(held, scripts=(*held.scripts, *taken))
        taken.append(replace(script, name=free_name(script.name, others)))
    with recorder().announced("notebook", entries=len(taken)):
        keeping.keep(*taken)
    _tell(reading, taken[0].name)
    return reading.words("Taken over: {what}.", what=", ".join(each.name for each in taken))


def _tell(reading: Reading, name: str) -> None:
    """The page shows that script now. The name is in the address; a change under the same name is told by the store."""
    tell_kept()
    if name != reading.view.script:
        set_props(ids.URL, {"search": replace(reading.view, script=name, slide=0).to_query()})


def register(app: Dash, answers: Answers) -> None:
    """Buttons, fields and files; what the store refuses is said in words."""

    @app.callback(
        Output(ids.SCRIPT_SAID, "children"),
        inputs={
            "clicks": Input({"type": ids.SCRIPT_ACT, "act": ALL, "of": ALL}, "n_clicks"),
            "texts": Input({"type": ids.SCRIPT_TEXT, "field": ALL, "of": ALL}, "value"),
            "name": Input(ids.SCRIPT_NAME, "value", allow_optional=True),
            "file": Input(ids.SCRIPT_CHOSEN, "data"),
            "move": Input(ids.SCRIPT_MOVE, "data"),
            "search": State(ids.URL, "search"),
        },
        prevent_initial_call=True,
    )
    def act(
        clicks: object, texts: object, name: object, file: object, move: object, search: str | None
    ) -> list[Component]:
        reading, keeping = read(search, answers), keeper()
        try:
            said = _done(reading, keeping, name=name, file=file, move=move)
        except DiemNongError as error:
            return [html.P(reading.words.error(error), className="refused")]
        return [html.P(said)] if said else []

    @app.callback(Output(ids.PINNED_SAID, "children"), Input(ids.PINNED, "data"), State(ids.URL, "search"))
    def tell(told: object, search: str | None) -> list[Component]:
        pin, reading = pinned(told), read(search, answers)
        newest = reading.snapshot.generation
        return _newer(pin.generation, f"{pin.since:%H:%M}", newest, reading.words) if pin else []


def _newer(held: int, since: str, newest: int, words: Words) -> list[Component]:
    """That there are newer data than the show began with, and the button that takes them."""
    if held == newest:
        return []
    said = words("There are new data (version {n}). The show that began at {time} stays with version {held}.")
    text = said.format(n=words.number(newest), time=since, held=words.number(held))
    button = html.Button(words("Show the new data"), id="unpin", type="button", className="act")
    return [html.Div([html.P(text), button], className="notice newer")]


def _done(reading: Reading, keeping: Keeper | None, *, name: object, file: object, move: object) -> str:
    """Do what was asked for; what to say of it."""
    where, script = _where(), script_of(reading)
    if where.get("act") == "file":
        _send(reading, script)
        return ""
    if keeping is None:
        raise PreventUpdate
    trigger = _trigger()
    if trigger == ids.SCRIPT_CHOSEN:
        return take_over(reading, dig(file, "text"), keeping)
    if trigger == ids.SCRIPT_NAME and script.name not in ("", name):
        rename(reading, script, str(name or ""), keeping)
        return ""
    if where.get("act") == "delete" and script.name:
        keeping.strike(Kind.SCRIPT, script.name)
        _tell(reading, "")
        return reading.words("Deleted: {name}.", name=script.name)
    query = replace(reading.view, script="", slide=0).to_query()
    if trigger == ids.SCRIPT_MOVE:
        wanted = moved(script, move)
    elif "field" in where:
        wanted = worded(script, where.get("field"), where.get("of"), dig(ctx.triggered, 0, "value"))
    else:
        wanted = changed(script, where.get("act"), where.get("of"), query)
    if wanted == script:
        raise PreventUpdate
    keep(reading, wanted, keeping)
    return ""


def _trigger() -> object:
    """The id of what was used; None where a browser tells of none there is."""
    try:
        return ctx.triggered_id
    except (TypeError, ValueError, AttributeError):
        return None


def _where() -> dict[str, object]:
    """The button that was pressed, or the field that was written in."""
    told = _trigger()
    if isinstance(told, dict) and told.get("type") == ids.SCRIPT_TEXT:
        return dict(told)
    return pressed()


def _send(reading: Reading, script: Script) -> None:
    name = script.name or own_name(reading, notebook())
    text = file_of(Notebook(scripts=(replace(script, name=name),)))
    plain = "".join(letter if letter.isalnum() else "-" for letter in name)
    set_props(ids.SCRIPT_FILE, {"data": {"content": text, "filename": f"{plain}.json", "type": "application/json"}})


PANEL = Panel(layout, register)
