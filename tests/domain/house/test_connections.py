"""What a limit of connections means for a house."""

from __future__ import annotations

import pytest

from pos_app.domain.house.connections import Connections


@pytest.mark.parametrize(
    ("most", "own", "tills", "sellers", "words"),
    [
        (151, 0, 100, 51, "The house has 100 tills. While all are open, 51 of them can sell at once"),
        (151, 0, 1, 1, "The server takes 151 connections. The house has one till. It can sell at any time."),
        (151, 0, 20, 20, "All of them can sell at once."),
        (151, 0, 150, 1, "one of them can sell by a connection of its own"),
        (151, 0, 151, 0, "0 of them can sell at once by a connection of their own; others share that of their map"),
        (151, 0, 160, 0, "Not all of them can be open at once: ask the administrator to raise max_connections to 320."),
        (151, 30, 20, 10, "The server takes 151 connections, and 30 of this account. The house has 20 tills."),
        (151, 10, 20, 0, "raise max_user_connections to 40."),
        (151, 0, 0, 0, "Each till takes one of them, and a second one while it sells."),
    ],
)
def test_it_is_told_how_many_tills_can_sell_at_once(most: int, own: int, tills: int, sellers: int, words: str) -> None:
    limit = Connections(most, own, tills)
    assert limit.sellers == sellers
    assert words in limit.told()
