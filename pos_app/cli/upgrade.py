"""`foyer database upgrade`: the tables, and the rights of all accounts, by an owner where a till's account may not."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Final

from pos_app.cli.passwords import password_source, question
from pos_app.db.connection.addresses import parse_address
from pos_app.db.grants.granting import renew_rights
from pos_app.db.schema.revisions import has_schema, upgrade_schema
from pos_app.domain.errors import CannotConnect, RightsMissing
from pos_app.domain.sentences import say, say_count
from pos_app.opening.open_house import connect
from pos_app.services.books import open_books
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    import argparse

    from pos_app.db.connection.addresses import DatabaseAddress
    from pos_app.db.database import Database

_NAME_AN_OWNER: Final = say(
    "Name an owner's account with --user; its password is asked for, or read by --password-stdin."
)


def run_upgrade(options: argparse.Namespace) -> int:
    """Upgrade, asking for an owner's account where the till's own may not. Raises PosError."""
    ask = password_source(options)
    address = parse_address(options.url)
    if address.embedded or not options.user:
        database = connect(options.url, ask)
    else:
        database = connect(address.url(options.user), ask, keep=False)
    try:
        return _upgrade(database)
    except RightsMissing as error:
        if options.user:
            raise
        if options.password_stdin or not sys.stdin.isatty():
            raise error.advising(_NAME_AN_OWNER) from error
        print(spoken(error.message), file=sys.stderr)
    finally:
        database.close()
    return _by_an_owner(address)


def _by_an_owner(address: DatabaseAddress) -> int:
    """Ask for an owner's name and password, which are kept nowhere, and upgrade."""
    user = input(question(say("Name of an owner's account of the database:"))).strip()
    password = getpass.getpass(question(say("Its password:")))
    database = connect(address.url(user), password=password, keep=False)
    try:
        return _upgrade(database)
    finally:
        database.close()


def _upgrade(database: Database) -> int:
    if not has_schema(database):
        raise CannotConnect(
            say("There are no Foyer tables here."), advice=say("Make them with “foyer database create”.")
        )
    upgrade_schema(database)
    database.transact(open_books)
    print(spoken(say("The tables are those of this version of Foyer.")))
    renewed = renew_rights(database)
    if renewed.renewed:
        print(
            spoken(
                say_count(
                    "The rights of {count} account were renewed: {accounts}.",
                    "The rights of {count} accounts were renewed: {accounts}.",
                    len(renewed.renewed),
                    accounts=", ".join(str(one.account) for one in renewed.renewed),
                )
            )
        )
    if renewed.gone:
        print(
            spoken(
                say_count(
                    "{count} account is not on the server any more: {accounts}.",
                    "{count} accounts are not on the server any more: {accounts}.",
                    len(renewed.gone),
                    accounts=", ".join(map(str, renewed.gone)),
                )
            )
        )
    return 0
