from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pos_app.computer.identity import TillIdentity
from pos_app.demo.logo import demo_logo
from pos_app.documents.previews import page_count
from pos_app.documents.ticket_codes import public_key_of
from pos_app.domain.tickets.papers import Paper
from pos_app.flows.print_tickets import TicketPress, set_tickets
from pos_app.services.house.ticket_look import store_ticket_look
from tests.pages import page_text
from tests.services.stories import sold
from tests.small_house import SIGNING_KEY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.houses import OpenHouse

pytestmark = pytest.mark.usefixtures("qapp")


def press(house: OpenHouse, folder: Path, paper: Paper = Paper.A4) -> TicketPress:
    identity = TillIdentity("machine-Till 1", SIGNING_KEY, public_key_of(SIGNING_KEY).hex())
    return TicketPress(identity, house.small.till_id, paper, "", folder, "en_GB")


def pages(pdf: bytes) -> list[str]:
    return [" ".join(page_text(pdf, page=page).split()) for page in range(page_count(pdf))]


def seats(house: OpenHouse, count: int) -> list[Any]:
    small = house.small
    return [small.seat(row, number) for row in (1, 2) for number in range(1, small.seats_per_row + 1)][:count]


@pytest.mark.parametrize("paper", list(Paper))
def test_tickets_carry_the_look_of_the_house(house: OpenHouse, tmp_path: Path, paper: Paper) -> None:
    sale = sold(house, seats(house, 2))
    plain = set_tickets(house.database, press(house, tmp_path, paper), sale.ticket_ids)
    house.database.transact(store_ticket_look, demo_logo(), "Doors close at eight")
    dressed = set_tickets(house.database, press(house, tmp_path, paper), sale.ticket_ids)
    assert "Doors close at eight" not in pages(plain.pdf)[0]
    assert "Doors close at eight" in pages(dressed.pdf)[0]
    assert b"/FormXob.logo" in dressed.pdf
    assert b"/FormXob.logo" not in plain.pdf


def test_ten_tickets_are_a_group_and_nine_are_not(house: OpenHouse, tmp_path: Path) -> None:
    sale = sold(house, seats(house, 10))
    whole = pages(set_tickets(house.database, press(house, tmp_path), sale.ticket_ids).pdf)
    part = pages(set_tickets(house.database, press(house, tmp_path), sale.ticket_ids[:9]).pdf)
    assert (len(whole), len(part)) == (11, 9)
    for fact in ("GROUP ORDER", "Anna Guest", "The Cherry Orchard", "10 Adult", "1\N{EN DASH}10", "€400.00"):
        assert fact in whole[0]
    assert "GROUP ORDER" not in "".join([*whole[1:], *part])


def test_no_print_replaces_the_file_of_other_tickets_and_the_same_print_lies_where_it_lay(
    house: OpenHouse, tmp_path: Path
) -> None:
    sale = sold(house, seats(house, 3))
    wholes = [sale.ticket_ids, sale.ticket_ids[:1], sale.ticket_ids[1:]]
    names = [f"{sale.number}.pdf", f"{sale.number}-2.pdf", f"{sale.number}-3.pdf"]
    for _again in range(2):
        prints = [set_tickets(house.database, press(house, tmp_path), ids) for ids in wholes]
        assert [one.path for one in prints] == [tmp_path / name for name in names]
        assert [one.path.read_bytes() for one in prints if one.path] == [one.pdf for one in prints]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_a_part_of_a_group_is_not_given_the_total_of_the_whole(house: OpenHouse, tmp_path: Path) -> None:
    sale = sold(house, seats(house, 12))
    cover = pages(set_tickets(house.database, press(house, tmp_path), sale.ticket_ids[:11]).pdf)[0]
    assert "GROUP ORDER" in cover
    assert "€" not in cover


def test_complimentary_tickets_show_no_price_and_a_free_companion_does(house: OpenHouse, tmp_path: Path) -> None:
    small = house.small
    given = sold(house, seats(house, 1), ticket_type_id=small.complimentary_id)
    companion = sold(house, [small.seat(small.rows, small.seats_per_row)], ticket_type_id=small.companion_id)
    without, with_price = (
        pages(set_tickets(house.database, press(house, tmp_path), sale.ticket_ids).pdf)[0]
        for sale in (given, companion)
    )
    assert "€" not in without
    assert "€0.00" in with_price
