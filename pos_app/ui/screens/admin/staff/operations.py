"""Where the accounts of staff come from and go to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.roles import Role
from pos_app.domain.staff.members import StaffDraft
from pos_app.flows.staff_secrets import add_member, make_manager
from pos_app.services.staff.members import archive_staff_member, list_staff, restore_staff_member, save_staff_member

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from pos_app.domain.staff.members import StaffRecord
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office


class StaffOperations:
    """A RecordSource of staff."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def read_all(self, owner: QObject) -> Reply[tuple[StaffRecord, ...]]:
        """Read everybody, those put away too."""
        return self._office.read_latest(owner, "staff", list_staff)

    def save(self, owner: QObject, before: StaffRecord | None, values: Mapping[str, object]) -> Reply[StaffRecord]:
        """Save the values of the form; somebody new gets the password and the PIN in it, a new manager the password."""
        wanted = StaffDraft(str(values["name"]), Role(str(values["role"])), bool(values["active"]))
        password, own = str(values.get("password") or ""), str(values.get("own_password") or "")
        if before is None:
            return self._office.run_flow(owner, add_member, wanted, password, str(values["pin"]), own)
        if wanted.role is Role.MANAGER and before.role is not Role.MANAGER:
            return self._office.run_flow(owner, make_manager, before, wanted, password, own)
        return self._office.write(owner, save_staff_member, before, wanted)

    def archive(self, owner: QObject, record: StaffRecord) -> Reply[StaffRecord]:
        """Put somebody away."""
        return self._office.write(owner, archive_staff_member, record.staff_id)

    def restore(self, owner: QObject, record: StaffRecord) -> Reply[StaffRecord]:
        """Take somebody back."""
        return self._office.write(owner, restore_staff_member, record.staff_id)
