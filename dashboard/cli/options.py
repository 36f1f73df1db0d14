"""The options that several commands share: workspace, JSON, format. Opens nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from dashboard.cli.terminal import CommandError

F = TypeVar("F", bound=Callable[..., Any])
DATA_FILE = click.Path(path_type=Path)  # whether it is there and readable is said in our own words


def workspace_option(*, default: Path | None = None) -> Callable[[F], F]:
    """``-w DIR`` before or after the command's name, else DIEMNONG_WORKSPACE, else ``default``, else a refusal."""

    def resolve(context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path:
        folder = value or context.find_root().params.get("workspace") or default
        if folder is None:
            raise CommandError("which workspace? Name its folder: diemnong -w DIR ..., or set DIEMNONG_WORKSPACE")
        return Path(folder)

    def add(command: F) -> F:
        return click.option(*WORKSPACE, type=DATA_FILE, metavar="DIR", callback=resolve, help=WORKSPACE_HELP)(command)

    return add


WORKSPACE = ("-w", "--workspace")
WORKSPACE_HELP = "The workspace's folder. Also: DIEMNONG_WORKSPACE."
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object on standard output.")


def format_option(*formats: str) -> Callable[[F], F]:
    """``--format`` with the first of ``formats`` as default."""
    return click.option(
        "--format", "form", type=click.Choice(formats), default=formats[0], show_default=True, help="Form of the rows."
    )
