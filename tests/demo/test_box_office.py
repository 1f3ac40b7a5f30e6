from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from sqlalchemy import func, insert, select, text, update

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.models import (
    Order,
    OrderChange,
    OrderLine,
    Performance,
    PerformanceSeat,
    Setting,
    StaffMember,
    Ticket,
    Till,
)
from pos_app.db.schema.revisions import check_schema, has_schema
from pos_app.demo.box_office import TICKET_LINE, build_demo, demo_is_fresh, demo_sign_ins, is_demo
from pos_app.demo.customers import MERGED, PRESS
from pos_app.demo.elsewhere import hold_some_elsewhere
from pos_app.demo.waiting import ON_RESALE
from pos_app.domain.customers.finding import CustomerQuery
from pos_app.domain.errors import PosError
from pos_app.domain.orders.finding import OrderQuery
from pos_app.domain.orders.standing import OrderStanding
from pos_app.domain.roles import Role
from pos_app.domain.seats import FOR_SALE
from pos_app.flows.sign_in import sign_in, sign_in_by_pin
from pos_app.services.customers.finding import find_customers
from pos_app.services.house.ticket_look import load_ticket_look
from pos_app.services.orders.collecting import list_waiting
from pos_app.services.orders.finding.search import find_orders
from pos_app.services.orders.refunds.due import list_refunds_due
from pos_app.services.orders.reservations.listing import list_reservations
from pos_app.services.orders.standing import standing
from pos_app.services.orders.work_lists.reading import list_work_lists
from pos_app.services.season.offers import list_performances, load_offer
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.seats.map_states import load_states
from pos_app.services.staff.choices import list_staff_choices
from pos_app.services.tills.registering import register_till
from tests.areas import count_areas
from tests.demo.conftest import PUBLIC_KEY
from tests.demo.wholeness import faults
from tests.schemas import make_schema
from tests.servers import flavours
from tests.trusted_keys import trusted_keys

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Executable
    from sqlalchemy.orm import Session

    from pos_app.domain.season.offers import PerformanceSummary
    from pos_app.services.seats.map_data import SeatClaim

EVA = insert(StaffMember).values(name="Eva", name_key="eva", role="manager", created_at=utc_now())
SIZES = {"Main House": {(1404, 0)}, "Studio": {(220, 0), (40, 120)}, "Arena": {(20_000, 1500)}}


def _build(database: Database) -> None:
    build_demo(database, machine_key="this machine", till_name="Till 1", public_key=PUBLIC_KEY)


def _carry_out(session: Session, statement: Executable) -> None:
    session.execute(statement)


def _by_title(demo: Database) -> dict[str, list[PerformanceSummary]]:
    found: dict[str, list[PerformanceSummary]] = {}
    for one in demo.read(list_performances):
        found.setdefault(one.title, []).append(one)
    return found


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    database = Database(parse_address(str(tmp_path / "empty.db")))
    yield database
    database.close()


