"""A window killed at every step of a sale, and the next one: the same customer, the truth, nothing twice.

The first window is a process of its own and dies by SIGKILL at the named point; the second one is opened here, on the
same folder and the same database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import func, select, update

from pos_app.app import make_application
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.models import OrderLine, Till
from pos_app.domain.roles import Role
from tests.concurrency.conftest import Arena
from tests.concurrency.tills import Job, open_tills
from tests.concurrency.window_deeds import CODE, CUSTOMER, NOTE, sell_until
from tests.evening import start_evening
from tests.houses import OpenHouse
from tests.journals import noted
from tests.schemas import make_schema
from tests.servers import flavours
from tests.services.promo_codes.test_redeeming import make_code
from tests.small_house import build_small_house

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from _pytest.mark import ParameterSet
    from pytestqt.qtbot import QtBot

    from pos_app.domain.seats import SeatKey
    from tests.evening import Evening
    from tests.servers import Server

QUEUE: Final = "HALL-1"
_HELD: Final = "The sale was cut off before it was paid. The seats are still held for "
_HELD_ONE: Final = "The sale was cut off before it was paid. The seat is still held for "
_SOLD: Final = "The sale went through before Foyer was cut off: order "
_TERMINAL: Final = "Look at the terminal whether the card was charged before you take money again."
_NOT_PRINTED: Final = "The tickets were not printed yet. F6 prints them."
_ON_THEIR_WAY: Final = "Did the tickets come out? They were on their way to the printer. F6 prints them again."
_PRINTED: Final = "The printer took the tickets before Foyer was cut off. F6 prints them once more."


@dataclass(frozen=True)
class Reopened:
    """What the next window must say and show. lines, total: of the basket, or of the sale where printed is told."""

    says: str
    advice: str = ""
    lines: int = 0
    total: str = ""
    extended: bool = False
    printed: str = ""


KILLED_AT: Final = {
    "seat asked for": Reopened(""),
    "seat held": Reopened(_HELD_ONE, "", 1, "€40.00"),
    "first seat": Reopened(_HELD_ONE, "", 1, "€40.00"),
    "second seat": Reopened(_HELD, "", 2, "€80.00"),
    "ticket type": Reopened(_HELD, "", 2, "€60.00"),
    "promo code": Reopened(_HELD, "", 2, "€54.00"),
    "name": Reopened(_HELD, "", 2, "€54.00"),
    "extension kept": Reopened(_HELD, "", 2, "€54.00", extended=True),
    "extended": Reopened(_HELD, "", 2, "€54.00", extended=True),
    "payment open": Reopened(_HELD, _TERMINAL, 2, "€54.00", extended=True),
    "sale noted": Reopened(_HELD, _TERMINAL, 2, "€54.00", extended=True),
    "before the commit": Reopened(_HELD, _TERMINAL, 2, "€54.00", extended=True),
    "sold": Reopened(_SOLD, "Take no money again.", 2, "€54.00", printed=_NOT_PRINTED),
    "sale answered": Reopened(_SOLD, "Take no money again.", 2, "€54.00", printed=_NOT_PRINTED),
    "note dropped": Reopened(_SOLD, "Take no money again.", 2, "€54.00", printed=_NOT_PRINTED),
    "before printing": Reopened(_SOLD, "Take no money again.", 2, "€54.00", printed=_NOT_PRINTED),
    "printing": Reopened(_SOLD, "Take no money again.", 2, "€54.00", printed=_ON_THEIR_WAY),
    "paper is out": Reopened(_SOLD, "Take no money again.", 2, "€54.00", printed=_ON_THEIR_WAY),
    "tickets printed": Reopened(_SOLD, "Take no money again.", 2, "€54.00", printed=_PRINTED),
}


AT_THE_DATABASE: Final = (
    "seat asked for",
    "seat held",
    "second seat",
    "extension kept",
    "extended",
    "before the commit",
    "sold",
    "printing",
)
"""Where it matters what kind of database has just been asked. Between these only the till itself does anything."""
IN_EACH_RUN: Final = {
    "sqlite": ("seat asked for", "second seat", "extension kept", "before the commit", "printing"),
    flavours()[0]: ("seat held", "ticket type", "name", "before the commit", "sold", "tickets printed"),
}
"""All that the next window may have to say, by turns on each kind of database; the other points are left to soak."""


def _story(kind: str, point: str) -> ParameterSet:
    marks = [] if kind == "sqlite" else [pytest.mark.server]
    if point not in IN_EACH_RUN.get(kind, ()):
        marks.append(pytest.mark.soak)
    return pytest.param(kind, point, marks=marks, id=f"{kind}-{point}")


STORIES: Final = (
    *(_story("sqlite", point) for point in AT_THE_DATABASE),
    *(_story(one, point) for one in flavours() for point in KILLED_AT),
)


def test_all_that_the_next_window_may_say_is_heard_in_each_run() -> None:
    in_each_run = [KILLED_AT[point] for points in IN_EACH_RUN.values() for point in points]
    assert [expected for expected in KILLED_AT.values() if expected not in in_each_run] == []
    assert set(IN_EACH_RUN["sqlite"]) <= set(AT_THE_DATABASE)


@pytest.fixture(scope="module", params=["sqlite", *[pytest.param(one, marks=pytest.mark.server) for one in flavours()]])
def arena(
    request: pytest.FixtureRequest, server_of: Callable[[str], Server], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Arena]:
    """Give a house with a row for each point of death; each story takes its own."""
    if request.param == "sqlite":
        yield from _built(f"sqlite:///{tmp_path_factory.mktemp('house') / 'foyer.db'}")
    else:
        with server_of(request.param).fresh_database() as url:
            yield from _built(url)


def _built(url: str) -> Iterator[Arena]:
    database = Database(parse_address(url))
    make_schema(database)
    small = database.transact(lambda session: build_small_house(session, rows=2 * len(KILLED_AT)))
    database.transact(make_code, code=CODE)
    database.transact(lambda session: session.execute(update(Till).values(ticket_queue=QUEUE)))
    yield Arena(url, database, small)
    database.close()


@pytest.fixture
def prints(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the printer take everything; returns what it was given, by title."""
    taken: list[str] = []
    monkeypatch.setattr("pos_app.flows.print_tickets.print_pdf", lambda _pdf, _queue, *, title: taken.append(title))
    return taken


