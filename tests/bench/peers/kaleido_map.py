"""The same areas and colours as a PNG by plotly and kaleido: told on standard input, the seconds on standard output.

Run by a Python that has both, with a Chrome or Chromium named by BROWSER_PATH; nothing of this program is imported.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main() -> None:
    """Draw one picture to warm up, then as many as asked."""
    import kaleido  # type: ignore[import-not-found]  # noqa: PLC0415 - only the other Python has it
    import plotly.graph_objects as go  # noqa: PLC0415

    told = json.load(sys.stdin)
    west, south, east, north = told["bounds"]
    colours = sorted(set(told["fills"]))
    share = 1 / len(colours)
    scale = [[edge * share, colour] for i, colour in enumerate(colours) for edge in (i, i + 1)]
    trace = go.Choroplethmap(
        geojson=told["geojson"],
        locations=[feature["id"] for feature in told["geojson"]["features"]],
        z=[colours.index(fill) + 0.5 for fill in told["fills"]],
        zmin=0,
        zmax=len(colours),
        colorscale=scale,
    )
    style = {"version": 8, "sources": {}, "layers": [{"id": "b", "type": "background"}]}
    centre = {"lon": (west + east) / 2, "lat": (south + north) / 2}
    width, height = told["size"]
    figure = go.Figure(
        trace, {"map": {"style": style, "center": centre, "zoom": 8.3}, "width": width, "height": height}
    )
    figure.update_layout(title=told["title"], margin={"l": 0, "r": 0, "b": 0})
    out = Path(told["out"])
    times = []
    kaleido.start_sync_server()
    for _ in range(told["rounds"] + 1):
        begun = time.perf_counter()
        kaleido.write_fig_sync(figure, out, opts={"width": width, "height": height})
        times.append(time.perf_counter() - begun)
    kaleido.stop_sync_server()
    sys.stdout.write(json.dumps(times))


main()
