"""A manager says how letters are sent, tries it, and words them beside the letter that comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.sending import Outcome, Tried, Trouble
from pos_app.domain.letters.settings import MailSecurity
from pos_app.flows import try_mail
from pos_app.services.house.mail import load_mail_settings
from pos_app.services.letters.templates import load_template
from pos_app.ui.background import Background
from pos_app.ui.office import Office
from pos_app.ui.screens.admin.letters.section import LettersSection
from pos_app.ui.widgets.sheets.confirm import ConfirmSheet
from tests.kinds import SQLITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from pos_app.ui.screens.admin.letters.sending_page import SendingPage
    from pos_app.ui.screens.admin.letters.wording_page import WordingPage
    from tests.houses import OpenHouse

pytestmark = [SQLITE, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]


class Desk:
    """The section of a manager, and hands for it."""

    def __init__(self, qtbot: QtBot, house: OpenHouse) -> None:
        self.qtbot, self.house = qtbot, house
        self.background = Background(house.database)
        self.section = LettersSection(Office(self.background, house.small.manager), "en_GB")
        qtbot.addWidget(self.section)
        self.section.resize(1080, 640)
        self.section.show()
        self.section.activateWindow()
        qtbot.waitUntil(self.section.isActiveWindow)
        self.settle()

    @property
    def sending(self) -> SendingPage:
        return self.section.sending

    @property
    def wording(self) -> WordingPage:
        return self.section.wording

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.background._replies)

    def fill(self, page: Any, **values: str) -> None:
        for name, words in values.items():
            line = page.form.editor(name).line
            line.setFocus()
            line.selectAll()
            QTest.keyClicks(line, words) if words else QTest.keyClick(line, Qt.Key.Key_Delete)

    def save(self, page: Any) -> None:
        page.save()
        self.settle()

    def open_kind(self, kind: LetterKind) -> None:
        self.section.open_page(1)
        self.settle()
        self.wording.open_record(next(one for one in self.wording.list.table.records if one.kind is kind))
        self.see_letter()

    def see_letter(self) -> None:
        self.qtbot.waitUntil(lambda: self.wording.preview.is_settled and not self.background._replies)


@pytest.fixture
def desk(qtbot: QtBot, themed: QApplication, house: OpenHouse) -> Iterator[Desk]:
    desk = Desk(qtbot, house)
    yield desk
    desk.background.shut_down()


def test_what_is_typed_is_how_letters_are_sent(desk: Desk) -> None:
    desk.fill(desk.sending, server="mail.example.org", user="box", sender_address="box@example.org", lapse_hours="6")
    desk.save(desk.sending)
    stored = desk.house.database.read(load_mail_settings)
    assert (stored.server, stored.user, stored.sender_address) == ("mail.example.org", "box", "box@example.org")
    assert (stored.security, stored.port, stored.lapse_hours, stored.most_bytes) == (
        MailSecurity.STARTTLS,
        587,
        6,
        10_000_000,
    )


def test_whoever_sends_is_told_at_once_of_what_is_saved_and_of_a_new_password(
    desk: Desk, ring: dict[tuple[str, str], str]
) -> None:
    told: list[bool] = []
    desk.sending.changed.connect(lambda: told.append(True))
    desk.fill(desk.sending, server="mail.example.org", user="box", sender_address="box@example.org", password="open")
    desk.save(desk.sending)
    desk.qtbot.waitUntil(lambda: len(told) == 2)
    assert ring


def test_what_cannot_be_is_told_beside_its_field_and_nothing_is_lost(desk: Desk) -> None:
    desk.fill(desk.sending, server="mail server", sender_address="box")
    desk.save(desk.sending)
    assert "name of the mail server alone" in desk.sending.form.problem("server")
    assert desk.sending.form.problem("sender_address")
    assert desk.sending.form.editor("server").typed() == "mail server"
    assert desk.house.database.read(load_mail_settings).server == ""


@pytest.mark.parametrize(
    ("tried", "told"),
    [
        (Tried(Outcome.SENT, None, "250 queued"), "The test letter was taken by the mail server."),
        (Tried(Outcome.LEFT, Trouble.NAME, "Name or service not known"), "There is no mail server of this name."),
        (Tried(Outcome.LEFT, Trouble.CONNECTION, "refused"), "The mail server cannot be reached."),
        (Tried(Outcome.LEFT, Trouble.CERTIFICATE, "self-signed"), "cannot show that it is the one it says"),
        (Tried(Outcome.LEFT, Trouble.SIGN_IN, "535"), "refuses the name or the password"),
        (Tried(Outcome.LEFT, Trouble.SIGN_IN_WANTED, "530"), "wants a name and a password, and none are set"),
        (Tried(Outcome.LEFT, Trouble.RELAY, "554"), "does not send for this sender"),
    ],
)
def test_a_test_letter_says_in_a_sentence_what_is_wrong(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tried: Tried, told: str
) -> None:
    sent: list[Any] = []

    def send(_database: Any, settings: Any, password: str | None, recipient: str) -> Tried:
        sent.append((settings.server, settings.user, password, recipient))
        return tried

    monkeypatch.setattr(try_mail, "send_test", send)
    account = {"user": "box", "password": "sesame"}
    desk.fill(desk.sending, server="mail.example.org", sender_address="box@example.org", **account)
    desk.sending.test_button.click()
    assert desk.sending.sheet is not None
    desk.sending.sheet.yes.click()
    desk.settle()
    # By what stands in the form, the password too, which is not saved.
    assert sent == [("mail.example.org", "box", "sesame", "box@example.org")]
    assert told in desk.sending.outcome.text()
    assert tried.answer in desk.sending.answer.text().replace("\N{ZERO WIDTH SPACE}", "")
    assert desk.house.database.read(load_mail_settings).server == ""


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """Return what this computer keeps; no other is to be had."""
    kept: dict[tuple[str, str], str] = {}

    def keep(server: str, user: str, password: str) -> bool:
        kept[server, user] = password
        return True

    monkeypatch.setattr(try_mail, "keep_mail_password", keep)
    monkeypatch.setattr(try_mail, "mail_password", lambda server, user: kept.get((server, user)))
    return kept


def test_a_password_is_typed_beside_its_name_and_kept_here_with_what_is_saved(
    desk: Desk, ring: dict[tuple[str, str], str]
) -> None:
    page = desk.sending
    secret: Any = page.form.editor("password")
    desk.fill(page, server="mail.example.org", user="box", password="sesame", sender_address="box@example.org")
    assert page.unsaved()
    assert "as soon as the name is saved" in page.password.state.text()
    desk.save(page)
    assert ring == {("mail.example.org", "box"): "sesame"}
    assert (secret.line.text(), secret.line.placeholderText()) == ("", "Kept on this till")
    assert page.password.state.text() == "This till has one."
    assert not page.unsaved()
    # Another one, with nothing else changed.
    desk.fill(page, password="open sesame")
    desk.save(page)
    assert ring == {("mail.example.org", "box"): "open sesame"}
    # Left empty, it stays; it is forgotten by a key of its own.
    desk.fill(page, lapse_hours="3")
    desk.save(page)
    assert ring == {("mail.example.org", "box"): "open sesame"}
    page.password.forget_button.click()
    desk.settle()
    assert ring == {("mail.example.org", "box"): ""}
    assert secret.line.placeholderText() == "None on this till"
    assert not page.password.forget_button.isEnabled()


def test_a_password_without_a_name_is_asked_for_its_name(desk: Desk, ring: dict[tuple[str, str], str]) -> None:
    desk.fill(desk.sending, server="mail.example.org", password="sesame", sender_address="box@example.org")
    desk.save(desk.sending)
    assert desk.sending.form.problem("user") == "Type the name that this password is for."
    assert desk.house.database.read(load_mail_settings).server == ""
    assert not ring


def test_where_nothing_can_keep_a_password_that_is_told_beside_it_and_it_is_still_typed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(try_mail, "keep_mail_password", lambda *_: False)
    desk.fill(desk.sending, server="mail.example.org", user="box", password="sesame", sender_address="box@example.org")
    desk.save(desk.sending)
    assert "no keyring" in desk.sending.form.problem("password")
    assert desk.sending.form.editor("password").typed() == "sesame"
    assert desk.house.database.read(load_mail_settings).user == "box"


def test_settings_that_cannot_be_are_marked_before_a_letter_is_tried(desk: Desk) -> None:
    desk.fill(desk.sending, server="mail.example.org")
    desk.sending.test_button.click()
    sheet = desk.sending.sheet
    assert sheet is not None
    line: Any = sheet.form.editor("recipient")
    QTest.keyClicks(line.line, "me@example.org")
    sheet.yes.click()
    desk.settle()
    assert desk.sending.form.problem("sender_address") == "Type the address that letters come from."


def test_each_kind_is_worded_beside_its_letter_and_goes_back_to_the_standard(desk: Desk) -> None:
    desk.open_kind(LetterKind.REFUND)
    preview = desk.wording.preview
    assert preview.said.text() == "With made-up facts."
    assert "The Little House" in preview.page.toPlainText()
    assert "Playhouse" not in preview.page.toPlainText()
    desk.fill(desk.wording, subject="Money for {order}, with love")
    desk.see_letter()
    assert "with love" in preview.subject.text()
    assert "{order}" not in preview.subject.text()
    desk.save(desk.wording)
    stored = desk.house.database.read(load_template, LetterKind.REFUND, "en_GB")
    assert (stored.subject, stored.is_standard) == ("Money for {order}, with love", False)
    desk.wording.reset_button.click()
    question = next(one for one in desk.section.findChildren(ConfirmSheet) if one.is_open)
    assert desk.house.database.read(load_template, LetterKind.REFUND, "en_GB") == stored
    question.yes.click()
    desk.settle()
    assert desk.house.database.read(load_template, LetterKind.REFUND, "en_GB").is_standard


def test_an_unknown_placeholder_is_refused_and_the_letter_stays_what_it_was(desk: Desk) -> None:
    desk.open_kind(LetterKind.REFUND)
    before = desk.wording.preview.subject.text()
    desk.fill(desk.wording, subject="For {nobody.__class__}")
    desk.see_letter()
    assert desk.wording.preview.subject.text() == before
    assert "cannot be set yet" in desk.wording.preview.said.text()
    desk.save(desk.wording)
    assert desk.wording.form.problem("subject") == "There is no placeholder {nobody.__class__}."
    assert desk.house.database.read(load_template, LetterKind.REFUND, "en_GB").is_standard


def test_a_placeholder_is_put_where_the_cursor_is(desk: Desk) -> None:
    desk.open_kind(LetterKind.NOTE)
    desk.wording.body.area.setPlainText("")
    desk.wording._insert("{text}")
    assert desk.wording.body.value() == "{text}"
    assert desk.wording.form.is_dirty
