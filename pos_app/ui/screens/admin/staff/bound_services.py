"""The questions of the section of staff, answered by the services of the box office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.roles import Role
from pos_app.domain.staff.members import StaffDraft
from pos_app.flows.staff_secrets import add_member, change_password, change_pin
from pos_app.services.staff.members import (
    archive_staff_member,
    end_wait,
    list_sign_ins,
    list_staff,
    load_staff_list,
    restore_staff_member,
    save_staff_member,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from pos_app.domain.roles import Actor
    from pos_app.domain.staff.members import SignInRecord, StaffList, StaffRecord
    from pos_app.ui.background import Background, Reply


class BoundStaff:
    """Answers for one person at one till; see StaffServices."""

    def __init__(self, background: Background, actor: Actor) -> None:
        self._background = background
        self._actor = actor
        self.own_id = actor.staff_id

    def read_all(self, owner: QObject) -> Reply[tuple[StaffRecord, ...]]:
        """Read everybody."""
        return self._background.read_latest(owner, "staff", list_staff, self._actor)

    def staff_list(self, owner: QObject) -> Reply[StaffList]:
        """Read everybody, with the zone."""
        return self._background.read_latest(owner, "staff", load_staff_list, self._actor)

    def save(self, owner: QObject, before: StaffRecord | None, values: Mapping[str, object]) -> Reply[StaffRecord]:
        """Save the values of the form."""
        wanted = StaffDraft(str(values["name"]), Role(str(values["role"])), bool(values["active"]))
        if before is not None:
            return self._background.write(owner, save_staff_member, self._actor, before, wanted)
        secrets = str(values["password"]), str(values["pin"])
        return self._background.run_flow(owner, add_member, self._actor, wanted, *secrets)

    def archive(self, owner: QObject, record: StaffRecord) -> Reply[StaffRecord]:
        """Put somebody away."""
        return self._background.write(owner, archive_staff_member, self._actor, record.staff_id)

    def restore(self, owner: QObject, record: StaffRecord) -> Reply[StaffRecord]:
        """Take somebody back."""
        return self._background.write(owner, restore_staff_member, self._actor, record.staff_id)

    def change_password(self, owner: QObject, record: StaffRecord, password: str) -> Reply[None]:
        """Give somebody another password."""
        return self._background.run_flow(owner, change_password, self._actor, record.staff_id, password)

    def change_pin(self, owner: QObject, record: StaffRecord, pin: str) -> Reply[None]:
        """Give somebody another PIN, or none."""
        return self._background.run_flow(owner, change_pin, self._actor, record.staff_id, pin)

    def end_wait(self, owner: QObject, record: StaffRecord) -> Reply[None]:
        """Let somebody try again at once."""
        return self._background.write(owner, end_wait, self._actor, record.staff_id)

    def sign_ins(self, owner: QObject, record: StaffRecord) -> Reply[tuple[SignInRecord, ...]]:
        """Read somebody's last tries."""
        return self._background.read_latest(owner, "sign-ins", list_sign_ins, self._actor, record.staff_id)
