"""A till whose clock is an hour or a year off sells, counts down, shows and prints the right times."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest
from babel.dates import format_skeleton
from sqlalchemy import select

from pos_app.computer.identity import TillIdentity
from pos_app.db.models import CheckIn, Order, Performance, Ticket
from pos_app.doctor import judge_database
from pos_app.documents.ticket_codes import public_key_of
from pos_app.domain.season.evenings import evening_ends
from pos_app.domain.tickets.papers import Paper
from pos_app.flows.print_tickets import TicketPress, set_tickets
from tests.hands import PROGRAM_SECONDS
from tests.servers import flavours
from tests.small_house import SIGNING_KEY, TIME_ZONE
from tests.ui.clocks.till_in_another_time import Errand, Seen

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse

_ROOT = Path(__file__).resolve().parents[3]
HOUR = 3600.0
YEAR = 365 * 24 * HOUR


def _send_to_a_till(house: OpenHouse, folder: Path, wrong_by: float, zone: str) -> Seen:
    errand = Errand(house.url, wrong_by, str(folder), house.small.performance_id)
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.clocks.till_in_another_time"],
        cwd=_ROOT,
        env={**os.environ, "TZ": zone},
        input=json.dumps(asdict(errand)),
        capture_output=True,
        text=True,
        timeout=PROGRAM_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"ended with {done.returncode}: {done.stderr}"
    return Seen(**json.loads(done.stdout))


def _at_the_venue(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(TIME_ZONE))


def _truth(session: Session) -> tuple[dict[int, datetime], datetime, list[datetime]]:
    """Return by the server's clock: when each performance starts, when the order was made, when the scans were."""
    starts = session.execute(select(Performance.id, Performance.starts_at)).all()
    sold_at = session.execute(select(Order.created_at)).scalar_one()
    scans = session.execute(select(CheckIn.created_at).order_by(CheckIn.id)).scalars()
    return (
        {one.id: _at_the_venue(one.starts_at) for one in starts},
        _at_the_venue(sold_at),
        [*map(_at_the_venue, scans)],
    )


def _text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return str(document[0].get_textpage().get_text_bounded())


def _print_here(house: OpenHouse, folder: Path) -> bytes:
    """Set the sold ticket once more, where the clock is right."""
    (ticket,) = house.database.read(lambda session: session.execute(select(Ticket.id)).scalars().all())
    identity = TillIdentity("machine-Till 1", SIGNING_KEY, public_key_of(SIGNING_KEY).hex())
    press = TicketPress(identity, house.small.till_id, Paper.A4, "", folder, "en_GB")
    return set_tickets(house.database, press, [ticket]).pdf


@pytest.mark.parametrize(
    ("house", "wrong_by", "zone"),
    [
        ("sqlite", -HOUR, "America/New_York"),
        ("sqlite", YEAR, "Asia/Kathmandu"),
        pytest.param(flavours()[0], HOUR, "Pacific/Auckland", marks=pytest.mark.server),
        pytest.param(flavours()[0], -YEAR, "Pacific/Kiritimati", marks=pytest.mark.server),
    ],
    indirect=["house"],
)
def test_a_till_sells_counts_down_shows_and_prints_the_right_times(
    house: OpenHouse, tmp_path: Path, wrong_by: float, zone: str
) -> None:
    seen = _send_to_a_till(house, tmp_path, wrong_by, zone)
    its_time = datetime.fromisoformat(seen.its_time)
    assert abs(its_time - datetime.now(UTC) - timedelta(seconds=wrong_by)) < timedelta(minutes=5), "its clock was wrong"
    starts, sold, scans = house.database.read(_truth)

    assert seen.performances == [
        f"The Cherry Orchard, {at:%a %H:%M}, The Little House, 50 left" for at in sorted(starts.values())
    ]
    # What is under way is today's, too, and so is what begins before the morning.
    ends = evening_ends(sold, TIME_ZONE)
    assert seen.today == [one for at, one in sorted((at, one) for one, at in starts.items()) if at < ends]
    assert 870 < seen.seconds_left <= 900
    day, time = format_skeleton("MMMEd", sold, locale="en_GB"), f"{sold:%H:%M}"
    dated = format_skeleton("yMMMd", sold, locale="en_GB")
    assert seen.orders == [f"{time}, {day}", f"{dated}, {time} · Till 1 · Mario Manager"]
    assert 570 < seen.seconds_to_void <= 600
    printed = Path(seen.pdf).read_bytes()
    evening = starts[house.small.performance_id]
    assert f"{evening.day} {evening:%B %Y}" in _text_of(printed)
    assert f"{evening:%H:%M}" in _text_of(printed)
    assert printed == _print_here(house, tmp_path / "again"), "the file bears nothing of its time"

    assert seen.door_chose == house.small.begun_id
    first, second = scans
    admitted, used = seen.verdicts
    assert "ADMITTED" in admitted
    assert "ALREADY USED" in used
    assert re.search(r"\b\d+ seconds? ago, at Front", used), "by the clock of the server, which is right"
    assert f"{first:%H:%M:%S}" in used
    seat = "Stalls · Row A · Seat 1"
    assert seen.scans == [
        f"{seat}, {second:%H:%M:%S} · Already used · Side",
        f"{seat}, {first:%H:%M:%S} · Admitted · Front",
    ]
    assert seen.said == ["", ""], "no clock is accused"
    assert house.database.read(judge_database) == ()
