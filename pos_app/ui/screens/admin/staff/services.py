"""What the section of staff asks for; bound_services binds it to the real thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QObject

    from pos_app.domain.staff.members import SignInRecord, StaffList, StaffRecord
    from pos_app.ui.records.kind import Answer


class StaffServices(Protocol):
    """A RecordSource of staff, and what else can be done with them; `owner` is who wants the answer.

    own_id: of the manager who works here.
    """

    own_id: int

    def read_all(self, owner: QObject) -> Answer[Sequence[StaffRecord]]:
        """Read everybody, those put away too."""
        ...

    def staff_list(self, owner: QObject) -> Answer[StaffList]:
        """Read everybody, with the zone of the house."""
        ...

    def save(self, owner: QObject, before: StaffRecord | None, values: Mapping[str, object]) -> Answer[StaffRecord]:
        """Save the values of the form; somebody new gets the password and the PIN in it."""
        ...

    def archive(self, owner: QObject, record: StaffRecord) -> Answer[StaffRecord]:
        """Put somebody away."""
        ...

    def restore(self, owner: QObject, record: StaffRecord) -> Answer[StaffRecord]:
        """Take somebody back."""
        ...

    def change_password(self, owner: QObject, record: StaffRecord, password: str) -> Answer[object]:
        """Give somebody another password."""
        ...

    def change_pin(self, owner: QObject, record: StaffRecord, pin: str) -> Answer[object]:
        """Give somebody another PIN, or none."""
        ...

    def end_wait(self, owner: QObject, record: StaffRecord) -> Answer[object]:
        """Let somebody try again at once."""
        ...

    def sign_ins(self, owner: QObject, record: StaffRecord) -> Answer[Sequence[SignInRecord]]:
        """Read somebody's last tries to sign in."""
        ...