class TestWhatIsBuilt:
    def test_nothing_is_out_of_step(self, demo: Database) -> None:
        check_schema(demo)
        assert demo.read(faults) == []
        assert demo.read(lambda session: session.execute(select(func.count(Ticket.id))).scalar_one()) > 3500

    def test_a_fault_would_be_found(self, demo: Database) -> None:
        def spoil(session: Session) -> list[str]:
            session.execute(text("UPDATE ticket SET live_seat_id = NULL WHERE id = 7"))
            session.execute(text("UPDATE audit_entry SET body = '{}' WHERE seq = 5"))
            found = faults(session)
            session.rollback()
            return found

        found = demo.transact(spoil)
        assert "a sold seat without exactly one live line and one live ticket" in found
        assert len(found) >= 3

    def test_at_least_six_performances_lie_in_the_future_and_are_on_sale(self, demo: Database) -> None:
        to_come = [one for one in demo.read(list_performances) if one.until_start > 0 and one.on_sale]
        assert len(to_come) >= 6
        assert max(one.until_start for one in to_come) < 14 * 86_400

    def test_one_is_sold_out_one_nearly_and_one_cancelled(self, demo: Database) -> None:
        found = _by_title(demo)
        assert [one.free for one in found["Łukasz Nowak Quartet"]] == [ON_RESALE], "and nothing else"
        assert [one.free for one in found["Late Night Comedy"]] == [11]
        assert [one.free for one in found["The Nutcracker"]] == [584, 252]
        assert [title for title, ones in found.items() if any(one.cancelled for one in ones)] == [
            "Open Rehearsal: Brahms"
        ]

    def test_guests_stand_in_the_studio_and_in_the_arena(self, demo: Database) -> None:
        found = _by_title(demo)
        (club,), (tour,) = found["Club Night: Neon Harbour"], found["The Northern Lights: World Tour"]
        assert (club.venue, club.free) == ("Studio", 22 + 120 - 73)
        (standing,) = demo.read(count_areas, club.performance_id)
        assert (standing.capacity, standing.free, standing.sold) == (120, 47, 73)
        (floor,) = demo.read(count_areas, tour.performance_id)
        assert (floor.capacity, floor.sold) == (1500, 240)
        assert 500 < tour.capacity - tour.free - floor.sold < 2500

    def test_every_hall_has_its_seats_on_the_map(self, demo: Database) -> None:
        for one in demo.read(list_performances):
            plan = demo.read(load_plan, demo.read(load_offer, one.performance_id).plan_id)
            states = demo.read(load_states, one.performance_id, plan, None)
            standing = sum(area.capacity for area in plan.areas)
            assert (len(plan.seat_id), standing) in SIZES[one.venue]
            assert len(plan.seat_id) + standing == one.capacity
            assert int(np.isin(states.state, FOR_SALE).sum()) + sum(states.area_free.values()) == one.free

    def test_five_ticket_types_have_letters_and_believable_prices(self, demo: Database) -> None:
        nutcracker = _by_title(demo)["The Nutcracker"][0]
        offer = demo.read(load_offer, nutcracker.performance_id)
        premium = offer.categories[0].category_id
        assert [(one.letter, offer.prices[premium, one.ticket_type_id]) for one in offer.ticket_types] == [
            ("A", 6800), ("C", 3400), ("S", 5440), ("W", 0), ("F", 0),
        ]  # fmt: skip
        assert [one.name for one in offer.types_for(premium, "seat")] == ["Adult", "Child", "Senior", "Complimentary"]
        assert len(offer.types_for(premium, "companion")) == 5
        assert offer.full_price(premium) == 6800

    def test_some_seats_are_kept_back_and_some_blocked(self, demo: Database) -> None:
        def kinds(session: Session) -> dict[str, int]:
            seat = PerformanceSeat
            query = select(seat.claim_kind, func.count()).where(seat.claim_kind.in_(["house", "blocked"]))
            return {str(row[0]): row[1] for row in session.execute(query.group_by(seat.claim_kind))}

        assert demo.read(kinds) == {"house": 24, "blocked": 30}

    def test_tickets_carry_a_logo_and_a_line(self, demo: Database) -> None:
        look = demo.read(load_ticket_look)
        assert look.line == TICKET_LINE
        assert look.logo_png is not None
        assert len(look.logo_png) < 4000

    def test_no_sale_can_be_voided_any_more_and_this_till_has_made_none(self, demo: Database) -> None:
        def youngest(session: Session) -> int:
            return session.execute(
                select(func.count()).where(Order.created_at > utc_plus(-1200)).select_from(Order)
            ).scalar_one()

        till = demo.transact(register_till, "this machine", "Till 2", PUBLIC_KEY)
        assert demo.read(youngest) == 0
        shown = next(one for one in demo_sign_ins() if one.role is Role.MANAGER)
        boss = sign_in(demo, till, shown.name, shown.password)
        assert demo.read(find_orders, boss, OrderQuery(till_id=till.till_id)).rows == ()

    def test_the_order_desk_has_something_of_everything(self, demo: Database) -> None:
        shown = next(one for one in demo_sign_ins() if one.role is Role.MANAGER)
        till = demo.transact(register_till, "this machine", "Till 2", PUBLIC_KEY)
        boss = sign_in(demo, till, shown.name, shown.password)
        found = set(demo.read(lambda session: session.scalars(select(standing()).select_from(Order)).all()))
        wanted = {OrderStanding.PAID, OrderStanding.PART_REFUNDED, OrderStanding.REFUNDED, OrderStanding.EXCHANGED}
        assert found >= {str(one) for one in wanted}
        assert len(demo.read(list_refunds_due, boss)) >= 2
        assert len(demo.read(list_waiting, boss)) >= 3
        (work,) = demo.read(list_work_lists, boss)
        assert 3 <= work.left < work.orders


class TestPeopleAndTills:
    @pytest.mark.parametrize("role", list(Role))
    def test_each_shown_sign_in_works_by_password_and_by_pin(self, demo: Database, role: Role) -> None:
        shown = next(one for one in demo_sign_ins() if one.role is role)
        till = demo.transact(register_till, "this machine", "Till 2", PUBLIC_KEY)
        actor = sign_in(demo, till, shown.name, shown.password)
        choice = next(one for one in demo.read(list_staff_choices) if one.name == shown.name)
        assert actor.role is role
        assert sign_in_by_pin(demo, till, choice.staff_id, shown.pin) == actor

    def test_this_till_is_enrolled_and_the_others_have_other_names(self, demo: Database) -> None:
        till = demo.transact(register_till, "this machine", "Till 2", PUBLIC_KEY)
        names = demo.read(lambda session: list(session.execute(select(Till.name).order_by(Till.id)).scalars()))
        assert demo.read(trusted_keys) == {till.key_id: bytes.fromhex(PUBLIC_KEY)}
        assert names == ["Till 2", "Till 3", "Till 4"]

    def test_seats_are_held_elsewhere_and_not_twice(self, demo: Database) -> None:
        def look(session: Session) -> tuple[int, int, dict[int, SeatClaim]]:
            held, again = hold_some_elsewhere(session), hold_some_elsewhere(session)
            offer = load_offer(session, list_performances(session)[0].performance_id)
            states = load_states(session, offer.performance_id, load_plan(session, offer.plan_id), None)
            session.rollback()
            return held, again, states.claims

        held, again, claims = demo.transact(look)
        baskets = [claim for claim in claims.values() if claim.kept is None and claim.reserved is None]
        assert (held, again, len(baskets)) == (13, 0, 13)
        assert {claim.holder for claim in baskets} == {"Till 3", "Till 4"}
        assert all(0 < (claim.seconds_left or 0) < 901 for claim in baskets)


