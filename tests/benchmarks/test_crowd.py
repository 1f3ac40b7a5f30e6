"""What goes wrong with one design takes no figure from the others, and what is tried again is counted."""

from __future__ import annotations

import itertools

import pymysql
import pytest
from sqlalchemy.exc import OperationalError

from pos_app.domain.errors import ServerBusy
from pos_app.domain.sentences import say
from tests.benchmarks.crowd import Pace, _measure, _together
from tests.benchmarks.figures import Figure, table
from tests.benchmarks.hold_designs import tried_again


def deadlock() -> OperationalError:
    return OperationalError("UPDATE", {}, pymysql.err.OperationalError(1213, "Deadlock found"))


def test_a_deadlock_is_tried_again_and_counted() -> None:
    answers = iter(
        [deadlock(), pymysql.err.OperationalError(1205, "Lock wait timeout"), ServerBusy(say("Busy.")), None]
    )
    rolled_back: list[int] = []

    def deed() -> None:
        if (error := next(answers)) is not None:
            raise error

    assert tried_again(deed, lambda: rolled_back.append(1)) == 3
    assert len(rolled_back) == 2


def test_an_error_of_another_kind_is_not_tried_again() -> None:
    tries = itertools.count()

    def deed() -> None:
        next(tries)
        raise pymysql.err.OperationalError(1146, "No such table")

    with pytest.raises(pymysql.err.OperationalError):
        tried_again(deed)
    assert next(tries) == 1


def test_a_design_that_fails_is_told_and_the_others_are_measured() -> None:
    def fail() -> int:
        raise deadlock()

    good, bad = [Pace(), Pace()], [Pace(), Pace()]
    for pace in (*good, bad[0]):
        _measure(lambda: 2, pace, 0.01)
    _measure(fail, bad[1], 0.01)
    assert _together(good).mean > 0
    assert _together(good).again == sum(pace.again for pace in good) > 0
    assert "Deadlock found" in _together(bad).failure
    told = table([Figure("holds", None, "x", 3.0), Figure("sales", 70.0, "sales/s")])
    assert "NOT MEASURED" in told
    assert "70 sales/s" in told
