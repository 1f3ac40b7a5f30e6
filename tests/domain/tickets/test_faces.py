from __future__ import annotations

import pytest

from pos_app.domain.tickets.faces import TicketLook


@pytest.mark.parametrize(
    ("organisation", "venue", "sender"),
    [
        ("", "Playhouse", "Playhouse"),
        ("playhouse", "Playhouse", "Playhouse"),
        ("City Theatres", "Playhouse", "City Theatres · Playhouse"),
        ("City Theatres", "", "City Theatres"),
    ],
)
def test_a_ticket_says_who_sells_and_where_it_is_and_nothing_twice(organisation: str, venue: str, sender: str) -> None:
    assert TicketLook(organisation=organisation).sender(venue) == sender
