"""What each placeholder of a template is filled with: the facts of a letter, written as its language does."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from babel.core import Locale
from babel.dates import get_datetime_format

from pos_app.catalogues import country_of
from pos_app.documents.letters.blocks import Code, Paragraph, Row, Rows, Stretch
from pos_app.documents.letters.words import letter_words
from pos_app.documents.tickets.words import write_moment, write_money, write_short_moment, write_times
from pos_app.domain.codes import grouped
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.placeholders import Placeholder
from pos_app.domain.season.evenings import Evening

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from pos_app.documents.letters.blocks import Block
    from pos_app.domain.letters.contents import LetterContent, LetterEvening, LetterMoney, LetterPlace

_NO_ZONE: Final = "UTC"
_IS_OVER: Final = frozenset(
    {
        LetterKind.REFUND,
        LetterKind.LAPSED,
        LetterKind.OFFER_LAPSED,
        LetterKind.WAITING_ENDED,
        LetterKind.RESOLD,
    }
)
"""Letters to somebody who does not come."""
_UNPRICED: Final = frozenset(
    {LetterKind.GIFT, LetterKind.LAPSED, LetterKind.CANCELLED, LetterKind.OFFER_LAPSED, LetterKind.RESALE_ENDED}
)
"""Letters in which what a place costs is no matter: it was given, or was never paid, or what goes back is told."""


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to tell; what a letter has not is missing. texts: within a line; lists: on lines of their own."""

    texts: Mapping[Placeholder, str]
    lists: Mapping[Placeholder, tuple[Block, ...]]


def tell(content: LetterContent) -> Told:
    """Write what a letter tells. Raises babel.UnknownLocaleError, zoneinfo.ZoneInfoNotFoundError."""
    teller = _Teller(content)
    texts = {name: text for name, text in teller.texts().items() if text}
    lists = {name: tuple(blocks) for name, blocks in teller.lists().items()}
    return Told(texts, {name: blocks for name, blocks in lists.items() if blocks})


