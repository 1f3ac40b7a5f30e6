"""How the house sends its letters: read and changed as one document in the table of settings."""

from __future__ import annotations

import ipaddress
import json
from contextlib import suppress
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, select, update

from pos_app.db.models import Setting
from pos_app.domain.customers.contact import LONGEST_EMAIL, email_key
from pos_app.domain.editing import FieldProblems, require_unchanged
from pos_app.domain.letters.servers import is_this_computer
from pos_app.domain.letters.settings import (
    LARGEST_LETTER_BYTES,
    LONGEST_LAPSE_HOURS,
    LONGEST_PACE_SECONDS,
    SMALLEST_LETTER_BYTES,
    MailSecurity,
    MailSettings,
)
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.services.audit import record
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

MAIL_SETTING: Final = "letters"
LONGEST_SERVER: Final = 253
LONGEST_USER: Final = 200
LONGEST_SENDER: Final = 120
_STORED = select(Setting.value).where(Setting.name == MAIL_SETTING)


def load_mail_settings(session: Session) -> MailSettings:
    """Return how letters are sent; what is missing or cannot be read is as in a new house, which sends none."""
    return _read(session.execute(_STORED).scalar_one_or_none())


def save_mail_settings(session: Session, actor: Actor, before: MailSettings, wanted: MailSettings) -> MailSettings:
    """Decide anew, for every till from its next letter on. May be repeated.

    Raises NotPermitted, FieldRefused, ChangedMeanwhile.
    """
    require(session, actor, Permission.MANAGE)
    wanted = sound_mail_settings(wanted)
    value = session.execute(_STORED.with_for_update()).scalar_one_or_none()
    now = _read(value)
    if now == wanted:
        return now
    require_unchanged(before, now)
    document = json.dumps(asdict(wanted), ensure_ascii=False)
    if value is None:
        session.execute(insert(Setting).values(name=MAIL_SETTING, value=document))
    else:
        session.execute(update(Setting).where(Setting.name == MAIL_SETTING).values(value=document))
    record(session, actor, "mail_settings_changed", before=asdict(now), after=asdict(wanted))
    return wanted


def sound_mail_settings(wanted: MailSettings) -> MailSettings:
    """Return the settings with their texts cleaned, those of addresses as they are written. Raises FieldRefused."""
    problems = FieldProblems()
    cleaned = replace(
        wanted,
        server=clean_line(wanted.server, LONGEST_SERVER + 1).rstrip("."),
        user=clean_line(wanted.user, LONGEST_USER + 1),
        sender_name=clean_line(wanted.sender_name, LONGEST_SENDER + 1),
        sender_address=clean_line(wanted.sender_address, LONGEST_EMAIL + 1),
        reply_to=clean_line(wanted.reply_to, LONGEST_EMAIL + 1),
        seconds_between=float(wanted.seconds_between),
    )
    _judge_server(cleaned, problems)
    _judge_addresses(cleaned, problems)
    _judge_numbers(cleaned, problems)
    problems.refuse_card_numbers(user=cleaned.user, sender_name=cleaned.sender_name)
    problems.require_none()
    return cleaned


def _judge_server(wanted: MailSettings, problems: FieldProblems) -> None:
    if wanted.server and not _is_host(wanted.server):
        problems.add("server", say("Type the name of the mail server alone, like “mail.example.org”."))
    if not 1 <= wanted.port <= 65535:
        problems.add("port", say("From 1 to 65535."))
    if wanted.security is MailSecurity.NONE and wanted.server and not is_this_computer(wanted.server):
        problems.add("security", say("Letters go unprotected to a server on this very computer alone."))
    if len(wanted.user) > LONGEST_USER:
        problems.add("user", say("That name is too long ({longest} letters at the most).", longest=LONGEST_USER))


def _judge_addresses(wanted: MailSettings, problems: FieldProblems) -> None:
    if len(wanted.sender_name) > LONGEST_SENDER:
        problems.add(
            "sender_name", say("That name is too long ({longest} letters at the most).", longest=LONGEST_SENDER)
        )
    if wanted.server and not wanted.sender_address:
        problems.add("sender_address", say("Type the address that letters come from."))
    if wanted.sender_address and not _is_sender(wanted.sender_address):
        problems.add(
            "sender_address", say("Type an address like “tickets@example.org”, in plain letters before the @.")
        )
    if wanted.reply_to and not email_key(wanted.reply_to):
        problems.add("reply_to", say("This is no e-mail address. Type one like “tickets@example.org”, or none."))


def _judge_numbers(wanted: MailSettings, problems: FieldProblems) -> None:
    if not SMALLEST_LETTER_BYTES <= wanted.most_bytes <= LARGEST_LETTER_BYTES:
        problems.add(
            "most_bytes",
            say(
                "From {fewest} to {most} MB.",
                fewest=SMALLEST_LETTER_BYTES // 1_000_000,
                most=LARGEST_LETTER_BYTES // 1_000_000,
            ),
        )
    if not 0 <= wanted.seconds_between <= LONGEST_PACE_SECONDS:
        problems.add("seconds_between", say("From 0 to {most} seconds.", most=LONGEST_PACE_SECONDS))
    if not 0 <= wanted.lapse_hours <= LONGEST_LAPSE_HOURS:
        problems.add("lapse_hours", say("From 0 (no letter) to {most} hours.", most=LONGEST_LAPSE_HOURS))


def _is_host(server: str) -> bool:
    with suppress(ValueError):
        return bool(ipaddress.ip_address(server.strip("[]")))
    # Every name of a net's computer is a domain that an address could stand at, or one word of the own net.
    return bool(email_key(f"a@{server}") or email_key(f"a@{server}.example"))


def _is_sender(address: str) -> bool:
    """Tell whether any server can send for an address: few take one with other letters before its @."""
    return bool(email_key(address)) and address.rpartition("@")[0].isascii()


def _read(document: str | None) -> MailSettings:
    usual = asdict(MailSettings())
    try:
        stored: Any = json.loads(document or "{}")
    except ValueError:
        stored = {}
    if isinstance(stored, dict):
        if type(stored.get("seconds_between")) is int:
            stored["seconds_between"] = float(stored["seconds_between"])
        with suppress(ValueError, KeyError):
            usual["security"] = MailSecurity(stored.pop("security"))
        usual.update({name: value for name, value in stored.items() if type(value) is type(usual.get(name))})
    return MailSettings(**usual)
