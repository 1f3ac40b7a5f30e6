"""The command line: what can be asked for, and errors as one sentence."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pos_app import __version__
from pos_app.cli.privacy import close_what_is_kept
from pos_app.computer.files import keep_files_private
from pos_app.computer.settings import load_settings
from pos_app.domain.card_numbers import mask_card_numbers
from pos_app.domain.errors import PosError
from pos_app.domain.sentences import NOTHING, say
from pos_app.ui.words.language import speak
from pos_app.ui.words.sentences import spoken, spoken_error
from pos_app.ui.words.ui_locale import choose_locale, ui_locale

if TYPE_CHECKING:
    from collections.abc import Sequence


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Say it on stderr, and end."""
        told = say("{problem}; see “{command} --help”.", problem=message, command=self.prog)
        self.exit(2, f"foyer: {spoken(told)}\n")


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = _Parser(prog="foyer", description="The box office of a venue. Without a command it opens the window.")
    parser.add_argument("--version", action="version", version=f"Foyer {__version__}")
    _database_options(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    run = commands.add_parser("run", help="open the window (the same as no command)")
    _database_options(run, suppress=True)

    demo = commands.add_parser("demo", help="open the demo box office, built on this computer")
    _database_options(demo, suppress=True)

    tour = commands.add_parser("tour", help="drive the window through an evening by itself, with pictures")
    tour.add_argument("--out", type=Path, required=True, metavar="DIR", help="where pictures, PDFs and tour.json go")
    story = tour.add_mutually_exclusive_group()
    story.add_argument("--admin", action="store_true", help="set a season up instead, in an empty database")
    story.add_argument("--orders", action="store_true", help="refund, exchange and correct what was sold instead")
    story.add_argument("--customers", action="store_true", help="reserve seats and keep customers instead")
    story.add_argument(
        "--letters", action="store_true", help="send letters instead, to a mail server of the tour's own"
    )
    story.add_argument(
        "--waiting", action="store_true", help="let people wait for a sold-out evening instead, and resell tickets"
    )
    tour.add_argument("--dark", action="store_true", help="in the dark theme")
    tour.add_argument(
        "--language",
        default="",
        metavar="NAME",
        help="speak another one (de, de_AT); xx: every text in brackets, longer",
    )
    tour.add_argument("--size", default="1280x800", metavar="WxH", help="size of the window (1280x800)")
    _database_options(tour, suppress=True)

    expire = commands.add_parser("expire", help="give back the seats of holds whose time is over")
    expire.add_argument("--once", action="store_true", help="do what is due now, and end")
    _database_options(expire, suppress=True)

    send = commands.add_parser("send", help="send the letters that are due")
    send.add_argument("--once", action="store_true", help="send what is due now, and end")
    _database_options(send, suppress=True)

    database = commands.add_parser("database", help="make, upgrade or check a database")
    deeds = database.add_subparsers(dest="deed", metavar="DEED", required=True)
    create = deeds.add_parser("create", help="make the tables, the first manager, and enrol this till")
    create.add_argument("url", metavar="URL", help="mysql://user@host:3306/database, or a .db file")
    create.add_argument("--manager", metavar="NAME", help="name of the first manager (else asked for)")
    create.add_argument("--venue", metavar="NAME", default="", help="name of the house")
    create.add_argument("--time-zone", metavar="ZONE", default="Europe/London", help="its time zone (IANA name)")
    create.add_argument("--currency", metavar="CODE", default="EUR", help="its currency (ISO 4217)")
    create.add_argument(
        "--recovery-sheet",
        type=Path,
        metavar="FILE",
        help="write the recovery sheet to this new file, which only you can read (else it is shown)",
    )
    recover = deeds.add_parser("recover", help="give a manager a new password by the code of the recovery sheet")
    recover.add_argument("url", metavar="URL", help="mysql://user@host:3306/database, or a .db file")
    recover.add_argument("--manager", metavar="NAME", help="name of the manager (else asked for)")
    renew = deeds.add_parser("new-keys", help="give a house other keys whose own nobody can open: all PINs fall")
    renew.add_argument("url", metavar="URL", help="mysql://user@host:3306/database, or a .db file")
    renew.add_argument("--manager", metavar="NAME", help="name of a manager (else asked for)")
    renew.add_argument(
        "--recovery-sheet",
        type=Path,
        metavar="FILE",
        help="write the recovery sheet to this new file (else it is shown)",
    )
    for deed, words in (("upgrade", "bring the tables to this version of Foyer"), ("check", "judge a database")):
        one = deeds.add_parser(deed, help=words)
        one.add_argument("url", metavar="URL", help="mysql://user@host:3306/database, or a .db file")
        if deed == "upgrade":
            one.add_argument("--user", metavar="NAME", default="", help="an owner's account, in the place of the URL's")
    _grant_options(deeds.add_parser("grant", help="make or renew the database account of a kind of machine"))
    for one in deeds.choices.values():
        one.add_argument("--password-stdin", action="store_true", default=argparse.SUPPRESS, help=_PASSWORD_HELP)
    return parser


def _grant_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", help="mysql://OWNER@host:3306/database, of an account that may grant")
    parser.add_argument("--kind", metavar="KIND", required=True, help="what the machine is: counter, office or gate")
    parser.add_argument("--user", metavar="NAME", required=True, help="name of the account")
    parser.add_argument("--host", metavar="HOST", default="%", help="from where it may come (%%: from everywhere)")
    parser.add_argument("--also-gate", action="store_true", help="the machine lets guests in as well")
    parser.add_argument("--new-password", action="store_true", help="give an account of the house another password")
    parser.add_argument("--dry-run", action="store_true", help="print the statements, and do nothing")


_PASSWORD_HELP = "read the database password from standard input"  # noqa: S105 - a sentence


def _database_options(parser: argparse.ArgumentParser, *, suppress: bool = False) -> None:
    parser.add_argument(
        "--database",
        metavar="URL",
        default=argparse.SUPPRESS if suppress else "",
        help="a shared server: mysql://user@host:3306/database, without a password",
    )
    parser.add_argument(
        "--password-stdin",
        action="store_true",
        default=argparse.SUPPRESS if suppress else False,
        help=_PASSWORD_HELP,
    )


def run_command(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code. Errors are one sentence on stderr."""
    keep_files_private()
    _speak_as_told()
    options = make_parser().parse_args(arguments)
    try:
        close_what_is_kept(getattr(options, "url", "") or options.database)
        return _run(options)
    except PosError as error:
        print(f"foyer: {spoken_error(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - whatever it is, a person reads a sentence and not a traceback
        from pos_app.logs import report_incident, start_logging

        log = start_logging(conceal=mask_card_numbers)
        told = PosError(
            say("Something went wrong that should not have (incident {number}).", number=report_incident(error)),
            advice=say("The log {log} says more.", log=log) if log else NOTHING,
        )
        print(f"foyer: {spoken_error(told)}", file=sys.stderr)
        return 1


def _speak_as_told() -> None:
    """Speak the language of the settings, else that of this computer; what is wrong with the settings is said later."""
    try:
        chosen = load_settings().locale
    except PosError:
        chosen = os.environ.get("FOYER_LOCALE", "")
    choose_locale(chosen)
    speak(chosen or ui_locale())


def _run(options: argparse.Namespace) -> int:
    command = options.command or "run"
    if command == "tour":
        from pos_app.cli.tour import run_tour

        return run_tour(options)
    if command == "database":
        from pos_app.cli.database import run_database

        return run_database(options)
    if command == "expire":
        from pos_app.cli.expire import run_expire

        return run_expire(options)
    if command == "send":
        from pos_app.cli.send import run_send

        return run_send(options)
    from pos_app.cli.window import run_demo, run_window

    return run_demo(options) if command == "demo" else run_window(options)