class _Teller:
    def __init__(self, content: LetterContent) -> None:
        self._content = content
        self._locale = content.language
        self._words = letter_words(content.language)

    def texts(self) -> dict[Placeholder, str]:
        """Return what is told within a line; "" where there is nothing, or several things instead of one."""
        content = self._content
        one = content.evenings[0] if len(content.evenings) == 1 else None
        return {
            Placeholder.CUSTOMER: content.customer_name,
            Placeholder.ORGANISATION: content.organisation,
            Placeholder.ORDER: grouped(content.order_number),
            Placeholder.TITLE: self._title(),
            Placeholder.WHEN: self._when(one) if one else "",
            Placeholder.WAS: self._at(one.starts_was, one.time_zone) if one and one.starts_was else "",
            Placeholder.DOORS: self._time(one.doors_at, one.time_zone) if one and one.doors_at else "",
            Placeholder.VENUE: self._shared(evening.venue for evening in content.evenings),
            Placeholder.ADDRESS: self._shared(evening.address for evening in content.evenings),
            Placeholder.TOTAL: self._money(content.total_minor) if content.currency else "",
            Placeholder.AMOUNT: self._amount(),
            Placeholder.UNTIL: self._until(),
            Placeholder.REASON: self._reason(),
            **self._party(),
            Placeholder.COMMISSION: self._money(content.commission_minor) if content.commission_minor else "",
            Placeholder.ENTRY: self._words.entry if any(place.short_code for place in content.places) else "",
            Placeholder.LEFT_OUT: self._words.left_out(content.left_out) if content.left_out else "",
            Placeholder.SUBJECT: content.subject,
        }

    def lists(self) -> dict[Placeholder, list[Block]]:
        """Return what is told as a list; empty where there is nothing."""
        content = self._content
        # What is reserved and was moved is told with its seats: it has no tickets yet.
        moved = content.kind is LetterKind.MOVED
        with_code = [place for place in content.places if place.short_code or moved]
        return {
            Placeholder.PERFORMANCES: self._performances(content.evenings),
            Placeholder.TICKETS: self._places(with_code),
            Placeholder.SEATS: self._places(content.places),
            Placeholder.PAYMENTS: self._payments(),
            Placeholder.REFUNDS: self._refunds(),
            Placeholder.CODE: [Code(self._code())] if content.code else [],
            Placeholder.TEXT: _paragraphs(content.text),
        }

    def _party(self) -> dict[Placeholder, str]:
        """Tell of who waits on a list."""
        party = self._content.party
        if party is None:
            return {}
        return {
            Placeholder.WAITING_CODE: self._code(),
            Placeholder.PARTY: self._words.seats(party.seats),
            Placeholder.WISH: self._words.wish(party),
            Placeholder.PLACE: str(party.place) if party.place else "",
        }

    def _code(self) -> str:
        """Return a code as it is read aloud; that of an address is short enough as it is."""
        return grouped(self._content.code) if self._content.party is not None else self._content.code

    def _reason(self) -> str:
        party, evenings = self._content.party, self._content.evenings
        told = self._shared(evening.cancel_reason for evening in evenings)
        if told or party is None:
            return told
        if party.waited_until is not None and evenings:
            return self._words.waited_until(self._at(party.waited_until, evenings[0].time_zone))
        return party.reason

    def _amount(self) -> str:
        minor = sum(one.amount_minor for one in self._content.back) or self._content.expected_minor
        return self._money(minor) if minor or self._content.back else ""

    def _title(self) -> str:
        titles = list(dict.fromkeys(evening.title for evening in self._content.evenings))
        if len(titles) < 2:
            return "".join(titles)
        return self._words.and_more(titles[0], len(self._content.evenings) - 1)

    def _performances(self, evenings: Iterable[LetterEvening]) -> list[Block]:
        rows = tuple(
            Row(
                evening.title,
                self._words.cancelled if evening.is_cancelled else "",
                tuple(
                    note
                    for note in (
                        self._when(evening),
                        self._words.was_to_begin(self._at(evening.starts_was, evening.time_zone))
                        if evening.starts_was
                        else "",
                        self._words.doors_at(self._time(evening.doors_at, evening.time_zone))
                        if evening.doors_at and not evening.is_cancelled and self._content.kind not in _IS_OVER
                        else "",
                        " · ".join(part for part in (evening.venue, evening.address) if part),
                    )
                    if note
                ),
            )
            for evening in evenings
        )
        return [Rows(rows)] if rows else []

    def _places(self, places: Iterable[LetterPlace]) -> list[Block]:
        """List places by performance; the performance stands above them where there are several."""
        evenings = {evening.performance_id: evening for evening in self._content.evenings}
        return [
            Rows(
                tuple(
                    Row(
                        self._words.place(place.place),
                        self._price(place),
                        tuple(
                            filter(None, (" · ".join(part for part in (place.ticket_type, place.category) if part),))
                        ),
                        grouped(place.short_code),
                    )
                    for place in those
                ),
                self._caption(evenings[performance_id]) if len(evenings) > 1 and performance_id in evenings else "",
            )
            for performance_id, those in groupby(places, lambda place: place.performance_id)
        ]

    def _price(self, place: LetterPlace) -> str:
        unpriced = self._content.kind in _UNPRICED or not self._content.currency
        if unpriced:
            return ""
        if self._content.kind is LetterKind.OFFER:
            return self._words.priced_from(self._money(place.price_minor)) if place.price_minor else ""
        return self._money(place.price_minor)

    def _payments(self) -> list[Block]:
        content = self._content
        if not content.currency or not any(money.amount_minor for money in content.paid):
            return []
        rows = [Row(self._words.fees, self._money(content.fee_minor))] if content.fee_minor else []
        if content.kind is not LetterKind.EXCHANGE:
            rows.append(Row(self._words.total, self._money(content.total_minor)))
        rows += [self._paid(money) for money in content.paid if money.amount_minor]
        return [Rows(tuple(rows), is_sum=True)]

    def _paid(self, money: LetterMoney) -> Row:
        lead = self._words.to_pay() if money.is_due else self._words.paid(money.method)
        return Row(lead, self._money(money.amount_minor))

    def _refunds(self) -> list[Block]:
        rows = tuple(
            Row(
                self._words.back(money.method),
                self._money(money.amount_minor),
                tuple(filter(None, (self._words.arrives(money.method, is_due=money.is_due),))),
            )
            for money in self._content.back
            if money.amount_minor
        )
        return [Rows(rows)] if rows else []

    def _until(self) -> str:
        content = self._content
        zone = content.evenings[0].time_zone if content.evenings else _NO_ZONE
        return self._at(content.release_at, zone) if content.release_at else ""

    def _caption(self, evening: LetterEvening) -> str:
        return f"{evening.title} · {write_short_moment(evening.starts_at, evening.time_zone, self._locale)}"

    def _when(self, evening: LetterEvening) -> str:
        date, time = write_times(
            Evening(evening.starts_at, evening.ends_at, evening.time_zone), self._locale, self._words.captions
        )
        return self._joined(date, time) if time else date

    def _at(self, at: datetime, zone: str) -> str:
        return self._joined(*write_moment(at, zone, self._locale))

    def _time(self, at: datetime, zone: str) -> str:
        return write_moment(at, zone, self._locale)[1]

    def _joined(self, date: str, time: str) -> str:
        """Write date and time together, as people of the language do."""
        pattern = get_datetime_format("medium", locale=Locale.parse(country_of(self._locale.replace("-", "_"))))
        return str(pattern).replace("'", "").format(time, date)

    def _money(self, amount_minor: int) -> str:
        return write_money(amount_minor, self._content.currency, self._locale)

    @staticmethod
    def _shared(texts: Iterable[str]) -> str:
        """Return what all say alike; "" where they differ."""
        said = set(texts)
        return said.pop() if len(said) == 1 else ""


def _paragraphs(text: str) -> list[Block]:
    """Return what a person typed: paragraphs parted by empty lines, and nothing in it read as a template."""
    parts = [[line.strip() for line in part.split("\n") if line.strip()] for part in text.split("\n\n")]
    return [Paragraph(tuple((Stretch(line, is_fact=True),) for line in lines)) for lines in parts if lines]
