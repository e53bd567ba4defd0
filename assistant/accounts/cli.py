"""python -m assistant accounts create | list | password | groups | remove | sign-out"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands import explained
from assistant.errors import AccountsError

if TYPE_CHECKING:
    from assistant.accounts.door import Door

accounts = typer.Typer(help="People who may sign in and keep documents.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(metavar="NAME", help="the name to sign in with")]
Groups = Annotated[list[str] | None, typer.Option("--group", help="bank or office they belong to; may be repeated")]


@accounts.command()
def create(
    name: Name,
    administrator: Annotated[bool, typer.Option("--administrator", help="may keep everybody's documents")] = False,
    group: Groups = None,
) -> None:
    """Create an account; its password is asked for, or read from standard input."""
    from assistant.accounts.people import Role

    with _door() as door:
        role = Role.ADMINISTRATOR if administrator else Role.STAFF
        account = door.people.create(name, _password(), role, group or ())
        print(f"{account.name} can sign in ({account.role}{_told(account.groups)}).")


@accounts.command("list")
def list_all() -> None:
    """List who may sign in."""
    with _door() as door:
        for account in door.people.all():
            print(f"{account.name}  {account.role}{_told(account.groups)}  since {account.created[:10]}")


@accounts.command()
def password(name: Name) -> None:
    """Set another password; whoever is signed in with the old one is signed out."""
    with _door() as door:
        account = door.people.named(name)
        door.people.set_password(name, _password())
        door.throttle.forgive(name)
        print(f"{account.name} has another password and is signed out everywhere.")


@accounts.command()
def groups(name: Name, group: Groups = None) -> None:
    """Set the groups somebody belongs to; without any, none."""
    with _door() as door:
        account = door.people.set_groups(name, group or ())
        print(f"{account.name}: {account.role}{_told(account.groups)}")


@accounts.command()
def remove(name: Name) -> None:
    """Remove an account; who uses it is signed out."""
    with _door() as door:
        account = door.people.named(name)
        door.people.remove(name)
        print(f"{account.name} was removed.")


@accounts.command("sign-out")
def sign_out(name: Name) -> None:
    """Sign somebody out everywhere."""
    with _door() as door:
        account = door.people.named(name)
        print(f"{account.name} was signed out ({door.sessions.end_all(account)} sessions).")


@contextmanager
def _door() -> Iterator[Door]:
    from assistant.accounts.door import Door

    with explained() as settings:
        door = Door(settings.data_dir)
        try:
            yield door
        finally:
            door.close()


def _password() -> str:
    """Typed twice unseen, or the first line of standard input: an argument would stand in the list of processes."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Password (at least 12 characters): ")
    if getpass.getpass("Again: ") != first:
        raise AccountsError("The two passwords are not the same. Nothing was changed.")
    return first


def _told(groups: frozenset[str]) -> str:
    return f", {', '.join(sorted(groups))}" if groups else ""
