"""Letters about nobody tell all that their kind can tell, so that a preview shows where everything stands."""

from __future__ import annotations

import pytest

from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.samples import sample_content


@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_sample_is_of_its_kind_and_true(kind: LetterKind) -> None:
    content = sample_content(kind, "de_AT", organisation="Burg", venue="Haus", address="Ring 1", currency="JPY")
    assert (content.kind, content.language, content.organisation) == (kind, "de_AT", "Burg")
    assert not content.is_untrue
    assert all(evening.venue == "Haus" and evening.address == "Ring 1" for evening in content.evenings)


def test_amounts_are_of_the_currency() -> None:
    assert sample_content(LetterKind.CONFIRMATION, "en", currency="JPY").total_minor == 98
    assert sample_content(LetterKind.CONFIRMATION, "en", currency="EUR").total_minor == 9800
