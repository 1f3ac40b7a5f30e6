from __future__ import annotations

from pos_app.domain.picking.neighbors import RowNeighbors, RowOfHouse

FOCAL = (0.0, 0.0)


def rows(*middles: tuple[int, float, float]) -> list[RowOfHouse]:
    return [RowOfHouse(zone, 10 * i, 10 * i + 9, x, y) for i, (zone, x, y) in enumerate(middles)]


def test_the_rows_before_and_behind_are_neighbours_and_no_others() -> None:
    found = RowNeighbors(rows((0, 0, 100), (0, 0, 130), (0, 0, 160), (0, 0, 190)), FOCAL)
    assert [set(found.of(row)) for row in range(4)] == [{1}, {0, 2}, {1, 3}, {2}]


def test_a_cross_aisle_parts_no_neighbours() -> None:
    found = RowNeighbors(rows((0, 0, 100), (0, 0, 130), (0, 0, 400)), FOCAL)
    assert set(found.of(2)) == {1}


def test_the_same_row_beyond_an_aisle_is_a_neighbour() -> None:
    found = RowNeighbors(rows((0, -50, 100), (0, 50, 100), (0, -50, 200), (0, 50, 200)), FOCAL)
    assert set(found.of(0)) == {1, 2}


def test_a_row_of_another_zone_is_none() -> None:
    assert RowNeighbors(rows((0, 0, 100), (1, 0, 130)), FOCAL).of(0) == ()


def test_rows_that_are_passed_over_part_nobody() -> None:
    found = RowNeighbors(rows((0, 0, 100), (0, 0, 130), (0, 0, 160)), FOCAL, only=[0, 2])
    assert found.of(0) == (2,)
