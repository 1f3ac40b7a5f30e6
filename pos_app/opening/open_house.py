"""Opening a box office: connect, check the schema, know this till. Imports what is heavy; runs behind the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from pos_app.computer.credentials import database_password, save_secret
from pos_app.computer.files import close_database
from pos_app.computer.identity import own_identity
from pos_app.db.connection.addresses import parse_address
from pos_app.db.connection.failures import driver_code
from pos_app.db.database import Database
from pos_app.db.schema.revisions import check_schema, has_schema
from pos_app.demo.box_office import build_demo, demo_is_fresh, demo_sign_ins, is_demo
from pos_app.demo.elsewhere import hold_some_elsewhere
from pos_app.domain.disk_faults import why_disk
from pos_app.domain.errors import CannotConnect, PosError, ServerUnreachable
from pos_app.domain.house.setup import NoHouseYet
from pos_app.domain.sentences import say
from pos_app.domain.staff.sign_in import SignInChoices
from pos_app.services.founding import has_manager
from pos_app.services.staff.entrance import load_entrance
from pos_app.services.tills.registering import register_till

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

    from pos_app.computer.identity import TillIdentity
    from pos_app.computer.settings import Settings
    from pos_app.db.connection.addresses import DatabaseAddress
    from pos_app.domain.sentences import Sentence
    from pos_app.services.tills.registering import KnownTill

    AskPassword = Callable[[str], str | None]
    Tell = Callable[[float, Sentence], None]
    """Takes how far it is, from 0 to 1, and a sentence."""
    OpenWith = Callable[[Tell], "OpenHouse"]

WRONG_PASSWORD: Final = {1045, 1698}
"""What MariaDB and MySQL answer when the password is missing or wrong: "Access denied for user"."""


@dataclass(frozen=True, slots=True)
class OpenHouse:
    """A box office that is ready for signing in."""

    database: Database
    identity: TillIdentity
    till: KnownTill
    choices: SignInChoices


def connect(
    url: str,
    ask: AskPassword | None = None,
    *,
    create: bool = False,
    password: str | None = None,
    keep: bool = True,
) -> Database:
    """Connect to a database; the password comes from the environment, the keyring, or `ask` (None: not to be had).

    create: make the file of an embedded database where there is none. password: one that was typed, in the place of
    all others. A password that was asked for or typed, and worked, goes to the keyring; keep: False for one that is not
    to stay on this computer. Raises CannotConnect, ServerUnreachable.
    """
    address = parse_address(url)
    if address.path is not None:
        return _open_file(address, address.path, create=create)
    if password is not None:
        database = _open_server(address, password)
        if keep:
            save_secret(address.credential_name(), password)
        return database
    known = database_password(address.credential_name())
    try:
        return _open_server(address, known or "")
    except CannotConnect as error:
        if known is not None or driver_code(error.__cause__ or error) not in WRONG_PASSWORD:
            raise
    given = None if ask is None else ask(address.shown())
    if given is None:
        raise CannotConnect(
            say("{address} asks for a password.", address=address.told()),
            advice=say("Set FOYER_DATABASE_PASSWORD, or start Foyer with --password-stdin."),
            wrong_password=True,
        )
    database = _open_server(address, given)
    if keep:
        save_secret(address.credential_name(), given)
    return database


def _open_file(address: DatabaseAddress, path: Path, *, create: bool) -> Database:
    try:
        if not (create or path.exists()):
            raise CannotConnect(
                say("There is no database {path}.", path=address.told()),
                advice=say("Make it with “foyer database create”."),
            )
        close_database(path)
        return Database(address)
    except OSError as error:
        raise CannotConnect(
            say("The folder {folder} cannot be written: {reason}.", folder=path.parent, reason=why_disk(error)),
            advice=say("Choose another place."),
        ) from error


def _is_missing(path: Path) -> bool:
    """Tell whether there is no such file; one that cannot be looked at is there, and is told of when it is opened."""
    try:
        path.stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _open_server(address: DatabaseAddress, password: str) -> Database:
    database = Database(address, lambda: password)
    try:
        database.at_rest.read(_try)
    except ServerUnreachable as error:
        database.close()
        raise ServerUnreachable(
            say("{address} does not answer.", address=address.told()),
            advice=say("Check the address, and that the server runs."),
        ) from error
    except PosError:
        database.close()
        raise
    return database


def _try(session: Session) -> None:
    session.execute(select(1))


def open_house(
    settings: Settings, url: str, ask: AskPassword | None = None, *, password: str | None = None
) -> OpenHouse:
    """Open a box office that was made before. password: typed by a person, in the place of what is kept.

    Raises PosError with what to do; NoHouseYet where nothing was made, or nobody may manage it yet.
    """
    address = parse_address(url)
    if address.path is not None and _is_missing(address.path):
        raise NoHouseYet(
            say("There is no box office on this computer yet."),
            advice=say("Try “foyer demo”, or make one with “foyer database create”."),
        )
    database = connect(url, ask, password=password)
    try:
        # All by the line that stays: a hundred tills that are opened at once take a hundred connections.
        resting = database.at_rest
        if not has_schema(resting):
            raise NoHouseYet(  # noqa: TRY301 - the connection is closed on the way out
                say("This database has no Foyer tables yet."), advice=say("Create them with “foyer database create”.")
            )
        check_schema(resting)
        if not resting.read(has_manager):
            raise NoHouseYet(  # noqa: TRY301 - the connection is closed on the way out
                say("This box office was begun, and has no manager yet."),
                advice=say("Finish it with “foyer database create”."),
            )
        return _enter(database, settings, settings.state_folder)
    except BaseException:
        database.close()
        raise


def open_demo(
    settings: Settings,
    url: str,
    *,
    ask: AskPassword | None = None,
    on_progress: Tell | None = None,
) -> OpenHouse:
    """Open the demo box office; build it first where it is missing or its dates have passed.

    Raises PosError when the database holds anything but demo data.
    """
    database = connect(url, ask, create=True)
    try:
        identity = own_identity(settings.state_folder)
        database.place = settings.state_folder
        fresh = False
        if has_schema(database):
            try:
                check_schema(database)
                fresh = database.read(demo_is_fresh)
            except PosError:
                fresh = False
        if not fresh:
            build_demo(
                database,
                machine_key=identity.machine_key,
                till_name=settings.till_name,
                public_key=identity.public_key,
                on_progress=on_progress,
            )
        database.transact(hold_some_elsewhere)
        return _enter(database, settings, settings.state_folder)
    except BaseException:
        database.close()
        raise


def _enter(database: Database, settings: Settings, state_folder: Path) -> OpenHouse:
    identity = own_identity(state_folder)
    database.place = state_folder
    resting = database.at_rest
    till = resting.transact(register_till, identity.machine_key, settings.till_name, identity.public_key)
    found = resting.read(load_entrance, till.till_id, identity.public_key)
    choices = SignInChoices(found.house, found.staff, demo_sign_ins() if resting.read(is_demo) else (), found.language)
    return OpenHouse(database, identity, till, choices)
