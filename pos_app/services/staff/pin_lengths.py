"""How many digits the PINs of the staff have, as far as it is known: kept as JSON in the table of settings.

Of the PIN itself only a hash is kept, which does not tell. Who chooses a PIN tells its length, and so does who signs in
by one that is older than this record.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert, select, update

from pos_app.db.base import table_of
from pos_app.db.grants.own import may_change
from pos_app.db.models import Setting
from pos_app.domain.editing import FieldRefused
from pos_app.domain.sentences import say
from pos_app.domain.staff.pins import digits_of
from pos_app.services.house.settings import load_house_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Role

PIN_LENGTHS: Final = "pin_lengths"


def load_pin_lengths(session: Session) -> dict[int, int]:
    """Return digits by staff id; who is not in it has none, or one of a length that is not known."""
    return _read(session.execute(select(Setting.value).where(Setting.name == PIN_LENGTHS)).scalar_one_or_none())


def note_pin_length(session: Session, staff_id: int, digits: int) -> None:
    """Write down the length of a PIN that was just chosen; 0: there is none, or it is not known."""
    stored = select(Setting.value).where(Setting.name == PIN_LENGTHS).with_for_update()
    document = session.execute(stored).scalar_one_or_none()
    lengths = _read(document)
    if lengths.get(staff_id, 0) == digits:
        return
    lengths.pop(staff_id, None)
    if digits:
        lengths[staff_id] = digits
    value = json.dumps(lengths)
    if document is None:
        session.execute(insert(Setting).values(name=PIN_LENGTHS, value=value))
    else:
        session.execute(update(Setting).where(Setting.name == PIN_LENGTHS).values(value=value))


def learn_pin_length(session: Session, staff_id: int, digits: int) -> None:
    """Write down the length of a PIN that was right, where none is known: one chosen meanwhile is not overwritten.

    Nothing is learned at a till whose account may not write what the house decides; an office learns it.
    """
    if staff_id not in load_pin_lengths(session) and may_change(session, table_of(Setting), "value"):
        note_pin_length(session, staff_id, digits)


def require_house_length(session: Session, role: Role, pin_digits: int) -> None:
    """Let all PINs chosen from now on have one length: a till sends them at their last digit. Raises FieldRefused."""
    house = load_house_settings(session).pin_digits
    digits = digits_of(role, house)
    if pin_digits in {0, digits}:
        return
    told = say("A PIN of this house has {digits} digits. The house decides that under Settings.", digits=digits)
    if digits != house:
        told = say("A manager's PIN has {digits} digits: it allows what others may not do.", digits=digits)
    raise FieldRefused({"pin": told})


def _read(document: str | None) -> dict[int, int]:
    try:
        stored: Any = json.loads(document or "{}")
    except ValueError:
        return {}
    if not isinstance(stored, dict):
        return {}
    return {int(key): value for key, value in stored.items() if key.isdecimal() and isinstance(value, int)}
