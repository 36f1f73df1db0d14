"""``diemnong init``, ``demo`` and ``serve``: a workspace's beginning and its place in the browser."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from dashboard.cli.options import DATA_FILE, json_option, workspace_option
from dashboard.cli.terminal import progress_bar, say, speech, write
from dashboard.rows import json_text
from dashboard.settings import DEFAULT_HOST, DEFAULT_PORT, Settings

DEMO_FOLDER = Path("diemnong-demo")
PROFILES = ("tay-ninh", "blank")
PORT = click.IntRange(1, 65535)


@click.command()
@click.argument("folder", metavar="DIR", type=DATA_FILE)
@click.option(
    "--profile", type=click.Choice(PROFILES), default="blank", show_default=True, help="Preset to begin with."
)
@json_option
def init(folder: Path, profile: str, as_json: bool) -> None:
    """Make a new workspace: profile.toml and an empty store."""
    from geodata.warehouse.warehouse import Warehouse

    Warehouse.create(folder, profile)
    w = speech()
    say(
        w(
            "{folder} is ready. Next: diemnong -w {folder} boundaries add FILE --edition ID --level commune",
            folder=folder,
        )
    )
    if as_json:
        write(json_text({"workspace": folder, "profile": profile}))


@click.command()
@workspace_option(default=DEMO_FOLDER)
@click.option("--port", type=PORT, default=DEFAULT_PORT, show_default=True)
@click.option("--no-open", is_flag=True, help="Do not open the page in a browser.")
@click.option("--build-only", is_flag=True, help="Build the workspace, serve nothing.")
def demo(workspace: Path, port: int, no_open: bool, build_only: bool) -> None:
    """Build the demo workspace where there is none, and show it."""
    from dashboard.cli import serving

    settings = Settings(workspace, port=port, demo=True)
    if not build_only:
        serving.check_port(settings)
    _build_where_absent(workspace)
    if not build_only:
        serving.serve_forever(settings, open_browser=not no_open)


@click.command()
@workspace_option()
@click.option("--host", default=DEFAULT_HOST, show_default=True, help="Any but this machine's own wants accounts.")
@click.option("--port", type=PORT, default=DEFAULT_PORT, show_default=True)
@click.option("--accounts", is_flag=True, help="People sign in, even on this machine.")
@click.option("--behind-proxy", is_flag=True, help="Another web server of the office stands before it and encrypts.")
@click.option("--certificate", type=DATA_FILE, metavar="PEM", help="Encrypt: the certificate with its chain.")
@click.option("--key", type=DATA_FILE, metavar="PEM", help="The certificate's key.")
def serve(
    workspace: Path,
    *,
    host: str,
    port: int,
    accounts: bool,
    behind_proxy: bool,
    certificate: Path | None,
    key: Path | None,
) -> None:
    """Serve the dashboard of a workspace: on this machine without a password, to others with accounts, encrypted."""
    from dashboard.cli import serving

    settings = Settings(
        workspace, host, port, accounts=accounts, behind_proxy=behind_proxy, certificate=certificate, key=key
    )
    serving.check_doors(settings)
    serving.check_port(settings)
    serving.serve_forever(settings)


def _build_where_absent(folder: Path) -> None:
    """Build the demo; one that stands is left as it is, and a folder that holds anything else is refused."""
    from geodata.demo.build import build
    from geodata.profile import PROFILE_NAME

    w = speech()
    if not (folder / PROFILE_NAME).is_file():
        say(w("Building the demo province in {folder} ...", folder=folder))
    with progress_bar(w("Demo")) as progress:
        build(folder, today=datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date(), progress=progress)
