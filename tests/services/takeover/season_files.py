"""Files of a season sold elsewhere, and taking them over."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from pos_app.domain.local_times import wall_time
from pos_app.domain.takeover.file import SeasonFile, read_season_file
from pos_app.services.season.performance_records import load_performance_record
from pos_app.services.takeover.taking_over import preview_takeover, take_over

if TYPE_CHECKING:
    from pos_app.domain.takeover.records import TakenOver, TakeoverPreview
    from tests.houses import OpenHouse


HEAD = "performance,zone,row,seat,name,e-mail,price,old code,status,phone,note,letters,reserved until\n"


def when(house: OpenHouse) -> str:
    evening = house.database.read(load_performance_record, house.small.performance_id)
    return f"{wall_time(evening.starts_at, evening.time_zone).wall:%Y-%m-%d %H:%M}"


def table(house: OpenHouse, *lines: str) -> SeasonFile:
    evening = when(house)
    return read_season_file((HEAD + "".join(f"{line}\n".replace("WHEN", evening) for line in lines)).encode())


SOLD = (
    "WHEN,Stalls,A,1,Anna Berg,anna@example.org,40.00,OLD-1,",
    "WHEN,stalls,a,2,Anna Berg,Anna@Example.org,20.00,OLD-2,sold",
    "WHEN,,B,3,Ben Ode,,40,OLD-3,paid",
    "WHEN,Stalls,B,4,,,0,,",
)


RESERVED = (
    "WHEN,Stalls,C,1,Cleo Day,cleo@example.org,,,reserved",
    "WHEN,Stalls,C,2,Cleo Day,cleo@example.org,,,reserved",
)


def preview(house: OpenHouse, file: SeasonFile, chosen: dict[str, int] | None = None) -> TakeoverPreview:
    return house.database.read(preview_takeover, house.small.manager, file, chosen or {})


def take(house: OpenHouse, file: SeasonFile, request: str = "", chosen: dict[str, int] | None = None) -> TakenOver:
    return house.database.transact(
        take_over, house.small.manager, request or uuid4().hex, file, chosen or {}, "season.csv"
    )


def problems(house: OpenHouse, *lines: str) -> list[str]:
    return [f"{one.line}: {one.sentence}" for one in preview(house, table(house, *lines)).problems]
