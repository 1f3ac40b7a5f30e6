from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from pos_app.db.models import Performance
from pos_app.services.season.performance_records import count_places
from pos_app.ui.screens.admin.events.page import PERFORMANCES
from tests.kinds import SQLITE

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from sqlalchemy.orm import Session

    from tests.ui.screens.admin.conftest import Office

SEASON = 2_000


def make_season(session: Session, like: int) -> None:
    """Make many evenings after the pattern of one; their places do not matter here."""
    one = session.get_one(Performance, like)
    same = {column.name: getattr(one, column.name) for column in Performance.__table__.columns if column.name != "id"}
    moments = ({"starts_at": one.starts_at + timedelta(hours=12 * number)} for number in range(1, SEASON))
    session.execute(insert(Performance), [same | moment for moment in moments])


@SQLITE
def test_of_a_long_season_only_the_rows_on_screen_are_counted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    house = office.house
    house.database.transact(make_season, house.small.performance_id)
    counted: list[int] = []
    read = office.line.read

    def watch(service: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        if service is count_places:
            counted.extend(args[1])
        return read(service, *args, **kwargs)

    monkeypatch.setattr(office.line, "read", watch)
    section = office.open("events")
    section.open_part(PERFORMANCES)
    table = section.performances.list.table
    office.wait(lambda: len(table.records) > SEASON)
    office.settle()
    office.wait(lambda: counted)
    office.settle()
    assert len(set(counted)) < 40
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    last = table.shown[-1].performance_id
    office.wait(lambda: last in counted)
    office.settle()
    assert len(set(counted)) < 80
