from __future__ import annotations

from datetime import UTC, datetime

from pos_app.domain.seats import Place
from pos_app.domain.selling.performance_seats import PerformanceSeats, seats_of_faces
from pos_app.domain.tickets.faces import TicketFace

AT = datetime(2026, 11, 28, 19, 30, tzinfo=UTC)


def test_the_places_of_an_evening_are_told_in_one_line() -> None:
    places = (*(Place("Stalls", "G", number) for number in ("12", "13", "18")), Place("Standing", "", ""))
    assert (
        PerformanceSeats(7, "Play", AT, "UTC", places).spoken()
        == "Stalls, row G, seats 12\u201313, 18; Standing, 1 place"
    )


def _face(performance_id: int, number: str) -> TicketFace:
    place, words = Place("Stalls", "G", number), ("Adult", 4000, "EUR", "ABCD2345", "7K4M", "1")
    return TicketFace(1, "Play", "House", AT, None, "UTC", place, "A", *words, performance_id=performance_id)


def test_tickets_of_two_evenings_are_told_evening_by_evening() -> None:
    found = seats_of_faces([_face(7, "12"), _face(8, "1"), _face(7, "13")])
    assert [(one.performance_id, str(one.spoken())) for one in found] == [
        (7, "Stalls, row G, seats 12\u201313"),
        (8, "Stalls, row G, seat 1"),
    ]
    assert (found[0].title, found[0].starts_at, found[0].time_zone) == ("Play", AT, "UTC")