def _kill_at(
    arena: Arena, folder: Path, point: str, numbers: tuple[int, int] = (3, 4), without: tuple[str, ...] = ()
) -> list[SeatKey]:
    """Let a window sell two seats in a row of their own and die; returns them."""
    seats = list(arena.house.seats_of(1 + list(KILLED_AT).index(point), numbers))
    arguments = {
        "folder": str(folder),
        "seats": [seat.seat_id for seat in seats],
        "child_id": arena.house.child_id,
        "kill_at": point,
        "without": without,
    }
    with open_tills([Job(arena.url, arena.house.cashier, sell_until, arguments)]) as (till,):
        till.go()
        assert till.hear("dying") == point
        till.kill()
    return seats


@pytest.fixture
def reopen(qtbot: QtBot, arena: Arena, tmp_path: Path) -> Iterator[Callable[[], Evening]]:
    make_application()
    opened: list[Evening] = []

    def start() -> Evening:
        house = OpenHouse(arena.url, arena.database, arena.house)
        opened.append(start_evening(qtbot, house, tmp_path))
        return opened[-1]

    yield start
    for evening in opened:
        # The database is the arena's.
        evening.foyer.house = None
        evening.foyer.shut_down()


@pytest.mark.parametrize(("arena", "point"), STORIES, indirect=["arena"])
def test_a_window_killed_in_a_sale_opens_again_on_the_same_customer(
    arena: Arena, reopen: Callable[[], Evening], prints: list[str], tmp_path: Path, point: str
) -> None:
    expected = KILLED_AT[point]
    seats = _kill_at(arena, tmp_path, point)
    sold_before = bool(expected.printed)
    assert _orders_of(arena, seats) == sold_before
    evening = reopen()
    evening.sign_in(Role.CASHIER)
    _look(evening, expected, point)
    if not expected.says:
        _nothing_is_left(evening, tmp_path)
        return
    if expected.printed:
        assert not prints
        evening.press(Qt.Key.Key_F6)
        evening.wait(lambda: prints)
    else:
        _pay(evening)
    evening.wait(lambda: "Printed on" in evening.sell.tickets.panel.print_line.words)
    assert len(prints) == 1
    assert _orders_of(arena, seats[: expected.lines]) == 1
    evening.press(Qt.Key.Key_Return)
    _nothing_is_left(evening, tmp_path)
    arena.require_sound()


