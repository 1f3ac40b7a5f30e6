"""The demo box office: built by code, the same every time but for its dates, which are always near."""

from __future__ import annotations

import json
import random
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, func, insert, inspect, literal, select

from pos_app.computer.house_keys import KeptKeys
from pos_app.db.base import Base
from pos_app.db.clock import utc_now
from pos_app.db.models import Performance, Setting
from pos_app.db.schema.revisions import upgrade_schema
from pos_app.demo.after_sales import change_orders, work_off_some
from pos_app.demo.arena import draw_arena
from pos_app.demo.customers import add_customers, regulars, tidy_customers
from pos_app.demo.halls import CURRENCY, ORGANISATION, add_plan, add_venue
from pos_app.demo.house import (
    ADULT,
    CHILD,
    SIGN_INS,
    TIME_ZONE,
    add_other_tills,
    add_staff,
    add_ticket_types,
    demo_keys,
    hash_sign_ins,
)
from pos_app.demo.letters import add_letters
from pos_app.demo.logo import demo_logo
from pos_app.demo.parties import Crowd, choose_groups, cut_into_crowds, cut_into_parties, first_places
from pos_app.demo.past_sales import make_sale, spread_over_weeks
from pos_app.demo.promotions import add_promotions
from pos_app.demo.reservations import keep_some_seats
from pos_app.demo.season import ARENA, MAIN_HOUSE, STANDING_STUDIO, STUDIO, add_performances, cancel_performance
from pos_app.demo.studio import draw_standing_studio, draw_studio
from pos_app.demo.theatre import draw_theatre
from pos_app.demo.waiting import let_some_wait, put_some_on_resale
from pos_app.domain.errors import PosError
from pos_app.domain.house.settings import HouseSettings
from pos_app.domain.roles import Actor, Role
from pos_app.domain.seats import SeatState
from pos_app.domain.sentences import say
from pos_app.services.books import open_books
from pos_app.services.founding import give_keys
from pos_app.services.house.settings import HOUSE_SETTING
from pos_app.services.house.ticket_look import store_ticket_look
from pos_app.services.season.offers import load_offer
from pos_app.services.seats.claims import INVENTORY
from pos_app.services.tills.registering import enrol_key_of, register_till

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from pos_app.demo.halls import StoredPlan
    from pos_app.demo.house import HashedSignIn
    from pos_app.demo.parties import Party
    from pos_app.demo.season import Evening
    from pos_app.domain.sentences import Sentence
    from pos_app.domain.staff.sign_in import DemoSignIn
    from pos_app.services.founding import NewKeys

    Progress = Callable[[float, Sentence], None]

FEWEST_TO_COME: Final = 6
"""With fewer performances still to come the demo is out of date."""
CHANGED: Final = "City Philharmonic: Brahms"
"""Of this evening some orders were refunded, exchanged and corrected."""
SOLD_OUT: Final = "Łukasz Nowak Quartet"
"""Of this evening nobody can buy a seat but what is on resale, and people wait for one."""
TICKET_LINE: Final = "No re-entry after the interval"
_MARK: Final = "demo"
_WAITING: Final = 97
"""Each so manieth order waits at the window."""
_STEP_SALES: Final = 25
"""After so many sales the progress is told."""


def demo_sign_ins() -> tuple[DemoSignIn, ...]:
    """Return the staff of the demo with their passwords and PINs, to be shown in demo mode only."""
    return SIGN_INS


def is_demo(session: Session) -> bool:
    """Tell whether this database was built as a demo. It must have the schema."""
    return session.execute(select(Setting.value).where(Setting.name == _MARK)).scalar_one_or_none() == "true"


def demo_is_fresh(session: Session) -> bool:
    """Tell whether enough performances of the demo lie in the future, by the server's clock."""
    to_come = select(func.count()).where(
        Performance.starts_at > utc_now(), Performance.state == "scheduled", Performance.deleted_at.is_(None)
    )
    return is_demo(session) and session.execute(to_come).scalar_one() >= FEWEST_TO_COME


def build_demo(
    database: Database,
    *,
    machine_key: str,
    till_name: str,
    public_key: str,
    on_progress: Progress | None = None,
) -> None:
    """Build the demo in an empty database, or anew in one that holds an older demo; all of it or nothing.

    machine_key, till_name, public_key (hex): this till, which is registered and enrolled. on_progress: told the share
    done (0 to 1) and a sentence, on the calling thread. Raises PosError when the database holds anything else.
    """
    tell = on_progress or _tell_nobody
    tell(0.0, say("Looking at the database"))
    database.read(require_demo_or_empty)
    tell(0.02, say("Making the tables"))
    upgrade_schema(database)
    tell(0.08, say("Hiring the staff"))
    staff, keys = hash_sign_ins(), demo_keys()
    database.transact(
        fill_demo, staff, keys, machine_key=machine_key, till_name=till_name, public_key=public_key, on_progress=tell
    )
    if database.place is not None:
        KeptKeys(database.place, database.address.house_name()).keep(keys.keys)
    tell(1.0, say("The demo box office is ready"))


def require_demo_or_empty(session: Session) -> None:
    """Raise PosError when the database holds anything but demo data, tables of other programs too."""
    ours = {table.name: table for table in Base.metadata.sorted_tables}
    found = set(inspect(session.connection()).get_table_names()) - {"alembic_version"}
    if "setting" in found and is_demo(session):
        return
    strange = found - set(ours)
    filled = (name for name in sorted(found & set(ours)) if _has_rows(session, name))
    if strange or next(filled, None) is not None:
        raise PosError(
            say("This database holds something other than the demo."),
            advice=say("Give the demo an empty database of its own."),
        )


