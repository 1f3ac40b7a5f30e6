"""A till whose computer has the time of day wrong: the whole program, in a process of its own, through one sale.

    python -m tests.ui.clocks.till_in_another_time

Reads an Errand from its standard input and writes what it has Seen to its standard output, both as JSON.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from tests.keep_server import die_with_parent
from tests.wrong_clock import set_clock_wrong

if TYPE_CHECKING:
    from pos_app.ui.screens.door.screen import DoorScreen
    from tests.evening import Evening
    from tests.hands import PatientHands


@dataclass(frozen=True)
class Errand:
    """url: the database. wrong_by: seconds. folder: for the till's own files. performance_id: what is sold."""

    url: str
    wrong_by: float
    folder: str
    performance_id: int


@dataclass
class Seen:
    """What the till showed. its_time: what its computer took for the time, ISO, UTC."""

    its_time: str = ""
    performances: list[str] = field(default_factory=list)
    today: list[int] = field(default_factory=list)
    seconds_left: int = 0
    pdf: str = ""
    orders: list[str] = field(default_factory=list)
    seconds_to_void: float = 0.0
    door_chose: int = 0
    verdicts: list[str] = field(default_factory=list)
    scans: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def _sell(evening: Evening, errand: Errand, seen: Seen) -> None:
    from PySide6.QtCore import Qt

    sell = evening.sell
    listed, model = sell.performances, sell.performances.model
    evening.wait(lambda: sell.live.plan is not None and model.rowCount())
    role = Qt.ItemDataRole.AccessibleTextRole
    seen.performances = [str(model.data(model.index(row), role)) for row in range(model.rowCount())]
    listed.spans.choose("today")
    listed._refresh()
    seen.today = [model.at(row).performance_id for row in range(model.rowCount())]
    listed.show_all()
    wanted = listed.performance(errand.performance_id)
    assert wanted is not None
    sell.on_sale.open(wanted)
    evening.wait(lambda: sell.live.offer and sell.live.offer.performance_id == errand.performance_id)
    evening.hold_a_seat()
    seen.seconds_left = sell.hold.seconds_left
    evening.open_cash()
    evening.press(Qt.Key.Key_Return)
    evening.wait(lambda: sell.tickets.printed is not None)
    assert sell.tickets.printed is not None
    seen.pdf = str(sell.tickets.printed.path)


def _look_at_orders(evening: Evening, seen: Seen) -> None:
    orders = evening.workplace.orders
    assert orders is not None
    evening.window.show_screen("orders")
    evening.wait(lambda: orders.panel.order is not None)
    seen.orders = [str(orders.table.model().index(0, 1).data()), orders.panel._when.text()]
    seen.seconds_to_void = orders.action_row.seconds_to_void


def _has_scans(door: DoorScreen, count: int) -> bool:
    return door.side.last_scans.count() == count


def _let_in(evening: Evening, errand: Errand, seen: Seen) -> None:
    from PySide6.QtWidgets import QLabel

    door = evening.workplace.door
    printed = evening.sell.tickets.printed
    assert door is not None
    assert printed is not None
    evening.window.show_screen("door")
    choice = door.bar.performances
    evening.wait(lambda: door.bar.performance is not None)
    seen.door_chose = choice.currentData().performance_id
    choice.setCurrentIndex(
        next(row for row in range(choice.count()) if choice.itemData(row).performance_id == errand.performance_id)
    )
    choice.activated.emit(choice.currentIndex())
    door.side.all_gates_button.setChecked(True)
    for number, gate in enumerate(("Front", "Side"), start=1):
        door.bar.gates.use(gate)
        door.scan(printed.faces[0].code)
        evening.wait(partial(_has_scans, door, number))
        seen.verdicts.append(" | ".join(label.text() for label in door.panel.findChildren(QLabel) if label.isVisible()))
    rows = range(door.side.last_scans.count())
    seen.scans = [door.side.last_scans.item(row).text() for row in rows]


def _hands() -> PatientHands:
    """Return what pytest-qt gives to a test, in a process without pytest."""
    from tests.hands import PatientHands

    request: Any = SimpleNamespace(node=SimpleNamespace(), config=SimpleNamespace(getini=lambda _name: "true"))
    return PatientHands(request)


def main() -> None:
    die_with_parent()
    errand = Errand(**json.load(sys.stdin))
    set_clock_wrong(errand.wrong_by)
    # Whatever is imported from here on finds the wrong time.
    from pytestqt.qt_compat import qt_api

    from pos_app.app import make_application
    from pos_app.db.connection.addresses import parse_address
    from pos_app.db.database import Database
    from pos_app.domain.roles import Role
    from pos_app.ui.look.theme import apply_theme
    from tests.evening import start_evening
    from tests.houses import OpenHouse

    qt_api.set_qt_api("pyside6")  # type: ignore[no-untyped-call]  # pytest-qt has no types here
    application = make_application()
    apply_theme(application, dark=False)
    nobody: Any = None  # the till knows nothing but the address
    house = OpenHouse(errand.url, Database(parse_address(errand.url)), nobody)
    evening = start_evening(_hands(), house, Path(errand.folder))
    seen = Seen(its_time=datetime.now(UTC).isoformat())
    evening.sign_in(Role.MANAGER)
    _sell(evening, errand, seen)
    _look_at_orders(evening, seen)
    _let_in(evening, errand, seen)
    message = evening.window.banner.message
    seen.said = [message.text, message.advice]
    evening.foyer.shut_down()
    json.dump(asdict(seen), sys.stdout)


if __name__ == "__main__":
    main()
