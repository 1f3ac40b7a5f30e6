"""What stands on a ticket, in words: times of the venue, and money."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import get_currency_precision, parse_pattern

from pos_app.catalogues import country_of
from pos_app.domain.codes import grouped
from pos_app.domain.currencies import exponent
from pos_app.domain.season.evenings import Evening, lasts_days
from pos_app.domain.seats import SeatKind
from pos_app.domain.tickets.faces import TicketLook

if TYPE_CHECKING:
    from pos_app.documents.tickets.captions import Captions
    from pos_app.domain.tickets.faces import TicketFace


_PLAIN_SPACE: Final = ("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")

_SIGN_OF_LETTERS: Final = re.compile(r"(?<=[^\W\d_])(?=\d)")
"""Between "CHF" and its amount, where CLDR wants a space and Babel sets none."""

_PLAIN: Final = TicketLook()


@dataclass(frozen=True, slots=True)
class TicketText:
    """Everything on one ticket as it is printed; empty where the ticket has nothing to say. code: for the QR symbol.

    date: of what lasts for days from when to when it does, and then there is no time in starts.
    """

    title: str
    venue: str
    address: str
    date: str
    starts: str
    doors: str
    zone: str
    row: str
    seat: str
    ticket: str
    price: str
    order: str
    name: str
    short_code: str
    reprint: str
    line: str
    code: str


def write_ticket(face: TicketFace, locale: str, captions: Captions, look: TicketLook = _PLAIN) -> TicketText:
    """Write a ticket in words. locale: as "en_GB" or "en-GB". look: what the house adds to all of its tickets.

    Raises babel.UnknownLocaleError or zoneinfo.ZoneInfoNotFoundError for names that do not exist.
    """
    date, starts = write_times(Evening(face.starts_at, face.ends_at, face.time_zone), locale, captions)
    place = face.place
    kinds = {
        SeatKind.WHEELCHAIR: captions.wheelchair,
        SeatKind.COMPANION: captions.companion,
        SeatKind.RESTRICTED: captions.restricted,
    }
    kind = kinds.get(place.kind, "")
    return TicketText(
        title=face.event_title,
        venue=look.sender(face.venue_name),
        address=face.venue_address,
        date=date,
        starts=starts,
        doors=write_moment(face.doors_at, face.time_zone, locale)[1] if face.doors_at else "",
        zone=place.zone,
        row=place.row,
        seat=place.number,
        ticket=" · ".join(part for part in (face.ticket_type, face.category, kind) if part),
        price="" if face.complimentary else write_money(face.price_minor, face.currency, locale),
        order=grouped(face.order_number),
        name=face.customer_name,
        short_code=grouped(face.short_code),
        reprint=captions.reprint(face.issue_count) if face.issue_count > 1 else "",
        line=look.line,
        code=face.code,
    )


@lru_cache(maxsize=1024)
def write_money(amount_minor: int, currency: str, locale: str, *, short: bool = False) -> str:
    """Write an amount with the sign of its currency, never rounded: 5200 EUR in en_GB is "€52.00".

    As many digits are shown as people of the currency are used to (CLDR), or all that the books have where there is
    something in them. short: without the digits behind the point where they are all noughts, "€52".
    """
    digits, usual = exponent(currency), 0 if short else get_currency_precision(currency)
    there = _locale(locale)
    pattern = parse_pattern(there.currency_formats["standard"].pattern)
    shown = usual if amount_minor % 10 ** max(0, digits - usual) == 0 else digits
    pattern.frac_prec = (shown, shown)
    amount = Decimal(amount_minor).scaleb(-digits)
    written = pattern.apply(amount, there, currency=currency, currency_digits=False)
    return _SIGN_OF_LETTERS.sub("\N{NO-BREAK SPACE}", written).replace(*_PLAIN_SPACE)


@lru_cache(maxsize=1024)
def write_moment(at: datetime, zone: str, locale: str) -> tuple[str, str]:
    """Return date and time of day on the venue's clock; in the hour that a clock change doubles, which of the two."""
    there = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(ZoneInfo(zone))
    wanted = _locale(locale)
    time = format_time(there, "short", locale=wanted).replace(*_PLAIN_SPACE)
    if there.utcoffset() != there.replace(fold=1 - there.fold).utcoffset():
        time = f"{time} {there.tzname()}"
    return format_date(there.date(), "full", locale=wanted), time


def write_times(evening: Evening, locale: str, captions: Captions) -> tuple[str, str]:
    """Return date and time of day of the beginning; of what lasts for days, from when to when it does, and no time."""
    if not lasts_days(*evening):
        return write_moment(evening.starts_at, evening.time_zone, locale)
    ends = (write_short_moment(at, evening.time_zone, locale) for at in (evening.starts_at, evening.ends_at) if at)
    return captions.from_to(*ends), ""


def write_short_moment(at: datetime, zone: str, locale: str) -> str:
    """Return date and time in short: "Sat, 2 May 2026, 10:00"."""
    there = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(ZoneInfo(zone))
    day = format_skeleton("yMMMEd", there.date(), locale=_locale(locale))
    return f"{day}, {write_moment(at, zone, locale)[1]}"


def _locale(name: str) -> Locale:
    return Locale.parse(country_of(name.replace("-", "_")))
