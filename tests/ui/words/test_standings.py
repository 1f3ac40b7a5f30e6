from __future__ import annotations

from pos_app.domain.orders.changes import ChangeKind, LineState, RefundState
from pos_app.domain.orders.standing import OrderStanding
from pos_app.ui.words.standings import change_words, line_words, refund_words, standing_tone, standing_words

_KINDS_OF = {kind: (True, False) if kind is ChangeKind.CORRECTION else (True,) for kind in ChangeKind}
"""Corrections are of tickets, or of what is said of the customer."""


def test_whatever_became_of_an_order_has_words_of_its_own() -> None:
    for told in (
        [standing_words(one) for one in OrderStanding],
        [refund_words(one) for one in RefundState],
        [change_words(one, changes_tickets=tickets) for one in ChangeKind for tickets in _KINDS_OF[one]],
        [line_words(one) for one in LineState if one is not LineState.LIVE],
    ):
        assert all(told)
        assert len(set(told)) == len(told)
    assert line_words(LineState.LIVE) == ""
    assert {standing_tone(one) for one in OrderStanding} == {"ok", "warn", "danger"}
