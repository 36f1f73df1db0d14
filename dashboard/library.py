"""What every page loads beside its data: plotly, Bootstrap, Roboto, our own scripts and styles; made small once.

Each file's name changes with what is in it, so a browser asks for it once and keeps it for ever. Knows no data.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import metadata, resources
from pathlib import Path
from threading import Lock, Thread
from typing import Final

import brotli
import flask

FOREVER: Final = "public, max-age=31536000, immutable"
QUALITY: Final = 9  # of brotli: plotly is 1.23 MB after 0.4 s; the highest would save a tenth more for 9 s
SMALLEST: Final = 500  # bytes that are worth packing
FACES: Final = {400: "Regular", 500: "Medium", 700: "Bold"}
# Latin with Vietnamese, punctuation, arrows, geometric and other signs; whatever else a name has comes from the rest.
LETTERS: Final = "U+0000-036F,U+1E00-1EFF,U+2000-27BF"
OTHERS: Final = "U+0370-1DFF,U+1F00-1FFF"  # Greek, Cyrillic: what else Roboto has
ICON: Final = (  # the mark of the bar: a ring about a dot
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='6.5'"
    " fill='none' stroke='%23B5412F' stroke-width='1.6'/%3E%3Ccircle cx='8' cy='8' r='3' fill='%23B5412F'/%3E%3C/svg%3E"
)
_PATH: Final = "/library/"


@cache
def _packaged(package: str, path: str) -> bytes:
    return resources.files(package).joinpath(path).read_bytes()


@cache
def font(weight: int) -> bytes:
    """Roboto of a weight with :data:`LETTERS`, as WOFF2: a sixth of the whole file."""
    from fontTools.subset import Options, Subsetter, parse_unicodes  # noqa: PLC0415 - half a second, once
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    options = Options(flavor="woff2", hinting=False, layout_features=["kern", "mark", "mkmk", "ccmp", "locl", "tnum"])
    with TTFont(io.BytesIO(_packaged("font_roboto", f"files/Roboto-{FACES[weight]}.ttf"))) as face:
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=parse_unicodes(LETTERS))
        subsetter.subset(face)
        face.flavor = "woff2"
        made = io.BytesIO()
        face.save(made)
    return made.getvalue()


@lru_cache(maxsize=16)
def _brotli(content: bytes) -> bytes:
    """Packed, once a process: each app would otherwise pack plotly anew."""
    return bytes(brotli.compress(content, quality=QUALITY))


class Library:
    """The files by name. May be asked from many threads.

    Small fonts take seconds to make: until they are, whoever asks gets the whole font, and nobody waits.
    """

    def __init__(self, assets: Path) -> None:
        self._assets = assets
        self._own: dict[str, bytes] = {}
        self._small: dict[str, bytes] = {}
        self._lock = Lock()
        self._making: Thread | None = None
        plotly, roboto = metadata.version("plotly"), metadata.version("font-roboto")
        self.plotly = f"plotly-{plotly}.js"
        self.bootstrap = f"bootstrap-{metadata.version('Bootstrap-Flask')}.css"
        self.fonts = {weight: f"roboto-{face.lower()}-{roboto}-1.woff2" for weight, face in FACES.items()}
        self._packages: Mapping[str, tuple[str, str]] = {
            self.plotly: ("plotly", "package_data/plotly.min.js"),
            self.bootstrap: ("flask_bootstrap", "static/bootstrap5/css/bootstrap.min.css"),
        }

    def own(self, kind: str) -> str:
        """The name of our scripts ("js") or styles ("css") as one file, in the order of their names."""
        content = b"\n".join(path.read_bytes() for path in sorted(self._assets.glob(f"*.{kind}")))
        name = f"diemnong-{hashlib.sha256(content).hexdigest()[:12]}.{kind}"
        self._own.setdefault(name, content)
        return name

    def content(self, name: str) -> bytes | None:
        """A file as it is; None where there is none of that name, or where it is a font still in the making."""
        if name in self._packages:
            return _packaged(*self._packages[name])
        return self._own.get(name) or self._small.get(name)

    def whole_font(self, name: str) -> bytes | None:
        """The whole font in place of a small one; None where the name is of no font."""
        face = next((FACES[weight] for weight, font in self.fonts.items() if font == name), None)
        return None if face is None else _packaged("font_roboto", f"files/Roboto-{face}.ttf")

    def prepare(self) -> Thread:
        """Make the fonts and pack plotly beside whatever else is under way, once."""
        with self._lock:
            if self._making is None:
                self._making = Thread(target=self._make, daemon=True)
                self._making.start()
            return self._making

    def _make(self) -> None:
        _brotli(_packaged(*self._packages[self.plotly]))
        for weight, name in self.fonts.items():
            self._small[name] = font(weight)


def register(server: flask.Flask, library: Library) -> None:
    """Serve the files."""

    @server.get(f"{_PATH}<name>")
    def library_file(name: str) -> flask.Response:
        content = library.content(name)
        if content is None:
            return _in_the_making(library, name)
        answer = flask.Response(content, mimetype=_mime(name))
        if flask.request.accept_encodings["br"] and len(content) >= SMALLEST and not name.endswith(".woff2"):
            answer.data = _brotli(content)
            answer.headers["Content-Encoding"] = "br"
        answer.headers["Cache-Control"] = FOREVER
        answer.headers["Vary"] = "Accept-Encoding"
        return answer


def _in_the_making(library: Library, name: str) -> flask.Response:
    """The whole font for this once, not to be kept under the small one's name."""
    whole = library.whole_font(name)
    if whole is None:
        flask.abort(404)
    library.prepare()
    return flask.Response(whole, mimetype="font/ttf", headers={"Cache-Control": "no-store"})


def head(library: Library) -> str:
    """The part of a page's head that names the files: assets/drawing.js fetches plotly beside everything else."""
    return "\n".join(
        (
            styles(library),
            f'<meta name="plotly" content="{_PATH}{library.plotly}">',
            f'<script src="{_PATH}{library.own("js")}"></script>',
        )
    )


def styles(library: Library) -> str:
    """As much of it as a page without scripts needs: icon, fonts and styles."""
    regular = _PATH + library.fonts[400]
    faces = [
        _face("Roboto", weights, library.fonts[weight], FACES[weight])
        for weight, weights in ((400, "400"), (500, "500 600"), (700, "700"))
    ]
    # Map labels know families only, so bold is a family of its own.
    faces.append(_face("Roboto Bold", "400", library.fonts[700], FACES[700]))
    return "\n".join(
        (
            f'<link rel="icon" href="{ICON}">',
            f'<link rel="preload" as="font" type="font/woff2" href="{regular}" crossorigin>',
            f"<style>{''.join(faces)}</style>",
            f'<link rel="stylesheet" href="{_PATH}{library.bootstrap}">',
            f'<link rel="stylesheet" href="{_PATH}{library.own("css")}">',
        )
    )


@lru_cache(maxsize=8)
def _face(family: str, weights: str, name: str, face: str) -> str:
    """The letters most texts have, and the whole font for those that have others."""
    shown = f"font-family:'{family}';font-weight:{weights};font-display:block"
    return (
        f"@font-face{{{shown};src:url({_PATH}{name}) format('woff2');unicode-range:{LETTERS}}}"
        f"@font-face{{{shown};src:url(/fonts/Roboto-{face}.ttf);unicode-range:{OTHERS}}}"
    )


def _mime(name: str) -> str:
    return {"js": "text/javascript", "css": "text/css", "woff2": "font/woff2"}[name.rpartition(".")[2]]
