"""The screen of letters has one of each kind of fate in the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import OutboxEmail, OutboxTry
from pos_app.domain.letters.kept_body import read_body
from pos_app.domain.letters.kinds import LetterKind, LetterState

if TYPE_CHECKING:
    from pos_app.db.database import Database


def test_letters_wait_went_out_failed_and_were_stopped(demo: Database) -> None:
    letters = demo.read(
        lambda session: session.execute(
            select(OutboxEmail.id, OutboxEmail.state, OutboxEmail.body, OutboxEmail.may_be_twice)
        ).all()
    )
    assert {letter.state for letter in letters} == set(LetterState) - {LetterState.SENDING}
    assert any(letter.may_be_twice for letter in letters)
    assert any(letter.body for letter in letters if letter.state == LetterState.SENT)
    tried = demo.read(lambda session: set(session.scalars(select(OutboxTry.letter_id))))
    failed = {letter.id for letter in letters if letter.state == LetterState.FAILED}
    assert len(failed) == 1
    assert failed <= tried


def test_each_that_went_out_can_be_read_as_its_reader_saw_it(demo: Database) -> None:
    sent = demo.read(
        lambda session: session.execute(
            select(OutboxEmail.id, OutboxEmail.kind, OutboxEmail.subject, OutboxEmail.body, OutboxEmail.sent_at)
            .where(OutboxEmail.state == LetterState.SENT)
            .order_by(OutboxEmail.id)
        ).all()
    )
    assert len(sent) > 40
    for letter in sent:
        text, html = read_body(letter.body)
        assert letter.subject
        assert "Dear " in text
        assert "</html>" in html
        # A letter with tickets brought them, whatever became of them since.
        assert letter.kind != LetterKind.CONFIRMATION or "not part of this letter" not in text
    days = {letter.sent_at.date() for letter in sent}
    assert len(days) > 7, "they went out with their orders, over weeks"
