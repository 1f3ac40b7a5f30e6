"""What a window writes down on its till: sales whose end it does not know yet, and the customer at the counter.

One file a request and one a basket, gone once it is settled.
"""

from __future__ import annotations

import json
import logging
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from pos_app.computer.files import read_bounded, write_over, write_whole
from pos_app.domain.disk_faults import refusing_disk
from pos_app.domain.selling.basket_notes import LONGEST_PLACES, NoteUnreadableError, read_note, write_note
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.domain.selling.basket_notes import BasketNote

_log = logging.getLogger(__name__)

PICK_UP: Final = "pick_up"
RESERVATION: Final = "reservation"

_RESERVE: Final = "reserve"
_RESERVE_BYTES: Final = 8192
"""More than a note of LONGEST_PLACES letters of any script."""
_MOST_BYTES: Final = 1_000_000
_NOT_WRITTEN: Final = say("This till cannot write down what is in the basket")
_NOT_DROPPED: Final = say("This till cannot remove a note of a sale that is settled")


@dataclass(frozen=True, slots=True)
class PendingSale:
    """A sale that was asked for. total_minor: what the customer was told; places: for the cashier's eyes.

    order_id: of the order whose seats are exchanged or picked up, 0 where it is a sale or a reservation; below 0,
    total_minor goes back.
    """

    request_id: str
    basket_key: str
    till_id: int
    total_minor: int
    currency: str
    method: str
    places: str
    order_id: int = 0
    kind: str = ""
    """PICK_UP, RESERVATION; "" for a sale, or an exchange of the order."""

    @property
    def is_exchange(self) -> bool:
        """Tell whether seats of an order are exchanged."""
        return bool(self.order_id) and self.kind != PICK_UP


