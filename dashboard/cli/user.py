"""``diemnong user``: accounts, their rights, passwords and sessions. Decides nothing, writes each act into the log."""

from __future__ import annotations

import getpass
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.cli.granting import PRECISIONS, ROLES, Granted, grant_options
from dashboard.cli.new_password import new_password, password_options
from dashboard.cli.options import json_option, workspace_option
from dashboard.cli.terminal import CommandError, say, speech, write
from dashboard.rows import json_text

if TYPE_CHECKING:
    from dashboard.access.accounts import Account
    from dashboard.access.audit import AuditLog
    from dashboard.access.book import AccountBook

HERE = "terminal"  # where from, in the log of acts
name_argument = click.argument("name", metavar="NAME")
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

    w, book = speech(), _book(workspace)
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
    _end(account, as_json=as_json, made=password if generate else None)


@user.command("list")
@workspace_option()
@json_option
def list_(*, workspace: Path, as_json: bool) -> None:
    """List the accounts with what they are granted."""
    w, accounts = speech(), _book(workspace).all()
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
    account = _book(workspace).lock(name)
    w = speech()
    say(w("«{name}» is locked, and signed out everywhere", name=account.name))
    _end(account, as_json=as_json)


@user.command()
@workspace_option()
@name_argument
@json_option
def unlock(*, workspace: Path, name: str, as_json: bool) -> None:
    """Let somebody in again: after a lock, or at once after too many failed tries."""
    account = _book(workspace).unlock(name)
    w = speech()
    say(w("«{name}» may enter again", name=account.name))
    _end(account, as_json=as_json)


@user.command()
@workspace_option()
@name_argument
@password_options
@json_option
def password(*, workspace: Path, name: str, from_stdin: bool, generate: bool, as_json: bool) -> None:
    """Give somebody another password, to be changed at the next login. Signs the person out everywhere."""
    book = _book(workspace)
    _check_known(book, name)
    chosen = new_password(from_stdin=from_stdin, generate=generate)
    account = book.set_password(name, chosen, must_change=True)
    w = speech()
    say(w("«{name}» has another password, to be changed at the next login", name=account.name))
    _end(account, as_json=as_json, made=chosen if generate else None)


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
    book = _book(workspace)
    before = _check_known(book, name)
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
    _end(account, as_json=as_json)


@user.command("end-sessions")
@workspace_option()
@name_argument
@json_option
def end_sessions(*, workspace: Path, name: str, as_json: bool) -> None:
    """Sign somebody out everywhere."""
    from dashboard.access.sessions import sessions_of

    book = _book(workspace)
    account = _check_known(book, name)
    _log(workspace).append("sessions_ended", who=_who(), address=HERE, account=account.name)
    n = sessions_of(workspace).end_all(account.name)
    w = speech()
    say(w("«{name}» is signed out: {n} sessions ended", name=account.name, n=n))
    if as_json:
        write(json_text({"name": account.name, "ended": n}))


@user.command("totp")
@workspace_option()
@name_argument
@click.option("--remove", is_flag=True, help="Ask for no code any more.")
@json_option
def totp_(*, workspace: Path, name: str, remove: bool, as_json: bool) -> None:
    """Ask somebody for a telephone's code beside the password. On a terminal one code is tried first."""
    from dashboard.access import totp

    w, book = speech(), _book(workspace)
    account = _check_known(book, name)
    if remove:
        account = book.clear_totp(name)
        say(w("«{name}» is asked for no code any more", name=account.name))
        _end(account, as_json=as_json)
        return
    secret = totp.new_secret()
    if sys.stdin.isatty():
        say(totp.drawing(secret, account.name))
        say(w("Read it with the telephone, or type {secret} into it", secret=secret))
        if totp.step_of(secret, click.prompt(w("The six digits it shows"), err=True), datetime.now(UTC)) is None:
            raise CommandError("these are not the digits of now; nothing was changed. Is the telephone's clock right?")
    account = book.set_totp(name, secret)
    say(w("«{name}» is asked for a code from now on", name=account.name))
    given = {"secret": secret, "address": totp.address(secret, account.name)}
    if as_json:
        write(json_text({**account.told(), **given}))
    elif not sys.stdin.isatty():
        write(f"{secret}\n")


def _book(workspace: Path) -> AccountBook:
    """The workspace's accounts; each change goes into the log of acts before it is final."""
    from dashboard.access.book import book_of

    log = _log(workspace)

    def tell(event: str, account: Account) -> None:
        log.append(event, who=_who(), address=HERE, account=account.name, now=account.told())

    return book_of(workspace).telling(tell)


def _log(workspace: Path) -> AuditLog:
    """The log of a folder that is a workspace. Raises ProfileError where it is none."""
    from dashboard.access.audit import AuditLog
    from geodata.profile import load

    return AuditLog(workspace, keep_months=load(workspace).audit.keep_months)


def _who() -> str:
    """Whose terminal it is, as the machine says."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # an account without a name, as in a container
        return "?"


def _check_known(book: AccountBook, name: str) -> Account:
    """The account, before anything is asked for. Raises AccessError where there is none."""
    account = book.of(name)
    if account is None:
        raise CommandError(
            "there is no account «{name}»; there are: {known}",
            name=name[:80],
            known=", ".join(each.name for each in book.all()) or "–",
        )
    return account


def _end(account: Account, *, as_json: bool, made: str | None = None) -> None:
    """The account as JSON, or a password that was made here: on standard output, once."""
    if as_json:
        write(json_text({**account.told(), **({"password": made} if made else {})}))
    elif made:
        write(f"{made}\n")
