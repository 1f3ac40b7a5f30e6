"""Each kind, state, outcome and trouble of a letter has words."""

from __future__ import annotations

import pytest

from pos_app.domain.letters.kinds import LetterKind, LetterState
from pos_app.domain.letters.sending import Outcome, Trouble
from pos_app.ui.words.letters import (
    kind_words,
    outcome_tone,
    outcome_words,
    state_words,
    trouble_advice,
    trouble_words,
)

_WAITS = {None, Trouble.SERVICE, Trouble.LATER, Trouble.BROKEN_OFF}


@pytest.mark.parametrize("trouble", [None, *Trouble])
def test_each_trouble_is_said_with_what_can_be_done_about_it(trouble: Trouble | None) -> None:
    assert trouble_words(trouble).endswith(".")
    assert bool(trouble_advice(trouble)) == (trouble not in _WAITS)


def test_kinds_states_and_outcomes_are_told_apart() -> None:
    for words in (
        [kind_words(kind) for kind in LetterKind],
        [state_words(state) for state in LetterState],
        [outcome_words(outcome, handed=False) for outcome in (None, *Outcome)],
    ):
        assert all(words)
        assert len(set(words)) == len(words)
    assert all(outcome_tone(outcome) for outcome in (None, *Outcome))
