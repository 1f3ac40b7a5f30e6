from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pos_app.domain.seats import Place
from pos_app.domain.tickets.faces import TicketFace
from pos_app.domain.tickets.group_cover import FEWEST_OF_A_GROUP, CoverRow, cover_of, in_ranges, is_group

EVENING = datetime(2026, 11, 28, 19, 30, tzinfo=UTC)


def face(
    number: int, *, row: str = "F", days: int = 0, kind: str = "Adult", given: bool = False, order: str = "K7PM3WQX"
) -> TicketFace:
    return TicketFace(
        ticket_id=number,
        event_title="The Nutcracker",
        venue_name="Foyer Playhouse",
        starts_at=EVENING + timedelta(days=days),
        doors_at=None,
        time_zone="Europe/Dublin",
        place=Place("Stalls", row, str(number)),
        category="A",
        ticket_type=kind,
        price_minor=0 if given else 5200,
        currency="EUR",
        order_number=order,
        short_code="ABCDEFGHJK",
        code="",
        customer_name="Harbour School",
        performance_id=days + 1,
        complimentary=given,
    )


@pytest.mark.parametrize(
    ("numbers", "written"),
    [
        ([], ""),
        (["", ""], ""),
        (["4"], "4"),
        (["1", "2"], "1, 2"),
        (["1", "2", "3"], "1-3"),
        (["10", "9", "8", "2", "12"], "2, 8-10, 12"),
        (["1", "3", "5"], "1, 3, 5"),
        (["A", "3", "2", "1", "12a", "007"], "1-3, A, 12a, 007"),
        (["9" * 5000], "9" * 5000),
        (["\u0664", "\u0665"], "\u0664, \u0665"),
    ],
)
def test_seat_numbers_are_written_shortly(numbers: list[str], written: str) -> None:
    assert in_ranges(numbers) == written.replace("-", "\N{EN DASH}")


def test_ten_tickets_of_one_order_are_a_group() -> None:
    ten = [face(number) for number in range(FEWEST_OF_A_GROUP)]
    assert FEWEST_OF_A_GROUP == 10
    assert is_group(ten)
    assert not is_group(ten[1:])
    assert not is_group([*ten[1:], face(11, order="ABCDEFGH")])
    assert not is_group([])


def test_places_are_grouped_by_row_and_types_are_counted_for_each_evening() -> None:
    faces = [*(face(number) for number in (4, 5, 6, 9)), face(1, row="G", kind="Child"), face(7, days=1)]
    cover = cover_of(faces, 31_200)
    first, second = cover.evenings
    assert first.rows == (CoverRow("Stalls", "F", "4\N{EN DASH}6, 9", 4), CoverRow("Stalls", "G", "1", 1))
    assert first.types == (("Adult", 4), ("Child", 1))
    assert (first.tickets, second.tickets, cover.tickets) == (5, 1, 6)
    assert second.starts_at == EVENING + timedelta(days=1)
    assert (cover.order_number, cover.customer_name, cover.total_minor) == ("K7PM3WQX", "Harbour School", 31_200)


def test_a_group_that_pays_nothing_is_shown_no_total_only_when_all_was_given_away() -> None:
    given = [face(number, given=True) for number in range(10)]
    assert cover_of(given, 0).total_minor is None
    assert cover_of([*given, face(11)], 5200).total_minor == 5200


def test_no_ticket_has_no_cover() -> None:
    with pytest.raises(ValueError, match="ticket"):
        cover_of([], 0)
