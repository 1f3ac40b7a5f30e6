"""The section of tills."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from pos_app.devices.printers import list_queues
from pos_app.domain.tills.kinds import TillKind
from pos_app.domain.tills.records import DOOR_LOCKS
from pos_app.flows.enrol_till import enrol_till
from pos_app.flows.sample_tickets import print_sample
from pos_app.services.tills.records import KEY_DIGITS_SHOWN, load_till_list, revoke_key
from pos_app.services.tills.registering import LONGEST_NAME
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.choice_fields import ChoiceField, Option, SwitchField
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.records.kind import RecordKind, RecordWords
from pos_app.ui.records.own_password_sheet import OwnPasswordSheet
from pos_app.ui.records.page import RecordPage
from pos_app.ui.records.table.columns import Column
from pos_app.ui.screens.admin.tills.keys_field import KeysField
from pos_app.ui.screens.admin.tills.names import name_problems
from pos_app.ui.screens.admin.tills.operations import TillOperations
from pos_app.ui.screens.admin.tills.printer_field import PrinterField
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words.lists import listed
from pos_app.ui.words.messages import Message, message_for
from pos_app.ui.words.papers import paper_words
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import shown_dated_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pos_app.computer.identity import TillIdentity
    from pos_app.computer.settings import Settings
    from pos_app.domain.sentences import Sentence
    from pos_app.domain.tills.records import TillKeyRecord, TillList, TillRecord
    from pos_app.ui.office import Office

_SAID_SECONDS: Final = 12


class TillsPage(RecordPage):
    """Tills in a table, one in the form: names, paper, printer, keys; a test ticket.

    settings: of the computer on which the manager works. identity: returns who it is now, for its key may be made
    anew. locale: of a test print.
    Signals: those of RecordPage; enrolled(TillIdentity, int): the gates know this till now, by this key.
    """

    enrolled = Signal(object, int)

    def __init__(self, office: Office, settings: Settings, identity: Callable[[], TillIdentity], locale: str) -> None:
        self._office = office
        self._settings = settings
        self._identity = identity
        self._locale = locale
        self.time_zone = "UTC"
        self.printer = PrinterField()
        self.keys = KeysField()
        self._papers = paper_words()
        super().__init__(self._kind(), TillOperations(office), self._fields)
        self.own_note = text_label("", "small", tone="warn", wrap=True)
        self.printer.layout().addWidget(self.own_note)  # type: ignore[union-attr]  # it has one
        self.own_note.hide()
        self.test_button = self.editor.add_tool(self.tr("Print a test ticket"), "printer", self._on_test)
        self.enrol_button = self.editor.add_tool(self.tr("Enrol this till"), "key", self._on_enrol)
        self.keys.revoke_asked.connect(self._on_revoke)
        self.opened.connect(self._on_opened)

    def refresh(self) -> None:
        """Read the tills again, and what printers this computer has."""
        self._office.read_latest(self, "tills", load_till_list).then(self._on_tills, self._on_unreadable)
        queues = self._office.background.outside(self, list_queues)
        queues.then(self.printer.show_queues, lambda _error: self.printer.show_unknown())

    def _fields(self) -> Sequence[Field]:
        tr = self.tr
        kinds = [
            Option(str(TillKind.COUNTER), tr("Counter")),
            Option(str(TillKind.OFFICE), tr("Office")),
            Option(str(TillKind.GATE), tr("Gate")),
        ]
        return (
            Field("name", tr("Name"), TextField(longest=LONGEST_NAME)),
            Field("kind", tr("Used as"), SwitchField(kinds)),
            Field("drawer", tr("Cash drawer"), TextField(longest=LONGEST_NAME)),
            Field(
                "paper",
                tr("Paper"),
                ChoiceField([Option(key, words) for key, words in self._papers.items()]),
                section=tr("Tickets"),
            ),
            Field(
                "ticket_queue",
                tr("Printer"),
                self.printer,
                hint=tr("Holds from the next sign-in there. A paper or printer in the settings of the computer wins."),
            ),
            Field(
                "door_lock_minutes",
                tr("The door locks itself"),
                ChoiceField([Option(minutes, self._lock_words(minutes)) for minutes in DOOR_LOCKS]),
                section=tr("Door"),
                hint=tr("When nobody has touched or scanned anything for so long. Holds from the next sign-in there."),
            ),
            Field("keys", "", self.keys, section=tr("Signing keys")),
        )

    def _kind(self) -> RecordKind[TillRecord]:
        tr = self.tr
        return RecordKind(
            name="tills",
            icon="printer",
            words=RecordWords(
                title=tr("Tills"),
                new="",
                unsaved="",
                nothing=tr("No tills yet"),
                first=tr("A computer appears here when Foyer is opened on it for the first time."),
                choose=tr("Choose a till in the table. A new one appears when Foyer is opened on its computer."),
            ),
            columns=(
                Column("name", tr("Name"), lambda one: one.name, lower=self._lower, strong=True),
                Column(
                    "paper",
                    tr("Tickets"),
                    lambda one: self._papers.get(one.paper, one.paper),
                    lower=lambda one: one.ticket_queue or tr("No printer"),
                    width=172,
                ),
                Column("key", tr("Key"), lambda one: tr("Enrolled") if one.is_enrolled else tr("None"), width=90),
                Column(
                    "seen",
                    tr("Last seen"),
                    lambda one: shown_dated_moment(one.last_seen, self.time_zone) if one.last_seen else tr("Never"),
                    lambda one: one.last_seen,
                    width=164,
                ),
            ),
            key=lambda one: one.till_id,
            title=lambda one: one.name,
            search=lambda one: (one.name, one.drawer, one.ticket_queue),
            values=lambda one: {
                "name": one.name,
                "kind": str(one.kind),
                "drawer": one.drawer,
                "paper": one.paper,
                "ticket_queue": one.ticket_queue,
                "door_lock_minutes": one.door_lock_minutes,
            },
            is_archived=lambda one: one.archived,
            status=self._status,
            archived_advice=lambda _one: self.tr("Who works there is signed out; only a manager can sign in there."),
            can_make=False,
            problems=self._problems,
            warning=self._warning,
        )

    def _lock_words(self, minutes: int) -> str:
        if not minutes:
            return self.tr("never")
        return spoken_count("after {count} quiet minute", "after {count} quiet minutes", minutes)

    def _lower(self, one: TillRecord) -> str:
        if self._is_here(one):
            return self.tr("You work here")
        return one.drawer if one.drawer != one.name else ""

    def _status(self, one: TillRecord) -> tuple[str, str]:
        if one.archived:
            return self.tr("Archived"), "muted"
        if not one.is_enrolled:
            return self.tr("Prints no tickets"), "warn"
        return (self.tr("You work here"), "accent") if self._is_here(one) else ("", "")

    def _problems(self, record: TillRecord | None, values: Mapping[str, object]) -> Mapping[str, Sentence]:
        return name_problems(self.list.table.records, record, str(values.get("name", "")))

    def _warning(self, record: TillRecord | None, values: Mapping[str, object]) -> str:
        """Ask before a till is called otherwise: it is known by its name everywhere."""
        name = str(values["name"])
        if record is None or name == record.name:
            return ""
        return self.tr(
            "“{before}” is called “{after}” from then on, in the lists of what it has sold too. It stays the same till "
            "with its drawer, its sales and its key. Who works there sees it at the next sign-in."
        ).format(before=record.name, after=name)

    def _is_here(self, one: TillRecord | None) -> bool:
        return one is not None and one.till_id == self._office.actor.till_id

    def _on_tills(self, found: TillList) -> None:
        self.time_zone = found.time_zone
        self._on_records(found.tills)

    def _show_possible(self) -> None:
        """Nobody puts away the till underfoot."""
        super()._show_possible()
        if self._is_here(self.record):
            self.editor.archive_button.hide()

    def _on_opened(self, record: TillRecord | None) -> None:
        self.keys.show_keys(record, self.time_zone, self._key_shown())
        is_here = self._is_here(record)
        self.test_button.setVisible(record is not None)
        self.enrol_button.setVisible(record is not None and is_here and not self._has_own_key(record))
        own = [words for words in (self._papers.get(self._settings.paper, ""), self._settings.ticket_queue) if words]
        self.own_note.setText(self.tr("The settings of this computer win: {0}.").format(listed(own)))
        self.own_note.setVisible(is_here and bool(own))

    def _has_own_key(self, record: TillRecord) -> bool:
        shown = self._key_shown()
        return any(key.shown == shown and key.revoked_at is None for key in record.keys)

    def _key_shown(self) -> str:
        """Return the first digits of the signing key of this computer."""
        return self._identity().public_key[:KEY_DIGITS_SHOWN]

    def _on_test(self) -> None:
        values, own = self.form.readable_values(), self._settings
        is_here = self._is_here(self.record)
        paper = (own.paper if is_here else "") or str(values["paper"])
        queue = (own.ticket_queue if is_here else "") or str(values["ticket_queue"])
        self.test_button.setEnabled(False)
        self._office.background.run_flow(self, print_sample, paper, queue, locale=self._locale).then(
            lambda _done: self._tested(Message(self.tr("A test ticket is on its way to {0}.").format(queue))),
            lambda error: self._tested(message_for(error)),
        )

    def _tested(self, message: Message) -> None:
        self.test_button.setEnabled(True)
        self.say(message, _SAID_SECONDS)

    def _on_enrol(self) -> None:
        self.leave(self._enrol)

    def _enrol(self) -> None:
        title, office = self.tr("Enrol this till"), self._office
        sheet = OwnPasswordSheet(self, title, office.actor.name, yes=title, busy=self.tr("Enrolling…"))

        def enrolled(known: tuple[TillIdentity, int]) -> None:
            sheet.close_sheet()
            self._on_enrolled(known)

        sheet.given.connect(
            lambda password: office.run_flow(
                self, enrol_till, self._identity(), self._settings.state_folder, password
            ).then(enrolled, sheet.show_refusal)
        )
        sheet.open()

    def _on_enrolled(self, known: tuple[TillIdentity, int]) -> None:
        self.enrolled.emit(*known)
        self.say_done(self.tr("This till is enrolled. Its tickets are good at every gate."))
        self.refresh()

    def _on_revoke(self, key: TillKeyRecord) -> None:
        record = self.record
        sheet = confirm(
            self,
            self.tr("Revoke the key {0}… of {1}?").format(key.shown, record.name),
            self.tr("Do it when the computer was stolen or somebody copied its key. It cannot be undone."),
            yes=self.tr("Revoke it"),
            no=self.tr("Keep it"),
            lost=(
                self.tr("Tickets printed with it are refused when they are scanned, until they are printed again."),
                self.tr("{0} prints no tickets until a manager makes a new key there.").format(record.name),
            ),
        )
        sheet.confirmed.connect(lambda: self.leave(lambda: self._revoke(key)))

    def _revoke(self, key: TillKeyRecord) -> None:
        words = self.tr("The key {0}… is revoked: no gate trusts it any more.").format(key.shown)

        def revoked(stored: TillRecord) -> None:
            self.show_stored(stored)
            self.say_done(words)

        self.saving.ask(self._office.write(self, revoke_key, key.key_id), revoked, lambda: self._revoke(key))
