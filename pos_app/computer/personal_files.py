"""What lies on this computer of one person: documents that were set for their orders, and notes of baskets."""

from __future__ import annotations

import json
import logging
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pos_app.computer.files import read_bounded, write_whole

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pos_app.domain.customers.mentions import Mentions

_log = logging.getLogger(__name__)

_MOST_BYTES: Final = 1_000_000
_PERSONAL: Final = {"customer_name": "", "note": "", "customer_id": 0}


def remove_documents(folder: Path, order_numbers: Collection[str]) -> tuple[int, tuple[Path, ...]]:
    """Remove the PDFs of orders, tickets and slips, from a folder and from where they lie when it takes none.

    Returns how many went, and those that the disk does not let go.
    """
    numbers = {number.upper() for number in order_numbers}
    gone, left = 0, []
    for path in _documents(folder):
        if path.stem.upper().replace(" ", "").partition("-")[0] not in numbers:
            continue
        try:
            path.unlink()
            gone += 1
        except FileNotFoundError:
            continue
        except OSError as error:
            _log.warning("A document cannot be removed: %s", error)
            left.append(path)
    return gone, tuple(left)


def blank_notes(state_folder: Path, customer_ids: Collection[int], mentions: Mentions) -> tuple[int, tuple[Path, ...]]:
    """Take a person out of the notes of baskets; what they hold of seats and money stays, for it may be needed.

    A note that cannot be read goes where the person's words stand in it. Returns how many were changed, and those that
    the disk does not let go.
    """
    changed, left = 0, []
    for path in _notes(state_folder):
        try:
            changed += _blank(path, customer_ids, mentions)
        except FileNotFoundError:
            continue
        except OSError as error:
            _log.warning("A note cannot be changed: %s", error)
            left.append(path)
    return changed, tuple(left)


def _blank(path: Path, customer_ids: Collection[int], mentions: Mentions) -> bool:
    content = read_bounded(path, _MOST_BYTES)
    try:
        facts: dict[str, Any] = dict(json.loads(content))
    except (ValueError, TypeError, RecursionError):
        if mentions.may_be_in(content.decode("utf-8", "replace")):
            path.unlink()
            return True
        return False
    typed = f"{facts.get('customer_name', '')} {facts.get('note', '')}"
    if facts.get("customer_id") not in customer_ids and not mentions.are_in(typed):
        return False
    write_whole(path, json.dumps(facts | _PERSONAL).encode())
    return True


def _documents(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from sorted(folder.glob("*.pdf"))
    with suppress(OSError):
        yield from sorted(Path(tempfile.gettempdir()).glob("foyer-tickets-*/*.pdf"))


def _notes(state_folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        for kind in ("basket", "unreadable"):
            yield from sorted((state_folder / "journal").glob(f"*/*/*.{kind}"))
