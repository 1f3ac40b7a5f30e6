"""Who hears whom on the sell screen: the order in which its parts are made and connected carries no meaning."""

from __future__ import annotations

import ast
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pos_app.computer.journal import Journal
from pos_app.doctor import judge_database
from pos_app.ui.screens import selling
from pos_app.ui.screens.selling.screen import SellScreen
from tests.kinds import SQLITE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pos_app.domain.selling.basket_notes import BasketNote
    from pos_app.ui.hearing import Hearing
    from tests.ui.screens.selling.conftest import Till

_ROOM = selling.__path__[0]


def _as_written(hearings: list[Hearing]) -> list[Hearing]:
    return hearings


def _reversed(hearings: list[Hearing]) -> list[Hearing]:
    return [(hears, *reversed(signals)) for hears, *signals in reversed(hearings)]


def _shuffled(hearings: list[Hearing]) -> list[Hearing]:
    pairs: list[Hearing] = [(hears, signal) for hears, *signals in hearings for signal in signals]
    Random(len(pairs)).shuffle(pairs)
    return pairs


class Notes:
    """What the till writes down of its customers, one after the other: short, and the same in every run."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.told: list[str] = []
        self._keys: list[str] = []
        keep, drop = Journal.keep_basket, Journal.drop_basket

        def keep_basket(journal: Journal, note: BasketNote) -> None:
            what = "sold" if note.sold else " ".join(filter(None, (str(len(note.lines)), note.paying)))
            self.told.append(f"{self._customer(note.basket_key)}: {what} {note.total_minor // 100}")
            keep(journal, note)

        def drop_basket(journal: Journal, key: str) -> None:
            self.told.append(f"{self._customer(key)}: gone")
            drop(journal, key)

        monkeypatch.setattr(Journal, "keep_basket", keep_basket)
        monkeypatch.setattr(Journal, "drop_basket", drop_basket)

    def _customer(self, key: str) -> int:
        if key not in self._keys:
            self._keys.append(key)
        return self._keys.index(key) + 1


def _pay(till: Till) -> None:
    till.press(Qt.Key.Key_F10)
    till.wait(lambda: till.screen.checkout.sheet.is_open)
    till.settle()
    till.press(Qt.Key.Key_Return)


def _call_next(till: Till) -> None:
    till.wait(lambda: till.screen.tickets.printed is not None)
    till.settle()
    till.press(Qt.Key.Key_Return)
    till.settle()


def _work(till: Till) -> None:
    """Sell; lose the answer to a sale that was made, and to one that was not; release a basket; be refused a seat."""
    small, line, taking = till.house.small, till.line, till.screen.checkout.taking
    till.hold(*small.seats_of(1, (3, 4)))
    till.settle()
    _pay(till)
    _call_next(till)
    for is_made, seat in ((True, small.seat(2, 3)), (False, small.seat(3, 3))):
        till.hold(seat)
        till.settle()
        line.loses_sales, line.sells_before_the_loss = True, is_made
        _pay(till)
        till.wait(lambda: taking.is_in_doubt)
        line.cut = line.loses_sales = False
        till.settle()
        taking.resolve()
        till.wait(lambda: not taking.is_in_doubt)
        till.settle()
        if is_made:
            _call_next(till)
    till.press(Qt.Key.Key_Escape)
    till.sheet()
    till.press(Qt.Key.Key_Return)
    till.settle()
    till.elsewhere(small.seat(4, 3))
    till.click(small.seat(4, 3))
    till.settle()


@SQLITE
@pytest.mark.parametrize("order", [_as_written, _reversed, _shuffled])
def test_a_customer_is_noted_the_same_in_whatever_order_the_parts_are_connected(
    make_till: Callable[[], Till],
    monkeypatch: pytest.MonkeyPatch,
    order: Callable[[list[Hearing]], list[Hearing]],
) -> None:
    notes, hearings = Notes(monkeypatch), SellScreen.hearings
    monkeypatch.setattr(SellScreen, "hearings", lambda screen: order(hearings(screen)))
    till = make_till()
    _work(till)
    assert notes.told == [
        # Asked for, held, paid, sold, the next customer called.
        *("1: 0 0", "1: 1 40", "1: 2 80", "1: 2 cash 80", "1: sold 80", "1: gone"),
        # In doubt, found to be sold, the next customer called.
        *("2: 0 0", "2: 1 40", "2: 1 cash 40", "2: 1 40", "2: sold 40", "2: gone"),
        # In doubt, found not to be sold, released.
        *("3: 0 0", "3: 1 40", "3: 1 cash 40", "3: 1 40", "3: gone"),
        # Asked for, and held by somebody else.
        *("4: 0 0", "4: gone"),
    ]
    assert not till.seats
    assert not till.journal.pending()
    assert till.house.database.read(judge_database) == ()


def _signals_used(function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """Yield what a function does to which signal: connect or emit; for a loop over signals, each of them."""
    nodes = list(ast.walk(function))
    loops = {
        node.target.id: node.iter.elts
        for node in nodes
        if isinstance(node, ast.For) and isinstance(node.target, ast.Name) and isinstance(node.iter, ast.Tuple)
    }
    for node in nodes:
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"connect", "emit"}
        ):
            signal = node.func.value
            for one in loops.get(signal.id, [signal]) if isinstance(signal, ast.Name) else [signal]:
                yield node.func.attr, ast.unparse(one)


def _foreign_signals(source: str) -> list[str]:
    """Return where a class connects or emits a signal of something that it was handed and did not make."""
    found: list[str] = []
    for made in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)):
        functions = [node for node in made.body if isinstance(node, ast.FunctionDef)]
        given = {function: {one.arg for one in function.args.args[1:]} for function in functions}
        kept = {
            ast.unparse(target)
            for function in functions
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and node.value.id in given[function]
            for target in node.targets
        }
        for function in functions:
            for use, signal in _signals_used(function):
                if any(signal.startswith(f"{name}.") for name in kept | given[function]):
                    found.append(f"{made.name}.{function.name}: {signal}.{use}")
    return found


def test_only_the_screen_connects_what_it_does_not_own_and_nobody_speaks_for_another() -> None:
    files = [path for path in Path(_ROOM).rglob("*.py") if path.name != "screen.py"]
    assert {path.name: told for path in files if (told := _foreign_signals(path.read_text(encoding="utf-8")))} == {}


@pytest.mark.parametrize(
    "line",
    [
        "hold.settled.connect(self.keep)",
        "self._hold.settled.connect(self.keep)",
        "for told in (self._hold.ticked, hold.expired): told.connect(self.keep)",
        "self._hold.basket_changed.emit()",
    ],
)
def test_a_part_that_listens_or_speaks_for_another_is_found(line: str) -> None:
    begin = "class Note:\n    def __init__(self, hold):\n        self._hold = hold\n        self.sheet = Sheet(hold)\n"
    assert _foreign_signals(f"{begin}        {line}\n")
    assert not _foreign_signals(f"{begin}        self.sheet.paid.connect(self.said)\n        self.said.emit()\n")
