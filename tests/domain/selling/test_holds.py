from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.holds import MOST_SECONDS, by_performance, extension, read_places, write_places

SEATS = st.builds(SeatKey, st.integers(1, 5), st.integers(1, 10**6))


@given(st.lists(SEATS, max_size=50))
def test_places_that_were_written_are_read_again_sorted(seats: list[SeatKey]) -> None:
    assert read_places(write_places(seats)) == tuple(sorted(set(seats)))


@given(st.lists(SEATS, max_size=50))
def test_every_till_takes_seats_in_the_same_order(seats: list[SeatKey]) -> None:
    groups = by_performance(seats)
    assert groups == by_performance(reversed(seats))
    assert [performance for performance, _ in groups] == sorted({seat.performance_id for seat in seats})
    assert all(ids == sorted(set(ids)) for _, ids in groups)


@given(st.floats(0, MOST_SECONDS), st.floats(1, MOST_SECONDS))
def test_an_extension_never_goes_beyond_thirty_minutes(age: float, total: float) -> None:
    assert extension(age_seconds=age, total_seconds=total) == min(MOST_SECONDS, age + total)
