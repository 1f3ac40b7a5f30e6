"""The reservations that wait to be picked up, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.codes import grouped
from pos_app.domain.seats import tell_places
from pos_app.ui.records.table.columns import Column
from pos_app.ui.records.table.view import RecordTable
from pos_app.ui.screens.orders.kept_words import near_tone, near_words, open_words
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.evenings import shown_day_when, standing_when
from pos_app.ui.words.lists import listed, side_by_side
from pos_app.ui.words.sentences import spoken, spoken_count
from pos_app.ui.words.times import shown_moment

if TYPE_CHECKING:
    from pos_app.domain.orders.reservations import OpenReservation


def reservations_table() -> RecordTable:
    """Return an empty table of reservations, that which ends first above."""
    columns: tuple[Column[OpenReservation], ...] = (
        Column(
            "until",
            _tr("Kept until"),
            lambda one: shown_moment(one.release_at, one.time_zone),
            lambda one: one.release_at,
            lower=_state,
            tone=_tone,
            width=150,
            roomy=180,
        ),
        Column("customer", _tr("Name"), lambda one: one.customer_name, lower=_about, width=190, roomy=260, strong=True),
        Column("seats", _tr("Seats"), _seats, _first_start, lower=_evenings),
        Column(
            "owed",
            _tr("Owed"),
            lambda one: shown_amount(one.owed_minor, one.currency),
            lambda one: one.owed_minor,
            lower=lambda one: spoken_count("{count} seat", "{count} seats", one.seats),
            width=104,
            right=True,
            strong=True,
        ),
        Column("order", _tr("Order"), lambda one: grouped(one.number), width=116, roomy=124),
    )
    return RecordTable("reservations", columns, key=lambda one: one.order_id, search=lambda one: (one.number,))


def _state(one: OpenReservation) -> str:
    """Say where it is open, else how long it still has where that is not long."""
    return open_words(one.open_at) or near_words(one.seconds_left)


def _tone(one: OpenReservation) -> str:
    return "accent" if one.open_at else near_tone(one.seconds_left)


def _about(one: OpenReservation) -> str:
    return side_by_side(one.phone, one.note)


def _seats(one: OpenReservation) -> str:
    return spoken(tell_places(place for seats in one.performances for place in seats.places))


def _first_start(one: OpenReservation) -> tuple[object, ...]:
    return tuple((seats.starts_at, seats.performance_id) for seats in one.performances[:1])


def _evenings(one: OpenReservation) -> str:
    evenings = one.performances
    if len(evenings) == 1:
        return side_by_side(evenings[0].title, standing_when(evenings[0]))
    return listed(side_by_side(seats.title, shown_day_when(seats)) for seats in evenings)


def _tr(words: str) -> str:
    return QCoreApplication.translate("ReservationsTable", words)
