"""The seats of a season: each is claimed as its line says, and none that somebody else has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from pos_app.db.models import Order
from pos_app.domain.errors import SeatsTaken
from pos_app.domain.seats import ClaimKind, SeatState
from pos_app.services.takeover import taking_over
from pos_app.services.takeover.matching import find_season
from tests.services.stories import hold, seat_row, sold
from tests.services.takeover.season_files import RESERVED, SOLD, table, take

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.services.takeover.matching import FoundSeason
    from tests.houses import OpenHouse


def test_a_reserved_seat_is_its_orders_until_its_release(house: OpenHouse) -> None:
    take(house, table(house, *SOLD, *RESERVED))
    reserved = house.database.read(
        lambda s: s.execute(select(Order.id, Order.release_at).where(Order.release_at.is_not(None))).one()
    )
    row = seat_row(house, house.small.seat(3, 1))
    assert (row.state, row.claim_kind, row.claim_id) == (SeatState.CLAIMED, ClaimKind.RESERVATION, reserved.id)
    assert row.claim_until == reserved.release_at
    row = seat_row(house, house.small.seat(1, 1))
    assert (row.state, row.claim_kind, row.claim_until) == (SeatState.SOLD, None, None)
    # Nobody else gets it.
    with pytest.raises(SeatsTaken):
        hold(house, [house.small.seat(3, 1)])


@pytest.mark.parametrize("lines", [SOLD[:1], ("WHEN,Stalls,A,1,Cleo Day,,,,reserved,,,,",)], ids=["sold", "reserved"])
def test_a_seat_that_is_sold_between_the_look_and_the_taking_takes_all_back(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...]
) -> None:
    found: list[FoundSeason] = []
    look = find_season

    def remember(session: Session, *asked: Any) -> FoundSeason:
        if not found:
            found.append(look(session, *asked))
        return found[0]

    monkeypatch.setattr(taking_over, "find_season", remember)
    file = table(house, *lines)
    house.database.read(taking_over.preview_takeover, house.small.manager, file, {})
    sold(house, [house.small.seat(1, 1)])
    with pytest.raises(SeatsTaken, match="lines 2 to 2 was sold or held"):
        take(house, file)
    assert house.database.read(lambda s: s.scalars(select(Order.customer_name)).all()) == ["Anna Guest"]
