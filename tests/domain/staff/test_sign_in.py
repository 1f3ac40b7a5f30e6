from __future__ import annotations

from pos_app.domain.staff.sign_in import FREE_TRIES, LONGEST_WAIT_SECONDS, wait_after


def test_each_wrong_try_waits_at_least_as_long_as_the_one_before() -> None:
    waits = [wait_after(failures) for failures in range(100)]
    assert waits[:FREE_TRIES] == [0] * FREE_TRIES
    assert waits[FREE_TRIES : FREE_TRIES + 3] == [5, 10, 20]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT_SECONDS
