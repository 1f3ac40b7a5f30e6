"""Taking over a season that is on sale elsewhere: sold seats become orders and tickets here, reserved ones are kept.

Everything or nothing, in one transaction. Tickets are not printed again: gates take the codes that guests have.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import case, insert, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Customer, Order, OrderLine, Payment, Setting
from pos_app.db.results import matched_rows
from pos_app.domain.card_numbers import mask_card_numbers
from pos_app.domain.codes import new_order_number
from pos_app.domain.customers.contact import LONGEST_EMAIL, email_key
from pos_app.domain.customers.finding import CustomerTexts
from pos_app.domain.errors import InvalidInput, SeatsTaken
from pos_app.domain.money import check_sum
from pos_app.domain.roles import Permission
from pos_app.domain.season.kept_seats import LONGEST_REASON, KeepDraft
from pos_app.domain.seats import ClaimKind, SeatState
from pos_app.domain.selling.sales import LONGEST_NAME, LONGEST_NOTE, PaymentMethod
from pos_app.domain.sentences import say, say_count
from pos_app.domain.takeover.records import TakenOver, TakeoverPreview
from pos_app.domain.texts import clean_line, name_key
from pos_app.services.audit import FreeText, record
from pos_app.services.permissions import require
from pos_app.services.search_words import write_customers, write_stored_orders
from pos_app.services.season.kept_seats import keep_back
from pos_app.services.seats.claims import INVENTORY, open_to_all, these_seats
from pos_app.services.takeover.changes import insert_changes
from pos_app.services.takeover.matching import FoundLine, FoundSeason, find_season
from pos_app.services.takeover.taken_tickets import in_chunks, insert_tickets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.takeover.file import OutsideLine, SeasonFile

_DONE: Final = "season_takeover:"


def preview_takeover(session: Session, actor: Actor, file: SeasonFile, chosen: Mapping[str, int]) -> TakeoverPreview:
    """Return what taking over would do now, and all that stands in its way. chosen: performances, by the file's names.

    Raises NotPermitted.
    """
    require(session, actor, Permission.MANAGE)
    found = find_season(session, actor, file, chosen)
    sold = [one for one in found.lines if not one.line.reserved]
    paid: Counter[str] = Counter()
    for one in sold:
        paid[one.currency] += one.price_minor
    return TakeoverPreview(
        performances=found.performances,
        choices=found.choices,
        sold=len(sold),
        reserved=len(found.lines) - len(sold),
        orders=len(_orders(found)),
        paid_minor=tuple(sorted(paid.items())),
        problems=found.problems,
        warnings=file.warnings,
    )


def take_over(
    session: Session, actor: Actor, request_id: str, file: SeasonFile, chosen: Mapping[str, int], file_name: str
) -> TakenOver:
    """Take over all lines of a file, or none. May be repeated by the same request.

    Raises NotPermitted, InvalidInput (some lines cannot be: see preview_takeover), SeatsTaken (sold meanwhile),
    InvalidAmount (an order costs more than the books hold).
    """
    require(session, actor, Permission.MANAGE)
    done = session.execute(select(Setting.value).where(Setting.name == _DONE + request_id)).scalar_one_or_none()
    if done is not None:
        return TakenOver(**json.loads(done))
    found = find_season(session, actor, file, chosen)
    if found.problems:
        count = len(found.problems)
        raise InvalidInput(
            say_count("{count} line cannot be taken over.", "{count} lines cannot be taken over.", count),
            advice=say("Nothing was taken over. Mend the file, or choose the performances, and try again."),
        )
    groups = _orders(found)
    change_ids = _insert_orders(session, actor, request_id, groups, file_name)
    order_ids = list(change_ids)
    line_ids = _insert_lines(session, groups, change_ids)
    _take_seats(session, found, line_ids)
    insert_tickets(session, found, line_ids)
    write_stored_orders(session, order_ids)
    reserved = _keep_reserved(session, actor, request_id, found)
    taken = TakenOver(sold=len(line_ids), reserved=reserved, orders=len(groups))
    document = {"sold": taken.sold, "reserved": taken.reserved, "orders": taken.orders}
    session.execute(insert(Setting).values(name=_DONE + request_id, value=json.dumps(document)))
    performances = sorted({one.performance_id for one in found.lines})
    told = {"file": FreeText(_shown(file_name)[:200]), "performances": performances, "taken": _told(session, order_ids)}
    record(session, actor, "season_taken_over", **told, **document)
    return taken


def _orders(found: FoundSeason) -> list[list[FoundLine]]:
    """Put what one customer bought for one performance together; a line without name and address stands alone."""
    groups: defaultdict[tuple[int, str, str, int], list[FoundLine]] = defaultdict(list)
    for one in found.lines:
        if not one.line.reserved:
            nobody = 0 if one.line.name or one.line.email else one.line.line
            key = (one.performance_id, name_key(one.line.name), name_key(one.line.email), nobody)
            groups[key].append(one)
    return list(groups.values())


def _insert_orders(
    session: Session, actor: Actor, request_id: str, groups: Sequence[list[FoundLine]], file_name: str
) -> dict[int, int]:
    """Insert orders with their payments; return their ids in the order of the groups, each with its change."""
    customers = _customers(session, groups)
    numbers = [new_order_number() for _ in groups]
    note = f"Taken over from {_shown(file_name)}"[:LONGEST_NOTE]
    totals = [check_sum(sum(one.price_minor for one in group), group[0].currency) for group in groups]
    orders: list[dict[str, Any]] = [
        {
            "request_id": f"{request_id}:{at}",
            "number": number,
            "till_id": actor.till_id,
            "staff_id": actor.staff_id,
            "customer_id": customers.get(_email_key(group[0])),
            "customer_name": group[0].line.name[:LONGEST_NAME],
            "note": note,
            "currency": group[0].currency,
            "lines_minor": total,
            "fee_minor": 0,
            "total_minor": total,
        }
        for at, (group, number, total) in enumerate(zip(groups, numbers, totals, strict=True))
    ]
    ids: dict[str, int] = {}
    for chunk in in_chunks(orders):
        session.execute(insert(Order).values(created_at=utc_now()), chunk)
        stored = select(Order.number, Order.id).where(Order.number.in_([one["number"] for one in chunk]))
        ids |= {row.number: row.id for row in session.execute(stored)}
    changes = insert_changes(session, actor, {ids[order["number"]]: order["request_id"] for order in orders})
    payments = [
        {
            "request_id": order["request_id"],
            "made_by_id": changes[ids[order["number"]]],
            "order_id": ids[order["number"]],
            "method": PaymentMethod.ELSEWHERE if order["total_minor"] else PaymentMethod.FREE,
            "amount_minor": order["total_minor"],
            "till_id": actor.till_id,
        }
        for order in orders
    ]
    for chunk in in_chunks(payments):
        session.execute(insert(Payment).values(created_at=utc_now()), chunk)
    return {ids[number]: changes[ids[number]] for number in numbers}


def _told(session: Session, order_ids: Sequence[int]) -> list[list[Any]]:
    """Return the orders that were made, as the audit keeps them: number, total, and how it was paid."""
    told: list[list[Any]] = []
    for ids in in_chunks(order_ids):
        rows = session.execute(
            select(Order.number, Order.total_minor, Payment.method)
            .join(Payment, Payment.order_id == Order.id)
            .where(Order.id.in_(ids))
            .order_by(Order.id)
        )
        told += [list(row) for row in rows]
    return told


def _customers(session: Session, groups: Sequence[list[FoundLine]]) -> dict[str, int]:
    """Find or make the customers who gave an address; return their ids by the address as it is compared.

    Of several people with one address the first who is named gives the customer's name.
    """
    wanted: dict[str, OutsideLine] = {}
    for one in (group[0] for group in groups if _email_key(group[0])):
        if not wanted.setdefault(_email_key(one), one.line).name:
            wanted[_email_key(one)] = one.line
    known: dict[str, int] = {}
    for keys in in_chunks(sorted(wanted)):
        # Written before orders name them: nobody merges or erases them meanwhile.
        session.execute(update(Customer).where(Customer.email_key.in_(keys)).values(revision=Customer.revision + 1))
        known |= _by_key(session, keys)
    new = [
        {"name": (line.name or line.email)[:LONGEST_NAME], "email": line.email[:LONGEST_EMAIL], "email_key": key}
        for key, line in wanted.items()
        if key not in known
    ]
    for chunk in in_chunks(new):
        session.execute(insert(Customer).values(created_at=utc_now()), chunk)
        made = _by_key(session, [one["email_key"] for one in chunk])
        write_customers(session, [CustomerTexts(made[one["email_key"]], one["name"], one["email"]) for one in chunk])
        known |= made
    return known


def _by_key(session: Session, keys: Sequence[str]) -> dict[str, int]:
    rows = session.execute(select(Customer.email_key, Customer.id).where(Customer.email_key.in_(keys)))
    return {str(row.email_key): row.id for row in rows}


def _email_key(one: FoundLine) -> str:
    return email_key(one.line.email)


def _insert_lines(
    session: Session, groups: Sequence[list[FoundLine]], change_ids: Mapping[int, int]
) -> dict[tuple[int, int], int]:
    """Insert order lines; return their ids by performance and seat. change_ids: by order, as the groups are."""
    rows = [
        {
            "order_id": order_id,
            "performance_id": one.performance_id,
            "seat_id": one.seat_id,
            "category_id": one.category_id,
            "ticket_type_id": one.ticket_type_id,
            "price_minor": one.price_minor,
            "discount_minor": 0,
            "made_by_id": change_ids[order_id],
        }
        for group, order_id in zip(groups, change_ids, strict=True)
        for one in group
    ]
    for chunk in in_chunks(rows):
        session.execute(insert(OrderLine), chunk)
    ids: dict[tuple[int, int], int] = {}
    for chunk in in_chunks(list(change_ids)):
        stored = select(OrderLine.performance_id, OrderLine.seat_id, OrderLine.id).where(OrderLine.order_id.in_(chunk))
        ids |= {(row.performance_id, row.seat_id): row.id for row in session.execute(stored)}
    return ids


def _take_seats(session: Session, found: FoundSeason, line_ids: Mapping[tuple[int, int], int]) -> None:
    """Turn the seats to sold with the predicate of every taker; all of them, or SeatsTaken."""
    seats: defaultdict[int, list[int]] = defaultdict(list)
    for performance_id, seat_id in sorted(line_ids):
        seats[performance_id].append(seat_id)
    for performance_id, all_ids in seats.items():
        for ids in in_chunks(all_ids):
            taken = session.execute(
                update(INVENTORY)
                .where(these_seats(performance_id, ids), open_to_all())
                .values(
                    state=SeatState.SOLD,
                    claim_kind=None,
                    claim_id=None,
                    claim_until=None,
                    order_line_id=case(
                        {seat: line_ids[performance_id, seat] for seat in ids}, value=INVENTORY.c.seat_id
                    ),
                    changed_at=utc_now(),
                )
            )
            if matched_rows(taken) != len(ids):
                lines = sorted(one.line.line for one in found.lines if one.performance_id == performance_id)
                raise SeatsTaken(
                    say(
                        "A seat of the lines {first} to {last} was sold or held here just now.",
                        first=str(lines[0]),
                        last=str(lines[-1]),
                    ),
                    advice=say("Nothing was taken over. Look at the list again."),
                )


def _keep_reserved(session: Session, actor: Actor, request_id: str, found: FoundSeason) -> int:
    """Keep reserved seats for their people, as seats of the house with the name as the reason; return how many."""
    seats: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for one in found.lines:
        if one.line.reserved:
            who = " ".join(part for part in (one.line.name, one.line.email) if part) or f"line {one.line.line}"
            seats[one.performance_id, who].append(one.seat_id)
    for at, ((performance_id, who), ids) in enumerate(sorted(seats.items())):
        reason = f"Reserved elsewhere: {who}"[:LONGEST_REASON]
        keep_back(session, actor, f"{request_id}:r{at}", performance_id, ids, KeepDraft(ClaimKind.HOUSE, reason))
    return sum(len(ids) for ids in seats.values())


def _shown(file_name: str) -> str:
    return mask_card_numbers(clean_line(file_name, LONGEST_NOTE))
