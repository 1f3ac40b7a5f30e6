"""What a refund comes to, and whether a manager has to allow it: the same for who looks and for who does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from pos_app.db.models import Refund
from pos_app.domain.card_numbers import refuse_card_number
from pos_app.domain.errors import InvalidInput, OrderChanged, RefundRefused
from pos_app.domain.orders.changes import TAKEN_FROM_PAYMENTS
from pos_app.domain.orders.refunds import LONGEST_REASON, LONGEST_REFERENCE
from pos_app.domain.payments.giving_back import WAYS_BACK, goes_another_way, needs_a_way, needs_reference, split_back
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import Money, say, say_count
from pos_app.domain.texts import clean_line
from pos_app.services.house.settings import load_house_settings
from pos_app.services.orders.live_lines import choose_lines
from pos_app.services.payments.refunds import load_payments

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.orders.refunds import RefundAsk
    from pos_app.domain.payments.giving_back import RefundPart
    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.sales import PaymentMethod
    from pos_app.domain.sentences import Sentence
    from pos_app.services.orders.ledger import EndedLine
    from pos_app.services.orders.live_lines import LiveLine

_NO_REFERENCE: Final = say("The card refund has no reference. Type the approval number or the last four digits.")


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a refund comes to. why: all there is to know; limit: of that, what the limit of the house says.

    needs_way: what was paid elsewhere goes another way.
    """

    lines: tuple[LiveLine, ...]
    amount_minor: int
    parts: tuple[RefundPart, ...]
    needs_approval: bool
    why: tuple[Sentence, ...]
    limit: tuple[Sentence, ...]
    needs_way: bool

    @property
    def used(self) -> tuple[int, ...]:
        """Return the lines whose tickets somebody came in with."""
        return tuple(line.line_id for line in self.lines if line.is_used)


def weigh_refund(session: Session, ask: RefundAsk, number: str, currency: str) -> Weighed:
    """Tell what a refund comes to, as its order stands.

    Raises RefundRefused where nothing is chosen, where a line cannot be given back (any more), or where less is left of
    what was paid; InvalidInput where a till cannot give money back this way.
    """
    require_way(ask.way)
    lines = choose_lines(session, ask, number)
    amount = sum(line.brought_minor for line in lines)
    payments = load_payments(session, ask.order_id)
    parts = split_back(payments, amount, ask.way)
    limit = tell_limit(session, ask.order_id, amount, currency)
    asking = [
        *_tell_door(lines),
        *limit,
        *([say("The money goes back another way than it came.")] if goes_another_way(parts, payments) else []),
    ]
    needs_way = needs_a_way(parts)
    elsewhere = say("This order was paid elsewhere: choose a way by which its money goes back.")
    notes = [*([elsewhere] if needs_way else []), *_tell_seats(lines)]
    return Weighed(lines, amount, parts, bool(asking), (*asking, *notes), tuple(limit), needs_way)


def told_to(actor: Actor, why: Iterable[Sentence], limit: Collection[Sentence]) -> tuple[Sentence, ...]:
    """Return what there is to know but for the limit of the house, where who acts is the manager that it asks for."""
    return tuple(sentence for sentence in why if not (sentence in limit and actor.may(Permission.APPROVE)))


def needs_limit_approval(session: Session, amount_minor: int, currency: str) -> bool:
    """Tell whether an amount is more than a cashier gives back without a manager. Of another currency, any is."""
    house = load_house_settings(session)
    limit = house.refund_limit_minor if house.currency == currency else 0
    return not limit or amount_minor > limit


def sound_reason(text: str, *, needed: bool = True) -> str:
    """Return a reason as it is stored. Raises InvalidInput: there is none, it is too long, or has a card's number."""
    reason = clean_line(text, LONGEST_REASON + 1)
    if needed and not reason:
        raise InvalidInput(say("Giving money back needs a reason."), field="reason")
    if len(reason) > LONGEST_REASON:
        raise InvalidInput(
            say("That reason is too long ({longest} letters at the most).", longest=LONGEST_REASON), field="reason"
        )
    refuse_card_number(reason, "reason")
    return reason


def sound_reference(text: str, methods: Collection[PaymentMethod]) -> str:
    """Return the reference of the card terminal. Raises InvalidInput where a card gets money back and there is none."""
    reference = clean_line(text, LONGEST_REFERENCE)
    if needs_reference(methods) and not reference:
        raise InvalidInput(_NO_REFERENCE, field="reference")
    refuse_card_number(reference, "reference")
    return reference


def require_way(way: PaymentMethod | None) -> None:
    """Raise InvalidInput where a till cannot give money back by a way."""
    if way is not None and way not in WAYS_BACK:
        raise InvalidInput(say("A till gives money back in cash or to a card."), field="way")


def require_payable(weighed: Weighed) -> None:
    """Raise RefundRefused where money was paid elsewhere, and no way was chosen by which it is paid back now."""
    if weighed.needs_way:
        raise RefundRefused(
            say("This order was paid elsewhere: this house's drawers never saw the money."),
            advice=say("Choose cash or card to pay it out, or leave it due."),
        )


def require_told_used(ended: Iterable[EndedLine], told: Collection[int]) -> None:
    """Raise OrderChanged where a guest came in with a ticket that nobody was told of when it was decided."""
    if any(line.is_used and line.line_id not in told for line in ended):
        raise OrderChanged(
            say("A guest came in with one of these tickets a moment ago."),
            advice=say("Nothing was done. Look at the order as it is now, then decide."),
        )


def tell_limit(session: Session, order_id: int, amount_minor: int, currency: str) -> list[Sentence]:
    """What was given back of an order without a manager counts together: many small refunds are one large one."""
    before = session.execute(
        select(func.coalesce(func.sum(Refund.amount_minor), 0)).where(
            Refund.order_id == order_id, Refund.approver_id.is_(None), Refund.state.in_(TAKEN_FROM_PAYMENTS)
        )
    ).scalar_one()
    if not needs_limit_approval(session, amount_minor + int(before), currency):
        return []
    limit = load_house_settings(session).refund_limit_minor
    if not limit:
        return [say("Each refund needs a manager.")]
    return [say("More than {limit} of an order goes back with a manager only.", limit=Money(limit, currency))]


def _tell_door(lines: Sequence[LiveLine]) -> list[Sentence]:
    told: list[Sentence] = []
    used = sum(line.is_used for line in lines)
    inside = sum(line.is_inside for line in lines)
    if used:
        told.append(
            say_count(
                "A ticket of these was used at the door.", "{count} tickets of these were used at the door.", used
            )
        )
    if inside:
        told.append(
            say_count(
                "Its guest is inside, and is not let in again.",
                "{count} guests are inside, and are not let in again.",
                inside,
            )
        )
    return told


def _tell_seats(lines: Sequence[LiveLine]) -> list[Sentence]:
    kept = sum(1 for line in lines if line.seat is not None and not line.seat_returns)
    if not kept:
        return []
    return [
        say_count(
            "Its seat does not come back on sale.",
            "{count} seats do not come back on sale.",
            kept,
        )
    ]
