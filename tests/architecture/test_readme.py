"""The README and the program say the same: commands, options, layers, formats, make targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from dashboard.cli import root
from dashboard.exports import all_formats
from dashboard.layers import all_layers
from dashboard.pages import all_pages

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "files.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([a-z -]+)` \|.*\| ([^|]*) \|$", re.MULTILINE)


def commands(group: click.Group = root, prefix: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by its full name."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix}{name} ")
        else:
            yield prefix + name, command


COMMANDS = dict(commands())
TABLE = {name: set(re.findall(r"--[a-z-]+", options)) for name, options in ROW.findall(README)}


def options(command: click.Command) -> set[str]:
    return {
        option
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if option.startswith("--")
    }


def test_the_readme_lists_every_command() -> None:
    assert sorted(TABLE) == sorted(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_readme_lists_every_option(name: str) -> None:
    assert TABLE.get(name) == options(COMMANDS[name])


@pytest.mark.parametrize("path", sorted(all_pages()))
def test_the_readme_names_every_page(path: str) -> None:
    assert f"(`{path}`)" in README


def test_every_command_line_of_the_readme_is_one_the_program_takes() -> None:
    examples = "\n".join(re.findall(r"```(?:sh|powershell)\n(.*?)```", README, re.DOTALL))
    for line in re.findall(r"diemnong ([a-z][^\n]*)", examples):
        name = next((name for name in COMMANDS if line == name or line.startswith(name + " ")), None)
        assert name is not None, line
        assert set(re.findall(r"--[a-z-]+", line)) <= options(COMMANDS[name]), line


def test_every_command_named_in_running_text_exists() -> None:
    said = re.findall(r"`diemnong ([a-z-]+)([^`]*)`", README + GUIDE)
    assert said
    for first, rest in said:
        both = f"{first} {rest.split()[0]}" if rest.split() else first
        name = both if both in COMMANDS else first
        assert name in COMMANDS, name
        assert set(re.findall(r"--[a-z-]+", rest)) <= options(COMMANDS[name]), rest


def listed(label: str) -> set[str]:
    """The names in backquotes in the README's sentence that begins with ``label``."""
    sentence = re.search(rf"{label}: ([^\n]*?)\.(?:\s|$)", README)
    assert sentence, label
    return set(re.findall(r"`([a-z_]+)`", sentence[1]))


def test_the_readme_lists_every_map_layer() -> None:
    assert listed("Map layers") == set(all_layers())


def test_the_readme_lists_every_export_format() -> None:
    for kind, heading in (("picture", "Pictures"), ("table", "Tables"), ("document", "Documents")):
        known = {key for key, form in all_formats().items() if form.kind == kind}
        assert (listed(heading) if known else set()) == known


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"make ([a-z]+)", README))
    assert {target for target in targets if f"\n{target}:" not in makefile} == set()


def test_every_file_the_readme_names_exists() -> None:
    named = re.findall(r"`((?:docs|tests|\.ci|assets)/[\w./-]*)`", README)
    assert [name for name in named if not (ROOT / name).exists()] == []
