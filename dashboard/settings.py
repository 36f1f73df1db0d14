"""Where and how the dashboard is served: workspace, address, assets. Knows nothing of what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geodata.errors import DiemNongError

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8050
LOCAL_NAMES = ("127.0.0.1", "localhost")  # what a browser on this machine may call it


class ServingError(DiemNongError):
    """The dashboard cannot be served as asked: the address is not allowed or not free, or files are missing."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``create_app`` needs to know of the place it runs in. Only the local address makes a Settings."""

    workspace: Path
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    demo: bool = False  # the workspace is the made-up one of ``diemnong demo``: a guided tour shows it

    def __post_init__(self) -> None:
        check_host(self.host)

    @property
    def address(self) -> str:
        """The address to open in a browser on this machine."""
        return f"http://{self.host}:{self.port}/"


def check_host(host: str) -> None:
    """Raise ServingError for any address but 127.0.0.1, which only this machine reaches."""
    if host != DEFAULT_HOST:
        raise ServingError(
            "{host} is refused: the dashboard has no accounts yet, so whoever reaches this address could read recorded "
            "crime. It listens on this machine only; leave --host away or use {allowed}.",
            host=host,
            allowed=DEFAULT_HOST,
        )


def assets_folder() -> Path:
    """The folder Dash serves: ``dashboard/assets`` in an installed wheel, ``assets`` at the top of a checkout."""
    package = Path(__file__).resolve().parent
    for folder in (package / "assets", package.parent / "assets"):
        if folder.is_dir():
            return folder
    raise ServingError(
        "the style sheets are missing: neither {installed} nor {checkout} exists. Install the program again.",
        installed=package / "assets",
        checkout=package.parent / "assets",
    )
