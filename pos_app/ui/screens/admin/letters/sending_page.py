"""By which server letters go out, in whose name, and a letter that tries it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from pos_app.domain.customers.contact import LONGEST_EMAIL
from pos_app.domain.editing import FieldRefused
from pos_app.domain.letters.sending import Outcome
from pos_app.domain.letters.settings import (
    LARGEST_LETTER_BYTES,
    LONGEST_LAPSE_HOURS,
    LONGEST_PACE_SECONDS,
    SMALLEST_LETTER_BYTES,
    USUAL_PORTS,
    MailSecurity,
    MailSettings,
)
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.choice_fields import CheckField, ChoiceField, Option
from pos_app.ui.records.fields.number_fields import WholeNumberField
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.records.form_sheet import FormSheet
from pos_app.ui.records.kind import RecordKind, RecordWords
from pos_app.ui.records.page import RecordPage
from pos_app.ui.records.table.columns import Column
from pos_app.ui.screens.admin.letters.operations import (
    SendingOperations,
    problems_of,
    settings_from,
    values_of_settings,
)
from pos_app.ui.screens.admin.letters.password_here import PasswordHere
from pos_app.ui.widgets.boxes import Gap, column, row
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import breakable, panel, say, set_tone, text_label
from pos_app.ui.words.letters import trouble_advice, trouble_words
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pos_app.domain.letters.sending import Tried
    from pos_app.domain.sentences import Sentence
    from pos_app.ui.office import Office

_MEGABYTE: Final = 1_000_000
_SHEET_HEIGHT: Final = 100


class SendingPage(RecordPage):
    """The one record in the form; where other pages have their table, what is tried at this till.

    Signals: those of RecordPage.
    """

    def __init__(self, office: Office) -> None:
        self._operations = SendingOperations(office)
        self.test_button = KeyButton(self.tr("Send a test letter…"), "F9", icon_name="envelope-simple")
        self.password = PasswordHere(self._operations, self._stored, self._typed)
        self.outcome = text_label("", "strong", wrap=True)
        self.answer = text_label("", "small", wrap=True)
        self.answer.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sheet: FormSheet | None = None
        super().__init__(self._kind(), self._operations, self._fields)
        self.test_button.clicked.connect(self._ask_test)
        self.password.refused.connect(self._on_password_refused)
        self.opened.connect(lambda _record: self.password.look())
        self.saved.connect(self._on_saved)
        self.form.edited.connect(self.password.show_standing)
        for label in (self.outcome, self.answer):
            label.hide()

    def _arrange(self) -> None:
        left = Qt.AlignmentFlag.AlignLeft
        frame = panel()
        column(
            text_label(self.tr("Try it"), "title"),
            text_label(self.tr("A test letter goes out by what stands in the form, saved or not."), wrap=True),
            (self.test_button, 0, left),
            self.outcome,
            self.answer,
            Gap(14),
            self.password,
            1,
            inside=frame,
            margins=(18, 12, 18, 14),
            spacing=10,
        )
        row((column((frame, 1), self.banner, spacing=10), 1), self.editor, inside=self, spacing=14)
        # There is one record, and nothing to choose from.
        self.list.setParent(self)
        self.list.hide()

    def _fields(self) -> Sequence[Field]:
        tr = self.tr
        ways = (
            Option(
                MailSecurity.STARTTLS.value, tr("STARTTLS (usual port {0})").format(USUAL_PORTS[MailSecurity.STARTTLS])
            ),
            Option(
                MailSecurity.TLS.value, tr("TLS from the start (usual port {0})").format(USUAL_PORTS[MailSecurity.TLS])
            ),
            Option(MailSecurity.NONE.value, tr("None: a server on this very computer")),
        )
        megabytes = WholeNumberField(
            least=SMALLEST_LETTER_BYTES // _MEGABYTE, most=LARGEST_LETTER_BYTES // _MEGABYTE, unit=tr("MB")
        )
        sender = tr("What customers see as the sender. The server has to send for it.")
        return (
            Field(
                "server",
                tr("Mail server"),
                TextField(longest=253, placeholder="mail.example.org"),
                hint=tr("Where there is none, letters are written all the same, and wait."),
            ),
            Field("security", tr("Protection of the line"), ChoiceField(ways)),
            Field("port", tr("Port"), WholeNumberField(least=1, most=65535)),
            Field("user", tr("Signs in as"), TextField(longest=200, placeholder=tr("No sign-in")), half=True),
            Field("password", tr("Password"), self.password.field, half=True),
            Field("sender_name", tr("Name of the sender"), TextField(longest=120), section=tr("Who writes")),
            Field("sender_address", tr("Address of the sender"), TextField(longest=LONGEST_EMAIL), hint=sender),
            Field(
                "reply_to",
                tr("Answers go to"),
                TextField(longest=LONGEST_EMAIL, placeholder=tr("The sender")),
            ),
            Field(
                "attach_tickets",
                "",
                CheckField(tr("Tickets go along as a PDF")),
                section=tr("The letters"),
                hint=tr("Without it a letter brings the codes and the seats, which are good at the door, too."),
            ),
            Field("most_bytes", tr("A letter has at the most"), megabytes, hint=tr("More goes as several letters.")),
            Field(
                "seconds_between",
                tr("Between two letters of a till at least"),
                WholeNumberField(most=LONGEST_PACE_SECONDS, unit=tr("seconds")),
            ),
            Field(
                "lapse_hours",
                tr("Before a reservation ends, its customer is reminded by"),
                WholeNumberField(most=LONGEST_LAPSE_HOURS, unit=tr("hours")),
                hint=tr("0: nobody is reminded."),
            ),
        )

    def _kind(self) -> RecordKind[MailSettings]:
        title = self.tr("How letters are sent")
        return RecordKind(
            name="mail",
            icon="envelope-simple",
            words=RecordWords(title=title, new="", unsaved="", nothing="", first="", choose=self.tr("Reading…")),
            columns=(Column("mail", title, lambda one: one.server),),
            key=lambda _one: 0,
            title=lambda _one: title,
            search=lambda _one: (),
            values=values_of_settings,
            problems=lambda _record, values: problems_of(values),
            is_archived=lambda _one: False,
            can_make=False,
            can_archive=False,
        )

    def _on_records(self, records: Sequence[MailSettings]) -> None:
        """Open the one there is; what is unsaved stays."""
        super()._on_records(records)
        if self.record is None and records:
            self._open(records[0])

    def _on_unreadable(self, error: Exception) -> None:
        message = message_for(error)
        if self.record is None:
            self.editor.show_nothing(message.text, message.advice)
            self.list.show_unreadable(message)
        self.say(message)

    def _typed(self) -> MailSettings:
        return settings_from(self.form.readable_values())

    def _typed_password(self) -> str:
        return str(self.form.readable_values().get("password") or "")

    def _stored(self) -> MailSettings:
        return self.record if isinstance(self.record, MailSettings) else MailSettings()

    def _on_saved(self, settings: MailSettings) -> None:
        """Keep the password, now that there is an account that it is for."""
        if self._operations.password:
            self.password.keep(settings, self._operations.password)

    def _on_password_refused(self, password: str, error: Exception) -> None:
        """Say it beside the password, which is typed still, and can be tried with a test letter."""
        if isinstance(error, FieldRefused):
            self.form.change_values({"password": password})
            self.form.show_problems(error.fields)
        else:
            self.say(message_for(error))

    def _ask_test(self) -> None:
        wanted = self._typed()
        sheet = self.sheet = FormSheet(
            self,
            self.tr("Send a test letter"),
            [Field("recipient", self.tr("To"), TextField(longest=LONGEST_EMAIL))],
            {"recipient": wanted.reply_to or wanted.sender_address},
            yes=self.tr("Send it"),
            busy=self.tr("Sending…"),
            height=_SHEET_HEIGHT,
        )

        def given(values: Mapping[str, object]) -> None:
            recipient = str(values.get("recipient") or "")
            tried = self._operations.try_letters(self, self._typed(), self._typed_password(), recipient)
            tried.then(done, refused)

        def done(tried: Tried) -> None:
            sheet.close_sheet()
            self._show_tried(tried)

        def refused(error: Exception) -> None:
            if isinstance(error, FieldRefused) and "recipient" not in error.fields:
                sheet.close_sheet()
                self._show_wrong(error.fields)
            else:
                sheet.show_refusal(error)

        sheet.given.connect(given)
        sheet.open()

    def _show_wrong(self, problems: Mapping[str, Sentence]) -> None:
        left = self.form.show_problems(problems)
        say(self.outcome, following(self.tr("Put right first what is marked in the form."), *left))
        set_tone(self.outcome, "danger")
        say(self.answer, "")

    def _show_tried(self, tried: Tried) -> None:
        if tried.outcome is Outcome.SENT:
            say(self.outcome, self.tr("The test letter was taken by the mail server. Look whether it arrives."))
            set_tone(self.outcome, "ok")
        else:
            say(self.outcome, following(trouble_words(tried.trouble), trouble_advice(tried.trouble)))
            set_tone(self.outcome, "danger")
        say(self.answer, breakable(tried.answer))
