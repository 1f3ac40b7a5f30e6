"""The customers of another box office: who is here already is the same person, and the others are made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from pos_app.db.base import table_of
from pos_app.db.bulk import insert_rows
from pos_app.db.models import Customer
from pos_app.domain.customers.contact import phone_key
from pos_app.domain.customers.finding import CustomerTexts
from pos_app.domain.sentences import say
from pos_app.domain.takeover.file import LineProblem
from pos_app.domain.texts import name_key
from pos_app.services.search_words import write_customers
from pos_app.services.takeover.taken_tickets import in_chunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.takeover.buyers import Buyer
    from pos_app.services.takeover.orders import FoundOrder

    Key = tuple[str, ...]

_MOST_TURNS: Final = 8


@dataclass(frozen=True, slots=True)
class FoundCustomers:
    """Who buys, by the keys of buyers. wanted: whom the file tells of; known: which of them are here already.

    told: where one address is that of people of several names.
    """

    wanted: Mapping[Key, Buyer]
    known: Mapping[Key, int]
    told: tuple[LineProblem, ...]


def find_customers(session: Session, orders: Iterable[FoundOrder]) -> FoundCustomers:
    """Return the customers of orders; of several people with one address the first who is named gives the name."""
    wanted: dict[Key, Buyer] = {}
    told: list[LineProblem] = []
    names: dict[Key, dict[str, int]] = {}
    for one in (line for order in orders for line in order.lines if line.buyer.key):
        key = one.buyer.key
        wanted[key] = _completed(wanted[key], one.buyer) if key in wanted else one.buyer
        if one.buyer.name:
            names.setdefault(key, {}).setdefault(name_key(one.buyer.name), one.line.line)
    here = _here(session, wanted)
    for key, said in names.items():
        customer_id, name = here.get(key, (None, wanted[key].name))
        for other, line in said.items():
            if other == name_key(name):
                continue
            sentence = (
                say("The address is that of {name}: both are one customer here.", name=name)
                if customer_id is None
                else say(
                    "The address is that of customer {number}, {name}, who is here already.",
                    number=str(customer_id),
                    name=name,
                )
            )
            told.append(LineProblem(line, sentence))
    return FoundCustomers(wanted, {key: customer_id for key, (customer_id, _) in here.items()}, tuple(told))


def make_customers(session: Session, request_id: str, found: FoundCustomers, now: datetime) -> dict[Key, int]:
    """Make the customers who are not here; return the ids of all, behind a write of the rows that are here.

    now: by the server's clock. Call it before their orders are inserted.
    """
    written = _written(session, set(found.known.values()))
    ids = {key: written[customer_id] for key, customer_id in found.known.items()}
    drafts = {key: buyer.draft() for key, buyer in found.wanted.items() if key not in ids}
    requests = {f"{request_id}:c{at}": key for at, key in enumerate(drafts)}
    rows = [
        {
            "request_id": request,
            "name": draft.name,
            "email": draft.email,
            "email_key": draft.email_key or None,
            "phone": draft.phone,
            "phone_key": draft.phone_key,
            "note": draft.note,
            "letters_at": now if draft.letters else None,
            "created_at": now,
        }
        for request, draft in zip(requests, drafts.values(), strict=True)
    ]
    insert_rows(session, table_of(Customer), rows)
    for chunk in in_chunks(list(requests)):
        stored = session.execute(select(Customer.request_id, Customer.id).where(Customer.request_id.in_(chunk)))
        ids |= {requests[str(row.request_id)]: row.id for row in stored}
    texts = (CustomerTexts(ids[key], draft.name, draft.email, draft.phone) for key, draft in drafts.items())
    write_customers(session, texts)
    return ids


def _completed(buyer: Buyer, other: Buyer) -> Buyer:
    """Return a person with what another line tells besides."""
    return replace(
        buyer,
        name=buyer.name or other.name,
        phone=buyer.phone or other.phone,
        note=buyer.note or other.note,
        letters=buyer.letters or other.letters,
    )


def _here(session: Session, wanted: Mapping[Key, Buyer]) -> dict[Key, tuple[int, str]]:
    """Return number and name of those who are here: by the address, else by the phone number with the name."""
    here: dict[Key, tuple[int, str]] = {}
    row = Customer.id, Customer.name
    for keys in in_chunks(sorted(key[1] for key in wanted if key[0] == "email")):
        found = session.execute(select(*row, Customer.email_key).where(Customer.email_key.in_(keys)))
        here |= {("email", str(one.email_key)): (one.id, one.name) for one in found}
    phones = sorted({key[1] for key in wanted if key[0] == "phone"})
    for keys in in_chunks(phones):
        alike = (
            select(*row, Customer.phone)
            .where(Customer.phone_key.in_(keys), Customer.erased_at.is_(None))
            .order_by(Customer.id)
        )
        for one in session.execute(alike):
            key = ("phone", phone_key(one.phone), name_key(one.name))
            if key in wanted:
                here.setdefault(key, (one.id, one.name))
    return here


def _written(session: Session, customer_ids: set[int]) -> dict[int, int]:
    """Write the rows of customers by their numbers, and return who each is now: a merged one is somebody else."""
    now = {one: one for one in customer_ids}
    unwritten: Sequence[int] = sorted(customer_ids)
    for _ in range(_MOST_TURNS):
        moved: dict[int, int] = {}
        for ids in in_chunks(unwritten):
            session.execute(update(Customer).where(Customer.id.in_(ids)).values(revision=Customer.revision + 1))
            merged = select(Customer.id, Customer.merged_into_id).where(
                Customer.id.in_(ids), Customer.merged_into_id.is_not(None)
            )
            moved |= {one.id: one.merged_into_id for one in session.execute(merged)}
        if not moved:
            break
        now = {asked: moved.get(there, there) for asked, there in now.items()}
        unwritten = sorted(set(moved.values()))
    return now
