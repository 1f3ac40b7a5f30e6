"""Letters in the tour: a server is set and tried, what waited goes out, and what failed goes to another address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from pos_app.domain.letters.kinds import LetterState
from pos_app.domain.letters.listing import LetterView
from pos_app.domain.letters.settings import LONGEST_LAPSE_HOURS, MailSecurity
from pos_app.tour.hands import Hands
from pos_app.tour.letters.receiver import HOST, SENT_WITHIN
from pos_app.tour.stage import fail
from pos_app.ui.records.fields.choice_fields import ChoiceField
from pos_app.ui.records.form_sheet import FormSheet
from pos_app.ui.screens.admin.letters.section import LettersSection
from pos_app.ui.screens.letters.recipient_sheet import RecipientSheet

if TYPE_CHECKING:
    from pos_app.app import Foyer
    from pos_app.tour.letters.receiver import Receiver
    from pos_app.tour.stage import Stage
    from pos_app.ui.screens.letters.screen import LettersScreen

_SENDER: Final = "tickets@playhouse.example"
_MANAGER: Final = "manager@playhouse.example"
_RIGHT: Final = "right.address@example.org"
_REMINDED_HOURS: Final = LONGEST_LAPSE_HOURS
"""Whatever performance is chosen: a reservation for it is near its end by this."""


class Post:
    """Works at the screen of letters, and at their section under Manage."""

    def __init__(self, stage: Stage, foyer: Foyer, receiver: Receiver) -> None:
        self._stage = stage
        self._foyer = foyer
        self._receiver = receiver
        self._hands = Hands(stage, foyer.window)

    @property
    def _screen(self) -> LettersScreen:
        workplace = self._foyer.workplace
        if workplace is None or workplace.letters is None:
            fail("the letters are not open")
        return workplace.letters

    @property
    def _section(self) -> LettersSection:
        return self._hands.find(LettersSection)

    def open(self) -> None:
        """Press Alt+4: what waits, went out, failed and was stopped; and that there is no mail server."""
        self._hands.key(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
        self._stage.wait_for("letters are listed", lambda: self._screen.search.table.shown)
        self._stage.wait_for("it says why none goes out", self._screen.search.standing.isVisible)

    def open_settings(self) -> None:
        """Go to Manage, Letters."""
        manage = self._foyer.workplace.manage if self._foyer.workplace is not None else None
        if manage is None:
            fail("there is nothing to manage")
        self._foyer.window.show_screen("manage")
        manage.open_section("letters")
        self._stage.wait_for("the settings are read", lambda: self._section.sending.record is not None)

    def set_server(self) -> None:
        """Type the server of the tour and the sender; choose a line without protection."""
        security = self._section.sending.form.editor("security")
        if not isinstance(security, ChoiceField):
            fail("the protection of the line is nothing to choose from")
        self._hands.choose_value(security, MailSecurity.NONE.value)
        self._hands.fill(server=HOST, port=self._receiver.port, sender_address=_SENDER)
        self._hands.save()

    def set_hours(self) -> None:
        """Press F3, and type when somebody is reminded: whoever is near the end of their time now hears of it now."""
        self._hands.key(Qt.Key.Key_F3)
        self._hands.fill(lapse_hours=_REMINDED_HOURS)
        self._hands.save()

    def send_test(self) -> None:
        """Press F9: a test letter goes out, and comes."""
        self._hands.key(Qt.Key.Key_F9)
        sheet = self._hands.wait_for_sheet(FormSheet)
        self._hands.fill_field(sheet.form.editor("recipient"), _MANAGER)
        self._hands.click(sheet.yes)
        self._stage.wait_for("the test letter was taken", self._section.sending.outcome.isVisible)
        self._stage.wait_for("the test letter has come", lambda: self._receiver.letters_to(_MANAGER))

    def look_at_wording(self) -> None:
        """Press F4: the tickets, as they are worded, beside the letter that comes of it."""
        self._hands.key(Qt.Key.Key_F4)
        wording = self._section.wording
        self._stage.wait_for("the wordings are read", lambda: wording.list.table.records)
        wording.open_record(wording.list.table.records[0])
        self._stage.wait_for(
            "the letter is set", lambda: wording.preview.is_settled and wording.preview.page.toPlainText()
        )

    def see_what_waited_go(self) -> None:
        """Go back to the letters: what waited is sent by this till, the tickets signed and set."""
        self._hands.key(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
        self._screen.search.show_view(LetterView.WAITING)
        self._stage.wait_for(
            "what waited went out",
            lambda: self._receiver.received > 1 and not self._screen.search.table.shown,
            SENT_WITHIN,
        )

    def show_failed(self) -> None:
        """Look at the one that failed, and why."""
        self._screen.show_failed()
        self._stage.wait_for("the failed one is shown", lambda: self._shown_in(LetterState.FAILED))

    def ask_address(self) -> None:
        """Press F7, and type the right address."""
        self._hands.key(Qt.Key.Key_F7)
        self._hands.write(self._hands.wait_for_sheet(RecipientSheet).line, _RIGHT)

    def send_it_there(self) -> None:
        """Press Enter: it goes out again, and comes."""
        before = self._receiver.received
        self._hands.click(self._hands.wait_for_sheet(RecipientSheet).yes)
        self._hands.wait_for_no_sheet()
        self._stage.wait_for("it has come", lambda: self._receiver.received > before, SENT_WITHIN)
        self._stage.wait_for("it is told as sent", lambda: self._shown_in(LetterState.SENT, _RIGHT))

    def look_at_history(self) -> None:
        """Press F4: each try, with what the server said."""
        self._hands.key(Qt.Key.Key_F4)

    def _shown_in(self, state: LetterState, recipient: str = "") -> bool:
        letter = self._screen.panel.letter
        return letter is not None and letter.row.state is state and recipient in letter.row.recipient
