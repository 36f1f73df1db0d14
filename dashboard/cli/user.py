"""``diemnong user``: who may enter and what they may see. Decides nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from dashboard.cli.account_book import end, known, name_argument, opened
from dashboard.cli.granting import PRECISIONS, ROLES, Granted, grant_options
from dashboard.cli.new_password import new_password, password_options
from dashboard.cli.options import json_option, workspace_option
from dashboard.cli.signing_in import end_sessions, password, totp_
from dashboard.cli.terminal import CommandError, say, speech, write
from dashboard.rows import json_text

precision_option = click.option(
    "--precision", type=click.Choice(PRECISIONS), help="Points, fewer than five as <5, or areas only."
)
identity_option = click.option(
    "--identity", metavar="ID", help="What the office's own sign-in (OIDC) calls the person."
)


@click.group()
def user() -> None:
    """Manage accounts: who may enter, and what they may see."""


@user.command()
@workspace_option()
@name_argument
@click.option("--role", required=True, type=click.Choice(ROLES), help="What the person does here.")
@grant_options
@precision_option
@identity_option
@password_options
@json_option
def add(
    *,
    workspace: Path,
    name: str,
    role: str,
    granted: Granted,
    precision: str | None,
    identity: str | None,
    from_stdin: bool,
    generate: bool,
    as_json: bool,
) -> None:
    """Make an account. Its password has to be changed at the first login."""
    from dashboard.access.account_rows import check_grants
    from dashboard.access.roles import Role
    from geodata.question import Detail

    w, book = speech(), opened(workspace)
    grants = granted.checked(workspace)
    check_grants(Role(role), grants)
    password = new_password(from_stdin=from_stdin, generate=generate)
    detail = Detail(precision or PRECISIONS[0])
    now = datetime.now(UTC)
    account = book.add(name, Role(role), password=password, now=now, grants=grants, detail=detail, identity=identity)
    say(w("«{name}» may enter, in the role {role}", name=account.name, role=role))
    if account.role.bound and not grants:
        say(
            w("no region and no area is granted yet, so there is nothing to see: diemnong user grant {name}", name=name)
        )
    end(account, as_json=as_json, made=password if generate else None)


@user.command("list")
@workspace_option()
@json_option
def list_(*, workspace: Path, as_json: bool) -> None:
    """List the accounts with what they are granted."""
    w, accounts = speech(), opened(workspace).all()
    if as_json:
        write(json_text({"accounts": [account.told() for account in accounts]}))
        return
    if not accounts:
        say(w("no accounts yet; the first one: diemnong user add NAME --role administrator"))
    for account in accounts:
        marks = [
            *((w("locked"),) if account.locked else ()),
            *((w("password to be changed"),) if account.must_change else ()),
            *((w("with a telephone's code"),) if account.has_totp else ()),
        ]
        write(f"{account.name}  {account.role.value}  {account.detail.value}  {', '.join(marks)}".rstrip() + "\n")
        for grant in account.grants:
            days = f"  {grant.start or ''}..{grant.end or ''}" if grant.start or grant.end else ""
            write(f"    {grant.kind} {grant.place}{days}\n")


@user.command()
@workspace_option()
@name_argument
@json_option
def lock(*, workspace: Path, name: str, as_json: bool) -> None:
    """Let somebody in no more. Who is signed in is out at the next click."""
    account = opened(workspace).lock(name)
    w = speech()
    say(w("«{name}» is locked, and signed out everywhere", name=account.name))
    end(account, as_json=as_json)


@user.command()
@workspace_option()
@name_argument
@json_option
def unlock(*, workspace: Path, name: str, as_json: bool) -> None:
    """Let somebody in again: after a lock, or at once after too many failed tries."""
    account = opened(workspace).unlock(name)
    w = speech()
    say(w("«{name}» may enter again", name=account.name))
    end(account, as_json=as_json)


@user.command()
@workspace_option()
@name_argument
@click.option("--role", type=click.Choice(ROLES), help="Another role.")
@grant_options
@click.option("--nothing", is_flag=True, help="Take every region and area away.")
@precision_option
@identity_option
@json_option
def grant(
    *,
    workspace: Path,
    name: str,
    role: str | None,
    granted: Granted,
    nothing: bool,
    precision: str | None,
    identity: str | None,
    as_json: bool,
) -> None:
    """Say anew what somebody may see. Regions and areas named here stand instead of all before."""
    from dashboard.access.roles import Role
    from geodata.question import Detail

    if nothing and granted.any:
        raise CommandError("--nothing takes all away, and --region or --area grant something; use one of them")
    book = opened(workspace)
    before = known(book, name)
    grants = granted.checked(workspace)
    chosen = grants if granted.any or nothing else before.grants
    if role and not Role(role).bound and not granted.any:
        chosen = ()  # they meant something to the role before
    account = book.set_grants(
        name, chosen, role=Role(role) if role else None, detail=Detail(precision) if precision else None
    )
    if identity is not None:
        account = book.set_identity(name, identity)
    w = speech()
    say(w("«{name}»: what is granted holds from the next click on", name=account.name))
    end(account, as_json=as_json)


for _command in (password, end_sessions, totp_):
    user.add_command(_command)
