"""A house with open books, in a transaction that is never committed; foreign keys are left out of account there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.doctor.told.books import honest_season

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.doctor.told.books import Season
    from tests.houses import OpenHouse


@pytest.fixture
def season(house: OpenHouse) -> Iterator[Season]:
    """Give the house after honest work; a thief comes in the test."""
    with house.database.writer.connect() as connection:
        session = Session(bind=connection, expire_on_commit=False, autoflush=False)
        made = honest_season(session, house.small)
        if not house.database.embedded:
            session.execute(text("SET SESSION foreign_key_checks=0"))
        yield made
        session.rollback()
        session.close()
        connection.invalidate()
