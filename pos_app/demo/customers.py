"""The customers of the demo: regulars with orders, some with marks, one who was merged and one who was put away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import update

from pos_app.db.clock import utc_plus
from pos_app.db.models import Customer
from pos_app.domain.customers.records import CustomerDraft
from pos_app.services.customers.merging import merge_customers
from pos_app.services.customers.records import add_customer, archive_customer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

_DAYS_BETWEEN: Final = 11
"""The customers came to be known one after another, each so many days after the one before."""

PRESS: Final = "Dariusz Wójcik"
SCHOOL: Final = "St Brigid\N{RIGHT SINGLE QUOTATION MARK}s School"
MERGED: Final = "Zuzana Dvořáková"
_REGULARS: Final = (
    CustomerDraft(MERGED, "zuzana.dvorakova@example.org", "+44 20 7946 0101", "Aisle seats", ("Subscriber",), True),
    CustomerDraft("Jürgen Groß", "j.gross@example.org", "+44 20 7946 0102", marks=("Wheelchair",)),
    CustomerDraft("Siobhán Walsh", "siobhan@example.org", "", "", ("Subscriber",), True),
    CustomerDraft("Leyla Məmmədova", "leyla.m@example.org", "+44 20 7946 0104"),
    CustomerDraft("王小明", "xiaoming.wang@example.org", letters=True),
    CustomerDraft("Олена Шевченко", "", "+44 20 7946 0106"),
    CustomerDraft("João Silva", "joao.silva@example.org", "+44 20 7946 0107"),
    CustomerDraft("Mary Kelly", "mary.kelly@example.org", "+44 20 7946 0108", letters=True),
)
"""Sales of these names are theirs."""
_OTHERS: Final = (
    CustomerDraft(PRESS, "d.wojcik@paper.example", "+44 20 7946 0121", "Writes about theatre", ("Press",)),
    CustomerDraft(SCHOOL, "office@stbrigids.example", "+44 20 7946 0122", "Asks for Ms Byrne", ("School",)),
    CustomerDraft("Ayşe Demir", "ayse.demir@example.org", "+44 20 7946 0123"),
    CustomerDraft("Ingrid Sørensen", "", "+44 20 7946 0124", "Comes with a companion", ("Wheelchair",)),
    CustomerDraft("Anna Nowak", "anna.nowak@example.org", "", letters=True),
    CustomerDraft("Anna Novák", "a.novak@example.org", "+44 20 7946 0126"),
    CustomerDraft("Þóra Jónsdóttir", "thora@example.org"),
    CustomerDraft("Nguyễn Văn An", "", "+44 20 7946 0128"),
    CustomerDraft("Kwame Mensah", "kwame.mensah@example.org", "+44 20 7946 0129", "", ("Subscriber", "Wheelchair")),
    CustomerDraft("Björn Ångström", "bjorn@example.org", "", "Tickets by post", ("Subscriber",), True),
    CustomerDraft("Θεοδώρα Παππά", "theodora@example.org"),
    CustomerDraft("Łucja Żak", "lucja.zak@example.org", "+44 20 7946 0132", letters=True),
)
_TWICE: Final = CustomerDraft("Zuzana Dvorakova", "", "07700 900101", "Likes the front rows")
"""Somebody did not find her, and made her anew."""
_AWAY: Final = CustomerDraft("Peregrine Ashdown", "", "+44 20 7946 0140", "Has moved away")


def add_customers(session: Session, actor: Actor) -> dict[str, int]:
    """Make the customers; returns their ids by name, of the regulars before all."""
    drafts = (*_REGULARS, *_OTHERS)
    return {
        draft.name: add_customer(session, actor, draft, request_id=f"demo-customer-{at}").customer_id
        for at, draft in enumerate(drafts)
    }


def regulars(customers: Mapping[str, int]) -> dict[str, int]:
    """Return those whose sales carry them, by name."""
    return {one.name: customers[one.name] for one in _REGULARS}


def tidy_customers(session: Session, boss: Actor, customers: Mapping[str, int]) -> None:
    """Merge one who was made twice, put one away, and date them back."""
    twice, away = (
        add_customer(session, boss, draft, request_id=f"demo-customer-{name}").customer_id
        for name, draft in (("twice", _TWICE), ("away", _AWAY))
    )
    merge_customers(session, boss, customers[MERGED], twice, request_id="demo-merge")
    archive_customer(session, boss, away)
    ago = (Customer.id - away - 1) * (_DAYS_BETWEEN * 86_400)
    session.execute(update(Customer).values(created_at=utc_plus(ago)))
