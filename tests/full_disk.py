"""A disk that takes nothing any more: from a certain step of writing on, or at that step alone."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest

FAULTS = (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO, errno.EMFILE)


class FullDisk:
    """Stands before the system calls that make files larger or new, in this process.

    at: the step (from 1) at which it begins to refuse; 0: never, it only counts. only: that step and no later one.
    In a full disk's room that is taken already may be written over: refuses_rewriting False.
    """

    def __init__(self, patch: pytest.MonkeyPatch, fault: int = errno.ENOSPC, *, refuses_rewriting: bool = True) -> None:
        self.at, self.only, self.steps = 0, False, 0
        self._fault = fault
        self._rewriting = refuses_rewriting
        self._grown: set[int] = set()
        for name in ("open", "write", "fsync", "mkdir", "replace"):
            patch.setattr(os, name, self._standing_before(name, getattr(os, name)))

    def refuse(self, at: int = 1, *, only: bool = False) -> None:
        """Begin anew to count, and refuse at this step."""
        self.at, self.only, self.steps = at, only, 0

    def _standing_before(self, name: str, call: Any) -> Any:
        def instead(*args: Any, **more: Any) -> Any:
            if self._makes_larger(name, args):
                self.steps += 1
                if self.at and (self.steps == self.at or (self.steps > self.at and not self.only)):
                    raise OSError(self._fault, os.strerror(self._fault))
            done = call(*args, **more)
            if name == "open" and self._makes_larger(name, args):
                self._grown.add(done)
            elif name == "open":
                self._grown.discard(done)
            return done

        return instead

    def _makes_larger(self, name: str, args: tuple[Any, ...]) -> bool:
        if name == "open":
            return bool(args[1] & os.O_CREAT) or (self._rewriting and bool(args[1] & os.O_WRONLY))
        if name in {"write", "fsync"}:
            return self._rewriting or args[0] in self._grown
        return name == "mkdir" or self._rewriting
