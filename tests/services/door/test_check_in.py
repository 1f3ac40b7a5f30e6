from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import CheckIn, Order, Performance, Ticket, TicketPresence, TillKey
from pos_app.doctor import judge_database
from pos_app.documents.ticket_codes import TicketClaim, new_signing_key, sign_ticket
from pos_app.domain.codes import grouped
from pos_app.domain.door.check_in import LONGEST_SCAN, Reason, Scan, Verdict
from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.services.door.check_in import check_in, undo_check_in
from pos_app.services.door.guest_lists import count_guests, find_guests, list_door_performances, list_scans
from tests.services.stories import change_performance, change_staff, signed_code, sold
from tests.small_house import DAY, SIGNING_KEY

if TYPE_CHECKING:
    from pos_app.domain.door.check_in import ScanResult
    from tests.houses import OpenHouse

MAIN, SIDE = "Main door", "Side door"


@dataclass(frozen=True)
class Door:
    """A gate at the evening, and the first ticket sold for it."""

    house: OpenHouse
    ticket_id: int
    code: str

    def scan(self, text: str | None = None, gate: str = MAIN, *, nonce: str = "", leaving: bool = False) -> ScanResult:
        asked = Scan(
            self.house.small.performance_id, gate, self.code if text is None else text, nonce or uuid4().hex, leaving
        )
        return self.house.database.transact(check_in, self.house.small.steward, asked)

    def short_code(self) -> str:
        return self.house.database.read(lambda session: session.get_one(Ticket, self.ticket_id)).short_code

    def let_pass(self, seconds: float) -> None:
        """Make all scans so many seconds older."""
        older = update(CheckIn).values(created_at=utc_plus(-seconds))
        self.house.database.transact(lambda session: session.execute(older))

    def stored(self) -> list[CheckIn]:
        return self.house.database.read(lambda session: list(session.scalars(select(CheckIn).order_by(CheckIn.id))))


@pytest.fixture
def door(house: OpenHouse) -> Door:
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    return Door(house, sale.ticket_ids[0], signed_code(house, sale.ticket_ids[0]))


def verdict(result: ScanResult) -> tuple[Verdict, Reason]:
    return result.verdict, result.reason


def test_a_good_ticket_is_admitted_with_its_seat(door: Door) -> None:
    result = door.scan()
    assert verdict(result) == (Verdict.ADMITTED, Reason.NONE)
    assert result.place is not None
    assert result.place.spoken() == "Stalls, row A, seat 1"
    assert (result.ticket_type, result.customer_name, result.inside, result.expected) == ("Adult", "Anna Guest", 1, 2)
    assert door.house.database.read(judge_database) == ()


def test_a_short_code_is_read_whatever_its_case_and_dashes(door: Door) -> None:
    typed = f" {grouped(door.short_code()).lower()} "
    assert verdict(door.scan(typed)) == (Verdict.ADMITTED, Reason.NONE)


def test_what_a_scanner_adds_is_left_out(door: Door) -> None:
    assert verdict(door.scan(f"]Q1\\000026{door.code}{door.code}\r\n")) == (Verdict.ADMITTED, Reason.NONE)


def test_the_same_code_at_the_same_gate_within_six_seconds_is_the_same_guest(door: Door) -> None:
    first = door.scan()
    again = door.scan(gate=f" {MAIN} ")
    assert again.repeated
    assert (again.verdict, again.check_in_id, again.inside) == (Verdict.ADMITTED, first.check_in_id, 1)
    door.let_pass(7)
    assert verdict(door.scan()) == (Verdict.ALREADY_USED, Reason.ALREADY_REDEEMED)


def test_the_same_code_at_another_gate_is_used_already_and_says_when_and_where(door: Door) -> None:
    door.scan()
    result = door.scan(gate=SIDE)
    assert verdict(result) == (Verdict.ALREADY_USED, Reason.ALREADY_REDEEMED)
    assert result.used_gate == MAIN
    assert result.used_at == door.stored()[0].created_at
    assert result.inside == 1


def test_repeating_the_nonce_returns_the_same_verdict_and_stores_nothing(door: Door) -> None:
    first = door.scan(nonce="n-1")
    door.let_pass(60)
    again = door.scan(nonce="n-1")
    assert (verdict(again), again.check_in_id) == (verdict(first), first.check_in_id)
    refused = door.scan(nonce="n-2")
    assert verdict(door.scan(nonce="n-2")) == verdict(refused) == (Verdict.ALREADY_USED, Reason.ALREADY_REDEEMED)
    assert len(door.stored()) == 2


