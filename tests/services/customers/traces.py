"""A person of unusual words, put wherever the database keeps a text, and looked for in all of it afterwards."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from sqlalchemy import String, Text, insert, select, update

from pos_app.db.base import Base
from pos_app.db.clock import utc_now
from pos_app.db.models import (
    CashMovement,
    CheckIn,
    Drawer,
    EmailVerification,
    Order,
    OutboxEmail,
    OutboxTry,
    Payment,
    Performance,
    PromoCode,
    Shift,
    WaitingEntry,
    WorkItem,
    WorkList,
)
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.errors import PosError
from pos_app.domain.orders.work_failures import failure_of, write_failure
from pos_app.domain.season.kept_seats import KeepDraft
from pos_app.domain.seats import ClaimKind
from pos_app.domain.sentences import say
from pos_app.services.customers.merging import merge_customers
from pos_app.services.orders.reprints import reissue_tickets
from pos_app.services.search_words import add_words
from pos_app.services.season.kept_seats import keep_back
from pos_app.services.selling.holds import extend_hold
from pos_app.services.selling.sales import sell
from tests.services.customers.people import add
from tests.services.orders.refunding import give_back, live_lines
from tests.services.stories import cash_request, hold, put_hold_back

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse

PERSON: Final = CustomerDraft(
    "Quirina Zweifelstein", "quirina@zweifelstein.example", "+43 680 7654 321", "Zweifelsteins dog", ("Vip",)
)
FORMER: Final = CustomerDraft("Q. Obermoser", "obermoser@zweifelstein.example", "0660 1234 987")
WORDS: Final = ("quirina", "zweifelstein", "obermoser", "7654321", "7654 321", "1234987", "1234 987")
"""By these letters the person is looked for, in lower case, wherever a text is kept."""


def leave_traces(house: OpenHouse) -> tuple[int, list[Sale]]:
    """Let the person buy, be merged, and be talked about everywhere; return the number and the sales."""
    small = house.small
    person, former = add(house, PERSON).customer_id, add(house, FORMER).customer_id
    sales = []
    for row, (customer, name) in enumerate(((person, PERSON.name), (former, FORMER.name)), start=1):
        held = hold(house, small.seats_of(row, (1, 2)))
        put_hold_back(house, held.basket_key, made=60, left=840)
        house.database.transact(
            extend_hold, small.cashier, held.basket_key, request_id=uuid4().hex, reason=f"{name} looks for the card"
        )
        request = cash_request(house, held, customer_id=customer, customer_name=name, note=f"Call {PERSON.phone}")
        sales.append(house.database.transact(sell, small.cashier, request))
    house.database.transact(merge_customers, small.manager, person, former, request_id=uuid4().hex)
    sale = sales[0]
    house.database.transact(
        reissue_tickets, small.cashier, sale.ticket_ids[:1], request_id=uuid4().hex, reason=f"{PERSON.name} lost it"
    )
    give_back(house, sale, live_lines(house, sale)[:1], reason="Zweifelstein is ill")
    keep = KeepDraft(ClaimKind.HOUSE, f"Reserved elsewhere: {PERSON.name} {PERSON.email}")
    house.database.transact(keep_back, small.manager, uuid4().hex, small.performance_id, small.seat_ids[-2:], keep)
    house.database.transact(_by_hand, small, person, sale)
    return person, sales


def _by_hand(session: Session, small: Any, person: int, sale: Sale) -> None:
    """Fill what no service of today fills, or only a gateway, a gate or a letter does."""
    made = {"created_at": utc_now()}

    def put(table: type[Base], **values: Any) -> None:
        session.execute(insert(table).values(**values))

    of_order = {"order_id": sale.order_id}
    sent = {"kind": "note", "facts": "{}", "due_at": utc_now(), "state": "sent", **made}
    parts = f'[{{"name": "{FORMER.name}.pdf"}}]'
    put(OutboxEmail, id=71, request_id="l1", recipient=PERSON.email, subject=f"Dear {PERSON.name}", body=PERSON.name,
        attachments=parts, failure=f'{{"answer": "{PERSON.email}"}}', **of_order, **sent)  # fmt: skip
    put(OutboxEmail, request_id="l2", recipient=FORMER.email.upper(), subject=FORMER.name, body="?", **sent)
    typed = {"subject": f"To {PERSON.name}", "text": f"Call {PERSON.phone}"}
    put(OutboxEmail, request_id="l3", recipient="third@example.org", customer_id=person,
        **sent | {"facts": json.dumps(typed, ensure_ascii=False), "state": "sending", "leased_by": "x"})  # fmt: skip
    others = {"subject": f"About {PERSON.name}", "text": f"{PERSON.name} sits beside you"}
    put(OutboxEmail, request_id="l4", recipient="other@example.org", subject=f"About {PERSON.name}",
        body=f"{PERSON.name} sits beside you", **sent | {"facts": json.dumps(others)})  # fmt: skip
    put(OutboxTry, letter_id=71, leased_by="x", began_at=utc_now(), answer=f"550 <{PERSON.email}> is unknown")
    put(EmailVerification, customer_id=person, email=PERSON.email, code_hash="x", expires_at=utc_now(), **made)
    put(WaitingEntry, request_id="w1", code="W1", performance_id=small.performance_id, customer_id=person, seats=1,
        till_id=small.cashier.till_id, staff_id=small.cashier.staff_id, **made)  # fmt: skip
    renamed = {"customer_name": "Zweifelstein, Quirina", "note": "Obermoser's friend"}
    session.execute(update(Order).where(Order.id == sale.order_id).values(**renamed))
    add_words(session, sale.order_id)
    session.execute(update(Payment).where(Payment.order_id == sale.order_id).values(reference="by Zweifelstein"))
    gate = {"performance_id": small.performance_id, "gate": "Main", "till_id": small.gate_till_id,
            "staff_id": small.steward.staff_id, "verdict": "refused", **made}  # fmt: skip
    put(CheckIn, nonce="n1", scanned=f"{PERSON.name} is on the list", **gate)
    put(CheckIn, nonce="n2", scanned="zweifelstein", ticket_id=sale.ticket_ids[0], **gate)
    put(PromoCode, code="DOG", kind="percent", scope="order", value=1, note=f"for {PERSON.name.upper()}")
    session.execute(
        update(Performance).where(Performance.id == small.gala_id).values(cancel_reason=f"birthday of {PERSON.name}")
    )
    session.execute(insert(WorkList).values(
        id=77, request_id="w", performance_id=small.gala_id, kind="moved", reason=f"asked by {FORMER.name}",
        staff_id=small.manager.staff_id, till_id=small.till_id, **made))  # fmt: skip
    failure = write_failure(failure_of(PosError(say("{name} was not there.", name=PERSON.name))))
    put(WorkItem, work_list_id=77, failure=failure, **of_order)
    drawer = session.execute(select(Drawer.id).limit(1)).scalar_one()
    cashier = {"staff_id": small.cashier.staff_id}
    put(Shift, id=5, request_id="s", drawer_id=drawer, float_minor=0, opened_at=utc_now(), **cashier)
    deposit = f"Deposit of {PERSON.phone}"
    put(CashMovement, request_id="c", shift_id=5, amount_minor=1, reason=deposit, **cashier, **made)


def found_in(session: Session) -> list[tuple[str, str, str]]:
    """Look for the person in every column of every table that holds text; return where, and the text."""
    found = []
    for table in Base.metadata.sorted_tables:
        columns = [column for column in table.columns if isinstance(column.type, (String, Text))]
        for column in columns:
            texts = map(str, session.execute(select(column).where(column.is_not(None))).scalars())
            found += [(table.name, column.name, one) for one in texts if any(word in one.lower() for word in WORDS)]
    return found
