from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest

from pos_app.domain.seats import SeatKind
from pos_app.domain.waiting.matching import FreePlace, FreePlaces, Matched, Party, match
from pos_app.domain.waiting.passing import PassedOver, PassOver

if TYPE_CHECKING:
    from collections.abc import Iterable

A, B = 1, 2
STALLS, GALLERY = 1, 2


def seats(
    row: int, positions: Iterable[int], *, category: int = A, zone: int = STALLS, kind: str = SeatKind.SEAT
) -> list[FreePlace]:
    """Return free seats of a row; the id of a seat is its row times a hundred and its position."""
    return [FreePlace(row * 100 + at, category, zone, row, at, None, kind) for at in positions]


def standing(area: int, ids: Iterable[int], *, category: int = B, zone: int = GALLERY) -> list[FreePlace]:
    return [FreePlace(one, category, zone, None, at, area) for at, one in enumerate(ids)]


def served(parties: Iterable[Party], *free: list[FreePlace]) -> Matched:
    places = [place for some in free for place in some]
    random.Random(7).shuffle(places)
    return match(list(parties), FreePlaces(tuple(places)))


def party(entry: int, many: int, **more: object) -> Party:
    return Party(entry, many, **more)  # type: ignore[arg-type]


def test_the_first_that_fits_is_served_and_the_rest_is_left_for_all() -> None:
    done = served([party(1, 2), party(2, 2)], seats(1, (1, 2, 3, 4, 5)))
    assert done.offers == ((1, (101, 102)), (2, (103, 104)))
    assert done.left_over == (105,)
    assert done.passed_over == {}


def test_a_smaller_party_behind_gets_what_a_larger_one_cannot_have_and_it_is_told_why() -> None:
    done = served([party(1, 3), party(2, 1), party(3, 2)], seats(1, (1, 2)))
    assert done.offers == ((2, (101,)),)
    assert done.left_over == (102,)
    assert done.passed_over == {1: PassedOver(PassOver.TOO_FEW, 2), 3: PassedOver(PassOver.TOO_FEW, 1)}


def test_who_must_sit_together_is_never_split_not_over_an_aisle_and_not_over_two_rows() -> None:
    free = seats(1, (1, 2)), seats(1, (4, 5)), seats(2, (1,))
    done = served([party(1, 3)], *free)
    assert done.offers == ()
    assert done.passed_over == {1: PassedOver(PassOver.NOT_TOGETHER)}
    assert done.left_over == (101, 102, 104, 105, 201)
    apart = served([party(1, 3, together=False)], *free)
    assert apart.offers == ((1, (101, 102, 201)),), "a single seat is left to nobody where it need not be"


def test_a_row_of_the_same_number_in_another_zone_is_another_row() -> None:
    done = served([party(1, 2)], seats(1, (1,)), [FreePlace(999, A, GALLERY, 1, 2)])
    assert done.offers == ()


def test_who_may_be_split_sits_together_where_that_is_to_be_had() -> None:
    done = served([party(1, 2, together=False)], seats(1, (1,)), seats(2, (1, 2)), seats(3, (1,)))
    assert done.offers == ((1, (201, 202)),)


@pytest.mark.parametrize(
    ("wish", "got"),
    [
        ({"categories": frozenset({B})}, (201, 202)),
        ({"zones": frozenset({GALLERY})}, (301, 302)),
        ({"categories": frozenset({B}), "zones": frozenset({GALLERY})}, ()),
        ({"categories": frozenset({A, B})}, (101, 102)),
    ],
)
def test_only_what_will_do_is_offered(wish: dict[str, frozenset[int]], got: tuple[int, ...]) -> None:
    free = seats(1, (1, 2)), seats(2, (1, 2), category=B), seats(3, (1, 2), zone=GALLERY)
    done = served([party(1, 2, **wish)], *free)
    assert [places for _, places in done.offers] == ([got] if got else [])
    assert done.passed_over == ({} if got else {1: PassedOver(PassOver.NO_CATEGORY)})


def test_a_category_ends_in_the_middle_of_a_row() -> None:
    row = seats(1, (1, 2)) + seats(1, (3, 4), category=B)
    assert served([party(1, 3, categories=frozenset({A}))], row).offers == ()
    assert served([party(1, 2, categories=frozenset({B}))], row).offers == ((1, (103, 104)),)
    assert served([party(1, 3)], row).offers == ((1, (101, 102, 103)),)


