"""The screen of letters has one of each kind of fate in the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import OutboxEmail, OutboxTry
from pos_app.domain.letters.kinds import LetterState

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
