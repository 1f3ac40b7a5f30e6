"""`foyer database create|upgrade|check|grant`."""

from __future__ import annotations

import getpass
import os
import sys
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pos_app.cli.grant import run_grant
from pos_app.cli.passwords import password_source, question
from pos_app.cli.upgrade import run_upgrade
from pos_app.computer.identity import own_identity
from pos_app.computer.settings import load_settings
from pos_app.db.grants.own import may_make_accounts
from pos_app.db.schema.revisions import check_schema, has_schema, upgrade_schema
from pos_app.doctor import format_findings, judge_database
from pos_app.domain.errors import InvalidInput
from pos_app.domain.sentences import say
from pos_app.opening.open_house import connect
from pos_app.services.founding import Founding, found_house, has_manager
from pos_app.services.staff.passwords import hash_secret, require_sound_name, require_sound_password
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    import argparse

    from pos_app.db.database import Database

MANAGER_VARIABLE: Final = "FOYER_MANAGER_PASSWORD"


def run_database(options: argparse.Namespace) -> int:
    """Run one deed; returns the exit code."""
    if options.deed == "grant":
        return run_grant(options)
    if options.deed == "upgrade":
        return run_upgrade(options)
    ask = password_source(options)
    database = connect(options.url, ask, create=options.deed == "create")
    try:
        return _check(database) if options.deed == "check" else _create(database, options)
    finally:
        database.close()


def _check(database: Database) -> int:
    check_schema(database)
    findings = database.read(judge_database)
    print(format_findings(findings, spoken))
    return 1 if findings else 0


def _create(database: Database, options: argparse.Namespace) -> int:
    """Make the tables, the house, the first manager, and enrol this till. May be run again after it was cut short."""
    zone, currency = _sound_house(options)
    if has_schema(database):
        check_schema(database)
        if database.read(has_manager):
            raise InvalidInput(
                say("This database has a manager already."), advice=say("Open it with “foyer --database URL”.")
            )
    name, password = _ask_manager(options)
    settings = load_settings()
    identity = own_identity(settings.state_folder)
    upgrade_schema(database)
    hashed = hash_secret(password)
    house = options.venue.strip() or spoken(say("Our house"))
    till = database.transact(
        found_house,
        Founding(house, currency, zone, name, hashed, ""),
        identity.machine_key,
        settings.till_name,
        identity.public_key,
    )
    made = say(
        "Made. {manager} is the manager, and “{till}” is enrolled. Open it with “foyer --database URL”.",
        manager=name,
        till=till.name,
    )
    print(spoken(made))
    if database.read(may_make_accounts, database.address.name):
        print(spoken(say("Leave no till with this account: make those of the tills with “foyer database grant”.")))
    return 0


def _sound_house(options: argparse.Namespace) -> tuple[str, str]:
    try:
        ZoneInfo(options.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidInput(
            say("“{time_zone}” is no time zone.", time_zone=options.time_zone),
            advice=say("Write it like Europe/Paris."),
        ) from None
    currency = options.currency.strip().upper()
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise InvalidInput(
            say("“{currency}” is no currency.", currency=options.currency),
            advice=say("Write its three letters, like EUR."),
        )
    return options.time_zone, currency


def _ask_manager(options: argparse.Namespace) -> tuple[str, str]:
    """Return name and password: from --manager and FOYER_MANAGER_PASSWORD, else asked for at the terminal."""
    name, password = options.manager or "", os.environ.get(MANAGER_VARIABLE, "")
    if not (name and password) and not sys.stdin.isatty():
        raise InvalidInput(
            say("The first manager's name and password are needed."),
            advice=say(
                "Give --manager NAME and {variable}, or run it at a terminal.",
                variable=MANAGER_VARIABLE,
            ),
        )
    name = require_sound_name(name or input(question(say("Name of the first manager:"))))
    if not password:
        password = getpass.getpass(question(say("Password (8 characters or more):")))
        if getpass.getpass(question(say("The same again:"))) != password:
            raise InvalidInput(say("The two passwords differ."), advice=say("Run it again."))
    require_sound_password(password)
    return name, password
