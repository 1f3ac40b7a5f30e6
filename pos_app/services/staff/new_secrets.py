"""Another password or PIN of somebody who works here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.roles import Role
from pos_app.services.audit import record
from pos_app.services.staff.house_keys import wrap_for_manager
from pos_app.services.staff.members import lock_member
from pos_app.services.staff.pin_lengths import note_pin_length, require_house_length
from pos_app.services.staff.secrets import change_password_hash, change_pin_hash

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.documents.house_keys import HouseKeys, WrappingKey
    from pos_app.domain.roles import Actor


def set_password(
    session: Session,
    actor: Actor,
    staff_id: int,
    password_hash: str,
    keys: HouseKeys | None = None,
    password_key: WrappingKey | None = None,
) -> None:
    """Give somebody another password, hashed before. keys, password_key: see add_staff_member; for a manager.

    Raises NotPermitted, NotFound, HouseKeyNeeded.
    """
    now = lock_member(session, actor, staff_id)
    if now.role is Role.MANAGER:
        wrap_for_manager(session, staff_id, keys, password_key)
    change_password_hash(session, staff_id, password_hash)
    record(session, actor, "staff_password_reset", member=staff_id, member_name=now.name)


def set_pin(
    session: Session,
    actor: Actor,
    staff_id: int,
    pin_hash: str,
    pin_digits: int = 0,
    pepper: bytes | None = None,
) -> None:
    """Give somebody another PIN, hashed before; empty: none. pin_digits: how many it has, as the house decided.

    pepper: under which it is sealed, once the house has keys. Raises NotPermitted, NotFound, FieldRefused,
    HouseKeyNeeded.
    """
    now = lock_member(session, actor, staff_id)
    require_house_length(session, now.role, pin_digits)
    note_pin_length(session, staff_id, pin_digits)
    change_pin_hash(session, staff_id, pin_hash, pepper)
    action = "staff_pin_reset" if pin_hash else "staff_pin_removed"
    record(session, actor, action, member=staff_id, member_name=now.name)