@pytest.mark.parametrize("arena", ["sqlite"], indirect=True)
def test_without_its_note_the_customer_is_lost_and_the_seats_are_only_named(
    arena: Arena, reopen: Callable[[], Evening], tmp_path: Path
) -> None:
    _kill_at(arena, tmp_path, "promo code", (6, 7), without=("keep_basket",))
    evening = reopen()
    evening.sign_in(Role.CASHIER)
    evening.wait(lambda: "still holds 2 seats" in evening.window.banner.message.text)
    assert not evening.sell.has_basket
    assert not evening.sell.banner.message.text


@pytest.mark.parametrize("arena", ["sqlite"], indirect=True)
def test_without_the_mark_before_printing_the_cashier_is_not_asked_to_look_for_the_tickets(
    arena: Arena, reopen: Callable[[], Evening], tmp_path: Path
) -> None:
    _kill_at(arena, tmp_path, "printing", (6, 7), without=("mark_printing",))
    evening = reopen()
    evening.sign_in(Role.CASHIER)
    evening.wait(lambda: evening.sell.tickets.printed is not None)
    assert evening.sell.tickets.panel.print_line.words == _NOT_PRINTED


def _look(evening: Evening, expected: Reopened, point: str) -> None:
    """Look at the window as the cashier does."""
    screen = evening.sell
    if not expected.says:
        evening.wait(lambda: evening.foyer.background._replies == {} and screen.live._cursor)
        assert not screen.banner.message.text
        assert not screen.has_basket
        return
    evening.wait(lambda: screen.banner.message.text)
    message = screen.banner.message
    assert message.text.startswith(expected.says)
    assert message.advice == expected.advice
    assert not evening.window.banner.message.text
    if expected.printed:
        evening.wait(lambda: screen.tickets.printed is not None)
        assert screen.tickets.panel.isVisible()
        assert screen.tickets.panel.print_line.words == expected.printed
        assert screen.tickets.panel._rows[0][1].text() == expected.total
        assert screen.tickets.panel.print_button.isEnabled()
        assert screen.tickets.sale is not None
        assert len(screen.tickets.sale.ticket_ids) == expected.lines
        return
    assert screen.basket_panel.isVisible()
    assert sum(len(row.seats) for row in screen.basket_panel.rows()) == expected.lines
    assert screen.basket_panel.total_words == expected.total
    named = list(KILLED_AT).index(point) >= list(KILLED_AT).index("name")
    assert screen.basket_panel.order_words.words == (f"For {CUSTOMER} · {NOTE}" if named else "")
    hold = screen.hold.placed
    assert hold is not None
    assert hold.extended is expected.extended
    left = screen.hold.seconds_left
    minutes, _, seconds = message.text.removeprefix(expected.says).rstrip(".").partition(":")
    assert 0 <= int(minutes) * 60 + int(seconds) - left + 1 < 30
    assert 800 < left <= 900
    evening.wait(lambda: screen.live.offer is not None)


def _pay(evening: Evening) -> None:
    evening.open_cash()
    QTest.keyClick(evening.sell.checkout.sheet.cash.field, Qt.Key.Key_Return)
    evening.wait(lambda: evening.sell.tickets.sale is not None)


def _nothing_is_left(evening: Evening, folder: Path) -> None:
    """Tell that the till remembers nobody: only this window's own empty folder is there."""
    evening.wait(lambda: not noted(folder, ".basket", ".json"))
    evening.wait(lambda: len(noted(folder, ".lease")) == 1)


def _orders_of(arena: Arena, seats: list[SeatKey]) -> int:
    """Return how many orders these seats are sold in."""
    ids = [seat.seat_id for seat in seats]
    return arena.database.read(
        lambda session: session.execute(
            select(func.count(OrderLine.order_id.distinct())).where(OrderLine.seat_id.in_(ids))
        ).scalar_one()
    )
