"""The beginning of a house: its name, its first manager, and the first till."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from pos_app.db.models import Setting, StaffMember, Venue
from pos_app.domain.card_numbers import refuse_card_number
from pos_app.domain.errors import InvalidInput
from pos_app.domain.house.settings import USUAL_PIN_DIGITS, HouseSettings
from pos_app.domain.local_times import require_zone
from pos_app.domain.money import require_currency
from pos_app.domain.roles import Actor, Role
from pos_app.domain.sentences import say
from pos_app.domain.staff.pins import SHORTEST_MANAGER_PIN
from pos_app.services.audit import record
from pos_app.services.books import open_books
from pos_app.services.house.settings import HOUSE_SETTING
from pos_app.services.staff.house_keys import RECOVERY, store_house_keys, store_wrap
from pos_app.services.staff.passwords import create_staff_member
from pos_app.services.staff.secrets import seal_all_pins
from pos_app.services.tills.registering import enrol_key_of, load_till, register_till

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.documents.house_keys import HouseKeys, WrappingKey
    from pos_app.services.tills.registering import KnownTill


@dataclass(frozen=True, slots=True)
class NewKeys:
    """The keys of a new house, and what wraps them: keys from the manager's password and from the recovery code."""

    keys: HouseKeys
    password_key: WrappingKey
    code_key: WrappingKey | None = None


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
    keys: NewKeys | None = None


def has_manager(session: Session) -> bool:
    """Tell whether anybody may manage this house."""
    managers = select(StaffMember.id).where(
        StaffMember.role == Role.MANAGER, StaffMember.active, StaffMember.deleted_at.is_(None)
    )
    return session.execute(managers.limit(1)).first() is not None


def give_keys(session: Session, new: NewKeys, manager_id: int) -> None:
    """Store the keys of a new house, wrapped for its manager and the recovery sheet, and seal the PINs there are."""
    store_house_keys(session, new.keys, manager_id)
    store_wrap(session, new.keys, manager_id, new.password_key)
    if new.code_key is not None:
        store_wrap(session, new.keys, RECOVERY, new.code_key)
    seal_all_pins(session, new.keys.pepper)


def _house_digits(managers: int) -> int:
    """Return how many digits the PINs of a house have whose manager has chosen one of so many; 0: none."""
    return managers if managers > SHORTEST_MANAGER_PIN else USUAL_PIN_DIGITS


def found_house(session: Session, founding: Founding, machine_key: str, till_name: str, public_key: str) -> KnownTill:
    """Make the house, its first manager, and this computer a till that the gates know; all or nothing.

    Raises InvalidInput where there is a manager already: nobody becomes one by setting up again; and for a time zone or
    a currency that is none.
    """
    founding = replace(
        founding, currency=require_currency(founding.currency), time_zone=require_zone(founding.time_zone)
    )
    refuse_card_number(founding.house, "house")
    # The first of two computers that found a house at once keeps the other one waiting at this row.
    there = session.execute(
        select(Setting.value).where(Setting.name == HOUSE_SETTING).with_for_update()
    ).scalar_one_or_none()
    if there is None:
        decided = HouseSettings(
            organisation=founding.house, currency=founding.currency, pin_digits=_house_digits(founding.pin_digits)
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
    keys = None if founding.keys is None else founding.keys.keys
    if founding.keys is not None:
        give_keys(session, founding.keys, staff_id)
    manager = Actor(staff_id, founding.manager, Role.MANAGER, till.till_id, till.name)
    session.execute(
        insert(Venue).values(name=founding.house, address="", time_zone=founding.time_zone, currency=founding.currency)
    )
    key_id = enrol_key_of(session, manager, till.till_id, public_key, keys)
    open_books(session)
    record(session, manager, "house_founded", venue=founding.house, manager=founding.manager, key=key_id)
    return load_till(session, till.till_id, public_key)
