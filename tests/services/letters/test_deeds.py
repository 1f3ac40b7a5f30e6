"""A letter is sent again, goes to another address, or is stopped; what was decided on an old picture is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.models import AuditEntry, OutboxEmail
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import NotPermitted
from pos_app.domain.letters.deeds import LetterChanged, LetterRefused
from pos_app.domain.letters.kinds import LetterKind, LetterState
from pos_app.services.letters import deeds
from pos_app.services.letters.deeds import change_recipient, send_again, stop_letter
from pos_app.services.letters.listing import load_letter, read_row
from pos_app.services.orders.letters.contents import load_content
from tests.kinds import SERVER
from tests.services.letters.post import Post

if TYPE_CHECKING:
    from pos_app.domain.letters.listing import LetterDetails, LetterPicture
    from tests.houses import OpenHouse

FAILED: dict[str, Any] = {
    "state": "failed",
    "tries": 9,
    "message_id": "<one@example.org>",
    "failure": json.dumps({"trouble": "address", "answer": "550"}),
    "may_be_twice": True,
}


@pytest.fixture
def post(house: OpenHouse) -> Post:
    return Post(house)


@pytest.fixture
def anna(post: Post) -> int:
    return post.customer("Anna", "anna@example.org")


def again(post: Post, seen: LetterPicture, request: str = "") -> LetterDetails:
    cashier = post.house.small.cashier
    return post.house.database.transact(send_again, cashier, seen, request_id=request or uuid4().hex)


def readdress(post: Post, seen: LetterPicture, to: str, request: str = "") -> LetterDetails:
    cashier = post.house.small.cashier
    return post.house.database.transact(change_recipient, cashier, seen, to, request_id=request or uuid4().hex)


def stop(post: Post, seen: LetterPicture) -> LetterDetails:
    return post.house.database.transact(stop_letter, post.house.small.cashier, seen)


def letters(post: Post) -> int:
    return post.house.database.read(lambda session: session.execute(select(func.count(OutboxEmail.id))).scalar_one())


def told(post: Post) -> list[str]:
    bodies = post.house.database.read(
        lambda session: session.scalars(
            select(AuditEntry.body).where(AuditEntry.action.like("letter%")).order_by(AuditEntry.id)
        ).all()
    )
    assert not [body for body in bodies if "example" in body]
    return [json.loads(body)["action"] + " " + json.loads(body)["letter"] for body in bodies]


def test_one_that_failed_waits_again_as_if_it_were_new(post: Post, anna: int) -> None:
    letter = post.letter(anna, **FAILED)
    seen = post.row(letter).picture
    now = again(post, seen)
    assert (now.row.letter_id, now.row.state, now.row.tries, now.row.failure) == (letter, LetterState.WAITING, 0, None)
    # The same Message-ID, and still told: a try of before may have brought it.
    assert (now.message_id, now.row.may_be_twice) == ("<one@example.org>", True)
    # Asked again, it is done already, on its way or there.
    assert again(post, seen).row.state is LetterState.WAITING
    post.becomes(letter, state="sent")
    assert again(post, seen).row.state is LetterState.SENT
    assert letters(post) == 1
    assert told(post) == [f"letter_sent_again letter:{letter}"]


def test_of_one_that_was_sent_one_copy_goes_out_however_often_it_is_asked(post: Post, anna: int) -> None:
    letter = post.letter(anna, LetterKind.CONFIRMATION, state="sent", message_id="<one@example.org>", tries=1)
    seen, request = post.row(letter).picture, uuid4().hex
    copy = again(post, seen, request)
    assert again(post, seen, request) == copy
    assert (copy.row.again_of_id, copy.row.state, copy.message_id) == (letter, LetterState.WAITING, "")
    assert (copy.row.kind, copy.row.recipient, copy.row.tries) == (LetterKind.CONFIRMATION, "anna@example.org", 0)
    assert (letters(post), post.row(letter).state) == (2, LetterState.SENT)


def test_another_address_is_that_of_the_letter_and_not_of_the_customer(post: Post, anna: int) -> None:
    failed, waiting, sent = post.letter(anna, **FAILED), post.letter(anna, tries=2), post.letter(anna, state="sent")
    to = "anna.new@example.net"
    for letter in (failed, waiting):
        now = readdress(post, post.row(letter).picture, f"  {to} ")
        assert (now.row.letter_id, now.row.state, now.row.recipient, now.row.tries) == (
            letter,
            LetterState.WAITING,
            to,
            0,
        )
        assert now.address_now == "anna@example.org"
    seen, request = post.row(sent).picture, uuid4().hex
    copy = readdress(post, seen, to, request)
    assert readdress(post, seen, to, request) == copy
    assert (copy.row.again_of_id, copy.row.recipient, post.row(sent).recipient) == (sent, to, "anna@example.org")
    assert told(post) == [f"letter_readdressed letter:{letter}" for letter in (failed, waiting, sent)]


def test_each_other_address_stands_in_the_history_with_who_gave_it_and_when(post: Post, anna: int) -> None:
    failed, sent = post.letter(anna, **FAILED), post.letter(anna, state="sent")
    name = post.house.small.cashier.name
    first, second = "novak@example.net", "anna.novak@example.net"
    readdress(post, post.row(failed).picture, first)
    now = readdress(post, post.row(failed).picture, second)
    assert [(one.before, one.now, one.staff_name) for one in now.readdressed] == [
        ("anna@example.org", first, name),
        (first, second, name),
    ]
    assert now.row.created_at <= now.readdressed[0].at <= now.readdressed[1].at
    copy = readdress(post, post.row(sent).picture, first)
    assert [(one.before, one.now) for one in copy.readdressed] == [("anna@example.org", first)]
    original = post.house.database.read(load_letter, post.house.small.cashier, sent)
    assert (original.readdressed, original.again_id, original.again_to) == ((), copy.row.letter_id, first)
    # What it is set from is what it was.
    assert post.house.database.read(load_content, failed).subject == "News"


@SERVER
def test_a_letter_that_is_made_into_parts_keeps_them_when_its_address_changes(
    post: Post, anna: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the change a till has taken it, made parts of it, and let it wait again."""
    letter = post.letter(anna)
    other = Database(parse_address(post.house.url))
    look = read_row

    def look_and_split(session: Any, letter_id: int) -> Any:
        seen = look(session, letter_id)
        parted = update(OutboxEmail).where(OutboxEmail.id == letter_id).values(facts='{"tickets": [[1, 1]]}')
        other.transact(lambda writing: writing.execute(parted))
        return seen

    monkeypatch.setattr(deeds, "read_row", look_and_split)
    readdress(post, post.row(letter).picture, "novak@example.net")
    other.close()
    facts = post.house.database.read(lambda session: session.get_one(OutboxEmail, letter).facts)
    assert json.loads(facts)["tickets"] == [[1, 1]]


