"""What a statement that writes tells is the same on every kind of database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from pos_app.db.base import table_of
from pos_app.db.models import Event, Till
from pos_app.db.results import insert_row, inserted_key, matched_rows

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def test_an_inserted_row_has_the_key_that_is_told(house: OpenHouse) -> None:
    def add_two(session: Session) -> tuple[int, int]:
        return (
            insert_row(session, Event, title="Hamlet", description="", kind=""),
            inserted_key(session.execute(insert(Event).values(title="Othello", description="", kind=""))),
        )

    keys = house.database.transact(add_two)
    rows = house.database.read(lambda session: session.execute(select(Event.title).where(Event.id.in_(keys))).all())
    assert {row.title for row in rows} == {"Hamlet", "Othello"}


def test_rows_that_held_the_value_already_count_as_matched(house: OpenHouse) -> None:
    def write_names_again(session: Session) -> tuple[int, int]:
        every = matched_rows(session.execute(update(Till).values(name=Till.name)))
        return every, matched_rows(session.execute(update(Till).where(Till.id < 0).values(name="")))

    tills = house.database.read(lambda session: len(session.execute(select(Till.id)).all()))
    assert house.database.transact(write_names_again) == (tills, 0)


def test_a_table_is_that_of_its_model() -> None:
    assert table_of(Event).name == "event"
