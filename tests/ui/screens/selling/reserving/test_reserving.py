"""Seats that are kept under a name, unpaid: from the basket, by one key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt

from pos_app.domain.codes import grouped
from pos_app.domain.errors import OutcomeUnknown
from pos_app.domain.house.settings import HouseSettings
from pos_app.domain.seats import MapState
from pos_app.domain.sentences import say
from pos_app.services.house.settings import save_house_settings
from pos_app.services.orders.reservations.listing import list_reservations
from pos_app.services.orders.reservations.making import reserve
from pos_app.ui.screens.selling.reserving.sheet import ReserveSheet
from pos_app.ui.screens.selling.reserving.until import AT
from tests.kinds import SQLITE
from tests.services.promo_codes.test_redeeming import make_code

if TYPE_CHECKING:
    import pytest

    from pos_app.domain.orders.reservations import OpenReservation
    from tests.ui.screens.selling.conftest import Till

pytestmark = SQLITE


def _ask(till: Till, *numbers: int) -> ReserveSheet:
    """Hold seats and press the key; the time is known then."""
    till.hold(*(till.house.small.seat(1, number) for number in numbers))
    till.press(Qt.Key.Key_F6)
    sheet = till.sheet()
    assert isinstance(sheet, ReserveSheet)
    till.wait(lambda: sheet.until is not None)
    return sheet


def _reserved(till: Till) -> tuple[OpenReservation, ...]:
    return till.house.database.read(list_reservations, till.house.small.cashier)


def _decide(till: Till, **decided: Any) -> None:
    database, manager = till.house.database, till.house.small.manager
    database.transact(save_house_settings, manager, HouseSettings(), HouseSettings(**decided))


def test_a_name_and_enter_reserve_the_basket_until_the_usual_time(till: Till) -> None:
    sheet = _ask(till, 3, 4)
    assert sheet.until is not None
    assert sheet.until.words.startswith("Kept until ")
    assert sheet.total.text() == "€80.00"
    till.type("Novak")
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.is_open)
    (made,) = _reserved(till)
    assert (made.customer_name, made.seats, made.owed_minor) == ("Novak", 2, 8000)
    panel = till.screen.tickets.panel
    assert panel.number.text == grouped(made.number)
    assert not till.seats, "the basket is the next customer's"
    till.wait(lambda: panel.preview.images)
    assert panel.print_line.words.startswith("The slip is saved as ")
    till.press(Qt.Key.Key_Return)
    assert not till.screen.tickets.is_open
    till.poll()
    till.wait(lambda: till.state(till.house.small.seat(1, 3)) not in {MapState.MINE, MapState.FREE})


def test_without_a_name_it_is_said_beside_the_field(till: Till) -> None:
    sheet = _ask(till, 3)
    till.press(Qt.Key.Key_Return)
    assert sheet.is_open
    assert sheet._wrong_name.text() == "Type the name that the seats are kept under."
    till.settle()
    line, said = (part.mapTo(sheet, QPoint(0, 0)).y() for part in (sheet.finder.line, sheet._wrong_name))
    assert 0 < said - line - sheet.finder.line.height() < 16, "beside its field"
    till.type("Novak")
    assert not sheet._wrong_name.isVisible()
    till.press(Qt.Key.Key_Escape)
    assert not till.is_asking()
    assert till.seats == (till.house.small.seat(1, 3),), "the basket is as it was"


def test_a_time_that_has_passed_is_refused_beside_it_and_nothing_typed_is_lost(till: Till) -> None:
    sheet = _ask(till, 3)
    till.type("Novak")
    assert sheet.until is not None
    sheet.until.choices._buttons[AT].click()
    sheet.until.moment.date.setDate(sheet.until.moment.date.date().addDays(-3))
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: sheet.until is not None and sheet.until.problem)
    assert sheet.until.problem == "That time has passed already."
    assert sheet.finder.name == "Novak"
    sheet.until.moment.date.setDate(sheet.until.moment.date.date().addDays(30))
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: sheet.until is not None and "after the performance has begun" in sheet.until.problem)
    assert not _reserved(till)


def test_what_the_house_does_not_allow_is_told_in_the_sheet(till: Till) -> None:
    _decide(till, reservation_seats=1)
    sheet = _ask(till, 3, 4)
    assert sheet.problem.text().startswith("One reservation keeps 1 seat at the most.")
    till.type("Novak")
    till.press(Qt.Key.Key_Return)
    till.settle()
    assert sheet.problem.text().endswith("Esc, then give some back, or sell them."), "what to do stays said"
    assert not _reserved(till)


def test_too_late_for_a_reservation_is_told_at_once_with_the_performance(till: Till) -> None:
    _decide(till, reservation_ends=48 * 60)
    sheet = _ask(till, 3)
    assert sheet.problem.text().startswith("Nothing is reserved of “")
    assert sheet.problem.text().endswith("in the last 2 days before the start. Sell the seats.")
    assert not _reserved(till)


def test_an_answer_that_is_lost_is_asked_for_until_it_is_known(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = _ask(till, 3)
    till.type("Novak")
    real = till.line.transact
    asked: list[str] = []

    def lose(service: Any, /, *args: Any, **kwargs: Any) -> Any:
        if service is reserve:
            asked.append(args[1].request_id)
            real(service, *args, **kwargs)
            raise OutcomeUnknown(say("The connection broke."))
        return real(service, *args, **kwargs)

    monkeypatch.setattr(till.line, "transact", lose)
    till.screen.checkout.taking._again.setInterval(10)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.is_open)
    assert not sheet.is_open
    assert len(_reserved(till)) == len(asked) == 1


def test_what_was_lost_before_it_was_reserved_can_be_tried_again(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = _ask(till, 3)
    till.type("Novak")
    real = till.line.transact
    asked: list[str] = []

    def lose(service: Any, /, *args: Any, **kwargs: Any) -> Any:
        if service is reserve:
            asked.append(args[1].request_id)
            if len(asked) == 1:
                raise OutcomeUnknown(say("The connection broke."))
        return real(service, *args, **kwargs)

    monkeypatch.setattr(till.line, "transact", lose)
    till.screen.checkout.taking._again.setInterval(10)
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: sheet.problem.text().startswith("It was not reserved."))
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.is_open)
    assert len(set(asked)) == 1, "the same request, however often"


def test_no_server_leaves_everything_typed(till: Till) -> None:
    sheet = _ask(till, 3)
    till.type("Novak")
    till.line.cut = True
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: sheet.problem.text().startswith("The server cannot be reached."))
    till.settle()
    till.line.cut = False
    assert sheet.finder.name == "Novak"
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.is_open)


def test_a_code_that_was_typed_is_taken_before_the_seats_are_reserved(till: Till) -> None:
    till.house.database.transact(make_code)
    till.hold(*till.house.small.seats_of(1, (3, 4)))
    till.press(Qt.Key.Key_F11)
    till.type("winter10")
    till.press(Qt.Key.Key_F6)
    till.wait(lambda: till.screen.reserving.is_open)
    sheet = till.screen.reserving.sheet
    assert sheet is not None
    assert sheet.total.text() == "€72.00"
    till.wait(lambda: sheet.until is not None)
    till.type("Novak")
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.screen.tickets.is_open)
    (made,) = _reserved(till)
    assert made.owed_minor == 7200


def test_nothing_is_reserved_without_a_code_that_was_typed_and_is_none(till: Till) -> None:
    till.hold(till.house.small.seat(1, 3))
    till.press(Qt.Key.Key_F11)
    till.type("nonesuch")
    till.press(Qt.Key.Key_F6)
    till.wait(lambda: till.said)
    assert "nothing is reserved without it" in till.said
    assert till.screen.basket_panel.promo.line.text().startswith("There is no promo code")
    assert not till.is_asking()
    till.press(Qt.Key.Key_Escape)
    till.press(Qt.Key.Key_F6)
    till.wait(lambda: till.screen.reserving.is_open)
    assert not till.screen.banner.isVisible()


def test_a_single_seat_left_over_is_told_before_it_is_reserved_and_the_same_key_goes_on(till: Till) -> None:
    small = till.house.small
    till.hold(*small.seats_of(1, (2, 3)))
    till.press(Qt.Key.Key_F6)
    till.wait(lambda: "single seat" in till.said)
    till.settle()
    assert not till.is_asking()
    till.press(Qt.Key.Key_F6)
    till.wait(lambda: till.screen.reserving.is_open)
    assert not till.screen.banner.isVisible()
    till.press(Qt.Key.Key_Escape)
    till.wait(lambda: not till.is_asking())
    till.press(Qt.Key.Key_F6)
    till.wait(lambda: till.screen.reserving.is_open)
    assert till.seats == small.seats_of(1, (2, 3)), "it is decided, and not told again"


def test_one_key_moves_away_from_a_single_seat_before_it_is_reserved(till: Till) -> None:
    small = till.house.small
    till.hold(*small.seats_of(1, (2, 3)))
    till.press(Qt.Key.Key_F6)
    till.wait(lambda: "single seat" in till.said)
    till.press(Qt.Key.Key_F5)
    till.wait(lambda: set(till.seats) == set(small.seats_of(1, (1, 2))))
    till.settle()
    till.press(Qt.Key.Key_F6)
    till.wait(lambda: till.screen.reserving.is_open)
    assert not till.said


def test_the_key_waits_for_seats_that_are_on_their_way(till: Till) -> None:
    till.click(till.house.small.seat(1, 3))
    till.press(Qt.Key.Key_F6)
    till.wait(lambda: till.screen.reserving.is_open)
