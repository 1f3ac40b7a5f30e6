"""However many managers sign in at once, a house gets one key, and no PIN stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import HouseKey, HouseKeyWrap, StaffSecret
from pos_app.domain.roles import Role
from pos_app.services.staff.sealing import is_sealed
from tests.concurrency.key_deeds import choose_a_pin, come_in_by_pin, sign_in_as_manager
from tests.concurrency.tills import Job, let_go, open_tills, run_together
from tests.small_house import PASSWORDS, PINS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

    from tests.concurrency.conftest import Arena

MANAGER = PASSWORDS[Role.MANAGER]


def _keys(session: Session) -> tuple[list[str], list[int | None]]:
    return list(session.scalars(select(HouseKey.public_key))), list(session.scalars(select(HouseKeyWrap.staff_id)))


def _pin(session: Session, staff_id: int) -> str:
    return session.get_one(StaffSecret, staff_id).pin_hash


@pytest.mark.parametrize("_round", range(2))
def test_of_managers_who_sign_in_at_once_at_four_tills_one_makes_the_key(
    make_any_arena: Callable[..., Arena], tmp_path: Path, _round: int
) -> None:
    arena = make_any_arena(rows=1, seats_per_row=2)
    mario = arena.house.manager
    folders = [str(tmp_path / str(number)) for number in range(4)]
    jobs = [
        Job(arena.url, actor, sign_in_as_manager, {"password": MANAGER, "folder": folder})
        for actor, folder in zip(arena.actors(mario, 4), folders, strict=True)
    ]
    with open_tills(jobs) as tills:
        let_go(tills)
        for till in tills:
            till.hear("going")
        pinned = [till.result() for till in tills]
    keys, wraps = arena.database.read(_keys)
    assert len(keys) == 1
    assert pinned == keys * 4
    assert wraps == [mario.staff_id]
    pin = PINS[Role.MANAGER]
    told = run_together([Job(arena.url, mario, come_in_by_pin, {"pin": pin, "folder": one}) for one in folders])
    assert told == [mario.name] * 4
    arena.require_sound()


@pytest.mark.parametrize("guarded", [True, False])
def test_a_pin_that_is_chosen_while_keys_are_made_is_sealed_or_it_waits(
    make_arena: Callable[..., Arena], tmp_path: Path, *, guarded: bool
) -> None:
    """Without the lock it stays as it was, and no till accepts it."""
    arena = make_arena(rows=1, seats_per_row=2)
    mario, other = arena.actors(arena.house.manager, 2)
    carla = arena.house.cashier.staff_id
    jobs = [
        Job(arena.url, mario, choose_a_pin, {"staff_id": carla, "pin": "4711", "guarded": guarded}),
        Job(arena.url, other, sign_in_as_manager, {"password": MANAGER, "folder": str(tmp_path)}),
    ]
    with open_tills(jobs) as (chooser, maker):
        chooser.go()
        chooser.hear("looked")
        maker.go()
        maker.hear("going")
        if not guarded:
            maker.result()
        chooser.go()
        chooser.result()
        if guarded:
            maker.result()
    assert is_sealed(arena.database.read(_pin, carla)) is guarded
    if guarded:
        arena.require_sound()
