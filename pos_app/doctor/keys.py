"""The house vouches for its tills, its managers can open its keys, and its PINs are sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from pos_app.db.models import HouseKey, HouseKeyWrap, StaffMember, StaffSecret, Till, TillKey
from pos_app.doctor.findings import Finding, Rule
from pos_app.documents.house_keys import till_key_is_signed
from pos_app.domain.roles import Role
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names

_SEALED: Final = "sealed:"


def judge_keys(session: Session, _names: Names) -> Iterator[Finding]:
    """Look at a house that has a key; before it has one, there is nothing to be found."""
    house = session.execute(select(HouseKey.id, HouseKey.public_key).order_by(HouseKey.id)).first()
    if house is None:
        return
    yield from _judge_till_keys(session, house.public_key)
    yield from _judge_wraps(session, house.id)
    yield from _judge_pins(session)


def _judge_till_keys(session: Session, house_key: str) -> Iterator[Finding]:
    rows = session.execute(
        select(TillKey.id, TillKey.till_id, TillKey.public_key, TillKey.signature, Till.name)
        .join(Till, Till.id == TillKey.till_id)
        .where(TillKey.revoked_at.is_(None))
        .order_by(TillKey.id)
    )
    for row in rows:
        if not till_key_is_signed(house_key, row.till_id, row.public_key, row.signature):
            told = say("the house does not vouch for its key {key}: gates refuse its tickets", key=row.public_key[:8])
            yield Finding(Rule.TILL_KEYS, told, say("Till “{name}”", name=row.name))


def _judge_wraps(session: Session, house_key_id: int) -> Iterator[Finding]:
    wrapped = select(HouseKeyWrap.staff_id).where(
        HouseKeyWrap.house_key_id == house_key_id, HouseKeyWrap.staff_id.is_not(None)
    )
    rows = session.execute(
        select(StaffMember.name)
        .where(
            StaffMember.role == Role.MANAGER,
            StaffMember.active,
            StaffMember.deleted_at.is_(None),
            StaffMember.id.not_in(wrapped),
        )
        .order_by(StaffMember.id)
    )
    for row in rows:
        told = say("the password does not open the house key: another manager gives a new one")
        yield Finding(Rule.WRAPS, told, say("{name}", name=row.name))


def _judge_pins(session: Session) -> Iterator[Finding]:
    rows = session.execute(
        select(StaffMember.name)
        .join(StaffSecret, StaffSecret.staff_id == StaffMember.id)
        .where(StaffSecret.pin_hash != "", StaffSecret.pin_hash.not_like(f"{_SEALED}%"))
        .order_by(StaffMember.id)
    )
    for row in rows:
        told = say("the PIN is not sealed, so no till accepts it: a manager sets a new one")
        yield Finding(Rule.PINS, told, say("{name}", name=row.name))
