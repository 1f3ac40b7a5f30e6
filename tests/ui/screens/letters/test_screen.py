"""A cashier finds letters, sees what became of them, and sends them again, elsewhere, or not at all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from sqlalchemy import insert

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import LetterSender, OutboxTry, Setting
from pos_app.documents.letters.colours import CARD
from pos_app.domain.letters.kept_body import keep_body
from pos_app.domain.letters.kinds import LetterState
from pos_app.domain.letters.listing import LetterView
from pos_app.services.letters.standing import load_sending
from pos_app.ui.look.theme import apply_theme
from pos_app.ui.words.times import shown_time
from tests.kinds import SQLITE

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from tests.ui.screens.letters.conftest import Desk

pytestmark = [SQLITE, pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)]

FAILED: dict[str, Any] = {
    "state": "failed",
    "tries": 3,
    "failure": json.dumps({"trouble": "address", "answer": "550 5.1.1 No such user here"}),
}


def insert_row(desk: Desk, model: Any, **values: Any) -> None:
    desk.house.database.transact(lambda session: session.execute(insert(model).values(**values)))


def test_without_letters_it_says_what_writes_one(open_desk: Callable[[], Desk]) -> None:
    desk = open_desk()
    assert desk.screen.search.empty.isVisible()
    assert desk.screen.search.empty._title.text() == "No letters yet"
    assert not any(
        button.isEnabled()
        for button in (desk.screen.action_row.again, desk.screen.action_row.address, desk.screen.action_row.stop)
    )


def test_the_first_letter_is_shown_and_the_arrows_walk(desk: Desk, open_desk: Callable[[], Desk]) -> None:
    anna = desk.post.customer("Anna Nováková", "anna@example.org")
    sent = desk.post.letter(
        anna, state="sent", subject="News of the house", body="Good evening, Anna.\n\nCome again.", sent_at=utc_now()
    )
    failed = desk.post.letter(anna, **FAILED)
    open_desk()
    assert desk.listed == [failed, sent]
    assert desk.shown == failed
    assert "There is no" not in desk.words
    assert "The mail server says that there is no such address." in desk.words
    assert "550 5.1.1 No such user here" in desk.words
    desk.press(Qt.Key.Key_Down)
    assert desk.shown == sent
    assert "News of the house" in desk.words
    assert "Come again." in desk.words


def test_a_view_a_kind_and_words_narrow_the_list(desk: Desk, open_desk: Callable[[], Desk]) -> None:
    anna, bert = desk.post.customer("Anna", "anna@example.org"), desk.post.customer("Bert", "bert@example.org")
    of_anna, of_bert = desk.post.letter(anna, **FAILED), desk.post.letter(bert, state="sent")
    open_desk()
    desk.look_for("bert")
    assert desk.listed == [of_bert]
    desk.press(Qt.Key.Key_Escape)
    assert desk.listed == [of_bert, of_anna]
    desk.screen.show_failed()
    desk.settle()
    assert (desk.listed, desk.shown) == ([of_anna], of_anna)
    desk.screen.search.show_view(LetterView.WAITING)
    desk.settle()
    assert desk.listed == []
    assert desk.shown is None
    assert desk.screen.search.empty._title.text() == "No letter waits"
    desk.screen.show_letters_of(customer_id=bert, words="Bert")
    desk.settle()
    assert desk.listed == [of_bert]
    assert desk.screen.search.only_button.isVisible()
    desk.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert desk.listed == [of_bert, of_anna]


def test_one_that_failed_goes_out_again_by_one_key(desk: Desk, open_desk: Callable[[], Desk]) -> None:
    letter = desk.post.letter(desk.post.customer("Anna", "anna@example.org"), **FAILED)
    open_desk()
    desk.press(Qt.Key.Key_F6)
    assert desk.post.row(letter).state is LetterState.WAITING
    assert desk.screen.banner.message.text == "The letter goes out again."
    assert not desk.screen.action_row.again.isEnabled()


def test_a_second_copy_is_asked_about(desk: Desk, open_desk: Callable[[], Desk]) -> None:
    letter = desk.post.letter(desk.post.customer("Anna", "anna@example.org"), state="sent")
    open_desk()
    desk.press(Qt.Key.Key_F6)
    assert "A second copy goes to" in desk.sheet().accessibleDescription()
    desk.press(Qt.Key.Key_Escape)
    assert desk.listed == [letter]
    desk.press(Qt.Key.Key_F6)
    desk.press(Qt.Key.Key_Return)
    assert len(desk.listed) == 2
    assert desk.shown == desk.listed[0] != letter
    desk.press(Qt.Key.Key_F4)
    assert "Written once more, as somebody asked" in desk.words


def test_another_address_is_typed_and_a_wrong_one_is_told_beside_it(desk: Desk, open_desk: Callable[[], Desk]) -> None:
    letter = desk.post.letter(desk.post.customer("Anna", "anna@example.org"), **FAILED)
    open_desk()
    desk.press(Qt.Key.Key_F7)
    sheet = desk.sheet()
    QTest.keyClicks(sheet.line, "anna.new@")
    desk.press(Qt.Key.Key_Return)
    assert "no e-mail address" in sheet.problem.text()
    assert sheet.line.text() == "anna.new@"
    QTest.keyClicks(sheet.line, "example.net")
    desk.press(Qt.Key.Key_Return)
    assert desk.sheet() is None
    now = desk.post.row(letter)
    assert (now.recipient, now.state) == ("anna.new@example.net", LetterState.WAITING)
    assert "Address of the customer now: anna@example.org" in desk.words


def test_one_that_waits_is_stopped_after_a_question(desk: Desk, open_desk: Callable[[], Desk]) -> None:
    letter = desk.post.letter(desk.post.customer("Anna", "anna@example.org"))
    open_desk()
    desk.press(Qt.Key.Key_F8)
    desk.press(Qt.Key.Key_Return)
    assert desk.post.row(letter).state is LetterState.STOPPED
    assert desk.screen.action_row.again.isEnabled()
    desk.press(Qt.Key.Key_F4)
    assert desk.post.house.small.cashier.name in desk.words
    assert "By the house itself" not in desk.words
    desk.post.becomes(letter, failure="")
    desk.press(Qt.Key.Key_F5)
    assert "By the house itself: what it tells is true no more." in desk.words


def test_what_was_decided_on_an_old_picture_is_refused_and_the_letter_is_read_anew(
    desk: Desk, open_desk: Callable[[], Desk]
) -> None:
    letter = desk.post.letter(desk.post.customer("Anna", "anna@example.org"))
    open_desk()
    desk.press(Qt.Key.Key_F8)
    desk.post.becomes(letter, state="sent", sent_at=utc_now(), subject="News", body="Good evening")
    desk.press(Qt.Key.Key_Return)
    assert desk.screen.banner.message.text == "This letter was sent in the meantime."
    assert desk.screen.panel.state.text() == "Sent"
    assert not desk.screen.action_row.stop.isEnabled()


def test_what_a_till_sends_meanwhile_is_seen_by_itself(desk: Desk, open_desk: Callable[[], Desk]) -> None:
    letter = desk.post.letter(desk.post.customer("Anna", "anna@example.org"))
    open_desk()
    assert desk.screen.panel.state.text() == "Waiting"
    desk.post.becomes(letter, state="sent", sent_at=utc_now(), subject="News", body="Good evening")
    desk.screen.search.finding._look_by_itself()
    desk.settle()
    assert desk.screen.panel.state.text() == "Sent"


def test_it_says_why_nothing_goes_out(desk: Desk, open_desk: Callable[[], Desk]) -> None:
    desk.post.letter(desk.post.customer("Anna", "anna@example.org"))
    open_desk()
    standing = desk.screen.search.standing
    assert standing.text() == (
        "No mail server is set, so no letter goes out. A manager sets one under Manage, Letters. 1 letter waits."
    )
    mail = {"server": "mail.example.org", "sender_address": "box@example.org"}
    insert_row(desk, Setting, name="letters", value=json.dumps(mail))
    desk.press(Qt.Key.Key_F5)
    assert standing.text().startswith("No till sends letters just now.")
    till = {"till_id": desk.house.small.till_id, "since": utc_now(), "seen_at": utc_now()}
    insert_row(desk, LetterSender, why="sign_in", answer="535", **till)
    desk.press(Qt.Key.Key_F5)
    assert "The mail server refuses the name or the password." in standing.text()
    desk.house.database.transact(
        lambda session: session.execute(LetterSender.__table__.update().values(why=""))  # type: ignore[attr-defined]
    )
    desk.press(Qt.Key.Key_F5)
    assert standing.isHidden()


def test_a_till_that_was_killed_is_named_with_when_it_was_heard_of_last(
    desk: Desk, open_desk: Callable[[], Desk]
) -> None:
    mail = {"server": "mail.example.org", "sender_address": "box@example.org"}
    insert_row(desk, Setting, name="letters", value=json.dumps(mail))
    till = {"till_id": desk.house.small.till_id, "since": utc_now(), "why": "", "answer": ""}
    insert_row(desk, LetterSender, seen_at=utc_plus(-100), **till)
    desk.post.letter(desk.post.customer("Anna", "anna@example.org"), due_at=utc_plus(-95))
    open_desk()
    seen_at = desk.house.database.read(load_sending).senders[0].seen_at
    assert desk.screen.search.standing.text() == (
        "No till sends letters just now. Till 1, which sends letters, has not answered since"
        f" {shown_time(seen_at, desk.screen.time_zone)}. Foyer has to run at a counter or at the office."
        " 1 letter waits."
    )
    # Another one that cannot send says why, and that does not hide who should have.
    other = till | {"till_id": desk.house.small.gate_till_id, "why": "no_password"}
    insert_row(desk, LetterSender, seen_at=utc_now(), next_at=utc_plus(15), **other)
    desk.press(Qt.Key.Key_F5)
    words = desk.screen.search.standing.text()
    assert words.startswith("Till 1, which sends letters, has not answered since")
    assert "none is kept on this till" in words


def test_what_may_have_come_twice_is_told_with_each_try(desk: Desk, open_desk: Callable[[], Desk]) -> None:
    letter = desk.post.letter(
        desk.post.customer("Anna", "anna@example.org"), state="sent", may_be_twice=True, message_id="<one@example.org>"
    )
    for outcome, answer in (("unknown", ""), ("sent", "250 2.0.0 Ok: queued as 4711")):
        values = {"letter_id": letter, "till_id": desk.house.small.till_id, "leased_by": "x", "began_at": utc_now()}
        insert_row(desk, OutboxTry, handed_at=utc_now(), outcome=outcome, answer=answer, **values)
    open_desk()
    assert "It may have been sent twice" in desk.words
    desk.press(Qt.Key.Key_F4)
    for words in ("It may have arrived", "250 2.0.0 Ok: queued as 4711", "<one@example.org>", "same Message-ID"):
        assert words in desk.words


def test_a_letter_is_shown_as_its_reader_saw_it_or_as_text(
    desk: Desk, open_desk: Callable[[], Desk], qapp: QApplication
) -> None:
    anna = desk.post.customer("Anna", "anna@example.org")
    html = '<html><body bgcolor="#ffffff"><p>We open at <b>seven</b>.</p><table><tr><td>Row C</td></tr></table>'
    old = desk.post.letter(anna, state="sent", sent_at=utc_now(), subject="News", body="Good evening")
    desk.post.letter(anna, state="sent", sent_at=utc_now(), subject="Doors", body=keep_body("In plain words.", html))
    open_desk()
    says = desk.screen.panel.says
    assert "We open at seven." in desk.words
    assert "In plain words." not in desk.words
    assert "font-weight:700" in says.page.toHtml()
    assert "#ffffff" in says.page.toHtml()
    apply_theme(qapp, dark=True)
    assert CARD.dark in says.page.toHtml()
    apply_theme(qapp, dark=False)
    next(one for one in says.ways.findChildren(QAbstractButton) if one.text() == "Plain text").click()
    assert "In plain words." in desk.words
    # Of one that went out before HTML was kept there is the text.
    desk.screen.open_letter(old)
    desk.settle()
    assert "Good evening" in desk.words
    assert not says.ways.isVisible()


def test_each_address_that_a_letter_had_is_told_in_its_history(desk: Desk, open_desk: Callable[[], Desk]) -> None:
    letter = desk.post.letter(desk.post.customer("Anna", "anna@example.org"), **FAILED)
    tried = {"letter_id": letter, "till_id": desk.house.small.till_id, "leased_by": "x", "outcome": "refused"}
    insert_row(desk, OutboxTry, began_at=utc_plus(-60), ended_at=utc_plus(-60), **tried)
    open_desk()
    desk.press(Qt.Key.Key_F7)
    sheet = desk.sheet()
    sheet.line.setText("novak@example.net")
    sheet.yes.click()
    desk.settle()
    desk.press(Qt.Key.Key_F4)
    said = desk.words
    assert "The address was changed" in said
    assert "From anna@example.org to novak@example.net" in said
    assert desk.house.small.cashier.name in said
    assert said.index("Refused for good") < said.index("The address was changed") < said.index("Waits to be sent")


def test_a_server_that_is_gone_leaves_what_is_shown(desk: Desk, open_desk: Callable[[], Desk]) -> None:
    letter = desk.post.letter(desk.post.customer("Anna", "anna@example.org"), **FAILED)
    open_desk()
    desk.line.cut = True
    desk.press(Qt.Key.Key_F5)
    assert (desk.listed, desk.shown) == ([letter], letter)
    assert desk.screen.banner.message.text == "The server cannot be reached."
    desk.press(Qt.Key.Key_F6)
    assert desk.post.row(letter).state is LetterState.FAILED
    desk.line.cut = False
    desk.press(Qt.Key.Key_F6)
    assert desk.post.row(letter).state is LetterState.WAITING
