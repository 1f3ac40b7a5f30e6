"""Giving money back after the sale: what is asked for, what is told before, and what comes of it. Minor units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_app.domain.payments.giving_back import tell_back
from pos_app.domain.sentences import NOTHING, Sentence, say_in_turn

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.orders.changes import RefundState
    from pos_app.domain.payments.giving_back import RefundPart
    from pos_app.domain.selling.sales import PaymentMethod

LONGEST_REASON: Final = 500
LONGEST_REFERENCE: Final = 200


@dataclass(frozen=True, slots=True)
class RefundAsk:
    """What a customer wants to give back. way: by which the money goes back; None: as it came in.

    line_ids: of tickets; fee_line_ids: of fees, each of which is ticked by a person.
    """

    order_id: int
    line_ids: tuple[int, ...]
    fee_line_ids: tuple[int, ...] = ()
    way: PaymentMethod | None = None


@dataclass(frozen=True, slots=True)
class RefundPreview:
    """What a refund would do, as it is told before it is done.

    revision: of the order as it was looked at. why: what there is to know, and why a manager has to allow it, where
    one has to (needs_approval). used: the lines whose tickets somebody came in with. seats_return: all of its seats
    come back on sale. needs_way: it was paid elsewhere, so that a way has to be chosen before it can be paid.
    """

    revision: int
    amount_minor: int
    currency: str
    parts: tuple[RefundPart, ...]
    needs_approval: bool
    why: tuple[Sentence, ...] = ()
    used: tuple[int, ...] = ()
    seats_return: bool = True
    needs_way: bool = False


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """A refund as it is asked for.

    request_id: made by the till, so that a repeat gives nothing back twice. revision, amount_minor: of the preview that
    was told; revision None: for a list of work, which judges by what stands there. pay_now: the money is given back at
    once, with the reference of the card terminal where a card gets it; else it is left due. approval_id: of the manager
    who allows it; None: nobody has to, or who acts may. work_list_id: of the list of work that asks, whose approval is
    good for all of it. used: lines whose tickets were told to have been used; another one that a guest came in with
    meanwhile is news to who decides, and to the manager who allowed it.
    """

    request_id: str
    order_id: int
    revision: int | None
    line_ids: tuple[int, ...]
    amount_minor: int
    reason: str
    fee_line_ids: tuple[int, ...] = ()
    way: PaymentMethod | None = None
    pay_now: bool = True
    reference: str = ""
    approval_id: int | None = None
    work_list_id: int | None = None
    used: tuple[int, ...] = ()

    @property
    def ask(self) -> RefundAsk:
        """Return what is wanted, as a preview is asked for it."""
        return RefundAsk(self.order_id, self.line_ids, self.fee_line_ids, self.way)

    @property
    def approved_for(self) -> str:
        """Return what its approval is spent on: this request, or the whole list of work."""
        return self.request_id if self.work_list_id is None else approval_key_of_list(self.work_list_id)


@dataclass(frozen=True, slots=True)
class RefundDone:
    """A refund that was made; the same for each repeat of its request. paid: nothing of it is still due."""

    number: str
    change_id: int
    amount_minor: int
    currency: str
    parts: tuple[RefundPart, ...]
    paid: bool

    @property
    def sentence(self) -> Sentence:
        """Return what the customer is told."""
        return tell_back(self.parts, self.currency, paid=self.paid)


@dataclass(frozen=True, slots=True)
class RefundDue:
    """A refund that waits to be paid; created_at in UTC, of the house's time_zone. reason: why it was made."""

    refund_id: int
    order_id: int
    number: str
    customer_name: str
    amount_minor: int
    currency: str
    method: PaymentMethod
    state: RefundState
    reason: str
    created_at: datetime
    time_zone: str


@dataclass(frozen=True, slots=True)
class PayOut:
    """Paying out what is due. method: by which it is paid; another one than it is due by needs a reason."""

    request_id: str
    refund_id: int
    method: PaymentMethod
    reference: str = ""
    approval_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PaidOut:
    """A refund that was paid out; the same for each repeat of its request.

    refund_id: of what was paid: another one than was due where it went another way.
    """

    number: str
    change_id: int
    refund_id: int
    part: RefundPart
    currency: str

    @property
    def amount_minor(self) -> int:
        """Return what the customer got."""
        return self.part.amount_minor

    @property
    def method(self) -> PaymentMethod:
        """Return by which way."""
        return self.part.method

    @property
    def sentence(self) -> Sentence:
        """Return what the customer is told."""
        return tell_back((self.part,), self.currency, paid=True)


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Giving up what cannot be paid as it is due, for the same amount by another way (method)."""

    request_id: str
    refund_id: int
    reason: str
    method: PaymentMethod
    approval_id: int | None = None


def approval_key_of_list(work_list_id: int) -> str:
    """Return what the one approval of a list of work is spent on: its requests begin with that, and a colon."""
    return f"wl:{work_list_id}"


def tell_why(preview: RefundPreview) -> Sentence:
    """Return all that there is to know before a refund as one sentence after the other."""
    return say_in_turn(*preview.why) if preview.why else NOTHING
