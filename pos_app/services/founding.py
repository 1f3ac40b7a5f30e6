"""The beginning of a house: its name, its first manager, and the first till."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from pos_app.db.models import Setting, StaffMember, Venue
from pos_app.domain.errors import InvalidInput
from pos_app.domain.house.settings import USUAL_PIN_DIGITS, HouseSettings
from pos_app.domain.roles import Actor, Role
from pos_app.domain.sentences import say
from pos_app.services.audit import record
from pos_app.services.books import open_books
from pos_app.services.house.settings import HOUSE_SETTING
from pos_app.services.staff.passwords import create_staff_member
from pos_app.services.tills.registering import enrol_key_of, load_till, register_till

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.services.tills.registering import KnownTill


@dataclass(frozen=True, slots=True)
class Founding:
    """What a house begins with; secrets are hashed before, outside the transaction."""

    house: str
    currency: str
    time_zone: str
    manager: str
    password_hash: str = field(repr=False)
    pin_hash: str = field(repr=False)
    pin_digits: int = 0


def has_manager(session: Session) -> bool:
    """Tell whether anybody may manage this house."""
    managers = select(StaffMember.id).where(
        StaffMember.role == Role.MANAGER, StaffMember.active, StaffMember.deleted_at.is_(None)
    )
    return session.execute(managers.limit(1)).first() is not None


def found_house(session: Session, founding: Founding, machine_key: str, till_name: str, public_key: str) -> KnownTill:
    """Make the house, its first manager, and this computer a till that the gates know; all or nothing.

    Raises InvalidInput where there is a manager already: nobody becomes one by setting up again.
    """
    # The first of two computers that found a house at once keeps the other one waiting at this row.
    there = session.execute(
        select(Setting.value).where(Setting.name == HOUSE_SETTING).with_for_update()
    ).scalar_one_or_none()
    if there is None:
        decided = HouseSettings(
            organisation=founding.house, currency=founding.currency, pin_digits=founding.pin_digits or USUAL_PIN_DIGITS
        )
        session.execute(insert(Setting).values(name=HOUSE_SETTING, value=json.dumps(asdict(decided))))
    if has_manager(session):
        raise InvalidInput(say("This database has a manager already."), advice=say("Open it, and sign in."))
    till = register_till(session, machine_key, till_name, public_key)
    staff_id = create_staff_member(
        session,
        name=founding.manager,
        role=Role.MANAGER,
        password_hash=founding.password_hash,
        pin_hash=founding.pin_hash,
        pin_digits=founding.pin_digits,
    )
    manager = Actor(staff_id, founding.manager, Role.MANAGER, till.till_id, till.name)
    session.execute(
        insert(Venue).values(name=founding.house, address="", time_zone=founding.time_zone, currency=founding.currency)
    )
    key_id = enrol_key_of(session, manager, till.till_id, public_key)
    open_books(session)
    record(session, manager, "house_founded", venue=founding.house, manager=founding.manager, key=key_id)
    return load_till(session, till.till_id, public_key)
