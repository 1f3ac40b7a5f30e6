"""Keeping the same seats back on several evenings."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from pos_app.domain.season.kept_seats import KeepChoice, KeepDraft, KeptRecord
from pos_app.domain.seats import ClaimKind
from pos_app.services.season.kept_together import keep_together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.houses import OpenHouse


PRESS = KeepDraft(ClaimKind.HOUSE, "Press", release_before_doors=60)


def seats(house: OpenHouse, row: int, numbers: Sequence[int]) -> KeepChoice:
    return KeepChoice(tuple(house.small.seat_id(row, number) for number in numbers))


def keep(
    house: OpenHouse,
    performances: Sequence[int],
    choice: KeepChoice,
    wanted: KeepDraft = PRESS,
    request: str = "",
) -> tuple[KeptRecord, ...]:
    return house.database.transact(
        keep_together, house.small.manager, request or uuid4().hex, performances, choice, wanted
    )
