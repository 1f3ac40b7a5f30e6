"""Letters are found by what became of them, by kind, order and customer; one is shown with all its tries."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, insert, select

from pos_app.db.clock import utc_now
from pos_app.db.models import Order, OutboxTry
from pos_app.domain.codes import grouped
from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.domain.letters.kinds import LetterKind, LetterState
from pos_app.domain.letters.listing import Failure, LetterQuery, LetterView, SentFile
from pos_app.domain.letters.sending import Outcome, Trouble
from pos_app.services.letters.listing import list_letters, load_letter
from tests.kinds import SQLITE
from tests.services.letters.post import Post
from tests.small_house import sell_seats

if TYPE_CHECKING:
    from tests.houses import OpenHouse

FAILED: dict[str, Any] = {
    "state": "failed",
    "tries": 3,
    "failure": json.dumps({"trouble": "address", "answer": "550 No such user"}),
}


def found(house: OpenHouse, **query: Any) -> list[int]:
    page = house.database.read(list_letters, house.small.cashier, LetterQuery(**query))
    return [row.letter_id for row in page.rows]


def test_letters_stand_under_what_became_of_them_the_newest_first(house: OpenHouse) -> None:
    post = Post(house)
    anna = post.customer("Anna Nováková", "anna@example.org")
    waiting, sending = post.letter(anna), post.letter(anna, state="sending")
    sent, failed, stopped = (post.letter(anna, **one) for one in ({"state": "sent"}, FAILED, {"state": "stopped"}))
    assert found(house) == [stopped, failed, sent, sending, waiting]
    assert found(house, view=LetterView.WAITING) == [sending, waiting]
    assert found(house, view=LetterView.SENT) == [sent]
    assert found(house, view=LetterView.FAILED) == [failed]
    assert found(house, view=LetterView.STOPPED) == [stopped]
    row = post.row(failed)
    assert (row.customer_name, row.recipient, row.tries) == ("Anna Nováková", "anna@example.org", 3)
    assert row.failure == Failure(Trouble.ADDRESS, "550 No such user")
    assert post.row(waiting).failure is None


def test_letters_are_found_by_customer_kind_and_order(house: OpenHouse) -> None:
    post = Post(house)
    anna, bert = post.customer("Anna Nováková", "anna@example.org"), post.customer("Bert", "bert@example.org")
    sale = house.database.transact(sell_seats, house.small, [house.small.seat(1, 1)])
    order_id = house.database.read(lambda session: session.scalars(select(Order.id)).one())
    of_anna = post.letter(anna, LetterKind.CONFIRMATION, order_id=order_id)
    of_bert = post.letter(bert, recipient="other@example.net")
    assert found(house, text="novak") == [of_anna]
    assert found(house, text=f"#{bert}") == [of_bert]
    assert found(house, text="other@example.net") == [of_bert]
    assert found(house, text="bert@example.org") == [of_bert]
    assert found(house, text=grouped(sale.number).lower()) == [of_anna]
    assert found(house, text="nobody") == []
    assert found(house, kind=LetterKind.NOTE) == [of_bert]
    assert found(house, order_id=order_id) == [of_anna]
    assert found(house, customer_id=bert) == [of_bert]
    assert found(house, customer_id=bert, view=LetterView.FAILED) == []
    assert post.row(of_anna).order_number == sale.number


def test_pages_follow_each_other_without_a_gap(house: OpenHouse) -> None:
    post = Post(house)
    anna = post.customer("Anna", "anna@example.org")
    letters = [post.letter(anna) for _ in range(5)]
    seen: list[int] = []
    before = None
    for expected in (2, 2, 1):
        page = house.database.read(list_letters, house.small.cashier, LetterQuery(), before=before, limit=2)
        assert len(page.rows) == expected
        seen += [row.letter_id for row in page.rows]
        before = page.before
        # What is written meanwhile moves nothing.
        post.letter(anna)
    assert before is None
    assert seen == letters[::-1]


def test_one_letter_is_shown_as_it_went_out_with_each_try(house: OpenHouse) -> None:
    post, small = Post(house), house.small
    anna = post.customer("Anna", "anna@example.org")
    files = [{"name": "tickets.pdf", "type": "application/pdf", "bytes": 1234, "sha256": "ab" * 32}]
    letter = post.letter(
        anna, state="sent", subject="News", body="Good evening", attachments=json.dumps(files), may_be_twice=True
    )
    again = post.letter(anna, again_of_id=letter)

    def try_twice(session: Any) -> None:
        for handed, outcome, answer in ((None, "again", "421 Later"), (utc_now(), "unknown", "")):
            row = {"letter_id": letter, "till_id": small.till_id, "leased_by": "x", "began_at": utc_now()}
            session.execute(insert(OutboxTry).values(row | {"handed_at": handed, "outcome": outcome, "answer": answer}))

    house.database.transact(try_twice)
    shown = house.database.read(load_letter, small.cashier, letter)
    assert (shown.subject, shown.text, shown.html) == ("News", "Good evening", "")
    assert shown.files == (SentFile("tickets.pdf", "application/pdf", 1234, "ab" * 32),)
    assert [(one.outcome, one.answer, one.handed_at is None) for one in shown.tries] == [
        (Outcome.AGAIN, "421 Later", True),
        (Outcome.UNKNOWN, "", False),
    ]
    assert shown.tries[0].till_name
    assert (shown.again_id, shown.address_now, shown.time_zone) == (again, "anna@example.org", "Europe/Berlin")
    assert shown.row.state is LetterState.SENT
    assert shown.row.may_be_twice


def test_who_may_not_see_letters_is_told(house: OpenHouse) -> None:
    with pytest.raises(NotPermitted, match="may not see the letters"):
        house.database.read(list_letters, house.small.steward, LetterQuery())
    with pytest.raises(NotFound, match="no letter of the number 77"):
        house.database.read(load_letter, house.small.cashier, 77)


@SQLITE
@pytest.mark.parametrize("view", [LetterView.ALL, LetterView.SENT])
def test_the_newest_are_read_as_they_lie_and_not_put_in_order_first(house: OpenHouse, view: LetterView) -> None:
    """Of fifty thousand letters nearly all were sent: to sort them for one page took a quarter of a second."""
    Post(house).letter(Post(house).customer("Anna", "anna@example.org"), state="sent")
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        seen.append((statement, values))

    engines = house.database.engines
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        house.database.read(list_letters, house.small.cashier, LetterQuery(view))
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
    statement, values = next(one for one in seen if "FROM outbox_email" in one[0])
    plan = house.database.read(
        lambda session: session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    )
    assert not [step for step in plan if "TEMP B-TREE" in str(step)]