class TestWhereItIsBuilt:
    def test_a_demo_knows_that_it_is_one_and_when_it_is_out_of_date(self, demo: Database) -> None:
        def age(session: Session) -> tuple[bool, bool, bool]:
            before = demo_is_fresh(session)
            session.execute(update(Performance).where(Performance.id <= 4).values(starts_at=utc_now()))
            found = is_demo(session), before, demo_is_fresh(session)
            session.rollback()
            return found

        assert demo.transact(age) == (True, True, False)

    def test_a_database_with_real_staff_is_refused_and_left_alone(self, empty: Database) -> None:
        make_schema(empty)
        empty.transact(_carry_out, EVA)
        with pytest.raises(PosError, match="something other than the demo"):
            _build(empty)
        assert empty.read(lambda session: session.execute(select(StaffMember.name)).scalars().all()) == ["Eva"]
        assert not empty.read(is_demo)

    def test_a_database_of_another_program_gets_no_tables(self, empty: Database) -> None:
        empty.transact(_carry_out, text("CREATE TABLE recipes (id INTEGER)"))
        with pytest.raises(PosError, match="something other than the demo"):
            _build(empty)
        assert not has_schema(empty)

    def test_a_setting_that_does_not_say_true_is_no_mark(self, empty: Database) -> None:
        make_schema(empty)
        empty.transact(_carry_out, insert(Setting).values(name="demo", value="false"))
        with pytest.raises(PosError, match="something other than the demo"):
            _build(empty)

    @pytest.mark.server
    @pytest.mark.parametrize("flavour", flavours())
    def test_it_stands_on_a_server_too_and_is_built_anew_over_an_old_one(
        self, request: pytest.FixtureRequest, flavour: str
    ) -> None:
        database = Database(parse_address(request.getfixturevalue(f"{flavour}_url")))
        told: list[tuple[float, str]] = []
        try:
            make_schema(database)
            database.transact(_carry_out, insert(Setting).values(name="demo", value="true"))
            database.transact(_carry_out, EVA)
            build_demo(
                database,
                machine_key="this machine",
                till_name="Till 1",
                public_key=PUBLIC_KEY,
                on_progress=lambda share, sentence: told.append((share, sentence)),
            )
            assert database.read(faults) == []
            assert database.read(demo_is_fresh)
            assert sorted(one.name for one in database.read(list_staff_choices)) == sorted(
                one.name for one in demo_sign_ins()
            )
            assert sorted(one.free for one in database.read(list_performances) if not one.cancelled) == [
                2, 11, 69, 252, 584, 754, 934, 1115, 20_060,
            ]  # fmt: skip
            assert database.transact(hold_some_elsewhere) == 13
        finally:
            database.close()
        assert told[0][0] == 0.0
        assert told[-1][0] == 1.0
        assert [share for share, _ in told] == sorted(share for share, _ in told)


class TestCustomersAndReservations:
    def test_the_lists_of_customers_and_of_reservations_are_filled(self, demo: Database) -> None:
        shown = next(one for one in demo_sign_ins() if one.role is Role.MANAGER)
        till = demo.transact(register_till, "this machine", "Till 2", PUBLIC_KEY)
        boss = sign_in(demo, till, shown.name, shown.password)
        found = {one.name: one for one in demo.read(find_customers, boss, CustomerQuery()).rows}
        assert len(found) >= 15
        assert found[PRESS].marks == ("Press",)
        assert (found[MERGED].orders or 0) > 3
        assert MERGED in {one.name for one in demo.read(find_customers, boss, CustomerQuery("07700 900101")).rows}
        away = demo.read(find_customers, boss, CustomerQuery("ashdown", archived=True)).rows
        assert [one.archived for one in away] == [True]
        waiting = demo.read(list_reservations, boss)
        assert len(waiting) >= 6
        assert waiting == tuple(sorted(waiting, key=lambda one: one.seconds_left))
        states = set(demo.read(lambda session: session.scalars(select(OrderLine.state)).all()))
        assert {"reserved", "released", "live"} <= states
        kinds = set(demo.read(lambda session: session.scalars(select(OrderChange.kind)).all()))
        assert {"reserve", "pick_up", "keep_longer", "release"} <= kinds
