"""Letters that tell nothing true any more are known by what is left of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.samples import sample_content
from pos_app.domain.tickets.samples import sample_tickets


def test_tickets_that_are_all_void_make_a_letter_untrue() -> None:
    content = replace(sample_content(LetterKind.CONFIRMATION, "en"), faces=(), left_out=2)
    assert content.is_untrue
    one = sample_tickets(content.evenings[0].starts_at, venue="", address="", time_zone="UTC", currency="EUR")[:1]
    assert not replace(content, faces=one, left_out=1).is_untrue


@pytest.mark.parametrize("kind", list(LetterKind))
def test_only_a_reservation_without_seats_is_untrue(kind: LetterKind) -> None:
    untrue = {LetterKind.RESERVATION, LetterKind.LAPSE_SOON}
    assert replace(sample_content(kind, "en"), places=()).is_untrue == (kind in untrue)
