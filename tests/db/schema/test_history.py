"""What each revision left behind is kept, and fits the tables that its steps make today."""

from __future__ import annotations

from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import inspect

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.schema.revisions import check_schema
from pos_app.doctor import judge_database
from tests.db.schema.history.rows import HISTORY, columns_of, make_old
from tests.db.schema.old_schemas import all_revisions, read_rows
from tests.servers import flavours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.servers import Server

COLUMNS_THAT_CAME_LATER: Final = {
    "0003": {("plan_scenery", "details"), ("promo_redemption", "customer_key"), ("seating_plan", "revision")}
}
"""This revision was still changed after the next one stood, in the first days, before any house had a database."""
STORIES: Final = {
    "0001": ("orders", "refund", "promo_redemption", "check_in", "hold", "sign_in_attempt"),
    "0002": ("release_request",),
    # Kept seats had no record yet, and nothing was taken over: this revision only made room for them.
    "0003": (),
    "0004": ("sign_in_turn", "event_artwork", "kept_back", "outside_code", "customer"),
    # It brought no table; what it brought has happened to a promo code.
    "0005": (),
    "0006": ("search_word",),
    # Nor did this one: it folded the codes that were taken over.
    "0007": (),
    # A column alone: what begins may also end.
    "0008": (),
    "0009": ("approval",),
    "0010": ("staff_secret", "house_key", "house_key_wrap"),
    # It compares names anew, and brings nothing.
    "0011": (),
    # A file of this computer, as the histories are kept in, knows no accounts.
    "0012": (),
    "0013": ("order_change",),
    "0014": ("promo_share",),
    "0015": ("work_list", "work_item"),
    # It writes words of another kind into a table that was there.
    "0016": (),
    "0017": ("audit_text",),
    "0018": ("outbox_email", "outbox_try", "letter_sender", "letter_template", "email_verification"),
    "0019": ("waiting_list", "waiting_entry", "waiting_offer", "resale"),
}
"""The tables of which each revision has been the first to have rows."""


_KINDS: Final = ["sqlite", *(pytest.param(one, marks=pytest.mark.server) for one in flavours())]


@pytest.fixture(scope="module", params=_KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    flavour: str = request.param
    return flavour


@pytest.fixture(scope="module", params=all_revisions())
def revision(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def old(
    kind: str, revision: str, server_of: Callable[[str], Server], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """Give a house as a revision left it behind, for tests that only look at it."""
    with ExitStack() as stack:
        url = str(tmp_path_factory.mktemp("old") / "foyer.db")
        if kind != "sqlite":
            url = stack.enter_context(server_of(kind).fresh_database())
        database = stack.enter_context(closing(Database(parse_address(url))))
        make_old(database, revision)
        yield database


def test_each_revision_has_its_history() -> None:
    assert sorted(file.stem for file in HISTORY.glob("*.json")) == [f"r{revision}" for revision in all_revisions()]
    assert list(STORIES) == all_revisions()


def test_a_revision_is_not_changed_once_it_has_a_history(old: Database, revision: str) -> None:
    with old.writer.connect() as connection:
        seen = inspect(connection)
        made = {name: {one["name"] for one in seen.get_columns(name)} for name in seen.get_table_names()}
        connection.rollback()
    for table, column in COLUMNS_THAT_CAME_LATER.get(revision, ()):
        made[table].remove(column)
    made.pop("alembic_version")
    assert made == columns_of(revision)


def test_something_of_all_that_a_revision_knew_has_happened(old: Database, revision: str) -> None:
    rows = read_rows(old)
    for known in all_revisions()[: all_revisions().index(revision) + 1]:
        assert all(rows[table] for table in STORIES[known])
    ended = {"void", "returned", "exchanged"} if revision >= "0014" else {"void"}
    reserved = {"reserved"} if revision >= "0017" else set()
    assert {line["state"] for line in rows["order_line"]} == {"live", *ended, *reserved}
    assert {ticket["issue_count"] for ticket in rows["ticket"]} == {1, 2}
    assert {"admitted", "left", "refused"} <= {scan["verdict"] for scan in rows["check_in"]}
    assert {None, "released", "sold"} <= {hold["closed_as"] for hold in rows["hold"]}
    assert {None, "basket", "house"} <= {seat["claim_kind"] for seat in rows["performance_seat"]}
    if revision >= "0010":
        assert all(key["signature"] for key in rows["till_key"])
        assert all(one["pin_hash"].startswith("sealed:") for one in rows["staff_secret"])
    if revision >= "0008":
        assert len({one["ends_at"] for one in rows["performance"]}) == 3
    if revision >= "0009":
        allowed = {"void", "give_away", "refund"} if revision >= "0014" else {"void", "give_away"}
        assert {one["permission"] for one in rows["approval"]} == allowed
        back = rows["refund"]
        if revision >= "0014":
            back = [one for one in rows["order_change"] if one["kind"] in {"void", "refund"}]
        assert {None, *(one["request_id"] for one in back)} <= {one["spent_on"] for one in rows["approval"]}


@pytest.mark.parametrize("revision", all_revisions()[-1:], indirect=True)
def test_a_house_of_the_present_revision_is_sound(old: Database) -> None:
    check_schema(old)
    assert old.read(judge_database) == ()
