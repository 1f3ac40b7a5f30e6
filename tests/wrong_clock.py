"""Sets the time of day of this process wrong, for all of Python; the steady clocks go on as they are."""

from __future__ import annotations

import ctypes
import gc
import time
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo


def set_clock_wrong(seconds: float) -> None:
    """Let the time of day run so many seconds ahead of the true one, or behind it; never to be taken back."""
    true_time, true_now = time.time, datetime.now
    by = timedelta(seconds=seconds)

    def now(_kind: type, tz: tzinfo | None = None) -> datetime:
        return (true_now(UTC) + by).astimezone(tz) if tz else (true_now(UTC) + by).astimezone().replace(tzinfo=None)

    _replace(datetime, "now", now)
    _replace(datetime, "utcnow", lambda kind: now(kind, UTC).replace(tzinfo=None))
    _replace(datetime, "today", now)
    _replace(date, "today", lambda kind: now(kind).date())
    time.time = lambda: true_time() + seconds
    time.time_ns = lambda: int((true_time() + seconds) * 1e9)
    for name in ("localtime", "gmtime", "ctime"):
        setattr(time, name, _now_by_default(getattr(time, name)))


def _now_by_default(of_moment: Callable[[float], Any]) -> Callable[..., Any]:
    return lambda at=None: of_moment(time.time() if at is None else at)


def _replace(kind: type, name: str, method: Callable[..., Any]) -> None:
    """Replace a class method of a type that is written in C, whose members cannot be set."""
    (members,) = gc.get_referents(kind.__dict__)
    members[name] = classmethod(method)
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(kind))