def test_a_guest_leaves_and_may_come_back(door: Door) -> None:
    assert verdict(door.scan(leaving=True)) == (Verdict.REFUSED, Reason.NOT_INSIDE)
    door.scan()
    left = door.scan(leaving=True)
    assert (verdict(left), left.inside) == ((Verdict.LEFT, Reason.NONE), 0)
    assert verdict(door.scan(gate=SIDE)) == (Verdict.ADMITTED, Reason.NONE)
    presence = door.house.database.read(lambda session: session.get_one(TicketPresence, door.ticket_id))
    assert (presence.inside, presence.entries) == (True, 2)
    assert door.house.database.read(judge_database) == ()


def test_an_admission_is_undone_and_the_guest_may_enter_again(door: Door) -> None:
    steward = door.house.small.steward
    first = door.scan()
    for _ in range(2):
        undone = door.house.database.transact(undo_check_in, steward, first.check_in_id)
        assert undone.inside == 0
    assert door.house.database.read(list_scans, door.house.small.performance_id)[0].undone
    assert verdict(door.scan(gate=SIDE)) == (Verdict.ADMITTED, Reason.NONE)
    with pytest.raises(NotPermitted):
        door.house.database.transact(undo_check_in, door.house.small.cashier, first.check_in_id)
    assert door.house.database.read(judge_database) == ()


def test_an_exit_is_undone(door: Door) -> None:
    door.scan()
    left = door.scan(leaving=True)
    assert door.house.database.transact(undo_check_in, door.house.small.steward, left.check_in_id).inside == 1


def test_a_scan_that_others_followed_or_that_let_nobody_in_cannot_be_undone(door: Door) -> None:
    steward, database = door.house.small.steward, door.house.database
    first = door.scan()
    refused = door.scan(gate=SIDE)
    door.scan(leaving=True)
    for check_in_id in (first.check_in_id, refused.check_in_id, 987_654):
        with pytest.raises(NotFound):
            database.transact(undo_check_in, steward, check_in_id)


def test_a_ticket_of_another_performance_is_refused_and_names_its_own(door: Door) -> None:
    small = door.house.small
    sale = sold(door.house, [small.seat(1, 1, small.gala_id)])
    result = door.scan(signed_code(door.house, sale.ticket_ids[0]))
    assert verdict(result) == (Verdict.REFUSED, Reason.WRONG_PERFORMANCE)
    assert "The Cherry Orchard" in result.advice


def test_a_ticket_that_is_not_paid_is_refused(door: Door) -> None:
    door.house.database.transact(lambda session: session.execute(update(Order).values(state="reserved")))
    assert verdict(door.scan()) == (Verdict.REFUSED, Reason.UNPAID)


def test_a_code_signed_by_nobody_we_know_is_forged(door: Door) -> None:
    small = door.house.small
    private, _ = new_signing_key()
    claim = TicketClaim(small.key_id, small.performance_id, door.ticket_id, 1)
    assert verdict(door.scan(sign_ticket(private, claim))) == (Verdict.REFUSED, Reason.FORGED)
    unknown = TicketClaim(small.key_id + 77, small.performance_id, door.ticket_id, 1)
    assert verdict(door.scan(sign_ticket(SIGNING_KEY, unknown))) == (Verdict.REFUSED, Reason.FORGED)
    tampered = door.code[:-1] + str((int(door.code[-1]) + 1) % 10)
    assert verdict(door.scan(tampered)) == (Verdict.REFUSED, Reason.FORGED)


def test_a_code_of_a_revoked_key_is_refused(door: Door) -> None:
    door.house.database.transact(lambda session: session.execute(update(TillKey).values(revoked_at=utc_now())))
    result = door.scan()
    assert verdict(result) == (Verdict.REFUSED, Reason.FORGED)
    assert "revoked" in result.advice


def test_a_signed_code_of_no_ticket_or_of_another_performance_is_unknown(door: Door) -> None:
    small = door.house.small
    for claim in (
        TicketClaim(small.key_id, small.performance_id, 2**63, 1),
        TicketClaim(small.key_id, small.performance_id, 2**64 - 1, 1),
        TicketClaim(small.key_id, small.performance_id, 987_654, 1),
        TicketClaim(small.key_id, small.gala_id, door.ticket_id, 1),
    ):
        assert verdict(door.scan(sign_ticket(SIGNING_KEY, claim))) == (Verdict.REFUSED, Reason.UNKNOWN)
    assert verdict(door.scan("ABCDEFGHJK")) == (Verdict.REFUSED, Reason.UNKNOWN)


