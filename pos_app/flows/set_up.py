"""Setting a box office up, step by step: look at the database, make or upgrade it, and keep how to get there.

Each step may be repeated after it was cut off: what is made stays made, and is found by the next look.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pos_app.computer.credentials import save_secret
from pos_app.computer.identity import own_identity
from pos_app.computer.settings_file import write_settings
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.grants.granting import renew_rights
from pos_app.db.grants.own import may_make_accounts
from pos_app.db.probe.probing import create_database, probe_database
from pos_app.db.schema.revisions import check_schema, foreign_table, has_schema, upgrade_schema
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import CannotConnect, RightsMissing, SchemaMismatch
from pos_app.domain.house.setup import DatabaseFound, DatabaseState, Made, SetupRefused, Trouble, sound_account
from pos_app.domain.house.stopping import Stop
from pos_app.domain.sentences import Sentence, say
from pos_app.domain.staff.recovery import new_recovery_code
from pos_app.flows.enrol_till import join_by_manager
from pos_app.flows.founding_keys import keep_new_keys, with_keys
from pos_app.flows.sign_in import recognise
from pos_app.flows.sound_drafts import founding_of, sound_till_name
from pos_app.services.books import open_books
from pos_app.services.founding import found_house, has_manager
from pos_app.services.staff.entrance import load_house_name
from pos_app.services.tills.registering import free_till_name, join_till, may_enrol_here

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pos_app.domain.house.setup import HouseDraft, JoinDraft, OwnerAccount, ServerAccount
    from pos_app.domain.sentences import Sentence

    Tell = Callable[[Sentence], None]


@dataclass(frozen=True, slots=True)
class ThisComputer:
    """Where this computer keeps its things. embedded_url: of the database that it would have to itself."""

    state_folder: Path
    settings_file: Path
    embedded_url: str


def look(place: ThisComputer, account: ServerAccount | None, stop: Stop) -> DatabaseFound:
    """Look at a server, or (None) at the embedded database. Raises SetupRefused, PosError."""
    if account is not None:
        account = sound_account(account)
        found = probe_database(account, stop)
        stop.check()
        if found.state is not DatabaseState.HOUSE:
            return found
    else:
        path = parse_address(place.embedded_url).path
        if path is None or not path.exists():
            return DatabaseFound(DatabaseState.EMPTY)
        found = DatabaseFound(DatabaseState.HOUSE)
    with opened(place, account) as database:
        try:
            if not has_schema(database):
                _refuse_what_is_no_foyer(database)
                return replace(found, state=DatabaseState.EMPTY)
            check_schema(database)
        except SchemaMismatch as error:
            if not error.upgradable:
                raise SetupRefused(error.message, advice=error.advice, trouble=Trouble.NEWER) from error
            return replace(found, state=DatabaseState.OLDER)
        if not database.read(has_manager):
            return replace(found, state=DatabaseState.UNFINISHED)
        return replace(found, house=database.read(load_house_name))


def make_database(place: ThisComputer, account: ServerAccount, stop: Stop) -> DatabaseFound:
    """Make the database that is missing on a server, and look at it. Raises SetupRefused."""
    create_database(account, stop)
    return look(place, account, stop)


def upgrade(
    place: ThisComputer, account: ServerAccount | None, tell: Tell, owner: OwnerAccount | None = None
) -> DatabaseFound:
    """Bring an older schema to this program's, and renew the rights of all accounts of the house.

    owner: who does it, in the place of the account of this computer; None: that one. Raises OthersAtWork (a PosError),
    RightsMissing, CannotConnect, ServerUnreachable.
    """
    tell(say("Changing the tables; this may take some minutes"))
    by = account if account is None or owner is None else replace(account, user=owner.user, password=owner.password)
    with opened(place, by) as database:
        try:
            upgrade_schema(database)
            database.transact(open_books)
            renew_rights(database)
        except RightsMissing as error:
            if owner is not None:
                raise
            raise error.advising(say("Type the account of an owner of the database, and its password.")) from error
    tell(say("Looking at what is there now"))
    return look(place, account, Stop())


def make_house(place: ThisComputer, account: ServerAccount | None, draft: HouseDraft, tell: Tell) -> Made:
    """Make the tables, the house, its first manager and this till, and keep how to get there.

    Raises FieldRefused naming fields of the draft, and what keeps the database from being made.
    """
    founding, till_name = founding_of(draft)
    identity = own_identity(place.state_folder)
    tell(say("Making the tables"))
    with opened(place, account) as database:
        upgrade_schema(database)
        tell(say("Making the house and its first manager"))
        code = new_recovery_code()
        founding = with_keys(founding, draft.password, code)
        till = database.transact(found_house, founding, identity.machine_key, till_name, identity.public_key)
        notes = keep_new_keys(database, founding)
        may_grant = _may_grant(database)
    tell(say("Keeping the settings"))
    made = Made(
        "", till.name, enrolled=True, may_grant=may_grant, house=founding.house, recovery_code=code, notes=notes
    )
    return keep_way(place, account, made, wanted=till_name)


def join_house(place: ThisComputer, account: ServerAccount | None, draft: JoinDraft, tell: Tell) -> Made:
    """Make this computer a till of a house that is there; enrol it where a manager gives name and password.

    Raises FieldRefused, SignInRefused, NotPermitted (the person is no manager), HouseKeyNeeded; no till is made then.
    """
    till_name = sound_till_name(draft.till_name)
    identity = own_identity(place.state_folder)
    tell(say("Making this computer a till"))
    with opened(place, account) as database:
        # Another till's number is not taken in silence for the next one: whoever sets it up says which it is.
        free = database.read(free_till_name, identity.machine_key, till_name)
        if free != till_name:
            told = say("Another till is called “{name}” already. “{free}” is free.", name=till_name, free=free)
            raise FieldRefused({"till_name": told})
        try:
            if draft.manager.strip() or draft.password:
                # Who it is comes first: a refused join leaves no till behind, for its name may be mended too.
                manager = recognise(database, draft.manager, draft.password)
                till = join_by_manager(database, manager, draft.password, till_name, identity, place.state_folder)
            else:
                till = database.transact(join_till, identity.machine_key, till_name, identity.public_key)
        except RightsMissing as error:
            raise error.advising(
                say("Connect with the account of an owner or of the office: a till is made and enrolled by these.")
            ) from error
        may_grant = _may_grant(database)
        may_enrol = database.read(may_enrol_here)
    tell(say("Keeping the settings"))
    made = Made("", till.name, enrolled=till.key_id is not None, may_enrol=may_enrol, may_grant=may_grant)
    return keep_way(place, account, made, wanted=till_name)


def _refuse_what_is_no_foyer(database: Database) -> None:
    """Leave a database alone that holds something else; on a server the probe has looked already."""
    other = foreign_table(database)
    if other:
        raise SetupRefused(
            say("This file holds something else, for example a table “{table}”.", table=other[:40])
            if database.embedded
            else say("This database holds something else, for example a table “{table}”.", table=other[:40]),
            advice=say("Foyer needs one of its own: name another one."),
            trouble=Trouble.SOMETHING_ELSE,
        )


def keep_way(place: ThisComputer, account: ServerAccount | None, made: Made, *, wanted: str) -> Made:
    """Write down how to get there; what cannot be kept is a note, for the house stands all the same."""
    notes = list(made.notes)
    if made.till_name != wanted:
        notes.append(say("This till is called “{name}”; a manager may rename it.", name=made.till_name))
    if account is None:
        url, password, kept_address = place.embedded_url, None, ""
        if parse_address(url).path != place.state_folder / "foyer.db":
            kept_address = url
    else:
        account = sound_account(account)
        url, password = account.url(), account.password
        kept_address = url
        if not save_secret(parse_address(url).credential_name(), password):
            notes.append(say("This computer has no keyring to keep the password in: Foyer asks for it at each start."))
    try:
        write_settings(place.settings_file, {"database": kept_address, "till_name": made.till_name})
    except CannotConnect as error:
        notes.append(
            say(
                "{problem} {advice} Until then Foyer asks at each start how to connect.",
                problem=error.message,
                advice=error.advice,
            )
        )
    notes += [
        say("The variable {name} is set on this computer, and comes before what was kept now.", name=name)
        for name in ("FOYER_DATABASE", "FOYER_TILL_NAME")
        if name in os.environ
    ]
    return replace(made, url=url, password=password, notes=tuple(notes))


@contextmanager
def opened(place: ThisComputer, account: ServerAccount | None) -> Iterator[Database]:
    """Open the database; what goes wrong is told in the words of the program. Raises CannotConnect."""
    password = account.password if account is not None else ""
    url = sound_account(account).url() if account is not None else place.embedded_url
    try:
        database = Database(parse_address(url), lambda: password)
        database.place = place.state_folder
    except OSError as error:
        raise CannotConnect(
            say(
                "Foyer cannot keep its files in {folder}: {reason}.",
                folder=place.state_folder,
                reason=str(error.strerror),
            ),
            advice=say("Check the rights of this folder, or name another one with FOYER_STATE."),
        ) from error
    try:
        yield database
    finally:
        database.close()


def _may_grant(database: Database) -> bool:
    return database.read(may_make_accounts, database.address.name)
