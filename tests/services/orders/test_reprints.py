from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from pos_app.db.models import AuditEntry, OrderChange, Ticket
from pos_app.doctor import judge_database
from pos_app.domain.door.check_in import Reason, Scan, Verdict
from pos_app.domain.errors import InvalidInput, NotFound, NotPermitted, OrderChanged
from pos_app.services.door.check_in import check_in
from pos_app.services.orders.reprints import reissue_tickets
from pos_app.services.orders.ticket_faces import load_ticket_faces
from tests.services.orders.ledgers import revision_of
from tests.services.orders.refunding import give_back, live_lines
from tests.services.stories import signed_code, sold

if TYPE_CHECKING:
    from pos_app.domain.door.check_in import ScanResult
    from tests.houses import OpenHouse


def scan(house: OpenHouse, text: str) -> ScanResult:
    return house.database.transact(
        check_in, house.small.steward, Scan(house.small.performance_id, "Main door", text, uuid4().hex)
    )


def short_code(house: OpenHouse, ticket_id: int) -> str:
    return house.database.read(lambda session: session.get_one(Ticket, ticket_id)).short_code


def test_a_reprint_makes_both_codes_of_the_old_paper_void(house: OpenHouse) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    ticket = sale.ticket_ids[0]
    old_typed, old_signed = short_code(house, ticket), signed_code(house, ticket)
    house.database.transact(
        reissue_tickets, house.small.cashier, sale.ticket_ids, request_id="again", reason="paper jam"
    )
    refused = scan(house, old_signed)
    assert (refused.verdict, refused.reason) == (Verdict.REFUSED, Reason.REPRINTED)
    assert scan(house, old_typed).verdict is Verdict.REFUSED
    (face,) = house.database.read(load_ticket_faces, sale.ticket_ids)
    assert face.issue_count == 2
    assert scan(house, signed_code(house, ticket)).verdict is Verdict.ADMITTED


def test_only_the_one_ticket_is_printed_anew_and_the_other_paper_stays_good(house: OpenHouse) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    lost, kept = sale.ticket_ids
    old = [short_code(house, lost), signed_code(house, lost)]
    still = signed_code(house, kept)
    house.database.transact(reissue_tickets, house.small.cashier, [lost], request_id="one", reason="lost by the guest")
    assert {scan(house, code).verdict for code in old} == {Verdict.REFUSED}
    assert scan(house, still).verdict is Verdict.ADMITTED
    assert scan(house, signed_code(house, lost)).verdict is Verdict.ADMITTED
    faces = house.database.read(load_ticket_faces, sale.ticket_ids)
    assert {face.ticket_id: face.issue_count for face in faces} == {lost: 2, kept: 1}
    assert house.database.read(judge_database) == ()


def test_the_short_code_of_the_new_paper_is_good(house: OpenHouse) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    house.database.transact(
        reissue_tickets, house.small.cashier, sale.ticket_ids, request_id="again", reason="paper jam"
    )
    assert scan(house, short_code(house, sale.ticket_ids[0])).verdict is Verdict.ADMITTED


def test_repeating_a_reprint_counts_it_once(house: OpenHouse) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    codes = set()
    for _ in range(2):
        house.database.transact(
            reissue_tickets, house.small.cashier, sale.ticket_ids, request_id="a" * 32, reason="paper jam"
        )
        codes.add(tuple(short_code(house, ticket) for ticket in sale.ticket_ids))
    faces = house.database.read(load_ticket_faces, sale.ticket_ids)
    assert [face.issue_count for face in faces] == [2, 2]
    assert len(codes) == 1
    reprints = house.database.read(
        lambda session: session.scalar(
            select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "reprint")
        )
    )
    assert reprints == 1
    made = select(OrderChange.kind, OrderChange.reason).where(OrderChange.order_id == sale.order_id)
    changes = house.database.read(
        lambda session: [tuple(row) for row in session.execute(made.order_by(OrderChange.id))]
    )
    assert changes == [("sale", ""), ("reprint", "paper jam")]
    assert house.database.read(judge_database) == ()


def test_a_reprint_is_refused_without_reason_or_right_or_when_the_ticket_is_void(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, [small.seat(1, 1)])
    with pytest.raises(InvalidInput):
        house.database.transact(reissue_tickets, small.cashier, sale.ticket_ids, request_id="a", reason="\u202e ")
    with pytest.raises(NotPermitted):
        house.database.transact(reissue_tickets, small.steward, sale.ticket_ids, request_id="a", reason="jam")
    with pytest.raises(NotFound):
        house.database.transact(reissue_tickets, small.cashier, [987_654], request_id="a", reason="jam")
    give_back(house, sale, live_lines(house, sale))
    with pytest.raises(NotFound):
        house.database.transact(reissue_tickets, small.cashier, sale.ticket_ids, request_id="b", reason="jam")


def test_a_reprint_decided_on_a_stale_picture_is_refused_with_what_changed(house: OpenHouse) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    seen = revision_of(house, sale.order_id)
    asked: dict[str, Any] = {"request_id": uuid4().hex, "reason": "paper jam", "seen": seen}
    house.database.transact(reissue_tickets, house.small.cashier, sale.ticket_ids, **asked)
    house.database.transact(reissue_tickets, house.small.cashier, sale.ticket_ids, **asked)
    with pytest.raises(OrderChanged, match="tickets printed anew, by Carla"):
        house.database.transact(
            reissue_tickets, house.small.manager, sale.ticket_ids, **{**asked, "request_id": uuid4().hex}
        )
    faces = house.database.read(load_ticket_faces, sale.ticket_ids)
    assert [face.issue_count for face in faces] == [2, 2]
