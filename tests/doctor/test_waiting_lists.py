"""What the judge finds of waiting lists and of offers; each fault is planted alone, and undone."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from pos_app.doctor.names import Names
from pos_app.doctor.unserved import judge_unserved
from tests.doctor.waiting import ask, wait
from tests.kinds import BOTH

if TYPE_CHECKING:
    from tests.doctor.conftest import Evening

_SEAT: Final = "WHERE performance_id=:performance AND seat_id=:seat"
_BASKET: Final = "WHERE claim_kind='basket' AND claim_id=:hold"
BROKEN: Final = (
    # Guards.
    (f"UPDATE performance_seat SET guarded=0 {_SEAT}", "is open, and does not guard it"),
    (f"UPDATE performance_seat SET guarded=7 {_SEAT}", "is open, and does not guard it"),
    ("UPDATE performance_seat SET guarded=1 WHERE performance_id<>:performance", "and no waiting list is open"),
    ("UPDATE performance_seat SET guarded=2 WHERE performance_id<>:performance", "and no waiting list is open"),
    ("UPDATE performance_seat SET guarded=2 WHERE claim_kind='offer'", "and others may take it"),
    ("UPDATE waiting_list SET state='closed'", "and no waiting list is open"),
    # Open offers and their seats.
    ("UPDATE waiting_offer SET places='1:x' WHERE id=:offer", "its places cannot be read"),
    ("UPDATE waiting_offer SET places='1:1' WHERE id=:offer", "its party is 2"),
    ("UPDATE waiting_entry SET performance_id=:gala WHERE id=:offered", "waits for another performance"),
    ("UPDATE waiting_offer SET performance_id=:gala WHERE id=:offer", "names seats of another performance"),
    (("UPDATE waiting_offer SET places=(SELECT * FROM (SELECT places FROM waiting_offer WHERE id=:paying) AS other)"
     " WHERE id=:offer"), "it is in the open offers"),
    ("UPDATE performance_seat SET state='free', claim_kind=NULL, claim_id=NULL WHERE claim_kind='offer'",
     "and it is free"),
    ("UPDATE performance_seat SET claim_kind='house', claim_id=NULL WHERE claim_kind='offer'", "claimed by somebody"),
    ("UPDATE performance_seat SET claim_id=:paying WHERE claim_kind='offer'", "claimed by somebody"),
    ("UPDATE performance_seat SET claim_until=NULL WHERE claim_kind='offer'", "its offer"),
    ("DELETE FROM performance_seat WHERE claim_kind='offer'", "and not in the inventory"),
    ("UPDATE waiting_offer SET state='lapsed', closed_at=created_at WHERE id=:offer",
     "which is not open or does not name it"),
    (f"UPDATE performance_seat SET state='claimed', claim_kind='offer', claim_id=98765, guarded=1 {_SEAT}",
     "which is not open"),
    # Open for paying.
    ("UPDATE waiting_offer SET pickup_hold_id=NULL WHERE id=:paying", "in a basket that does not sell it"),
    ("UPDATE hold SET with_offers=0 WHERE id=:hold", "knows of no offers"),
    ("UPDATE hold SET closed_at=created_at, closed_as='sold' WHERE id=:hold", "is not open"),
    ("UPDATE hold SET places='1:1' WHERE id=:hold", "in a basket that does not sell it"),
    ("UPDATE waiting_offer SET pickup_hold_id=:hold WHERE id=:offer", "and none of its seats"),
    # Offers that are over.
    ("UPDATE waiting_offer SET state='gone' WHERE id=:lapsed_offer", "says something else besides"),
    ("UPDATE waiting_offer SET closed_at=NULL WHERE id=:lapsed_offer", "says something else besides"),
    ("UPDATE waiting_offer SET closed_at=created_at WHERE id=:offer", "says something else besides"),
    ("UPDATE waiting_offer SET order_id=NULL WHERE id=:sold", "says something else besides"),
    ("UPDATE waiting_offer SET order_id=:order WHERE id=:lapsed_offer", "says something else besides"),
    ("UPDATE waiting_offer SET pickup_hold_id=:hold WHERE id=:lapsed_offer", "says something else besides"),
    ("UPDATE waiting_offer SET waiting_entry_id=:offered WHERE id=:lapsed_offer", "was offered seats before"),
    ("UPDATE waiting_offer SET order_id=:order WHERE id=:sold", "its order sold none of its seats"),
    # Parties.
    ("UPDATE waiting_entry SET state='asleep' WHERE id=:waits", "nobody knows what became of it"),
    ("UPDATE waiting_entry SET closed_at=created_at WHERE id=:waits", "says something else besides"),
    ("UPDATE waiting_entry SET closed_at=NULL WHERE id=:lapsed", "says something else besides"),
    ("UPDATE waiting_entry SET seats=0 WHERE id=:waits", "it waits for no seat"),
    ("UPDATE waiting_entry SET state='offered' WHERE id=:waits", "was never offered anything"),
    ("UPDATE waiting_entry SET state='waiting' WHERE id=:offered", "it is waiting, and its offer is open"),
    ("UPDATE waiting_entry SET state='waiting', closed_at=NULL WHERE id=:lapsed", "and its offer is lapsed"),
    ("UPDATE waiting_entry SET state='lapsed' WHERE id=:served", "it is lapsed, and its offer is sold"),
    ("UPDATE waiting_entry SET state='left', closed_at=created_at WHERE id=:offered", "and its offer is open"),
    (("UPDATE waiting_entry SET customer_id=(SELECT * FROM (SELECT customer_id FROM waiting_entry WHERE id=:offered)"
     " AS other) WHERE id=:waits"), "waits for that performance already"),
    ("UPDATE waiting_list SET state='closed'", "and its waiting list is not open"),
)  # fmt: skip


@BOTH
def test_what_is_wrong_with_a_waiting_list_or_an_offer_is_named(evening: Evening) -> None:
    session, small = evening.session, evening.small
    named = asdict(wait(evening)) | {"seat": small.seat_id(5, 5), "gala": small.gala_id}
    named["order"] = evening.second_sale.order_id
    assert ask(session) == []
    for statement, sentence in BROKEN:
        with session.begin_nested() as undone:
            evening.change(statement, **{name: value for name, value in named.items() if f":{name}" in statement})
            found = [finding.message for finding in ask(session)]
            undone.rollback()
        assert any(sentence in message for message in found), (statement, found)
    assert ask(session) == []


@BOTH
def test_seats_that_were_sold_keep_their_guard_when_a_list_is_closed(evening: Evening) -> None:
    evening.change("UPDATE performance_seat SET guarded=1 WHERE state='sold'")
    assert ask(evening.session) == []


@BOTH
def test_an_offer_outlives_its_list(evening: Evening) -> None:
    waited = wait(evening)
    evening.change("UPDATE waiting_list SET state='closed', closed_at=opened_at")
    evening.change("UPDATE waiting_entry SET state='closed', closed_at=created_at WHERE id=:waits", waits=waited.waits)
    evening.change("UPDATE performance_seat SET guarded=0 WHERE guarded=2")
    assert ask(evening.session) == []


_LONG_AGO: Final = "'2026-01-01 00:00:00.000000'"
_ALL_BUT: Final = "UPDATE performance_seat SET state='sold', order_line_id=1, claim_kind=NULL WHERE seat_id NOT IN"
UNSERVED: Final = (
    ("UPDATE waiting_entry SET seats=2 WHERE id=:waits", True),
    (f"{_ALL_BUT} (:a, :b)", True),
    (f"{_ALL_BUT} (:a, :c)", False),
    (f"{_ALL_BUT} (:a)", False),
    ("UPDATE waiting_entry SET seats=11 WHERE id=:waits", False),
    ("UPDATE waiting_entry SET seats=11, together=0 WHERE id=:waits", True),
    ("UPDATE waiting_entry SET seats=400, together=0 WHERE id=:waits", False),
    ("UPDATE waiting_entry SET categories='98765' WHERE id=:waits", False),
    ("UPDATE waiting_entry SET zones='98765' WHERE id=:waits", False),
    ("UPDATE waiting_entry SET zones='98765,1' WHERE id=:waits", True),
    ("UPDATE waiting_entry SET created_at=closed_at WHERE id=:lapsed", True),
    ("UPDATE waiting_entry SET state='left' WHERE id=:waits", False),
    (f"UPDATE waiting_entry SET until={_LONG_AGO} WHERE id=:waits", False),
    ("UPDATE waiting_list SET state='closed'", False),
    ("UPDATE performance SET state='cancelled'", False),
    ("UPDATE performance SET starts_at=(SELECT made FROM (SELECT max(opened_at) AS made FROM waiting_list) AS it)",
     False),
)  # fmt: skip
_FRESH: Final = (
    "UPDATE performance_seat SET changed_at=(SELECT opened_at FROM waiting_list)",
    "UPDATE waiting_entry SET created_at=(SELECT opened_at FROM waiting_list)",
)


@BOTH
def test_who_waits_while_seats_that_fit_are_free_for_a_while_is_named(evening: Evening) -> None:
    session, small = evening.session, evening.small
    waited = wait(evening)
    named = {"waits": waited.waits, "lapsed": waited.lapsed}
    named |= {name: small.seat_id(5, number) for name, number in (("a", 6), ("b", 7), ("c", 8))}
    evening.change(f"UPDATE performance_seat SET changed_at={_LONG_AGO}")
    evening.change(f"UPDATE waiting_entry SET created_at={_LONG_AGO}")
    evening.change("UPDATE waiting_entry SET seats=2 WHERE id=:waits", waits=waited.waits)
    for statement, is_wrong in (*UNSERVED, *((one, False) for one in _FRESH)):
        with session.begin_nested() as undone:
            evening.change(statement, **{name: value for name, value in named.items() if f":{name}" in statement})
            found = [str(finding.subject) for finding in judge_unserved(session, Names(session))]
            undone.rollback()
        assert found == [f"Waiting entry {waited.waits}"] * is_wrong, statement
