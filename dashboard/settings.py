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
    """What ``create_app`` needs to know of the place it runs in. Other addresses only with encryption."""

    workspace: Path
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    demo: bool = False  # the workspace is the made-up one of ``diemnong demo``: a guided tour shows it
    accounts: bool = False  # people sign in, even on this machine
    behind_proxy: bool = False  # a web server of the office stands before it and encrypts
    certificate: Path | None = None  # in PEM, with its chain; for encrypting ourselves
    key: Path | None = None

    def __post_init__(self) -> None:
        if (self.certificate is None) is not (self.key is None):
            raise ServingError("a certificate and its key belong together: give --certificate and --key")
        if self.host not in LOCAL_NAMES and not (self.encrypts or self.behind_proxy):
            raise ServingError(
                "{host} is refused: whoever listens on the network could read recorded crime and passwords. Give "
                "--certificate and --key, or --behind-proxy where another web server encrypts; or leave --host away",
                host=self.host,
            )

    @property
    def encrypts(self) -> bool:
        """Whether it speaks https itself."""
        return self.certificate is not None

    @property
    def with_accounts(self) -> bool:
        """Whether people sign in: wherever more than this machine's own user may come."""
        return self.accounts or self.encrypts or self.behind_proxy or self.host not in LOCAL_NAMES

    @property
    def address(self) -> str:
        """The address to open in a browser on this machine."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104 - read, not listened on
        return f"{'https' if self.encrypts else 'http'}://{host}:{self.port}/"


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
