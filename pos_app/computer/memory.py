"""What a till remembers beyond its windows: each writes in a folder of its own, and a new one finds those of the dead.

    STATE/journal/HOUSE/WINDOW/     the notes of one window (flows/journal.py)
    STATE/journal/HOUSE/WINDOW.lease    held by that window while it lives

HOUSE is made of the address of the database and the till's number there, so that the demo and the real house never mix.
"""

from __future__ import annotations

import hashlib
import logging
import os
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pos_app.computer.files import make_folder
from pos_app.computer.journal import Journal
from pos_app.computer.leases import Lease, take_lease
from pos_app.domain.disk_faults import refusing_disk
from pos_app.domain.selling.basket_notes import BasketNote
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)

_NAME_LENGTH: Final = 16
_NOT_FOUND: Final = say("What was cut off at this till cannot be looked for")
_NOT_FORGOTTEN: Final = say("This till cannot remove a note of a sale that is settled")


@dataclass(frozen=True)
class LeftCustomer:
    """A customer of a window that was cut off. settle() once the person at the till knows what became of it."""

    note: BasketNote
    _folder: _LeftFolder

    def settle(self) -> None:
        """Forget the customer there."""
        self._folder.drop(self.note.basket_key)


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What windows that were cut off have left, the last customer first. unreadable: notes that were put aside."""

    customers: tuple[LeftCustomer, ...]
    unreadable: int


def has_left(state_folder: Path) -> bool:
    """Tell whether a window of this computer has left a customer, at whatever box office; a glance at file names."""
    # Another window may remove its folder while this one looks.
    walked = os.walk(state_folder / "journal")
    return any(name.endswith((".basket", ".json")) for _, _, names in walked for name in names)


class TillMemory:
    """The memory of one till at one box office, as one window has it. Close it at the end.

    Where the disk takes no folder for it, it is in this program alone, and nothing is found by another window: the till
    sells on (see Journal).
    """

    def __init__(self, state_folder: Path, house: str, till_id: int) -> None:
        self._house = f"{house}, till {till_id}"
        name = hashlib.sha256(self._house.encode()).hexdigest()[:_NAME_LENGTH]
        self._place = state_folder / "journal" / name
        self._lease: Lease | None
        try:
            self.journal, self._lease = self._begin()
        except OSError as error:
            _log.warning("Sales of this till are noted in its memory only: %s", error)
            self.journal, self._lease = Journal(self._place / uuid.uuid4().hex, self._house, refused=error), None
        self._left: dict[Path, _LeftFolder] = {}

    def begin_anew(self) -> None:
        """Leave the customer at the counter to whoever signs in next, as a window that was cut off leaves one.

        Raises OSError: then all stays as it is, and the next window finds the customer.
        """
        journal, lease = self._begin()
        before, self._lease = self._lease, lease
        left, self.journal = self.journal, journal
        left.hand_on(journal)
        if before is not None:
            before.close()
        left.clear_away()

    def find_left(self) -> LeftBehind:
        """Read what windows of this till that are no more have left; from now on it is this window's to settle.

        Raises DiskRefused: ask again.
        """
        with refusing_disk(_NOT_FOUND):
            for folder in self._others():
                if folder not in self._left and (lease := take_lease(_lease_of(folder))) is not None:
                    self._left[folder] = _LeftFolder(Journal(folder, self._house), lease)
        ages: list[tuple[float, LeftCustomer]] = []
        unreadable = 0
        for left in self._left.values():
            ages += left.customers()
            unreadable += left.journal.unreadable
            left.journal.unreadable = 0
            left.close_if_empty()
        self._left = {folder: left for folder, left in self._left.items() if not left.is_closed}
        newest = sorted(ages, key=lambda pair: pair[0], reverse=True)
        # A window that was cut off while it took another's customer over has left the same one twice.
        customers = {customer.note.basket_key: customer for _, customer in reversed(newest)}
        return LeftBehind(tuple(reversed(customers.values())), unreadable)

    def keys_of_others(self) -> frozenset[str]:
        """Return the baskets of the other windows of this till, alive or not. Raises DiskRefused."""
        with refusing_disk(_NOT_FOUND):
            return frozenset[str]().union(*(Journal(folder).basket_keys() for folder in self._others()))

    def close(self) -> None:
        """Give up everything; notes that are not settled are found by the next window."""
        for left in self._left.values():
            left.close_if_empty()
            left.close()
        self._left.clear()
        if self._lease is not None:
            self.journal.catch_up()
            self.journal.clear_away()
            self._lease.close()
            self._lease = None

    def _begin(self) -> tuple[Journal, Lease | None]:
        make_folder(self._place)
        own = self._place / uuid.uuid4().hex
        # Before the folder is there, so that no other window takes it for one of the dead.
        lease = take_lease(_lease_of(own))
        try:
            own.mkdir(mode=0o700)
        except OSError:
            if lease is not None:
                lease.close()
            raise
        journal = Journal(own, self._house)
        journal.reserve()
        return journal, lease

    def _others(self) -> list[Path]:
        if not self._place.is_dir():
            return []
        return [path for path in sorted(self._place.iterdir()) if path.is_dir() and path != self.journal.folder]


class _LeftFolder:
    """The notes of a window that is no more."""

    def __init__(self, journal: Journal, lease: Lease) -> None:
        self.journal = journal
        self._lease = lease
        self.is_closed = False

    def customers(self) -> list[tuple[float, LeftCustomer]]:
        """Return the customers, each with the age of its note; a sale without a basket's note has one made for it."""
        notes = {note.basket_key: note for note in self.journal.baskets()}
        for sale in self.journal.pending():
            note = notes.get(sale.basket_key) or BasketNote(
                sale.basket_key, places=sale.places, total_minor=sale.total_minor, currency=sale.currency
            )
            if sale.order_id:
                note = replace(note, exchange_of=sale.order_id, exchange_request=sale.request_id)
            notes[sale.basket_key] = replace(note, paying=sale.method)
        return [(self._age(key), LeftCustomer(note, self)) for key, note in notes.items()]

    def drop(self, basket_key: str) -> None:
        """Forget a customer. Raises DiskRefused."""
        with refusing_disk(_NOT_FORGOTTEN):
            for sale in self.journal.pending():
                if sale.basket_key == basket_key:
                    self.journal.forget(sale.request_id)
        self.journal.drop_basket(basket_key)
        self.close_if_empty()

    def close_if_empty(self) -> None:
        """Remove the folder once all of its customers are settled."""
        if not self.is_closed and not self.journal.basket_keys() and not self.journal.pending():
            self.journal.clear_away()
            self.close()

    def close(self) -> None:
        """Give it up."""
        if not self.is_closed:
            self.is_closed = True
            self._lease.close()

    def _age(self, basket_key: str) -> float:
        path = self.journal.folder / f"{basket_key}.basket"
        return path.stat().st_mtime if path.exists() else 0.0


def _lease_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.lease")
