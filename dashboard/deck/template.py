"""An empty deck of 16:9 with our colours and letters, and the two layouts that are used. Knows no slide.

It starts from python-pptx's own empty file, so no file of ours has to be carried along.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.util import Inches, Pt

from dashboard import theme
from dashboard.deck import ink
from dashboard.deck.room import CAPTION_PT, HEIGHT, NUMBER, TITLE, WIDTH, Box

OPENING, FINDING = 0, 1  # the layouts
FALLBACK = "Arial"  # on every office machine, with every Vietnamese letter
PANOSE = "02000000000000000000"  # Roboto's own: what takes its place where it is not there is chosen by this
SUBTITLE = Box(TITLE.x, 3.5, TITLE.width, 2.6)
OPENING_TITLE = Box(TITLE.x, 1.7, TITLE.width, 1.6)
_KEPT = ("Title Slide", "Title Only")
_COLOURS = {
    "dk1": theme.INK,
    "lt1": theme.PAPER,
    "dk2": theme.INK_SOFT,
    "lt2": theme.GROUND,
    **{f"accent{i}": each for i, each in enumerate((*reversed(theme.AMOUNT_RAMP), theme.COLD), start=1)},
    "hlink": theme.ACCENT,
    "folHlink": theme.INK_SOFT,
}
_UNUSED = ("docProps/thumbnail.jpeg", "ppt/printerSettings/printerSettings1.bin")


def empty() -> Presentation:
    """A deck without slides."""
    made = pptx.Presentation(io.BytesIO(_dressed()))
    made.slide_width, made.slide_height = Inches(WIDTH), Inches(HEIGHT)
    master = made.slide_masters[0]
    for layout in list(made.slide_layouts):
        if layout.name not in _KEPT:
            made.slide_layouts.remove(layout)
    for held in (master, *made.slide_layouts):
        _arrange(held)
    title, subtitle = (made.slide_layouts[OPENING].placeholders[i] for i in (0, 1))
    ink.put(title, OPENING_TITLE)
    ink.put(subtitle, SUBTITLE)
    return made


def numbered(slide: Any) -> None:  # noqa: ANN401 - a slide of the library
    """Give a slide its number, which the library does not take over from the layout."""
    held = next(each for each in slide.slide_layout.placeholders if _kind(each) == PP_PLACEHOLDER.SLIDE_NUMBER)
    number = copy.deepcopy(held.element)
    number.nvSpPr.cNvPr.set("id", str(max(each.shape_id for each in slide.shapes) + 1))
    slide.shapes.element.append(number)


def _arrange(held: Any) -> None:  # noqa: ANN401 - a master or a layout
    """Where title and number stand; date and footer go, for the caption says both."""
    for each in list(held.placeholders):
        kind = _kind(each)
        if kind in (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER):
            each.element.getparent().remove(each.element)
        elif kind == PP_PLACEHOLDER.TITLE:
            ink.put(each, TITLE)
        elif kind == PP_PLACEHOLDER.SLIDE_NUMBER:
            ink.put(each, NUMBER)
        elif kind == PP_PLACEHOLDER.BODY:
            ink.put(each, SUBTITLE)
    for style in held.element.iter(qn("p:titleStyle")):
        first = style.find(qn("a:lvl1pPr"))
        first.set("algn", "l")
        first.find(qn("a:defRPr")).set("b", "1")


def _kind(placeholder: Any) -> PP_PLACEHOLDER:  # noqa: ANN401
    return placeholder.placeholder_format.type  # type: ignore[no-any-return]


@cache
def _dressed() -> bytes:
    """The library's empty file in our colours and letters, without what nobody asked for."""
    edits: dict[str, Callable[[str], str]] = {
        "ppt/theme/theme1.xml": _themed,
        "_rels/.rels": _unrelated,
        "ppt/_rels/presentation.xml.rels": _unrelated,
        "ppt/slideMasters/slideMaster1.xml": _small_numbers,
    }
    source = Path(pptx.__file__).parent / "templates" / "default.pptx"
    out = io.BytesIO()
    with zipfile.ZipFile(source) as held, zipfile.ZipFile(out, "w") as target:
        for name in held.namelist():
            if name not in _UNUSED:
                edit = edits.get(name)
                content = held.read(name)
                target.writestr(name, edit(content.decode("utf-8")).encode() if edit else content)
    return out.getvalue()


def _themed(xml: str) -> str:
    """Roboto, the fallback for Vietnamese where there is none, and our colours."""
    xml = xml.replace(
        '<a:latin typeface="Calibri"/>', f'<a:latin typeface="{theme.FONT}" panose="{PANOSE}" pitchFamily="34"/>'
    )
    xml = re.sub(r'(<a:font script="Viet" typeface=")[^"]*', rf"\g<1>{FALLBACK}", xml)
    flat = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    xml = re.sub(r"<a:effectStyleLst>.*?</a:effectStyleLst>", f"<a:effectStyleLst>{flat * 3}</a:effectStyleLst>", xml)
    xml = xml.replace('name="Office Theme"', 'name="Điểm Nóng"')
    for name, value in _COLOURS.items():
        xml = re.sub(rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{value[1:]}"/></a:{name}>', xml, count=1)
    return xml


def _unrelated(xml: str) -> str:
    """Without the relations to the parts that are left out."""
    for name in _UNUSED:
        xml = re.sub(rf'<Relationship [^>]*Target="(?:ppt/)?{re.escape(name.removeprefix("ppt/"))}"/>', "", xml)
    return xml


def _small_numbers(xml: str) -> str:
    """The slide's number in the letters of a caption."""
    return xml.replace('<a:defRPr sz="1200">', f'<a:defRPr sz="{Pt(CAPTION_PT).centipoints}">')
