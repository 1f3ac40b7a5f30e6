"""The till's small memory of writes whose end it does not know yet: one file a request, gone once it is resolved."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from pos_app.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path


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
    """Notes in a folder; each is written to the disk before the request is sent."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def note(self, sale: PendingSale) -> None:
        """Write a note down, on the disk, before the request goes out."""
        write_whole(self._path(sale.request_id), json.dumps(asdict(sale)).encode(), private=True)

    def forget(self, request_id: str) -> None:
        """Drop a note: the end of its request is known."""
        self._path(request_id).unlink(missing_ok=True)

    def pending(self) -> tuple[PendingSale, ...]:
        """Return the notes whose end is not known, the oldest first; what cannot be read is put aside."""
        if not self._folder.is_dir():
            return ()
        found: list[PendingSale] = []
        for path in sorted(self._folder.glob("*.json"), key=lambda one: one.stat().st_mtime):
            try:
                found.append(_read(path))
            except (OSError, ValueError, TypeError):
                path.replace(path.with_suffix(".unreadable"))
        return tuple(found)

    def _path(self, request_id: str) -> Path:
        if not request_id.isalnum():
            raise ValueError("a request id is letters and digits")
        return self._folder / f"{request_id}.json"


def _read(path: Path) -> PendingSale:
    """Read a note. Raises ValueError or TypeError when it is not one that was written here."""
    sale = PendingSale(**json.loads(path.read_text(encoding="utf-8")))
    texts = (sale.request_id, sale.basket_key, sale.currency, sale.method, sale.places)
    numbers = (sale.till_id, sale.total_minor)
    if not all(isinstance(one, str) for one in texts) or not all(isinstance(one, int) for one in numbers):
        raise TypeError("a field of the note is of another kind")
    return sale
