"""What the judge finds of tickets on resale, and of what was resold; each fault is planted alone, and undone."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from pos_app.doctor import Rule
from tests.doctor.waiting import ask, wait
from tests.kinds import BOTH

if TYPE_CHECKING:
    from tests.doctor.conftest import Evening

_ITS_SEAT: Final = "WHERE prior_order_line_id=:line"
BROKEN: Final = (
    ("UPDATE resale SET state='odd' WHERE id=:resale", "nobody knows what became of it"),
    ("UPDATE resale SET open_line_id=NULL WHERE id=:resale", "says something else besides"),
    ("UPDATE resale SET closed_at=created_at WHERE id=:resale", "says something else besides"),
    ("UPDATE resale SET open_line_id=order_line_id WHERE id=:resold", "says something else besides"),
    ("UPDATE resale SET state='taken_back' WHERE id=:resale", "says something else besides"),
    ("UPDATE resale SET made_by_id=ended_by_id WHERE id=:resold", "gave the ticket back"),
    ("UPDATE resale SET order_line_id=:resold_line, open_line_id=:resold_line WHERE id=:resale", "is another order's"),
    ("UPDATE resale SET order_line_id=:fee WHERE id=:resold", "is another order's"),
    ("UPDATE resale SET commission_minor=1000000 WHERE id=:resale", "keeps more of it than was paid"),
    ("UPDATE order_line SET state='returned' WHERE id=:line", "and its order line is returned"),
    (f"UPDATE performance_seat SET prior_order_line_id=NULL {_ITS_SEAT}", "and its seat does not know it"),
    ("UPDATE performance_seat SET prior_order_line_id=:resold_line WHERE seat_id=:seat", "and nothing says so"),
    ("UPDATE performance_seat SET prior_order_line_id=:line WHERE seat_id=:seat", "and nothing says so"),
    ("DELETE FROM resale WHERE id=:resale", "and nothing says so"),
    (f"UPDATE performance_seat SET state='sold', order_line_id=:line {_ITS_SEAT}", "its holder before is still told"),
    (f"UPDATE performance_seat SET state='claimed', claim_kind='house' {_ITS_SEAT}", "and kept for somebody else"),
    ("UPDATE resale SET ended_by_id=made_by_id WHERE id=:resold", "and no change of its order says so"),
    ("UPDATE order_line SET state='live' WHERE id=:resold_line", "it is resold, and its order line is live"),
    ("UPDATE order_line SET ended_by_id=made_by_id WHERE id=:resold_line", "it is resold, and its order line is"),
    ("UPDATE order_line SET price_minor=1 WHERE id=:fee", "of commission were told"),
    ("DELETE FROM order_line WHERE id=:fee", "of commission were told"),
    ("UPDATE refund SET amount_minor=1 WHERE id=:refund", "are owed for what was resold"),
    ("DELETE FROM refund WHERE id=:refund", "are owed for what was resold"),
)


@BOTH
def test_what_is_wrong_with_a_ticket_on_resale_is_named(evening: Evening) -> None:
    session = evening.session
    named = asdict(wait(evening)) | {"seat": evening.small.seat_id(5, 5)}
    assert ask(session) == []
    for statement, sentence in BROKEN:
        with session.begin_nested() as undone:
            evening.change(statement, **{name: value for name, value in named.items() if f":{name}" in statement})
            found = [finding.message for finding in ask(session)]
            undone.rollback()
        assert any(sentence in message for message in found), (statement, found)
    assert ask(session) == []


@BOTH
def test_a_refund_that_took_the_place_of_another_is_not_owed_once_more(evening: Evening) -> None:
    waited = wait(evening)
    evening.change("UPDATE refund SET state='given_up' WHERE id=:r", r=waited.refund)
    assert ask(evening.session) == []


@BOTH
def test_a_live_line_may_wait_for_a_buyer_and_no_other_may_lose_its_seat(evening: Evening) -> None:
    waited = wait(evening)
    assert Rule.LIVE_LINE not in evening.broken_rules()
    evening.change("UPDATE performance_seat SET prior_order_line_id=NULL WHERE prior_order_line_id=:l", l=waited.line)
    assert {Rule.LIVE_LINE, Rule.RESALE} <= evening.broken_rules()
