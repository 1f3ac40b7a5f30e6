"""The recovery sheet at the terminal: handed out once, and used when every manager's password is lost."""

from __future__ import annotations

import getpass
import os
import sys
from typing import TYPE_CHECKING, Final

from pos_app.cli.passwords import MANAGER_VARIABLE, ask_new_password, question
from pos_app.computer.files import write_whole
from pos_app.computer.settings import load_settings
from pos_app.db.schema.revisions import check_schema
from pos_app.domain.errors import CannotConnect, InvalidInput
from pos_app.domain.sentences import say
from pos_app.domain.staff.recovery import recovery_sheet
from pos_app.flows.founding_keys import recover, replace_keys
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from pos_app.db.database import Database

CODE_VARIABLE: Final = "FOYER_RECOVERY_CODE"


def require_free(file: Path) -> None:
    """See that nothing is overwritten, before anything is made. Raises InvalidInput."""
    if file.exists():
        raise InvalidInput(say("There is a file {file} already.", file=file), advice=say("Name another one."))


def hand_out(house: str, code: str, file: Path | None) -> None:
    """Write the sheet to a file that only its user can read, or show it; what cannot be written is shown, too."""
    lines = [spoken(line) for line in recovery_sheet(house, code)]
    if file is not None:
        try:
            write_whole(file, ("\n\n".join(lines) + "\n").encode())
        except OSError as error:
            told = say("The file {file} cannot be written: {reason}.", file=file, reason=str(error.strerror))
            print(spoken(told), file=sys.stderr)
        else:
            print(spoken(say("The recovery sheet is in {file}: print it, and remove it.", file=file)))
            return
    print()
    print("\n".join(lines))


def run_recovery(database: Database, options: argparse.Namespace) -> int:
    """Ask for the code, a manager's name and a new password, and give it to that manager."""
    check_schema(database)
    code, name, password = _answers(options)
    database.place = load_settings().state_folder
    found = recover(database, code, name, password)
    print(spoken(say("{name} signs in with the new password from now on.", name=found)))
    return 0


def run_new_keys(database: Database, options: argparse.Namespace) -> int:
    """Ask for a manager's name and password, and give the house other keys."""
    check_schema(database)
    if options.recovery_sheet is not None:
        require_free(options.recovery_sheet)
    name, password = options.manager or "", os.environ.get(MANAGER_VARIABLE, "")
    if not (name and password) and not sys.stdin.isatty():
        raise CannotConnect(
            say("A manager's name and password are needed."),
            advice=say("Give --manager NAME and {password}, or run it at a terminal.", password=MANAGER_VARIABLE),
        )
    name = name or input(question(say("Name of the manager:")))
    password = password or getpass.getpass(question(say("Password:")))
    database.place = load_settings().state_folder
    house, code = replace_keys(database, name, password)
    print(spoken(say("The house has other keys. All PINs are gone: set them anew under Manage, Staff.")))
    print(spoken(say("At every till and gate a manager signs in once with the password.")))
    hand_out(house, code, options.recovery_sheet)
    return 0


def _answers(options: argparse.Namespace) -> tuple[str, str, str]:
    """Return code, name and password: from the environment and --manager, else asked for at the terminal."""
    code, name = os.environ.get(CODE_VARIABLE, ""), options.manager or ""
    password = os.environ.get(MANAGER_VARIABLE, "")
    if not (code and name and password) and not sys.stdin.isatty():
        raise CannotConnect(
            say("The code of the recovery sheet, a manager's name and a new password are needed."),
            advice=say(
                "Give {code}, --manager NAME and {password}, or run it at a terminal.",
                code=CODE_VARIABLE,
                password=MANAGER_VARIABLE,
            ),
        )
    code = code or getpass.getpass(question(say("Code of the recovery sheet:")))
    name = name or input(question(say("Name of the manager:")))
    return code, name, password or ask_new_password()