def test_the_places_of_an_area_are_together_and_those_of_two_areas_are_not() -> None:
    lawn, steps = standing(7, (11, 15, 19)), standing(8, (30,))
    assert served([party(1, 3)], lawn, steps).offers == ((1, (11, 15, 19)),)
    assert served([party(1, 4)], lawn, steps).passed_over == {1: PassedOver(PassOver.NOT_TOGETHER)}
    assert served([party(1, 4, together=False)], lawn, steps).offers == ((1, (11, 15, 19, 30)),)


def test_no_single_seat_is_left_where_that_costs_nothing() -> None:
    three, four, two = seats(1, (1, 2, 3)), seats(2, (1, 2, 3, 4)), seats(3, (1, 2))
    assert served([party(1, 2)], three, four, two).offers == ((1, (301, 302)),), "what fits exactly"
    assert served([party(1, 2)], three, four).offers == ((1, (201, 202)),), "two are left, not one"
    assert served([party(1, 2)], three).offers == ((1, (101, 102)),), "but a party is served before a seat is spared"


def test_a_place_for_a_wheelchair_is_offered_to_who_asks_for_its_category_alone() -> None:
    row = seats(1, (1,), kind=SeatKind.WHEELCHAIR, category=B) + seats(1, (2,), kind=SeatKind.COMPANION, category=B)
    assert served([party(1, 2)], row).passed_over == {1: PassedOver(PassOver.NO_CATEGORY)}
    assert served([party(1, 2, categories=frozenset({B}))], row).offers == ((1, (101, 102)),)
    assert served([party(1, 1)], seats(2, (1,), kind=SeatKind.RESTRICTED)).offers == ((1, (201,)),)


def test_a_seat_without_a_row_has_no_neighbours() -> None:
    loose = [FreePlace(1, A, STALLS, None, 1), FreePlace(2, A, STALLS, None, 2)]
    assert served([party(1, 2)], loose).passed_over == {1: PassedOver(PassOver.NOT_TOGETHER)}


def test_nobody_is_passed_over_when_nothing_is_left_at_all() -> None:
    done = served([party(1, 1), party(2, 1)], seats(1, (1,)))
    assert done.offers == ((1, (101,)),)
    assert done.passed_over == {}
    assert served([party(1, 1)]) == Matched()


def test_every_seat_is_offered_once_or_left_over_whatever_is_asked() -> None:
    dice = random.Random(42)
    for _ in range(200):
        free = [
            place
            for row in range(1, 6)
            for place in seats(row, sorted(dice.sample(range(1, 12), 7)), category=dice.choice((A, B)))
        ] + standing(9, range(9_000, 9_005))
        parties = [
            party(
                entry,
                dice.randint(1, 6),
                together=dice.random() < 0.7,
                categories=frozenset(dice.sample((A, B), dice.randint(0, 1))),
            )
            for entry in range(20)
        ]
        done = match(parties, FreePlaces(tuple(free)))
        given = [seat for _, places in done.offers for seat in places]
        assert sorted([*given, *done.left_over]) == sorted(place.seat_id for place in free)
        by_id = {place.seat_id: place for place in free}
        for entry, places in done.offers:
            assert len(places) == parties[entry].seats
            if parties[entry].together:
                rows = {(by_id[seat].zone, by_id[seat].row, by_id[seat].area) for seat in places}
                assert len(rows) == 1
                where = sorted(by_id[seat].position for seat in places)
                assert by_id[places[0]].area or where == list(range(where[0], where[0] + len(where)))
        for entry, why in done.passed_over.items():
            if why.why is PassOver.TOO_FEW:
                assert why.found < parties[entry].seats


def test_five_hundred_parties_and_two_hundred_seats_take_no_time() -> None:
    free = [place for row in range(1, 51) for place in seats(row, (1, 2, 3, 4), category=row % 3)]
    parties = [
        party(
            entry, 1 + entry % 5, together=entry % 7 != 0, categories=frozenset({entry % 4}), zones=frozenset({STALLS})
        )
        for entry in range(500)
    ]
    began = time.perf_counter()
    done = match(parties, FreePlaces(tuple(free)))
    assert time.perf_counter() - began < 0.5
    assert len(done.offers) > 50
