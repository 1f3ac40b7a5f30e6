"""A wall clock that is wrong, for a process that does nothing else: Python's time and datetime, wherever imported.

The monotonic clock stays right, as it does on a computer whose date was set wrong.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

_real_time, _real_time_ns = time.time, time.time_ns
_real_localtime, _real_gmtime = time.localtime, time.gmtime


def set_clock_wrong(seconds: float) -> None:
    """Put this process's wall clock forward (or back, when negative), for good."""
    time.time = lambda: _real_time() + seconds
    time.time_ns = lambda: _real_time_ns() + int(seconds * 1_000_000_000)
    time.localtime = lambda moment=None: _real_localtime(time.time() if moment is None else moment)
    time.gmtime = lambda moment=None: _real_gmtime(time.time() if moment is None else moment)
    wrong_datetime, wrong_date = _wrong_classes(timedelta(seconds=seconds))
    replaced = {datetime: wrong_datetime, date: wrong_date}
    for module in [one for name, one in sys.modules.items() if name != __name__]:
        for name, value in list(vars(module).items()):
            if value is datetime or value is date:
                setattr(module, name, replaced[value])
    assert dt.datetime is wrong_datetime


def _wrong_classes(ahead: timedelta) -> tuple[type, type]:
    """Return stand-ins for datetime and date: they tell the wrong time, and all that they make is real."""

    class OfReal(type):
        real: type

        def __instancecheck__(cls, one: Any) -> bool:
            return isinstance(one, cls.real)

    class WrongDatetime(datetime, metaclass=OfReal):
        real = datetime

        def __new__(cls, *parts: Any, **more: Any) -> Any:
            return datetime(*parts, **more)  # noqa: DTZ001 - the caller says whether with a zone

        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime.now(tz) + ahead

        @classmethod
        def utcnow(cls) -> Any:
            return datetime.now(UTC).replace(tzinfo=None) + ahead

        @classmethod
        def today(cls) -> Any:
            return datetime.now() + ahead  # noqa: DTZ005 - what it stands for is without a zone

    class WrongDate(date, metaclass=OfReal):
        real = date

        def __new__(cls, *parts: Any, **more: Any) -> Any:
            return date(*parts, **more)

        @classmethod
        def today(cls) -> Any:
            return (datetime.now() + ahead).date()  # noqa: DTZ005 - as above

    return WrongDatetime, WrongDate
