"""What a window writes down on its till: sales whose end it does not know yet, and the customer at the counter.

One file a request and one a basket, gone once it is settled.
"""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from pos_app.computer.files import write_whole
from pos_app.domain.selling.basket_notes import NoteUnreadableError, read_note, write_note

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.domain.selling.basket_notes import BasketNote


@dataclass(frozen=True, slots=True)
class PendingSale:
    """A sale that was asked for. total_minor: what the customer was told; places: for the cashier's eyes."""

    request_id: str
    basket_key: str
    till_id: int
    total_minor: int
    currency: str
    method: str
    places: str


class Journal:
    """Notes in a folder, for any number of threads; a sale is on the disk before its request is sent.

    house: which box office and till; a note of another one is put aside.
    """

    def __init__(self, folder: Path, house: str = "") -> None:
        self.folder = folder
        self._house = house
        self._lock = threading.Lock()
        self.unreadable = 0
        """How many notes were put aside because they could not be read."""

    def note(self, sale: PendingSale) -> None:
        """Write a note down, on the disk, before the request goes out."""
        write_whole(self._path(sale.request_id), json.dumps(asdict(sale)).encode())

    def forget(self, request_id: str) -> None:
        """Drop a note: the end of its request is known."""
        self._path(request_id).unlink(missing_ok=True)

    def pending(self) -> tuple[PendingSale, ...]:
        """Return the notes whose end is not known, the oldest first; what cannot be read is put aside."""
        found: list[PendingSale] = []
        for path in self._files("json"):
            try:
                found.append(_read(path))
            except (OSError, ValueError, TypeError):
                self._put_aside(path)
        return tuple(found)

    def keep_basket(self, note: BasketNote) -> None:
        """Remember a basket as it is now, in place of what was kept of it; on the disk where money is concerned."""
        with self._lock:
            self._write(note)

    def mark_printing(self, basket_key: str, printing: str) -> None:
        """Remember how far the printing is (basket_notes.PRINTING); nothing once the basket is dropped."""
        with self._lock, suppress(FileNotFoundError, NoteUnreadableError):
            path = self._basket_path(basket_key)
            self._write(read_note(path.read_bytes(), self._house).with_printing(printing))

    def drop_basket(self, basket_key: str) -> None:
        """Forget a basket: it is settled."""
        with self._lock:
            self._basket_path(basket_key).unlink(missing_ok=True)

    def baskets(self) -> tuple[BasketNote, ...]:
        """Return the baskets that are kept, the oldest first; what cannot be read is put aside."""
        found: list[BasketNote] = []
        for path in self._files("basket"):
            try:
                found.append(read_note(path.read_bytes(), self._house))
            except (OSError, NoteUnreadableError):
                self._put_aside(path)
        return tuple(found)

    def basket_keys(self) -> frozenset[str]:
        """Return the keys of the baskets that are kept, without opening their notes."""
        return frozenset(path.stem for path in self._files("basket"))

    def _write(self, note: BasketNote) -> None:
        path = self._basket_path(note.basket_key)
        write_whole(path, write_note(note, self._house), durable=note.concerns_money)

    def _files(self, kind: str) -> list[Path]:
        """Return the files of a kind, the oldest first; a window that is still at work may remove one meanwhile."""
        ages: list[tuple[float, Path]] = []
        for path in self.folder.glob(f"*.{kind}"):
            with suppress(FileNotFoundError):
                ages.append((path.stat().st_mtime, path))
        return [path for _, path in sorted(ages)]

    def _put_aside(self, path: Path) -> None:
        self.unreadable += 1
        with suppress(FileNotFoundError):
            path.replace(path.with_suffix(".unreadable"))

    def _path(self, request_id: str) -> Path:
        return self._named(request_id, "json")

    def _basket_path(self, basket_key: str) -> Path:
        return self._named(basket_key, "basket")

    def _named(self, key: str, kind: str) -> Path:
        if not key.isalnum():
            raise ValueError("a request id is letters and digits")
        return self.folder / f"{key}.{kind}"


def _read(path: Path) -> PendingSale:
    """Read a note. Raises ValueError or TypeError when it is not one that was written here."""
    sale = PendingSale(**json.loads(path.read_text(encoding="utf-8")))
    texts = (sale.request_id, sale.basket_key, sale.currency, sale.method, sale.places)
    numbers = (sale.till_id, sale.total_minor)
    if not all(isinstance(one, str) for one in texts) or not all(isinstance(one, int) for one in numbers):
        raise TypeError("a field of the note is of another kind")
    return sale
