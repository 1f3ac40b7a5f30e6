"""The section of staff."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pos_app.domain.roles import Role
from pos_app.flows.staff_secrets import change_password, change_pin
from pos_app.services.staff.members import end_wait, list_sign_ins, load_staff_list
from pos_app.services.staff.passwords import account_problems
from pos_app.ui.records.kind import RecordKind, RecordWords, View
from pos_app.ui.records.page import RecordPage
from pos_app.ui.records.table.columns import Column
from pos_app.ui.screens.admin.staff.fields import RoleField, role_options, staff_fields
from pos_app.ui.screens.admin.staff.operations import StaffOperations
from pos_app.ui.screens.admin.staff.recovery import RecoveryAsking
from pos_app.ui.screens.admin.staff.secret_sheet import ManagerPasswordSheet, password_sheet, pin_sheet
from pos_app.ui.screens.admin.staff.sign_ins_sheet import SignInsSheet
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.times import shown_dated_moment, shown_span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pos_app.domain.sentences import Sentence
    from pos_app.domain.staff.members import SignInRecord, StaffList, StaffRecord
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office
    from pos_app.ui.screens.admin.staff.secret_sheet import SecretSheet


class StaffPage(RecordPage):
    """Staff in a table, the account of one in the form; passwords, PINs and last sign-ins. Signals: of RecordPage."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.time_zone = "UTC"
        self._told_recovery = False
        self._role_words = {option.key: option.words for option in role_options()}
        self.role = RoleField(role_options())
        fields = partial(staff_fields, self.role, self._is_somebody_new, self._is_own, self._becomes_manager)
        super().__init__(self._kind(), StaffOperations(office), fields)
        self.password_button = self.editor.add_tool(self.tr("New password…"), "password", self._on_password)
        self.pin_button = self.editor.add_tool(self.tr("PIN…"), "key", self._on_pin)
        self.sign_ins_button = self.editor.add_tool(self.tr("Last sign-ins"), "clock", self._on_sign_ins)
        self.wait_button = self.editor.add_tool(self.tr("End the wait"), "lock-simple-open", self._on_end_wait)
        self.recovery_button = self.editor.add_tool(self.tr("Recovery sheet…"), "file-pdf", self._on_recovery)
        self.opened.connect(self._show_tools)

    def refresh(self) -> None:
        """Read everybody again."""
        self._office.read_latest(self, "staff", load_staff_list).then(self._on_staff, self._on_unreadable)

    def show_busy(self, busy: bool) -> None:  # noqa: FBT001 - see RecordPage
        """While a change is on its way, the form waits."""
        super().show_busy(busy)
        self._show_tools(self.record)

    def prepare(self, values: Mapping[str, object]) -> None:
        """One's own role is closed."""
        del values
        self.role.set_own(self._is_own())

    def _kind(self) -> RecordKind[StaffRecord]:
        tr = self.tr
        return RecordKind(
            name="staff",
            icon="identification-badge",
            words=RecordWords(
                title=tr("Staff"),
                new=tr("New staff member"),
                unsaved=tr("A new staff member that is not saved"),
                nothing=tr("Nobody works here yet"),
                first=tr("Everybody who sells, checks tickets or manages has an account of their own."),
                choose=tr("Choose a staff member in the table, or make a new one."),
            ),
            columns=(
                Column("name", tr("Name"), lambda one: one.name, lower=self._own_words, strong=True),
                Column("role", tr("Role"), lambda one: self._role_words[str(one.role)], width=120),
                Column("pin", tr("PIN"), lambda one: tr("Yes") if one.has_pin else tr("No"), width=64),
                Column(
                    "seen",
                    tr("Last sign-in"),
                    lambda one: shown_dated_moment(one.last_seen, self.time_zone) if one.last_seen else tr("Never"),
                    lambda one: one.last_seen,
                    lower=self._standing_words,
                    tone=lambda one: self._standing(one)[1],
                    width=190,
                ),
            ),
            key=lambda one: one.staff_id,
            title=lambda one: one.name,
            search=lambda one: (one.name, self._role_words[str(one.role)]),
            values=lambda one: {"name": one.name, "role": str(one.role), "active": one.active},
            fresh=lambda: {"role": str(Role.CASHIER), "active": True},
            is_archived=lambda one: one.archived,
            status=self._standing,
            views=(
                View("active", tr("May sign in"), lambda one: one.active and not one.archived),
                View("closed", tr("Closed"), lambda one: not one.active and not one.archived),
                View("archived", tr("Archived"), lambda one: one.archived),
            ),
            problems=self._problems,
            warning=self._warning,
        )

    def _standing(self, one: StaffRecord) -> tuple[str, str]:
        if one.archived:
            return self.tr("Archived"), "muted"
        if not one.active:
            return self.tr("Closed"), "danger"
        if one.wait_seconds:
            return self.tr("Must wait {0}").format(shown_span(one.wait_seconds)), "warn"
        return self.tr("May sign in"), "ok"

    def _standing_words(self, one: StaffRecord) -> str:
        """Say only what is out of the ordinary."""
        words, tone = self._standing(one)
        return words if tone in {"danger", "warn"} else ""

    def _own_words(self, one: StaffRecord) -> str:
        return self.tr("You") if one.staff_id == self._office.actor.staff_id else ""

    def _problems(self, record: StaffRecord | None, values: Mapping[str, object]) -> Mapping[str, Sentence]:
        typed = {name: str(values[name]) for name in ("name", "password", "pin") if name in values}
        if record is None:
            return account_problems(**typed)
        if self._becomes_manager(values):
            return account_problems(name=typed.get("name"), password=typed.get("password"))
        return account_problems(name=typed.get("name"))

    def _warning(self, record: StaffRecord | None, values: Mapping[str, object]) -> str:
        if record is None or not record.active:
            return ""
        if not values["active"]:
            words = self.tr("{0} is signed out at every till within a minute, after a payment that is open.")
            return words.format(record.name)
        if values["role"] != str(record.role):
            words = self.tr("{0} is signed out at every till within a minute, and signs in again as: {1}.")
            return words.format(record.name, self._role_words[str(values["role"])])
        return ""

    def _is_somebody_new(self) -> bool:
        return self.record is None

    def _becomes_manager(self, values: Mapping[str, object]) -> bool:
        was = self.record is not None and self.record.role is Role.MANAGER
        return values.get("role") == str(Role.MANAGER) and not was

    def _is_own(self) -> bool:
        return self.record is not None and self.record.staff_id == self._office.actor.staff_id

    def _on_staff(self, found: StaffList) -> None:
        self.time_zone = found.time_zone
        self._on_records(found.staff)
        if found.lacks_recovery and not self._told_recovery and self.banner.isHidden():
            self._told_recovery = True
            self.say(
                Message(
                    self.tr(
                        "There is no recovery sheet: with every manager's password, the keys of the house are lost."
                    ),
                    self.tr("Make one, and lock it away."),
                    Level.WARNING,
                    self.tr("Recovery sheet…"),
                    self._on_recovery,
                )
            )

    def _show_possible(self) -> None:
        """Nobody puts away their own account."""
        super()._show_possible()
        if self._is_own():
            self.editor.archive_button.hide()

    def _show_tools(self, record: StaffRecord | None) -> None:
        usable = record is not None and not record.archived
        for button in (self.password_button, self.pin_button):
            button.setVisible(usable)
            button.setEnabled(not self.guard.is_busy)
        self.sign_ins_button.setVisible(record is not None)
        self.recovery_button.setVisible(usable and self._is_own())
        self.wait_button.setVisible(record is not None and record.wait_seconds > 0)

    def _on_password(self) -> None:
        record = self.record
        if record.role is Role.MANAGER:
            self._ask_manager_password(record)
            return
        sheet = password_sheet(self, record.name)
        words = self.tr("{0} signs in with the new password from now on.").format(record.name)
        office, staff_id = self._office, record.staff_id
        self._take_secret(sheet, lambda secret: office.run_flow(self, change_password, staff_id, secret), words)

    def _ask_manager_password(self, record: StaffRecord) -> None:
        """Ask for one's own password too: the new one is to open the key of the house."""
        sheet = ManagerPasswordSheet(self, record.name)
        words = self.tr("{0} signs in with the new password from now on.").format(record.name)

        def done(_done: None) -> None:
            sheet.close_sheet()
            self._changed(words)

        def change(given: tuple[str, str]) -> None:
            new, own = given
            reply = self._office.run_flow(self, change_password, record.staff_id, new, own)
            reply.then(done, sheet.show_refusal)

        sheet.given.connect(change)
        sheet.open()

    def _on_recovery(self) -> None:
        RecoveryAsking(self, self._office).begin()

    def _on_pin(self) -> None:
        record = self.record
        sheet = pin_sheet(self, record.name)
        words = self.tr("The PIN of {0} is good from now on.").format(record.name)
        office, staff_id = self._office, record.staff_id
        self._take_secret(sheet, lambda secret: office.run_flow(self, change_pin, staff_id, secret), words)
        if record.has_pin:
            remove = sheet.add_button(self.tr("Remove the PIN"))
            remove.clicked.connect(sheet.close_sheet)
            remove.clicked.connect(lambda: self._ask_remove_pin(record))

    def _take_secret(self, sheet: SecretSheet, change: Callable[[str], Reply[None]], words: str) -> None:
        def done(_done: None) -> None:
            sheet.close_sheet()
            self._changed(words)

        sheet.given.connect(lambda secret: change(secret).then(done, sheet.show_refusal))
        sheet.open()

    def _ask_remove_pin(self, record: StaffRecord) -> None:
        sheet = confirm(
            self,
            self.tr("Remove the PIN of {0}?").format(record.name),
            self.tr(
                "It cannot be brought back, only set anew. Until then signing in needs the password, and nothing can "
                "be approved with a PIN."
            ),
            yes=self.tr("Remove it"),
        )
        sheet.confirmed.connect(lambda: self._remove_pin(record))

    def _remove_pin(self, record: StaffRecord) -> None:
        words = self.tr("{0} has no PIN any more.").format(record.name)
        answer = self._office.run_flow(self, change_pin, record.staff_id, "")
        self.saving.ask(answer, lambda _done: self._changed(words), lambda: self._remove_pin(record))

    def _on_end_wait(self) -> None:
        record = self.record
        sheet = confirm(
            self,
            self.tr("Let {0} try again at once?").format(record.name),
            self.tr("The wait slows down whoever guesses: end it when you know who tried."),
            yes=self.tr("End the wait"),
            danger=False,
        )
        sheet.confirmed.connect(lambda: self._end_wait(record))

    def _end_wait(self, record: StaffRecord) -> None:
        words = self.tr("{0} may try again at once.").format(record.name)
        answer = self._office.write(self, end_wait, record.staff_id)
        self.saving.ask(answer, lambda _done: self._changed(words), lambda: self._end_wait(record))

    def _changed(self, words: str) -> None:
        self.say_done(words)
        self.refresh()

    def _on_sign_ins(self) -> None:
        record = self.record
        self._office.read_latest(self, "sign-ins", list_sign_ins, record.staff_id).then(
            lambda tries: self._open_sign_ins(record, tries), lambda error: self.say(message_for(error))
        )

    def _open_sign_ins(self, record: StaffRecord, tries: Sequence[SignInRecord]) -> None:
        SignInsSheet(self, record.name, tries, self.time_zone).open()
