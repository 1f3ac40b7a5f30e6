"""What a house adds to its tickets (a logo and a line of its own, kept in the table of settings), and its samples."""

from __future__ import annotations

import json
import logging
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select

from pos_app.db.models import Setting, Venue
from pos_app.documents.setting.logo import prepare_logo
from pos_app.domain.errors import InvalidInput
from pos_app.domain.texts import clean_line
from pos_app.domain.tickets.faces import TicketLook
from pos_app.services.house.settings import load_house_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LOGO_SETTING: Final = "ticket_logo"
"""JSON: a PNG in base64."""
LINE_SETTING: Final = "ticket_line"
"""JSON: a text."""
LONGEST_LINE: Final = 120
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SampleHouse:
    """A venue on a sample ticket. time_zone: IANA name; currency: ISO 4217."""

    venue: str
    address: str
    time_zone: str
    currency: str


def load_ticket_look(session: Session) -> TicketLook:
    """Return the look of the tickets; what cannot be used is left out and logged, for tickets must be printed."""
    names = (LOGO_SETTING, LINE_SETTING)
    rows = session.execute(select(Setting.name, Setting.value).where(Setting.name.in_(names)))
    stored = {row.name: row.value for row in rows}
    line = clean_line(_text(stored.get(LINE_SETTING)), LONGEST_LINE)
    organisation = load_house_settings(session).organisation
    encoded = _text(stored.get(LOGO_SETTING))
    if not encoded:
        return TicketLook(None, line, organisation)
    try:
        return TicketLook(prepare_logo(b64decode(encoded, validate=True)), line, organisation)
    except (ValueError, InvalidInput) as error:
        _log.warning("The stored logo is left out: %s", error)
        return TicketLook(None, line, organisation)


def store_ticket_look(session: Session, logo_png: bytes | None, line: str) -> TicketLook:
    """Set logo (None: none) and line for all tickets printed from now on; the caller has checked who asks.

    Raises InvalidInput.
    """
    look = TicketLook(prepare_logo(logo_png) if logo_png else None, clean_line(line, LONGEST_LINE))
    values = {LINE_SETTING: look.line}
    if look.logo_png is not None:
        values[LOGO_SETTING] = b64encode(look.logo_png).decode("ascii")
    session.execute(delete(Setting).where(Setting.name.in_((LOGO_SETTING, LINE_SETTING))))
    session.execute(insert(Setting), [{"name": name, "value": json.dumps(value)} for name, value in values.items()])
    return look


def load_sample_house(session: Session) -> SampleHouse:
    """Return the first venue; where there is none yet, one that there could be."""
    row = session.execute(
        select(Venue.name, Venue.address, Venue.time_zone, Venue.currency)
        .where(Venue.deleted_at.is_(None))
        .order_by(Venue.id)
        .limit(1)
    ).one_or_none()
    if row is None:
        return SampleHouse("Playhouse", "1 Market Square", "UTC", load_house_settings(session).currency)
    return SampleHouse(row.name, row.address, row.time_zone, row.currency)


def _text(document: str | None) -> str:
    try:
        value = json.loads(document or '""')
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""
