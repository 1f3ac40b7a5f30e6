"""Passwords and keys of tests are hashed with the least work; what the program spends on them can be looked at."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from pos_app.documents import house_keys
from pos_app.services.staff import passwords

if TYPE_CHECKING:
    import pytest
    from argon2 import PasswordHasher

_hasher_of_the_program = passwords._hasher
COSTS_OF_THE_PROGRAM: Final = (house_keys._TIME_COST, house_keys._MEMORY_KIB, house_keys._LANES)
"""Of the key that wraps a house's keys: turns, KiB, lanes."""


def hasher_of_the_program() -> PasswordHasher:
    """Return what hashes passwords and PINs where no test has made it cheap."""
    return _hasher_of_the_program()


@cache
def _cheap_hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def spend_as_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash in this test as the program does, which is what a process of its own has done or will do."""
    monkeypatch.setattr(passwords, "_hasher", _hasher_of_the_program)
    for name, cost in zip(("_TIME_COST", "_MEMORY_KIB", "_LANES"), COSTS_OF_THE_PROGRAM, strict=True):
        monkeypatch.setattr(house_keys, name, cost)


def make_secrets_cheap() -> None:
    """Let this process hash as cheaply as argon2id can, from now on: a third of a second becomes nothing."""
    passwords._hasher = _cheap_hasher
    house_keys._TIME_COST = 1  # type: ignore[misc]
    house_keys._MEMORY_KIB = 8  # type: ignore[misc]
    house_keys._LANES = 1  # type: ignore[misc]