HOSTILE = {
    "nothing": "",
    "space": " \r\n\t",
    "web": "https://example.org/?q=1",
    "wifi": "WIFI:T:WPA;S:net;P:secret;;",
    "long": "9" * 100_000,
    "long code": "A" * 100_000,
    "emoji": "🎭🎫" * 40,
    "nul": "\x00\x01abc\x00",
    "surrogate": "\ud800\udc80abc",
    "right to left": "\u202eمحفظة",
    "sql": "' OR 1=1 -- %s :x",
    "digits": "1" * 198,
    "other digits": "٣" * 198,
    "superscript": "²" * 198,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_ticket_is_refused_and_stored(door: Door, name: str) -> None:
    result = door.scan(HOSTILE[name])
    assert result.verdict is Verdict.REFUSED
    assert result.reason in {Reason.INVALID, Reason.FORGED, Reason.UNKNOWN}
    (stored,) = door.stored()
    assert (stored.verdict, stored.reason) == (result.verdict, result.reason)
    assert len(stored.scanned) <= LONGEST_SCAN
    assert all(letter.isprintable() for letter in stored.scanned)


def test_a_gate_of_any_name_is_kept(door: Door) -> None:
    for gate in ("", "قاعة 🎭", "\ud800\x00Gate\n2", "g" * 500):
        assert door.scan("", gate=gate).verdict is Verdict.REFUSED
    assert [one.gate for one in door.stored()] == ["", "قاعة 🎭", "Gate 2", "g" * 80]


def test_only_those_who_may_check_tickets_do(door: Door) -> None:
    scan = Scan(door.house.small.performance_id, MAIN, door.code, uuid4().hex)
    with pytest.raises(NotPermitted):
        door.house.database.transact(check_in, door.house.small.cashier, scan)
    change_staff(door.house, door.house.small.steward, active=False)
    with pytest.raises(NotPermitted):
        door.scan()
    assert door.stored() == []
    door.house.database.transact(check_in, door.house.small.manager, scan)


def test_guests_are_found_by_order_name_and_seat(door: Door) -> None:
    small, database = door.house.small, door.house.database
    number = database.read(lambda session: session.scalars(select(Order.number)).one())
    for query in (grouped(number).lower(), "anna", "A 1", "a 1", "guest"):
        found = database.read(find_guests, small.performance_id, query)
        assert door.short_code() in {guest.short_code for guest in found}, query
    assert [guest.place.number for guest in database.read(find_guests, small.performance_id, "A 2")] == ["2"]
    database.transact(lambda session: session.execute(update(Order).values(customer_name="Ayşe ÇİÇEK")))
    for query in ("Ayşe", "ayşe ç", "ÇİÇEK"):
        assert len(database.read(find_guests, small.performance_id, query)) == 2, query
    for query in ("", "  ", "%", "_", "\\", "B 1", "zzz", "x" * 5000, "\x00", "\ud800"):
        assert database.read(find_guests, small.performance_id, query) == (), query


def test_the_door_counts_and_lists(door: Door) -> None:
    small, database = door.house.small, door.house.database
    door.scan()
    door.scan("nonsense")
    counts = database.read(count_guests, small.performance_id)
    assert (counts.inside, counts.expected) == (1, 2)
    scans = database.read(list_scans, small.performance_id)
    assert [one.verdict for one in scans] == [Verdict.REFUSED, Verdict.ADMITTED]
    listed = database.read(list_door_performances)
    assert [one.performance_id for one in listed] == [small.begun_id, small.performance_id, small.gala_id]
    assert [one.until_doors for one in listed] == pytest.approx([-5400, DAY - 1800, 2 * DAY - 1800], abs=60)
    change_performance(door.house, doors_at=None)
    assert database.read(list_door_performances)[1].until_doors == pytest.approx(DAY, abs=60)
    change_performance(door.house, state="cancelled")
    assert [one.cancelled for one in database.read(list_door_performances)] == [False, True, False]


def test_a_refused_scan_changes_nobodys_presence(door: Door) -> None:
    door.scan("nonsense")
    moved = door.house.database.read(
        lambda session: session.scalar(
            select(func.count()).select_from(TicketPresence).where(TicketPresence.entries > 0)
        )
    )
    assert moved == 0


def test_the_same_guest_is_stored_apart_and_told_the_same_when_asked_again(door: Door) -> None:
    first = door.scan()
    again = door.scan(nonce="a" * 32)
    assert again.repeated
    assert [entry.reason for entry in door.stored()] == [Reason.NONE, Reason.SAME_GUEST]
    assert door.scan(nonce="a" * 32) == again
    assert again.check_in_id == first.check_in_id
    assert door.house.database.read(judge_database) == ()


def test_a_cancelled_performance_admits_nobody(door: Door) -> None:
    evening = door.house.small.performance_id
    cancelled = update(Performance).where(Performance.id == evening).values(state="cancelled")
    door.house.database.transact(lambda session: session.execute(cancelled))
    assert verdict(door.scan()) == (Verdict.REFUSED, Reason.CALLED_OFF)
