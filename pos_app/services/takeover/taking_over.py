"""Taking over a season that is on sale elsewhere: its orders, its reservations, and who has them.

Everything or nothing, in one transaction. Tickets are not printed again: gates take the codes that guests have.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, select

from pos_app.db.clock import utc_now
from pos_app.db.models import Setting
from pos_app.domain.errors import InvalidInput
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say, say_count
from pos_app.domain.takeover.records import TakenOver, TakeoverPreview
from pos_app.services.audit import FreeText, record
from pos_app.services.permissions import require
from pos_app.services.search_words import write_stored_orders
from pos_app.services.takeover.customers import find_customers, make_customers
from pos_app.services.takeover.matching import find_season
from pos_app.services.takeover.orders import found_orders, insert_lines, insert_orders, shown_name, told_orders
from pos_app.services.takeover.seats import take_seats
from pos_app.services.takeover.taken_tickets import insert_tickets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.takeover.file import SeasonFile

_DONE: Final = "season_takeover:"


def preview_takeover(session: Session, actor: Actor, file: SeasonFile, chosen: Mapping[str, int]) -> TakeoverPreview:
    """Return what taking over would do now, and all that stands in its way. chosen: performances, by the file's names.

    Raises NotPermitted.
    """
    require(session, actor, Permission.MANAGE)
    found = find_season(session, actor, file, chosen)
    orders = found_orders(found.lines)
    customers = find_customers(session, orders)
    paid: Counter[str] = Counter()
    owed: Counter[str] = Counter()
    for one in found.lines:
        (paid if one.release_at is None else owed)[one.currency] += one.price_minor
    sold = sum(one.release_at is None for one in found.lines)
    reservations = sum(one.release_at is not None for one in orders)
    return TakeoverPreview(
        performances=found.performances,
        choices=found.choices,
        sold=sold,
        reserved=len(found.lines) - sold,
        orders=len(orders) - reservations,
        paid_minor=tuple(sorted(paid.items())),
        problems=found.problems,
        warnings=tuple(sorted((*found.warnings, *customers.told), key=lambda one: one.line)),
        reservations=reservations,
        customers=len(customers.wanted) - len(customers.known),
        known_customers=len(customers.known),
        owed_minor=tuple(sorted(owed.items())),
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
    orders = found_orders(found.lines)
    people = find_customers(session, orders)
    # Asked for once: written into each row by the server, rows would go there one at a time.
    now = session.execute(select(utc_now())).scalar_one()
    customers = make_customers(session, request_id, people, now)
    change_ids = insert_orders(session, actor, request_id, orders, customers, file_name, now)
    order_ids = list(change_ids)
    line_ids = insert_lines(session, orders, change_ids)
    take_seats(session, orders, order_ids, line_ids)
    insert_tickets(session, found, line_ids, now)
    write_stored_orders(session, order_ids)
    sold = sum(one.release_at is None for one in found.lines)
    reservations = sum(one.release_at is not None for one in orders)
    taken = TakenOver(
        sold=sold,
        reserved=len(found.lines) - sold,
        orders=len(orders) - reservations,
        reservations=reservations,
        customers=len(people.wanted) - len(people.known),
    )
    document = asdict(taken)
    session.execute(insert(Setting).values(name=_DONE + request_id, value=json.dumps(document)))
    told = told_orders(session, order_ids)
    record(
        session,
        actor,
        "season_taken_over",
        file=FreeText(shown_name(file_name)),
        performances=sorted({one.performance_id for one in found.lines}),
        **told,
        **document,
    )
    return taken
