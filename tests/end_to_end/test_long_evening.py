"""Hundreds of sales in one window: nothing of them is kept that the next one does not need."""

from __future__ import annotations

import gc
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import psutil
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.domain.roles import Role
from pos_app.ui.look.theme import apply_theme
from tests.houses import OpenHouse
from tests.schemas import make_schema
from tests.servers import flavours
from tests.small_house import build_small_house

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pos_app.ui.screens.orders.screen import OrdersScreen
    from tests.end_to_end.conftest import Stage
    from tests.evening import Evening
    from tests.servers import Server

pytestmark = [pytest.mark.server, pytest.mark.slow]
ROWS, SEATS_PER_ROW = 20, 40
SALES_A_SHIFT: Final = 20
SHIFTS: Final = 5
"""With 20 sales each: what a till with a queue sells in an hour, one every 30 seconds."""
SALES_IN_EACH_RUN: Final = 10
"""So many sales a shift are enough to see what is kept of each, once it is warm: more than are spared."""
WARM_UP: Final = 2
SPARE: Final = 6
"""Objects of a class that may be more after a shift: far fewer than its sales, and than a screen is made of."""
MOST_BYTES: Final = 16 << 20
"""A screen kept at each sign-out is 4 MB, and so was 40 MB in the end; what remains is caches that have an end."""
OF_BOUNDED_CACHES: Final = frozenset({"SetText"})


@pytest.fixture
def house(server_of: Callable[[str], Server]) -> Iterator[OpenHouse]:
    with server_of(flavours()[0]).fresh_database() as url:
        database = Database(parse_address(url))
        make_schema(database)
        small = database.transact(partial(build_small_house, rows=ROWS, seats_per_row=SEATS_PER_ROW))
        yield OpenHouse(url, database, small)
        database.close()


@dataclass(frozen=True)
class Kept:
    """What lives at a moment when nothing is being done. objects: of the program and of Qt, by class."""

    memory: int
    widgets: int
    objects: Counter[str]

    @classmethod
    def now(cls) -> Kept:
        for _ in range(3):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QCoreApplication.processEvents()
            gc.collect()
        return cls(
            psutil.Process().memory_info().rss,
            len(QApplication.allWidgets()),
            Counter(type(one).__qualname__ for one in gc.get_objects() if _is_ours(type(one))),
        )


def _is_ours(kind: type) -> bool:
    return str(kind.__module__).startswith(("pos_app", "PySide6")) and kind.__qualname__ not in OF_BOUNDED_CACHES


def grown(before: Kept, after: Kept, shifts: int) -> list[str]:
    """Name what has become more in so many shifts."""
    more = [f"{count} {kind}" for kind, count in (after.objects - before.objects).items() if count > shifts * SPARE]
    if after.widgets > before.widgets:
        more.append(f"{after.widgets - before.widgets} widgets")
    if after.memory - before.memory > MOST_BYTES:
        more.append(f"{(after.memory - before.memory) >> 20} MB")
    return more


def _sell_one(evening: Evening, index: int) -> None:
    sell = evening.sell
    board = sell.map_panel.map
    QTest.mouseClick(board, Qt.MouseButton.LeftButton, pos=board.seat_center(index))
    evening.wait(lambda: len(sell.hold.basket.lines) == 1)
    evening.open_cash()
    evening.press(Qt.Key.Key_Return)
    evening.wait(lambda: sell.tickets.is_open)
    evening.wait(lambda: sell.tickets.printed is not None)
    evening.press(Qt.Key.Key_Return)
    evening.wait(lambda: not sell.tickets.is_open)


def _is_filled(orders: OrdersScreen) -> bool:
    return bool(orders.table.orders)


def _work_a_shift(evening: Evening, seats: range) -> None:
    """Sign in, sell, look at the orders, change the light, and hand over."""
    evening.sign_in(Role.CASHIER)
    evening.wait(lambda: evening.sell.live._cursor)
    for seat in seats:
        _sell_one(evening, seat)
        if seat % 10 == 5:
            evening.sell.live._on_tick()
            evening.window.show_screen("orders")
            orders = evening.workplace.orders
            assert orders is not None
            evening.wait(partial(_is_filled, orders))
            evening.window.show_screen("sell")
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for dark in (True, False):
        apply_theme(app, dark)
    evening.window.lock()
    evening.window.lock_screen.somebody_else_asked.emit()
    evening.wait(lambda: not evening.foyer.background._replies)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("sales", [SALES_IN_EACH_RUN, pytest.param(SALES_A_SHIFT, marks=pytest.mark.soak)])
def test_an_hour_of_selling_does_not_grow_the_memory(house: OpenHouse, begin: Callable[..., Stage], sales: int) -> None:
    assert sales > SPARE
    evening = begin(house).evening
    for shift in range(WARM_UP):
        _work_a_shift(evening, range(shift * SALES_A_SHIFT, (shift + 1) * SALES_A_SHIFT))
    before = Kept.now()
    sold = WARM_UP * SALES_A_SHIFT
    for shift in range(SHIFTS - WARM_UP):
        _work_a_shift(evening, range(sold + shift * sales, sold + (shift + 1) * sales))
    assert grown(before, Kept.now(), SHIFTS - WARM_UP) == []


@pytest.mark.parametrize(
    ("leak", "named"),
    [(QObject, "QObject"), (QLabel, "widgets"), (lambda: bytearray(b"x") * (MOST_BYTES // 2), "MB")],
    ids=["objects", "widgets", "memory"],
)
def test_what_is_kept_of_every_sale_is_found(qapp: QApplication, leak: Callable[[], object], named: str) -> None:
    """The test of the test above."""
    del qapp
    before = Kept.now()
    kept = [leak() for _ in range(SALES_IN_EACH_RUN)]
    assert named in " ".join(grown(before, Kept.now(), 1))
    kept.clear()
    assert [word for word in grown(before, Kept.now(), 1) if "MB" not in word] == []
