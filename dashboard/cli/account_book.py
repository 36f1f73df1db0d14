"""The accounts of a workspace for a command, each change in the log of acts before it is final. Decides nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.terminal import CommandError, write
from dashboard.rows import json_text

if TYPE_CHECKING:
    from dashboard.access.accounts import Account
    from dashboard.access.book import AccountBook

name_argument = click.argument("name", metavar="NAME")


def opened(workspace: Path) -> AccountBook:
    """The accounts of a folder that is a workspace. Raises ProfileError where it is none."""
    from dashboard.access.book import book_of
    from dashboard.cli.acts import write_down
    from geodata.profile import load

    profile = load(workspace)

    def tell(event: str, account: Account) -> None:
        write_down(workspace, event, profile=profile, account=account.name, now=account.told())

    return book_of(workspace).telling(tell)


def known(book: AccountBook, name: str) -> Account:
    """The account, before anything is asked for. Raises CommandError naming those there are."""
    account = book.of(name)
    if account is None:
        raise CommandError(
            "there is no account «{name}»; there are: {known}",
            name=name[:80],
            known=", ".join(each.name for each in book.all()) or "–",
        )
    return account


def end(account: Account, *, as_json: bool, made: str | None = None) -> None:
    """The account as JSON, or a password that was made here: on standard output, once."""
    if as_json:
        write(json_text({**account.told(), **({"password": made} if made else {})}))
    elif made:
        write(f"{made}\n")