def fill_demo(
    session: Session,
    staff: Sequence[HashedSignIn],
    keys: NewKeys,
    *,
    machine_key: str,
    till_name: str,
    public_key: str,
    on_progress: Progress,
) -> None:
    """Fill the tables; an older demo is cleared away first. Raises PosError when there is anything else."""
    require_demo_or_empty(session)
    for table in reversed(Base.metadata.sorted_tables):
        session.execute(delete(table))
    session.execute(insert(Setting).values(name=_MARK, value="true"))
    decided = HouseSettings(organisation=ORGANISATION, currency=CURRENCY)
    session.execute(insert(Setting).values(name=HOUSE_SETTING, value=json.dumps(asdict(decided))))
    store_ticket_look(session, demo_logo(), TICKET_LINE)
    people = add_staff(session, staff)
    till = register_till(session, machine_key, till_name, public_key)
    manager_id, manager = people[Role.MANAGER]
    boss = Actor(manager_id, manager, Role.MANAGER, till.till_id, till.name)
    give_keys(session, keys, manager_id)
    enrol_key_of(session, boss, till.till_id, public_key, keys.keys)
    sellers = add_other_tills(session, people, own_name=till.name)
    types = add_ticket_types(session)
    on_progress(0.1, say("Drawing the house"))
    studio = add_venue(session, STUDIO)
    halls = {
        MAIN_HOUSE: add_plan(session, add_venue(session, MAIN_HOUSE), draw_theatre()),
        STUDIO: add_plan(session, studio, draw_studio()),
        STANDING_STUDIO: add_plan(session, studio, draw_standing_studio()),
        ARENA: add_plan(session, add_venue(session, ARENA), draw_arena()),
    }
    on_progress(0.12, say("Planning the season"))
    now = session.execute(select(utc_now())).scalar_one()
    season = add_performances(session, now, halls, types, TIME_ZONE, boss)
    add_promotions(session, now, halls[MAIN_HOUSE].category_ids, types, season)
    customers = add_customers(session, boss)
    _sell_the_season(session, season, halls, (boss, sellers), regulars(customers), on_progress)
    tidy_customers(session, boss, customers)
    # Of one title the first evening is meant.
    evenings = {evening.title: performance for evening, performance in reversed(season)}
    keep_some_seats(session, sellers, evenings, customers, adult_id=types[ADULT], now=now)
    put_some_on_resale(session, sellers[0], evenings[SOLD_OUT])
    let_some_wait(session, boss, sellers, evenings[SOLD_OUT], customers, adult_id=types[ADULT], now=now)
    spread_over_weeks(session)
    changed = next(performance for evening, performance in season if evening.title == CHANGED)
    change_orders(session, boss, changed, types[CHILD])
    for evening, performance in season:
        if evening.cancelled:
            cancel_performance(session, performance, evening.cancelled)
            work_off_some(session, boss, performance)
    add_letters(session, boss)
    open_books(session)


def _sell_the_season(
    session: Session,
    season: Sequence[tuple[Evening, int]],
    halls: Mapping[str, StoredPlan],
    people: tuple[Actor, Sequence[Actor]],
    customers: Mapping[str, int],
    on_progress: Progress,
) -> None:
    boss, sellers = people
    sales = []
    for turn, (evening, performance) in enumerate(season):
        hall = halls[evening.hall]
        chance = random.Random(f"{evening.title} {turn}")  # noqa: S311 - repeatable on purpose, keeps no secret
        offer = load_offer(session, performance)
        bought = _who_comes(evening, hall, _kept_back(session, performance), chance)
        sales += [(place / len(bought), turn, offer, hall, party) for place, party in enumerate(bought)]
    sales.sort(key=lambda sale: sale[:2])  # all performances sell side by side
    for number, (_, _, offer, hall, party) in enumerate(sales):
        if number % _STEP_SALES == 0:
            on_progress(0.15 + 0.84 * number / len(sales), say("Selling the first tickets"))
        seller = sellers[number % len(sellers)]
        name = f"demo-sale-{number + 1:05d}"
        waits = number % _WAITING == 0 and not isinstance(party, Crowd)
        make_sale(
            session,
            seller,
            name=name,
            offer=offer,
            party=party,
            hall=hall,
            gift_allowed_by=boss.staff_id,
            customers=customers,
            waits=waits,
        )


def _who_comes(evening: Evening, hall: StoredPlan, kept_back: set[int], chance: random.Random) -> list[Party | Crowd]:
    """Return who has bought what of an evening, the first first."""
    coming: list[Party | Crowd] = [*choose_groups(hall.seats, evening.groups, chance)]
    if evening.left is not None:
        parties = cut_into_parties(hall.drawn, hall.seats, kept_back, chance)
        coming += first_places(parties, len(hall.seats) - len(kept_back) - evening.left)
    if evening.standing:
        coming += [
            crowd for area, places in evening.standing.items() for crowd in cut_into_crowds(area, places, chance)
        ]
        chance.shuffle(coming)
    return coming


def _kept_back(session: Session, performance_id: int) -> set[int]:
    seat = INVENTORY.c
    rows = session.execute(
        select(seat.seat_id).where(seat.performance_id == performance_id, seat.state != SeatState.FREE)
    )
    return set(rows.scalars())


def _has_rows(session: Session, table: str) -> bool:
    query = select(literal(1)).select_from(Base.metadata.tables[table]).limit(1)
    return session.execute(query).first() is not None


def _tell_nobody(_share: float, _sentence: Sentence) -> None:
    """Progress that nobody watches."""
