"""The secrets of the staff, as they are stored: hashes, and those of PINs sealed once the house has a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from pos_app.db.models import StaffSecret
from pos_app.documents.house_keys import check_of
from pos_app.domain.errors import HouseKeyNeeded
from pos_app.domain.sentences import say
from pos_app.services.staff.sealing import is_sealed, seal_pin
from pos_app.services.tills.house_keys import lock_house_key

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.services.tills.house_keys import KnownHouseKey


def load_secret(session: Session, staff_id: int) -> tuple[str, str]:
    """Return the hashes of somebody's password and PIN as they are stored; "" for none."""
    row = session.execute(
        select(StaffSecret.password_hash, StaffSecret.pin_hash).where(StaffSecret.staff_id == staff_id)
    ).one_or_none()
    return ("", "") if row is None else (row.password_hash, row.pin_hash)


def has_pin(session: Session, staff_id: int) -> bool:
    """Tell whether somebody has a PIN."""
    return bool(load_secret(session, staff_id)[1])


def store_secret(
    session: Session, staff_id: int, *, password_hash: str, pin_hash: str = "", pepper: bytes | None = None
) -> None:
    """Store the hashes of somebody new. pepper: under which the PIN is sealed. Raises HouseKeyNeeded."""
    sealed = _sealed(session, staff_id, pin_hash, pepper)
    session.execute(insert(StaffSecret).values(staff_id=staff_id, password_hash=password_hash, pin_hash=sealed))


def change_password_hash(session: Session, staff_id: int, password_hash: str) -> None:
    """Store another password, hashed before."""
    session.execute(update(StaffSecret).where(StaffSecret.staff_id == staff_id).values(password_hash=password_hash))


def change_pin_hash(session: Session, staff_id: int, pin_hash: str, pepper: bytes | None) -> None:
    """Store another PIN, hashed before; "" for none. Raises HouseKeyNeeded where it is to be sealed, and cannot."""
    sealed = _sealed(session, staff_id, pin_hash, pepper)
    session.execute(update(StaffSecret).where(StaffSecret.staff_id == staff_id).values(pin_hash=sealed))


def seal_all_pins(session: Session, pepper: bytes) -> int:
    """Seal the PINs of everybody; returns how many there were."""
    rows = session.execute(
        select(StaffSecret.staff_id, StaffSecret.pin_hash).where(StaffSecret.pin_hash != "").with_for_update()
    ).all()
    for row in rows:
        if not is_sealed(row.pin_hash):
            sealed = seal_pin(pepper, row.staff_id, row.pin_hash)
            session.execute(update(StaffSecret).where(StaffSecret.staff_id == row.staff_id).values(pin_hash=sealed))
    return len(rows)


def _sealed(session: Session, staff_id: int, pin_hash: str, pepper: bytes | None) -> str:
    """Return a hash as it is stored: the house key is locked, so that none is made beside it that seals the others."""
    if not pin_hash:
        return ""
    known = lock_house_key(session)
    if known is None:
        return pin_hash
    if pepper is None or not _is_of(known, pepper):
        raise HouseKeyNeeded(
            say("PINs cannot be set at this computer yet."),
            advice=say("A manager signs in here once with the password. Then it can."),
        )
    return seal_pin(pepper, staff_id, pin_hash)


def _is_of(known: KnownHouseKey, pepper: bytes) -> bool:
    return check_of(pepper) == known.pepper_check
