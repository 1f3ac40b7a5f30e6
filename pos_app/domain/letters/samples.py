"""Letters about nobody: for the preview beside a template. Their codes open no door."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from pos_app.domain.currencies import exponent
from pos_app.domain.letters.contents import LetterContent, LetterEvening, LetterMoney, LetterParty, LetterPlace
from pos_app.domain.letters.kinds import OF_RESALE, OF_WAITING, LetterKind
from pos_app.domain.seats import Place
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.domain.tickets.samples import TITLE

_EVENING: Final = 1
_BEGINS: Final = datetime(2027, 3, 6, 19, 30)  # noqa: DTZ001 - UTC, as the server tells it
_SEATS: Final = ("11", "12")
_TEXT: Final = (
    "The orchestra has fallen ill, and the singers will be accompanied by a piano tonight.\n\n"
    "We promise you a fine evening all the same."
)
_GIVES_BACK: Final = frozenset({LetterKind.REFUND, LetterKind.CANCELLED, LetterKind.EXCHANGE})
_CALLED_OFF: Final = "The stage was flooded."
_FULL: Final = "All seats are taken, and none will come back."
_CODE: Final = "SAMP33"
_PARTY: Final = LetterParty(2, 3, ("A", "B"), ("Stalls", "Circle"))


def sample_content(
    kind: LetterKind,
    language: str,
    *,
    organisation: str = "Playhouse",
    venue: str = "Playhouse",
    address: str = "1 Market Square",
    time_zone: str = "UTC",
    currency: str = "EUR",
) -> LetterContent:
    """Return what a letter of a kind could tell, in a locale; everything that the kind can tell is there."""
    unit = 10 ** exponent(currency)
    evening = LetterEvening(
        _EVENING,
        TITLE,
        venue,
        address,
        _BEGINS,
        _BEGINS + timedelta(hours=3),
        _BEGINS - timedelta(minutes=45),
        time_zone,
    )
    places = tuple(
        LetterPlace(_EVENING, Place("Stalls", "C", number), "A", "Adult", 48 * unit, f"SAMPLE22{at + 2}2")
        for at, number in enumerate(_SEATS)
    )
    about_order = LetterContent(
        letter_id=1,
        kind=kind,
        language=language,
        organisation=organisation,
        customer_name="Anna Novak",
        order_number="SAMPLE22",
        currency=currency,
        evenings=(evening,),
        places=places,
        total_minor=98 * unit,
        fee_minor=2 * unit,
        paid=(LetterMoney(PaymentMethod.CARD, 98 * unit),),
    )
    if kind in OF_WAITING:
        return _of_waiting(about_order)
    return _of_resale(about_order, unit) if kind in OF_RESALE else _of_kind(about_order, unit)


def _of_kind(content: LetterContent, unit: int) -> LetterContent:
    """Return a letter as its kind has it."""
    evening, kind = content.evenings[0], content.kind
    if kind in _GIVES_BACK:
        content = replace(content, back=(LetterMoney(PaymentMethod.CARD, 96 * unit, is_due=True),))
    match kind:
        case LetterKind.RESERVATION | LetterKind.LAPSE_SOON | LetterKind.LAPSED:
            until = evening.starts_at - timedelta(hours=2)
            return replace(content, places=_without_codes(content.places), paid=(), release_at=until)
        case LetterKind.EXCHANGE:
            money = LetterMoney(PaymentMethod.CARD, 10 * unit, is_due=True)
            return replace(content, paid=(), total_minor=0, fee_minor=0, back=(money,))
        case LetterKind.REFUND:
            return replace(content, places=_without_codes(content.places), paid=())
        case LetterKind.CANCELLED:
            called_off = replace(evening, is_cancelled=True, cancel_reason=_CALLED_OFF)
            return replace(content, evenings=(called_off,), places=_without_codes(content.places), paid=())
        case LetterKind.MOVED:
            return replace(content, evenings=(replace(evening, starts_was=evening.starts_at - timedelta(days=7)),))
        case LetterKind.NOTE:
            return replace(content, places=(), paid=(), subject="About your evening with us", text=_TEXT)
        case LetterKind.VERIFICATION | LetterKind.TEST:
            nothing = replace(content, evenings=(), places=(), paid=(), order_number="", currency="", total_minor=0)
            return replace(nothing, fee_minor=0, code="482913" if kind is LetterKind.VERIFICATION else "")
        case _:
            return content


def _of_waiting(content: LetterContent) -> LetterContent:
    """Return a letter to a party that waits. The price of a place is the least that somebody pays for it."""
    (evening,) = content.evenings
    moved = replace(evening, starts_was=evening.starts_at - timedelta(days=7))
    until = evening.starts_at - timedelta(days=2)
    places = tuple(replace(place, ticket_type="", short_code="") for place in content.places)
    content = replace(content, order_number="", paid=(), total_minor=0, fee_minor=0, code=_CODE, release_at=until)
    match content.kind:
        case LetterKind.WAITING:
            return replace(content, party=_PARTY, evenings=(moved,), places=())
        case LetterKind.OFFER:
            return replace(content, party=_PARTY, evenings=(moved,), places=places)
        case LetterKind.WAITING_ENDED:
            return replace(content, party=replace(_PARTY, reason=_FULL), places=())
        case _:
            return replace(content, party=_PARTY, places=places)


def _of_resale(content: LetterContent, unit: int) -> LetterContent:
    """Return a letter about tickets on resale, of which the house keeps a tenth."""
    content = replace(content, places=_without_codes(content.places), paid=(), total_minor=0, fee_minor=0)
    commission, back = 960 * unit // 100, 9600 * unit // 100 - 960 * unit // 100
    match content.kind:
        case LetterKind.RESALE:
            return replace(content, commission_minor=commission, expected_minor=back)
        case LetterKind.RESOLD:
            money = LetterMoney(PaymentMethod.CARD, back, is_due=True)
            return replace(content, commission_minor=commission, back=(money,))
        case _:
            return content


def _without_codes(places: tuple[LetterPlace, ...]) -> tuple[LetterPlace, ...]:
    return tuple(replace(place, short_code="") for place in places)
