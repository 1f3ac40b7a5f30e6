"""The others of an order come in with the one who was scanned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

import pytest
from sqlalchemy import update

from pos_app.db.clock import utc_now
from pos_app.db.models import OrderLine, Ticket, TicketPresence
from pos_app.doctor import judge_database
from pos_app.domain.door.check_in import Reason, Scan, Verdict
from pos_app.domain.door.order_party import MOST_OTHERS, OrderParty, PartyResult, PartyScan
from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.services.door.check_in import check_in, undo_check_in
from pos_app.services.door.guest_lists import count_guests, list_scans
from pos_app.services.door.order_party import check_in_others, others_of_order
from pos_app.services.orders.reprints import reissue_tickets
from tests.services.door.gate import MAIN, SIDE, verdict
from tests.services.stories import change_performance, signed_code, sold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.door.check_in import ScanResult
    from tests.houses import OpenHouse


class Family(NamedTuple):
    """Six tickets of one order, of which the first one's guest was let in."""

    house: OpenHouse
    tickets: Sequence[int]
    first: ScanResult

    def others(self, check_in_id: int | None = None) -> OrderParty:
        asked = self.first.check_in_id if check_in_id is None else check_in_id
        return self.house.database.read(others_of_order, self.house.small.steward, asked)

    def let_in(self, tickets: Sequence[int], request_id: str = "") -> PartyResult:
        party = PartyScan(self.first.check_in_id, MAIN, tuple(tickets), request_id or uuid4().hex)
        return self.house.database.transact(check_in_others, self.house.small.steward, party)

    def inside(self) -> int:
        return self.house.database.read(count_guests, self.house.small.performance_id).inside


def _scan(house: OpenHouse, ticket: int, gate: str = MAIN) -> ScanResult:
    scan = Scan(house.small.performance_id, gate, signed_code(house, ticket), uuid4().hex)
    return house.database.transact(check_in, house.small.steward, scan)


@pytest.fixture
def family(house: OpenHouse) -> Family:
    tickets = sold(house, house.small.seats_of(1, range(1, 7))).ticket_ids
    return Family(house, tickets, _scan(house, tickets[0]))


def _seats(results: Sequence[ScanResult]) -> list[str]:
    return [one.place.number for one in results if one.place is not None]


def test_the_other_five_of_an_order_come_in_at_once(family: Family) -> None:
    party = family.others()
    assert [one.place.number for one in party.others] == ["2", "3", "4", "5", "6"]
    assert (party.inside, party.more, party.customer_name) == (1, 0, "Anna Guest")
    assert party.order_number == family.first.order_number
    result = family.let_in([one.ticket_id for one in party.others])
    assert (_seats(result.admitted), result.refused) == (["2", "3", "4", "5", "6"], ())
    assert family.inside() == 6
    after = family.others()
    assert (after.others, after.inside) == ((), 6)
    scans = family.house.database.read(list_scans, family.house.small.performance_id)
    assert [one.verdict for one in scans] == [Verdict.ADMITTED] * 6
    assert family.house.database.read(judge_database) == ()


def test_asked_twice_they_come_in_once_and_the_answer_is_the_same(family: Family) -> None:
    request = uuid4().hex
    first = family.let_in(family.tickets[1:4], request)
    assert family.let_in(family.tickets[1:4], request) == first
    assert family.inside() == 4
    # Even when the scan that it went by was taken back since.
    family.house.database.transact(undo_check_in, family.house.small.steward, family.first.check_in_id)
    assert family.let_in(family.tickets[1:4], request) == first
    assert len(family.house.database.read(list_scans, family.house.small.performance_id)) == 4


def test_who_came_in_elsewhere_meanwhile_is_told_and_the_others_come_in(family: Family) -> None:
    shown = [one.ticket_id for one in family.others().others]
    _scan(family.house, family.tickets[2], SIDE)
    result = family.let_in(shown)
    assert _seats(result.admitted) == ["2", "4", "5", "6"]
    (used,) = result.refused
    assert verdict(used) == (Verdict.ALREADY_USED, Reason.ALREADY_REDEEMED)
    assert (used.used_gate, _seats([used])) == (SIDE, ["3"])
    assert family.inside() == 6
    assert family.house.database.read(judge_database) == ()


