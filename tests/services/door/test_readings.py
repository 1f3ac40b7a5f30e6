"""Tickets scanned at a computer whose keyboard is set to another language than the scanner."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from pos_app.db.models import Ticket
from pos_app.documents.ticket_codes import TicketClaim, new_signing_key, sign_ticket
from pos_app.domain.door.check_in import Reason, Verdict
from tests.domain.door.test_readings import ROWS, typed
from tests.services.door.gate import Door, verdict
from tests.services.stories import sold


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_guest_is_admitted_whatever_the_digit_row_of_the_keyboard(door: Door, row: str) -> None:
    scanned = typed(row, door.code)
    assert verdict(door.scan(scanned)) == (Verdict.ADMITTED, Reason.NONE)
    assert door.stored()[-1].scanned == scanned, "what came is what is stored"
    assert verdict(door.scan(f"*{typed(row, '000026')}{scanned}{scanned}\r", gate="Side")) == (
        Verdict.ALREADY_USED,
        Reason.ALREADY_REDEEMED,
    )


def test_only_the_row_that_makes_a_signed_code_counts(door: Door) -> None:
    """In Israel Shift and 9 is ")", elsewhere "(": both orders of the row are tried."""
    for row in ("!@#$%^&*)(", "!@#$%^&*()"):
        assert door.scan(typed(row, door.code)).verdict in {Verdict.ADMITTED, Verdict.ALREADY_USED}


def test_what_is_forged_stays_forged_on_every_keyboard(door: Door) -> None:
    small = door.house.small
    forged = sign_ticket(new_signing_key()[0], TicketClaim(small.key_id, small.performance_id, door.ticket_id, 1))
    for row in ROWS.values():
        assert verdict(door.scan(typed(row, forged))) == (Verdict.REFUSED, Reason.FORGED)


def test_digits_that_cannot_be_read_name_the_keyboard_and_the_remedy(door: Door) -> None:
    result = door.scan(typed(ROWS["French"], door.code).replace("è", ""))
    assert verdict(result) == (Verdict.REFUSED, Reason.INVALID)
    assert "another keyboard" in result.headline
    assert "French" in result.advice
    assert "short code" in result.advice
    unknown = door.scan("klmnopqrst" * 19)
    assert "another keyboard" in unknown.headline
    assert "US English" in unknown.advice


def _name_ticket(door: Door, ticket_id: int, code: str) -> None:
    door.house.database.transact(
        lambda session: session.execute(update(Ticket).where(Ticket.id == ticket_id).values(short_code=code))
    )


@pytest.mark.parametrize("text", ["è-(a,w'ééz", "è-(A?W'éé)Z", "ýžřQMYčěěW", "765ЙЬЯ422Ц", "765qmy422w", "&^%A:W$@@Z"])
def test_a_short_code_of_moved_letters_admits_where_one_ticket_fits(door: Door, text: str) -> None:
    _name_ticket(door, door.ticket_id, "765QMZ422W")
    assert verdict(door.scan(text)) == (Verdict.ADMITTED, Reason.NONE)


def test_where_two_tickets_fit_none_is_taken_and_a_keyboard_is_named(door: Door) -> None:
    sale = sold(door.house, [door.house.small.seat(2, 1)])
    _name_ticket(door, door.ticket_id, "765QKZ422Z")
    _name_ticket(door, sale.ticket_ids[0], "765AKY422Y")
    # On a Czech keyboard Y and Z change places, on a French one A and Q.
    neither = door.scan("765QKY422Y")
    assert verdict(neither) == (Verdict.REFUSED, Reason.UNKNOWN)
    assert "French" in neither.advice
    _name_ticket(door, sale.ticket_ids[0], "22345678AB")
    assert verdict(door.scan("765QKY422Y")) == (Verdict.ADMITTED, Reason.NONE)


def test_a_short_code_that_fits_no_ticket_names_the_keyboard_where_its_signs_tell(door: Door) -> None:
    french = door.scan("è-(a,w'ééz")
    assert verdict(french) == (Verdict.REFUSED, Reason.INVALID)
    assert "French" in french.advice
    assert door.scan("765QMY422W").headline == "There is no such ticket."


def test_a_code_that_is_typed_right_is_never_read_otherwise(door: Door) -> None:
    sale = sold(door.house, [door.house.small.seat(2, 1)])
    _name_ticket(door, door.ticket_id, "765QMZ422W")
    _name_ticket(door, sale.ticket_ids[0], "765QMY422W")
    first, second = door.scan("765QMZ422W"), door.scan("765QMY422W")
    assert (first.place and first.place.spoken()) == "Stalls, row A, seat 1"
    assert (second.place and second.place.spoken()) == "Stalls, row B, seat 1"


@pytest.mark.parametrize("text", ["WXYZABCDEF", "not a ticket", "https://x.org/é&'(", "helloworld", "4006381333931"])
def test_what_is_no_ticket_on_any_keyboard_is_told_as_before(door: Door, text: str) -> None:
    result = door.scan(text)
    assert result.verdict is Verdict.REFUSED
    assert "keyboard" not in result.headline