class Journal:
    """Notes in a folder, for any number of threads; a sale is on the disk before its request is sent.

    A disk that is full must not stop the sale, nor lose its note: room for one note is taken beforehand (the reserve),
    and written over where no file can be made any more. Where even that is refused (a disk that can only be read, or
    fails), the note is kept in the memory of this program, which is told by is_only_in_memory.

    house: which box office and till; a note of another one is put aside. refused: why the disk took not even the
    folder; nothing is written then.
    """

    def __init__(self, folder: Path, house: str = "", *, refused: OSError | None = None) -> None:
        self.folder = folder
        self._house = house
        self._refused = refused
        self._lock = threading.Lock()
        self._in_memory: dict[str, PendingSale] = {}
        self.unreadable = 0
        """How many notes were put aside because they could not be read."""

    def reserve(self) -> None:
        """Take the room for one note beforehand; a disk that has none left is told of when a note is to be written."""
        if self._refused is None and not self._reserve.exists():
            with suppress(OSError):
                # Of ones and noughts that no file system leaves out as it does with zeros.
                write_whole(self._reserve, b"-" * _RESERVE_BYTES)

    def note(self, sale: PendingSale) -> None:
        """Write a note down, on the disk, before the request goes out; a disk that takes nothing does not stop it."""
        path, content = self._path(sale.request_id), _note_of(sale)
        try:
            self._put(path, content)
        except OSError as error:
            _log.warning("The note of sale %s goes into the reserve: %s", sale.request_id, error)
            if not self._use_reserve(path, content):
                with self._lock:
                    self._in_memory[sale.request_id] = sale
        else:
            self.reserve()
            self.catch_up()

    def catch_up(self) -> None:
        """Write down what the disk did not take before, if it does now."""
        with self._lock, suppress(OSError):
            for sale in tuple(self._in_memory.values()):
                self._put(self._path(sale.request_id), _note_of(sale))
                del self._in_memory[sale.request_id]

    def hand_on(self, other: Journal) -> None:
        """Give another journal of this till the notes that would be lost with this one."""
        with self._lock:
            rest = tuple(self._in_memory.values())
            self._in_memory.clear()
        for sale in rest:
            other.note(sale)

    def is_only_in_memory(self, request_id: str) -> bool:
        """Tell whether a note would be lost with this program, because the disk has not taken it."""
        with self._lock:
            return request_id in self._in_memory

    def forget(self, request_id: str) -> None:
        """Drop a note: the end of its request is known. Raises OSError where the disk does not let it go."""
        with self._lock:
            self._in_memory.pop(request_id, None)
        path = self._path(request_id)
        with suppress(FileNotFoundError):
            if path.stat().st_size == _RESERVE_BYTES and not self._reserve.exists():
                # While the disk is full, the next sale needs its room.
                path.replace(self._reserve)
            else:
                path.unlink()

    def pending(self) -> tuple[PendingSale, ...]:
        """Return the notes whose end is not known, the oldest first; what cannot be read is put aside."""
        found: list[PendingSale] = []
        for path in self._files("json"):
            try:
                found.append(_read(path))
            except (OSError, ValueError, TypeError, RecursionError):
                self._put_aside(path)
        with self._lock:
            return (*found, *self._in_memory.values())

    def keep_basket(self, note: BasketNote) -> None:
        """Remember a basket as it is now, in place of what was kept of it; on the disk where money is concerned.

        Raises DiskRefused.
        """
        with self._lock, refusing_disk(_NOT_WRITTEN):
            self._write(note)

    def mark_printing(self, basket_key: str, printing: str) -> None:
        """Remember how far the printing is (basket_notes.PRINTING); nothing once the basket is dropped.

        Raises DiskRefused.
        """
        path = self._basket_path(basket_key)
        with self._lock, refusing_disk(_NOT_WRITTEN), suppress(FileNotFoundError, NoteUnreadableError):
            self._write(read_note(read_bounded(path, _MOST_BYTES), self._house).with_printing(printing))

    def drop_basket(self, basket_key: str) -> None:
        """Forget a basket: it is settled. Raises DiskRefused."""
        with self._lock, refusing_disk(_NOT_DROPPED):
            self._basket_path(basket_key).unlink(missing_ok=True)

    def baskets(self) -> tuple[BasketNote, ...]:
        """Return the baskets that are kept, the oldest first; what cannot be read is put aside."""
        found: list[BasketNote] = []
        for path in self._files("basket"):
            try:
                found.append(read_note(read_bounded(path, _MOST_BYTES), self._house))
            except (OSError, NoteUnreadableError):
                self._put_aside(path)
        return tuple(found)

    def basket_keys(self) -> frozenset[str]:
        """Return the keys of the baskets that are kept, without opening their notes."""
        return frozenset(path.stem for path in self._files("basket"))

    def clear_away(self) -> None:
        """Remove the folder, once nothing is noted in it."""
        if self._refused is None and not self.basket_keys() and not self._files("json"):
            with suppress(OSError):
                self._reserve.unlink(missing_ok=True)
                self.folder.rmdir()

    def _write(self, note: BasketNote) -> None:
        path = self._basket_path(note.basket_key)
        self._put(path, write_note(note, self._house), durable=note.concerns_money)

    def _put(self, path: Path, content: bytes, *, durable: bool = True) -> None:
        if self._refused is not None:
            raise self._refused
        write_whole(path, content, durable=durable)

    def _files(self, kind: str) -> list[Path]:
        """Return the files of a kind, the oldest first; a window that is still at work may remove them meanwhile."""
        ages: list[tuple[float, Path]] = []
        paths: list[Path] = []
        with suppress(FileNotFoundError):
            paths = list(self.folder.glob(f"*.{kind}"))
        for path in paths:
            with suppress(FileNotFoundError):
                ages.append((path.stat().st_mtime, path))
        return [path for _, path in sorted(ages)]

    def _put_aside(self, path: Path) -> None:
        self.unreadable += 1
        with suppress(OSError):
            path.replace(path.with_suffix(".unreadable"))

    def _use_reserve(self, path: Path, content: bytes) -> bool:
        """Write a note into the room that was taken for it; False where there is none."""
        try:
            write_over(self._reserve, content.ljust(_RESERVE_BYTES))
            self._reserve.replace(path)
        except (OSError, ValueError):
            return False
        return True

    @property
    def _reserve(self) -> Path:
        return self.folder / _RESERVE

    def _path(self, request_id: str) -> Path:
        return self._named(request_id, "json")

    def _basket_path(self, basket_key: str) -> Path:
        return self._named(basket_key, "basket")

    def _named(self, key: str, kind: str) -> Path:
        if not key.isalnum():
            raise ValueError("a request id is letters and digits")
        return self.folder / f"{key}.{kind}"


def _note_of(sale: PendingSale) -> bytes:
    return json.dumps({**asdict(sale), "places": sale.places[:LONGEST_PLACES]}).encode()


def _read(path: Path) -> PendingSale:
    """Read a note. Raises ValueError or TypeError when it is not one that was written here."""
    sale = PendingSale(**json.loads(read_bounded(path, _MOST_BYTES)))
    texts = (sale.request_id, sale.basket_key, sale.currency, sale.method, sale.places, sale.kind)
    numbers = (sale.till_id, sale.total_minor, sale.order_id)
    if not all(isinstance(one, str) for one in texts) or not all(isinstance(one, int) for one in numbers):
        raise TypeError("a field of the note is of another kind")
    return sale
