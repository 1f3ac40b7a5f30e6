"""`foyer database create|upgrade|check|grant|recover|new-keys`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from pos_app.cli.grant import run_grant
from pos_app.cli.passwords import MANAGER_VARIABLE, ask_new_password, password_source, question
from pos_app.cli.recovery import hand_out, require_free, run_new_keys, run_recovery
from pos_app.cli.upgrade import run_upgrade
from pos_app.computer.identity import own_identity
from pos_app.computer.settings import load_settings
from pos_app.db.grants.own import may_make_accounts
from pos_app.db.probe.connections import count_connections
from pos_app.db.schema.revisions import check_schema, has_schema, upgrade_schema
from pos_app.doctor import format_findings, judge_database
from pos_app.domain.card_numbers import refuse_card_number
from pos_app.domain.errors import InvalidInput
from pos_app.domain.local_times import require_zone
from pos_app.domain.money import require_currency
from pos_app.domain.sentences import say
from pos_app.domain.staff.recovery import new_recovery_code
from pos_app.domain.texts import clean_line
from pos_app.flows.founding_keys import keep_new_keys, with_keys
from pos_app.opening.open_house import connect
from pos_app.services.founding import Founding, found_house, has_manager
from pos_app.services.staff.passwords import hash_secret, require_sound_name, require_sound_password
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from pos_app.domain.house.connections import Connections

LONGEST_NAME: Final = 120
"""Of the house, as in the window."""


def run_database(options: argparse.Namespace) -> int:
    """Run one deed; returns the exit code."""
    if options.deed == "grant":
        return run_grant(options)
    if options.deed == "upgrade":
        return run_upgrade(options)
    ask = password_source(options)
    # Whoever does this may be an owner of the database: nothing of that account stays here.
    database = connect(options.url, ask, create=options.deed == "create", keep=False)
    try:
        if options.deed == "check":
            return _check(database)
        if options.deed == "recover":
            return run_recovery(database, options)
        if options.deed == "new-keys":
            return run_new_keys(database, options)
        return _create(database, options)
    finally:
        database.close()


def _check(database: Database) -> int:
    check_schema(database)
    findings = database.read(judge_database)
    print(format_findings(findings, spoken))
    if not database.embedded:
        print(spoken(database.read(_count_connections).told()))
    return 1 if findings else 0


def _count_connections(session: Session) -> Connections:
    return count_connections(lambda question: session.execute(text(question)).one(), has_house=True)


def _create(database: Database, options: argparse.Namespace) -> int:
    """Make the tables, the house, the first manager, and enrol this till. May be run again after it was cut short."""
    zone, currency = require_zone(options.time_zone), require_currency(options.currency)
    named = clean_line(options.venue, LONGEST_NAME)
    refuse_card_number(named, "house")
    if has_schema(database):
        check_schema(database)
        if database.read(has_manager):
            raise InvalidInput(
                say("This database has a manager already."), advice=say("Open it with “foyer --database URL”.")
            )
    name, password = _ask_manager(options)
    settings = load_settings()
    identity = own_identity(settings.state_folder)
    sheet: Path | None = options.recovery_sheet
    if sheet is not None:
        require_free(sheet)
    upgrade_schema(database)
    house = named or spoken(say("Our house"))
    code = new_recovery_code()
    founding = with_keys(Founding(house, currency, zone, name, hash_secret(password), ""), password, code)
    database.place = settings.state_folder
    till = database.transact(found_house, founding, identity.machine_key, settings.till_name, identity.public_key)
    made = say(
        "Made. {manager} is the manager, and “{till}” is enrolled. Open it with “foyer --database URL”.",
        manager=name,
        till=till.name,
    )
    print(spoken(made))
    for note in keep_new_keys(database, founding):
        print(spoken(note), file=sys.stderr)
    hand_out(house, code, sheet)
    if database.read(may_make_accounts, database.address.name):
        print(spoken(say("Leave no till with this account: make those of the tills with “foyer database grant”.")))
    return 0


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
        return name, ask_new_password()
    require_sound_password(password)
    return name, password