def test_each_of_them_can_be_taken_back(family: Family) -> None:
    result = family.let_in(family.tickets[1:3])
    family.house.database.transact(undo_check_in, family.house.small.steward, result.admitted[1].check_in_id)
    assert family.inside() == 2
    assert [one.place.number for one in family.others().others] == ["3", "4", "5", "6"]


def test_only_good_tickets_of_this_order_and_performance_come_along(family: Family) -> None:
    house, small = family.house, family.house.small
    stranger = sold(house, [small.seat(2, 1)]).ticket_ids[0]
    gala = sold(house, [small.seat(2, 2, small.gala_id)]).ticket_ids[0]
    result = family.let_in([family.tickets[1], stranger, gala, 987_654])
    assert _seats(result.admitted) == ["2"]
    assert [verdict(one) for one in result.refused] == [(Verdict.REFUSED, Reason.UNKNOWN)] * 3
    assert family.inside() == 2


def test_a_new_print_comes_along_and_a_void_ticket_does_not(family: Family) -> None:
    house = family.house
    house.database.transact(
        reissue_tickets, house.small.manager, [family.tickets[1]], request_id=uuid4().hex, reason="Lost"
    )
    _void(house, family.tickets[2])
    assert [one.place.number for one in family.others().others] == ["2", "4", "5", "6"]
    result = family.let_in(family.tickets[1:3])
    assert _seats(result.admitted) == ["2"]
    assert [verdict(one) for one in result.refused] == [(Verdict.REFUSED, Reason.CANCELED)]


def test_nobody_comes_along_with_a_scan_that_let_nobody_in(family: Family) -> None:
    house = family.house
    used = _scan(house, family.tickets[0], SIDE)
    left = house.database.transact(
        check_in,
        house.small.steward,
        Scan(house.small.performance_id, MAIN, signed_code(house, family.tickets[0]), uuid4().hex, leaving=True),
    )
    for scan in (used, left, replace(used, check_in_id=987_654)):
        assert family.others(scan.check_in_id).others == ()
        with pytest.raises(NotFound):
            family._replace(first=scan).let_in(family.tickets[1:])
    assert family.inside() == 0


def test_nobody_comes_along_once_the_first_one_was_taken_back(family: Family) -> None:
    family.house.database.transact(undo_check_in, family.house.small.steward, family.first.check_in_id)
    assert family.others().others == ()
    with pytest.raises(NotFound):
        family.let_in(family.tickets[1:])
    assert family.inside() == 0


def test_nobody_comes_along_once_the_evening_is_called_off_or_the_order_is_not_paid(family: Family) -> None:
    change_performance(family.house, state="cancelled")
    assert family.others().others == ()
    assert [one.reason for one in family.let_in(family.tickets[1:2]).refused] == [Reason.CALLED_OFF]
    change_performance(family.house, state="scheduled")
    family.house.database.transact(lambda session: session.execute(update(OrderLine).values(state="reserved")))
    assert family.others().others == ()
    assert [one.reason for one in family.let_in(family.tickets[2:3]).refused] == [Reason.UNPAID]


def test_only_those_who_may_check_tickets_ask(family: Family) -> None:
    house = family.house
    with pytest.raises(NotPermitted):
        house.database.read(others_of_order, house.small.cashier, family.first.check_in_id)
    party = PartyScan(family.first.check_in_id, MAIN, tuple(family.tickets[1:]), uuid4().hex)
    with pytest.raises(NotPermitted):
        house.database.transact(check_in_others, house.small.cashier, party)
    assert family.inside() == 1


def test_a_coach_is_listed_by_the_forty(house: OpenHouse) -> None:
    small = house.small
    coach = [small.seat(row, seat) for row in range(1, 6) for seat in range(1, 11)][:48]
    tickets = sold(house, coach).ticket_ids
    party = Family(house, tickets, _scan(house, tickets[0])).others()
    assert (len(party.others), party.more) == (MOST_OTHERS, 47 - MOST_OTHERS)


def _void(house: OpenHouse, ticket: int) -> None:
    def change(session: Session) -> None:
        session.execute(update(Ticket).where(Ticket.id == ticket).values(voided_at=utc_now(), live_seat_id=None))
        session.execute(update(TicketPresence).where(TicketPresence.ticket_id == ticket).values(issue_count=0))

    house.database.transact(change)
