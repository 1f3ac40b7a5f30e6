from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pos_app.documents.ticket_codes import public_key_of, verify_ticket
from pos_app.documents.tickets import Paper
from pos_app.domain.errors import NotFound, PrintFailed, TillNotEnrolled
from pos_app.domain.orders import VoidRequest
from pos_app.flows.print_tickets import TicketPress, reprint, send_to_printer, set_tickets
from pos_app.services.corrections import void_order
from pos_app.services.tills import load_public_keys
from pos_app.till_identity import TillIdentity
from tests.services.stories import sold
from tests.small_house import SIGNING_KEY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.houses import OpenHouse


@pytest.fixture
def press(house: OpenHouse, tmp_path: Path) -> TicketPress:
    identity = TillIdentity("machine", SIGNING_KEY, public_key_of(SIGNING_KEY).hex())
    return TicketPress(identity, house.small.till_id, Paper.ROLL_80, "", tmp_path / "tickets", "en_GB")


def test_tickets_are_signed_by_this_till_and_kept(house: OpenHouse, press: TicketPress) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    printed = set_tickets(house.database, press, sale.ticket_ids)
    assert printed.path == press.folder / f"{sale.number}.pdf"
    assert printed.path.read_bytes() == printed.pdf
    assert printed.pdf.startswith(b"%PDF")
    keys = house.database.read(load_public_keys)
    claims = [verify_ticket(face.code, keys) for face in printed.faces]
    assert [(claim.serial, claim.issue_count) for claim in claims] == [(ticket, 1) for ticket in sale.ticket_ids]


def test_a_till_that_gates_do_not_know_prints_nothing(house: OpenHouse, press: TicketPress) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    stranger = replace(press, identity=replace(press.identity, public_key="ab" * 32))
    with pytest.raises(TillNotEnrolled):
        set_tickets(house.database, stranger, sale.ticket_ids)
    with pytest.raises(TillNotEnrolled):
        reprint(house.database, stranger, house.small.cashier, sale.ticket_ids, request_id="a", reason="jam")
    assert set_tickets(house.database, press, sale.ticket_ids).faces[0].issue_count == 1, "nothing was counted"


def test_each_reprint_is_kept_beside_the_others(house: OpenHouse, press: TicketPress) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    first = set_tickets(house.database, press, sale.ticket_ids)
    one = reprint(house.database, press, house.small.cashier, sale.ticket_ids[:1], request_id="a", reason="jam")
    other = reprint(house.database, press, house.small.cashier, sale.ticket_ids[1:], request_id="b", reason="jam")
    assert len({first.path, one.path, other.path}) == 3
    assert [one.faces[0].issue_count, other.faces[0].issue_count] == [2, 2]
    for printed in (first, one, other):
        assert printed.path.read_bytes() == printed.pdf
    again = reprint(house.database, press, house.small.cashier, sale.ticket_ids[:1], request_id="a", reason="jam")
    assert (again.faces[0].issue_count, again.path) == (2, one.path)


def test_tickets_taken_back_cannot_be_printed(house: OpenHouse, press: TicketPress) -> None:
    small = house.small
    sale = sold(house, [small.seat(1, 1)])
    house.database.transact(
        void_order, small.cashier, VoidRequest("void", sale.order_id, "wrong night", small.manager.staff_id)
    )
    with pytest.raises(NotFound):
        set_tickets(house.database, press, sale.ticket_ids)
    assert not press.folder.exists()


def test_a_till_without_a_printer_says_so_and_the_sale_stands(house: OpenHouse, press: TicketPress) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    with pytest.raises(PrintFailed):
        send_to_printer(press, set_tickets(house.database, press, sale.ticket_ids))
