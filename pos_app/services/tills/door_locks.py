"""After how many quiet minutes the door locks itself, till by till: kept in the table of settings, one row for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select, update

from pos_app.db.models import Setting
from pos_app.domain.tills.records import DOOR_LOCKS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

_NAME: Final = "door_lock:{}"


def load_door_locks(session: Session, till_ids: Iterable[int]) -> dict[int, int]:
    """Return minutes by till; 0, never, where nothing is decided or what is stored cannot be."""
    ids = {_NAME.format(till_id): till_id for till_id in till_ids}
    minutes = dict.fromkeys(ids.values(), 0)
    for name, value in session.execute(select(Setting.name, Setting.value).where(Setting.name.in_(ids))):
        if value.isdecimal() and int(value) in DOOR_LOCKS:
            minutes[ids[name]] = int(value)
    return minutes


def note_door_lock(session: Session, till_id: int, minutes: int) -> None:
    """Write down what is decided for a till, which is locked; 0: never."""
    name = _NAME.format(till_id)
    if not minutes:
        session.execute(delete(Setting).where(Setting.name == name))
    elif session.execute(select(Setting.value).where(Setting.name == name).with_for_update()).first() is None:
        session.execute(insert(Setting).values(name=name, value=str(minutes)))
    else:
        session.execute(update(Setting).where(Setting.name == name).values(value=str(minutes)))
