"""An evening on a server at which each kind of machine has an account of its own, and no more rights than its work."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry, Till
from pos_app.doctor import judge_database
from pos_app.domain.door.check_in import Scan, Verdict
from pos_app.domain.errors import RightsMissing
from pos_app.domain.roles import Role
from pos_app.domain.season.prices import PriceDraft, PriceGrid
from pos_app.domain.selling.sales import VoidRequest
from pos_app.domain.selling.seat_requests import Answer
from pos_app.domain.staff.members import StaffDraft
from pos_app.domain.tills.kinds import TillKind
from pos_app.flows.sign_in import sign_in, sign_in_by_pin
from pos_app.flows.staff_secrets import add_member
from pos_app.services.door.check_in import check_in, undo_check_in
from pos_app.services.door.finding import find_guests
from pos_app.services.door.guest_lists import count_guests, list_door_performances
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.orders.reprints import reissue_tickets
from pos_app.services.orders.ticket_faces import load_ticket_faces
from pos_app.services.season.prices import load_price_grid, save_prices
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.seats.map_states import load_changes, load_checksum, load_states
from pos_app.services.selling.holds import extend_hold, place_hold, release_seats
from pos_app.services.selling.sales import sell
from pos_app.services.selling.seat_requests import answer_release, ask_to_release, load_questions
from pos_app.services.server_time import load_clock_setback
from pos_app.services.staff.entrance import load_entrance
from pos_app.services.tills.registering import enrol_key, join_till, note_kind, note_seen, register_till
from pos_app.ui.screens.admin.ticket_types.page import TicketTypesPage
from pos_app.ui.screens.door.verdict_look import DoorState
from pos_app.workers.housekeeping import HoldExpiry
from tests.evening import start_evening
from tests.houses import OpenHouse, on_a_server
from tests.kinds_of_machine import ByKind
from tests.services.staff.tries import DAY, try_name
from tests.services.stories import cash_request, hold, run_out, seat_row, signed_code
from tests.small_house import NAMES, PASSWORDS, PINS, allow, sell_seats

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pos_app.db.database import Database
    from pos_app.domain.selling.sales import Sale

pytestmark = on_a_server


@pytest.fixture
def by_kind(house: OpenHouse) -> Iterator[ByKind]:
    made = ByKind(house.url)
    yield made
    made.close()
    made.drop_accounts()


@pytest.fixture
def counter(house: OpenHouse, by_kind: ByKind) -> OpenHouse:
    """Give the house as a counter opens it."""
    return replace(house, database=by_kind.of(TillKind.COUNTER))


@pytest.fixture
def gate(house: OpenHouse, by_kind: ByKind) -> OpenHouse:
    """Give the house as a gate opens it."""
    return replace(house, database=by_kind.of(TillKind.GATE))


@pytest.fixture
def office(house: OpenHouse, by_kind: ByKind) -> OpenHouse:
    """Give the house as the office opens it."""
    return replace(house, database=by_kind.of(TillKind.OFFICE))


def _sold(house: OpenHouse, numbers: tuple[int, ...]) -> Sale:
    return house.database.transact(sell_seats, house.small, house.small.seats_of(1, numbers))


def _prices(grid: PriceGrid, amount: int) -> PriceDraft:
    """Let one thing cost something else."""
    kind = next(iter(grid.amounts))
    return PriceDraft({**grid.amounts, kind: amount}, grid.ticket_fee_minor, grid.order_fee_minor)


def _sign_in(database: Database, machine_key: str, role: Role) -> None:
    till = database.transact(register_till, machine_key, "Till", "00" * 32)
    actor = sign_in(database, till, NAMES[role], PASSWORDS[role])
    assert sign_in_by_pin(database, till, actor.staff_id, PINS[role]) == actor
    database.read(load_entrance, till.till_id, "00" * 32)
    assert database.read(load_clock_setback, till.till_id) == pytest.approx(0)
    database.transact(note_seen, till.till_id)


def test_a_counter_sells_takes_back_prints_anew_and_gives_seats_back(house: OpenHouse, counter: OpenHouse) -> None:
    database, small = counter.database, counter.small
    _sign_in(database, "machine-Till 1", Role.CASHIER)
    held = hold(counter, small.seats_of(2, (1, 2)))
    database.transact(extend_hold, small.cashier, held.basket_key, request_id=uuid4().hex, reason="they look for cash")
    sale = database.transact(sell, small.cashier, cash_request(counter, held))
    database.transact(reissue_tickets, small.cashier, sale.ticket_ids, request_id=uuid4().hex, reason="torn")
    assert len(database.read(load_ticket_faces, sale.ticket_ids)) == 2
    allowed = database.transact(allow, small)
    database.transact(void_order, small.cashier, VoidRequest(uuid4().hex, sale.order_id, "wrong night", allowed))
    lapsed = hold(counter, small.seats_of(3, (1, 2)))
    run_out(house, lapsed)
    assert HoldExpiry(database).run_once() == (1, 2)
    assert seat_row(counter, small.seat(3, 1)).state == "free"
    assert house.database.read(judge_database) == ()


def test_a_counter_watches_the_map_and_answers_another_one(counter: OpenHouse) -> None:
    database, small = counter.database, counter.small
    held = hold(counter, [small.seat(1, 1)])
    plan = database.read(load_plan, small.plan_id)
    seen = database.read(load_states, small.performance_id, plan, None)
    database.read(load_changes, small.performance_id, plan, None, seen.cursor)
    assert database.read(load_checksum, small.performance_id) is not None
    other = small.elsewhere(small.cashier)
    database.transact(ask_to_release, other, small.seat(1, 1), request_id=uuid4().hex)
    (asked,) = database.read(load_questions, small.till_id).asked
    assert database.transact(answer_release, small.cashier, asked.question_id, yes=True) is Answer.YES
    assert database.transact(release_seats, held.basket_key) is None


def test_a_gate_lets_guests_in_and_does_nothing_else(house: OpenHouse, counter: OpenHouse, gate: OpenHouse) -> None:
    sale = _sold(counter, (1, 2))
    code = signed_code(counter, sale.ticket_ids[0])
    database, small = gate.database, gate.small
    _sign_in(database, "machine-Gate 1", Role.DOOR_STEWARD)
    scan = Scan(small.performance_id, "Main door", code, uuid4().hex)
    result = database.transact(check_in, small.steward, scan)
    assert result.verdict is Verdict.ADMITTED
    assert result.check_in_id is not None
    database.transact(undo_check_in, small.steward, result.check_in_id)
    assert database.read(list_door_performances)
    assert database.read(find_guests, small.performance_id, "anna").guests
    assert database.read(count_guests, small.performance_id).inside == 0
    for refused in (
        lambda: database.transact(place_hold, small.cashier, uuid4().hex, [small.seat(2, 1)]),
        lambda: HoldExpiry(database).run_once(),
        lambda: database.transact(register_till, "a new machine", "Gate 7", "11" * 32),
    ):
        with pytest.raises(RightsMissing, match="may not do this"):
            refused()
    assert house.database.read(judge_database) == ()


def test_a_counter_lets_nobody_in_and_changes_no_price(counter: OpenHouse) -> None:
    sale = _sold(counter, (1,))
    database, small = counter.database, counter.small
    scan = Scan(small.performance_id, "Main door", signed_code(counter, sale.ticket_ids[0]), uuid4().hex)
    with pytest.raises(RightsMissing) as told:
        database.transact(check_in, small.steward, scan)
    assert "foyer database upgrade" in str(told.value.advice)
    grid = database.read(load_price_grid, small.manager, small.performance_id)
    with pytest.raises(RightsMissing):
        database.transact(save_prices, small.manager, grid, _prices(grid, 1))
    with pytest.raises(RightsMissing):
        add_member(database, small.manager, StaffDraft("Eve", Role.CASHIER), "eve was here", "")
    with pytest.raises(RightsMissing):
        database.transact(enrol_key, small.manager, "ab" * 32)
    assert counter.database.read(load_price_grid, small.manager, small.performance_id) == grid


def test_a_new_computer_with_a_counters_account_is_a_till_that_no_gate_trusts(
    house: OpenHouse, counter: OpenHouse
) -> None:
    database = counter.database
    till = database.transact(join_till, "a new machine", "Till 7", "ab" * 32)
    assert (till.name, till.key_id) == ("Till 7", None)
    # Another name, typed when it is set up once more, is a manager's to give.
    assert database.transact(join_till, "a new machine", "Till 8", "ab" * 32).name == "Till 7"
    entries = house.database.read(lambda session: session.scalars(select(AuditEntry.action)).all())
    assert "till_registered" in entries
    kinds = house.database.read(lambda session: session.scalars(select(Till.kind)).all())
    assert set(kinds) == {"counter"}


def test_the_office_decides(house: OpenHouse, office: OpenHouse) -> None:
    database, small = office.database, office.small
    grid = database.read(load_price_grid, small.manager, small.performance_id)
    saved = database.transact(save_prices, small.manager, grid, _prices(grid, 7700))
    assert 7700 in saved.amounts.values()
    member = add_member(database, small.manager, StaffDraft("Eve", Role.CASHIER), "eve works here", "4711")
    assert member.name == "Eve"
    assert database.transact(enrol_key, small.manager, "ab" * 32)
    # It may also ask the judge.
    assert database.read(judge_database) == ()
    assert house.database.read(judge_database) == ()


def test_a_manager_at_a_counter_is_told_beforehand_what_this_computer_may_not(
    qtbot: QtBot, counter: OpenHouse, tmp_path: Path
) -> None:
    evening = start_evening(qtbot, counter, tmp_path)
    try:
        evening.sign_in(Role.MANAGER)
        evening.hold_a_seat()
        evening.window.show_screen("manage")
        manage = evening.workplace.manage
        assert manage is not None
        evening.wait(manage.notice.isVisible)
        for key in manage.keys:
            manage.open_section(key)
            assert manage.current == key
        manage.open_section("ticket_types")
        page = manage.section("ticket_types")
        assert isinstance(page, TicketTypesPage)
        page.start_new()
        page.form.change_values({"name": "Senior", "letter": "S"})
        page.editor.save_button.click()
        evening.wait(lambda: not page.banner.isHidden())
        assert "may not do this" in page.banner.message.text
        assert "incident" not in page.banner.message.text
        if folder := os.environ.get("FOYER_TEST_PICTURES"):
            evening.window.grab().save(f"{folder}/manage.png")
    finally:
        evening.foyer.shut_down()


def test_a_steward_works_at_a_gate_whose_account_may_do_nothing_else(
    qtbot: QtBot, counter: OpenHouse, gate: OpenHouse, tmp_path: Path
) -> None:
    sale = _sold(counter, (1, 2))
    code = signed_code(counter, sale.ticket_ids[0])
    evening = start_evening(qtbot, gate, tmp_path, machine_key="machine-Gate 1")
    try:
        evening.sign_in(Role.DOOR_STEWARD)
        door = evening.workplace.door
        assert door is not None
        evening.wait(lambda: door._performance is not None)
        combo = door.bar.performances
        tonight = gate.small.performance_id
        at = next(at for at in range(combo.count()) if combo.itemData(at).performance_id == tonight)
        combo.setCurrentIndex(at)
        combo.activated.emit(at)
        door.scan(code)
        evening.wait(lambda: door.panel.state is DoorState.ADMITTED)
        assert evening.window.banner.isHidden()
    finally:
        evening.foyer.shut_down()


def test_a_manager_at_a_gate_finds_the_door_and_nothing_that_a_gate_may_not_read(
    qtbot: QtBot, house: OpenHouse, gate: OpenHouse, tmp_path: Path
) -> None:
    house.database.transact(note_kind, "machine-Gate 1", TillKind.GATE)
    evening = start_evening(qtbot, gate, tmp_path, machine_key="machine-Gate 1")
    try:
        evening.sign_in(Role.MANAGER)
        workplace = evening.workplace
        assert (workplace.sell, workplace.orders) == (None, None)
        door = workplace.door
        assert door is not None
        assert evening.window.current_screen == "door"
        evening.wait(lambda: door._performance is not None)
        assert evening.window.banner.isHidden()
    finally:
        evening.foyer.shut_down()


def test_the_office_forgets_old_tries_to_sign_in_and_a_counter_leaves_them_to_it(
    house: OpenHouse, counter: OpenHouse, office: OpenHouse
) -> None:
    for number in range(2):
        try_name(house, f"Nobody {number}", ago=DAY + 60)
    with pytest.raises(RightsMissing):
        HoldExpiry(counter.database).forget_once()
    assert HoldExpiry(office.database).forget_once() == 2