@pytest.mark.parametrize(
    ("typed", "why"), [("", "Type an address"), ("anna@", "no e-mail address"), ("a" * 250 + "@b.cd", "too long")]
)
def test_what_is_no_address_is_told_beside_the_field(post: Post, anna: int, typed: str, why: str) -> None:
    letter = post.letter(anna, **FAILED)
    with pytest.raises(FieldRefused) as refused:
        readdress(post, post.row(letter).picture, typed)
    assert why in refused.value.fields["recipient"]
    assert post.row(letter).state is LetterState.FAILED


def test_what_waits_or_failed_is_stopped_and_may_go_out_all_the_same_later(post: Post, anna: int) -> None:
    for letter in (post.letter(anna), post.letter(anna, **FAILED)):
        seen = post.row(letter).picture
        stopped = stop(post, seen)
        assert (stopped.row.state, stopped.row.closed_at is None) == (LetterState.STOPPED, False)
        assert stop(post, seen).row.state is LetterState.STOPPED
        assert stopped.stopped_by == post.house.small.cashier.name
        assert again(post, stopped.row.picture).row.state is LetterState.WAITING


def test_what_stood_in_the_way_of_one_that_waited_is_told_no_more_once_it_is_stopped(post: Post, anna: int) -> None:
    waiting = post.letter(anna, failure='{"trouble": "connection", "answer": "timed out"}')
    assert stop(post, post.row(waiting).picture).row.failure is None
    failed = post.letter(anna, **FAILED)
    assert stop(post, post.row(failed).picture).row.failure is not None


def test_what_the_house_stopped_itself_was_stopped_by_nobody(post: Post, anna: int) -> None:
    letter = post.letter(anna, state="stopped")
    assert post.house.database.read(load_letter, post.house.small.cashier, letter).stopped_by == ""


def test_an_old_picture_decides_nothing(post: Post, anna: int) -> None:
    letter = post.letter(anna)
    seen = post.row(letter).picture
    post.becomes(letter, state="sent")
    with pytest.raises(LetterChanged, match="was sent in the meantime"):
        stop(post, seen)
    with pytest.raises(LetterChanged, match="was sent in the meantime"):
        readdress(post, seen, "other@example.org")
    post.becomes(letter, state="sending")
    with pytest.raises(LetterChanged, match="sending this letter just now"):
        stop(post, seen)
    post.becomes(letter, state="failed", recipient="third@example.org")
    with pytest.raises(LetterChanged, match="Somebody else changed"):
        again(post, replace(seen, state=LetterState.FAILED))
    assert told(post) == []


def test_what_cannot_be_says_why(post: Post, anna: int) -> None:
    code = post.letter(anna, LetterKind.VERIFICATION, state="sent")
    with pytest.raises(LetterRefused, match="good for a few minutes"):
        again(post, post.row(code).picture)
    erased = post.letter(anna, state="stopped", recipient="")
    with pytest.raises(LetterRefused, match="was erased"):
        again(post, post.row(erased).picture)
    with pytest.raises(LetterRefused, match="was erased"):
        readdress(post, post.row(erased).picture, "new@example.org")
    sent = post.letter(anna, state="sent")
    with pytest.raises(LetterRefused, match="cannot be stopped"):
        stop(post, post.row(sent).picture)
    sending = post.letter(anna, state="sending")
    with pytest.raises(LetterRefused, match="sending this letter just now"):
        stop(post, post.row(sending).picture)
    with pytest.raises(NotPermitted, match="may not see the letters"):
        post.house.database.transact(stop_letter, post.house.small.steward, post.row(sent).picture)


@SERVER
def test_a_letter_that_a_till_takes_at_the_same_moment_is_not_stopped(
    post: Post, anna: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = post.letter(anna)
    seen = post.row(letter).picture
    other = Post(replace(post.house, database=Database(parse_address(post.house.url))))
    looked = deeds._require_possible

    def overtaken(*args: object, **kwargs: bool) -> None:
        looked(*args, **kwargs)  # type: ignore[arg-type]
        monkeypatch.setattr(deeds, "_require_possible", looked)
        other.becomes(letter, state="sending")

    monkeypatch.setattr(deeds, "_require_possible", overtaken)
    with pytest.raises(LetterChanged, match="sending this letter just now"):
        stop(post, seen)
    assert post.row(letter).state is LetterState.SENDING
    other.house.database.close()
