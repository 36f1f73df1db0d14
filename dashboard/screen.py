"""The browser's window as it told of itself: size, and whether it can draw WebGL2 maps. Knows no page."""

from __future__ import annotations

from dataclasses import dataclass

DESK_PX = 13  # the text size of charts and map labels at a desk


@dataclass(frozen=True, slots=True)
class Screen:
    """Width and height in CSS pixels."""

    width: int = 1920
    height: int = 1080
    webgl: bool = True

    @staticmethod
    def told(by_browser: object) -> Screen:
        """Read what the browser told; what is no sensible number is the default."""
        told = by_browser if isinstance(by_browser, dict) else {}
        usual = Screen()
        width, height = (told.get(side) for side in ("width", "height"))
        return Screen(
            width if isinstance(width, int) and 200 <= width <= 10_000 else usual.width,
            height if isinstance(height, int) and 200 <= height <= 10_000 else usual.height,
            told.get("webgl") is not False,
        )

    def text_px(self, mode: str) -> int:
        """The text size of charts and map labels; on the projector as tokens.css has it: 24 at 1920x1080."""
        if mode != "projector":
            return DESK_PX
        return round(max(15.0, min(0.022223 * self.height, 0.016 * self.width)))
