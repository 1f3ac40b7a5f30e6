from __future__ import annotations

import pytest

from pos_app.domain.picking.part_sizes import Shape, offsets, part_sizes

ALONE = Shape(6, 0, 0)
"""Six free seats between two taken ones."""


def test_a_part_leaves_no_single_seat_over_where_it_can() -> None:
    assert offsets(ALONE, 4, avoid_orphans=True) == (0, (0, 2))
    assert offsets(ALONE, 5, avoid_orphans=True) == (1, (0, 1))
    assert offsets(ALONE, 5, avoid_orphans=False) == (0, (0, 1))


def test_free_seats_beyond_the_run_keep_a_seat_company() -> None:
    assert offsets(Shape(6, 0, 2), 5, avoid_orphans=True) == (0, (0,))


@pytest.mark.parametrize(
    ("count", "lengths", "sizes"),
    [
        (8, (4, 4), (4, 4)),
        (8, (6, 6), (4, 4)),  # equal parts, and no single seat over
        (5, (4, 4), (2, 3)),
        (3, (2, 2), (1, 2)),  # somebody has to sit alone
    ],
)
def test_a_party_is_shared_out_evenly(count: int, lengths: tuple[int, ...], sizes: tuple[int, ...]) -> None:
    found = part_sizes(count, tuple(Shape(length, 0, 0) for length in lengths), avoid_orphans=True)
    assert found is not None
    assert tuple(sorted(found[1])) == sizes


def test_a_party_that_does_not_fit_is_not_shared_out() -> None:
    assert part_sizes(9, (Shape(4, 0, 0), Shape(4, 0, 0)), avoid_orphans=True) is None
    assert part_sizes(1, (Shape(4, 0, 0), Shape(4, 0, 0)), avoid_orphans=True) is None
