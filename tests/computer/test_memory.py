from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from pos_app.computer.journal import Journal, PendingSale
from pos_app.computer.memory import TillMemory, has_left

if TYPE_CHECKING:
    from pathlib import Path

SALE = PendingSale("a1", "basket", 3, 4000, "EUR", "cash", "Stalls, row A, seat 1")
HOUSE = "mysql://box-office/foyer"


@pytest.fixture
def closing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TillMemory:
    """Give a window without a customer that closes at the moment another one looks into its folder."""
    window, look = TillMemory(tmp_path, HOUSE, 3), os.scandir

    def close_and_look(path: Any) -> Any:
        if str(path) == str(window.journal.folder):
            monkeypatch.undo()
            window.close()
        return look(path)

    monkeypatch.setattr(os, "scandir", close_and_look)
    return window


def test_what_a_dead_window_left_is_seen_at_a_glance(tmp_path: Path) -> None:
    assert not has_left(tmp_path)
    window = TillMemory(tmp_path, HOUSE, 3)
    assert not has_left(tmp_path)
    window.journal.note(SALE)
    window.close()
    assert has_left(tmp_path)


def test_a_window_that_closes_while_another_one_glances_has_left_nothing(closing: TillMemory, tmp_path: Path) -> None:
    assert not has_left(tmp_path)
    assert not closing.journal.folder.exists()


def test_a_window_that_closes_while_its_baskets_are_counted_has_none(closing: TillMemory) -> None:
    assert Journal(closing.journal.folder).basket_keys() == frozenset()
    assert not closing.journal.folder.exists()
