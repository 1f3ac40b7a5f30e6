"""A small house whose computers keep things, and who works at them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.computer.house_keys import KeptKeys
from pos_app.db.models import AuditEntry, HouseKey, HouseKeyWrap, StaffSecret, TillKey
from pos_app.domain.roles import Role
from pos_app.flows.sign_in import sign_in, sign_in_by_pin
from pos_app.services.tills.registering import KnownTill
from tests.small_house import NAMES, PASSWORDS, PINS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pos_app.domain.roles import Actor
    from tests.houses import OpenHouse


@dataclass(frozen=True)
class KeyHouse:
    """folder: in which each computer has one of its own."""

    house: OpenHouse
    folder: Path

    @contextmanager
    def at(self, computer: str) -> Iterator[None]:
        """Sit down at another computer."""
        before = self.house.database.place
        self.house.database.place = self.folder / computer
        yield
        self.house.database.place = before

    def till(self) -> KnownTill:
        return KnownTill(self.house.small.till_id, "Till 1", self.house.small.key_id, "a4", "")

    def by_password(self, role: Role, password: str = "") -> Actor:
        return sign_in(self.house.database, self.till(), NAMES[role], password or PASSWORDS[role])

    def by_pin(self, role: Role, pin: str = "") -> Actor:
        return sign_in_by_pin(self.house.database, self.till(), self.actor(role).staff_id, pin or PINS[role])

    def actor(self, role: Role) -> Actor:
        small = self.house.small
        return {Role.CASHIER: small.cashier, Role.MANAGER: small.manager, Role.DOOR_STEWARD: small.steward}[role]

    def kept(self, computer: str) -> KeptKeys:
        return KeptKeys(self.folder / computer, self.house.database.address.house_name())

    def house_key(self) -> str:
        """Return the public key of the house; there is one, or "" for none."""
        keys = self.house.database.read(lambda session: session.scalars(select(HouseKey.public_key)).all())
        assert len(keys) < 2
        return keys[0] if keys else ""

    def wraps(self) -> list[int | None]:
        query = select(HouseKeyWrap.staff_id).order_by(HouseKeyWrap.id)
        return list(self.house.database.read(lambda session: session.scalars(query).all()))

    def pins(self) -> list[str]:
        return list(self.house.database.read(lambda session: session.scalars(select(StaffSecret.pin_hash)).all()))

    def signatures(self) -> list[str | None]:
        query = select(TillKey.signature).where(TillKey.revoked_at.is_(None))
        return list(self.house.database.read(lambda session: session.scalars(query).all()))

    def actions(self) -> list[str]:
        query = select(AuditEntry.action).order_by(AuditEntry.id)
        return list(self.house.database.read(lambda session: session.scalars(query).all()))
