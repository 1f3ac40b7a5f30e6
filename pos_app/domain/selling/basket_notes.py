"""What a till remembers of the customer at its counter, in case it is cut off: as JSON, gone once it is settled."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.sales import PaymentMethod

if TYPE_CHECKING:
    from pos_app.domain.selling.basket import Basket

FORMAT: Final = 1
LONGEST_PLACES: Final = 400
PAID_BY: Final = ("", *PaymentMethod)
PRINTING: Final = ("", "sent", "printed")


class NoteUnreadableError(ValueError):
    """No note, or one of another version or of another box office."""


@dataclass(frozen=True, slots=True)
class NotedLine:
    """A seat of a basket, and who will sit there."""

    performance_id: int
    seat_id: int
    ticket_type_id: int

    @property
    def seat(self) -> SeatKey:
        """The seat as everybody else names it."""
        return SeatKey(self.performance_id, self.seat_id)


@dataclass(frozen=True, slots=True)
class BasketNote:
    """One customer, from the first seat that is asked for until the next customer is called.

    places: for the cashier's eyes. total_minor: what the customer was told. late: performances that are sold though
    they have begun. paying: the payment sheet that is open, one of PAID_BY. sold: the money is recorded; from then on
    only the key, the total and printing are kept. printing: one of PRINTING, before and after the printer was called.
    exchange_of: the order whose lines (exchange_lines) are exchanged for the basket, 0 for none; exchange_request: what
    it was asked for by, "" before it was. pick_up_of: the order whose reservation is open for paying under this key, 0
    for none; places is then its number.
    """

    basket_key: str
    lines: tuple[NotedLine, ...] = ()
    places: str = ""
    total_minor: int = 0
    currency: str = ""
    promo_code: str = ""
    customer_name: str = ""
    customer_id: int = 0
    """0: nobody's that is known."""
    note: str = ""
    collect: bool = False
    staff_name: str = ""
    late: tuple[int, ...] = ()
    paying: str = ""
    sold: bool = False
    printing: str = ""
    exchange_of: int = 0
    exchange_lines: tuple[int, ...] = ()
    exchange_request: str = ""
    pick_up_of: int = 0

    @property
    def concerns_money(self) -> bool:
        """Tell whether money may have changed hands."""
        return self.sold or bool(self.paying or self.exchange_request)

    @property
    def method(self) -> PaymentMethod | None:
        """How it was about to be paid, where it was and this program knows the way."""
        return next((method for method in PaymentMethod if method == self.paying), None)

    def as_sold(self) -> BasketNote:
        """Return what is kept once it is sold; nothing of the person."""
        return BasketNote(
            self.basket_key,
            places=self.places,
            total_minor=self.total_minor,
            currency=self.currency,
            sold=True,
            exchange_of=self.exchange_of,
            exchange_request=self.exchange_request,
        )

    def with_printing(self, printing: str) -> BasketNote:
        """Return the note with the printing at this stage, one of PRINTING."""
        return replace(self, printing=printing)


def note_of(basket: Basket, *, places: str, staff_name: str, late: tuple[int, ...], paying: str) -> BasketNote:
    """Return what is to be remembered of a basket. places: in the cashier's language, cut to the room of a note."""
    return BasketNote(
        basket_key=basket.key,
        lines=tuple(
            NotedLine(line.seat.performance_id, line.seat.seat_id, line.ticket_type.ticket_type_id)
            for line in basket.lines
        ),
        places=places[:LONGEST_PLACES],
        total_minor=basket.totals().total_minor,
        currency=basket.currency,
        promo_code=basket.promo.code if basket.promo is not None else "",
        customer_name=basket.customer_name,
        customer_id=basket.customer_id or 0,
        note=basket.note,
        collect=basket.collect,
        staff_name=staff_name,
        late=late,
        paying=paying,
    )


def write_note(note: BasketNote, house: str) -> bytes:
    """Return a note as it is stored. house: which box office, and which till there."""
    return json.dumps({"format": FORMAT, "house": house, **asdict(note)}).encode()


def read_note(content: bytes, house: str) -> BasketNote:
    """Read what write_note wrote. Raises NoteUnreadableError."""
    try:
        facts: dict[str, Any] = dict(json.loads(content))
        if facts.pop("format") != FORMAT or facts.pop("house") != house:
            raise NoteUnreadableError("a note of another version or of another box office")
        facts["lines"] = tuple(NotedLine(**line) for line in facts["lines"])
        facts["late"] = tuple(facts["late"])
        facts["exchange_lines"] = tuple(facts.get("exchange_lines", ()))
        note = BasketNote(**facts)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NoteUnreadableError(str(error)) from error
    _require_kinds(note)
    return note


def _require_kinds(note: BasketNote) -> None:
    """Raise NoteUnreadableError where a field holds something else than was written there."""
    ids = (*note.late, *note.exchange_lines)
    numbers = (note.total_minor, *ids, *(number for line in note.lines for number in asdict(line).values()))
    kinds = {"str": str, "bool": bool, "int": int, "tuple[int, ...]": tuple, "tuple[NotedLine, ...]": tuple}
    sound = (
        all(type(getattr(note, one.name)) is kinds[str(one.type)] for one in fields(note))
        and all(type(one) is int for one in numbers)
        and note.basket_key.isalnum()
        and (not note.exchange_request or note.exchange_request.isalnum())
        and note.paying in PAID_BY
        and note.printing in PRINTING
    )
    if not sound:
        raise NoteUnreadableError("a field of the note is of another kind")
