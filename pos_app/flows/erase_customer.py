"""A person is forgotten: in the database first, then on this computer, and by and by on each other one of the house."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.computer.personal_files import blank_notes, remove_documents
from pos_app.db.wiping import wipe_old_pages
from pos_app.domain.customers.mentions import Mentions
from pos_app.services.customers.privacy.erasing import erase_customer
from pos_app.services.customers.privacy.forgotten import load_forgotten

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.db.database import Database
    from pos_app.domain.customers.privacy import ErasedCustomer
    from pos_app.domain.roles import Actor


@dataclass(frozen=True, slots=True)
class ErasedHere:
    """Who was erased, and what became of it on this computer.

    files, notes: how many documents went, and how many notes of baskets were blanked. is_wiped: False where the file of
    an embedded database still holds old pages, because another window is at work: erase once more when it is closed.
    left: files that the disk did not let go; they are to be removed by hand.
    """

    erased: ErasedCustomer
    files: int
    notes: int
    is_wiped: bool
    left: tuple[Path, ...] = ()


def erase_customer_here(
    database: Database, actor: Actor, customer_id: int, *, request_id: str, tickets_folder: Path, state_folder: Path
) -> ErasedHere:
    """Erase a customer, then the documents of its orders and the notes of baskets on this computer. May be repeated.

    Cut off between the two, a repeat does the rest: documents are found by the numbers of the orders, which stay.
    Raises what services.customers.privacy.erasing.erase_customer raises; nothing was removed then.
    """
    erased = database.transact(erase_customer, actor, customer_id, request_id=request_id)
    files, kept = remove_documents(tickets_folder, erased.order_numbers)
    notes, unchanged = blank_notes(state_folder, erased.customer_ids, erased.mentions)
    return ErasedHere(erased, files, notes, wipe_old_pages(database), (*kept, *unchanged))


def forget_on_this_computer(database: Database, *, tickets_folder: Path, state_folder: Path) -> int:
    """Remove what lies here of people who were erased at another computer; return how many files and notes went.

    Raises ServerUnreachable, ServerBusy, RightsMissing (a gate's account, which keeps no such files).
    """
    forgotten = database.read(load_forgotten)
    if not forgotten.customer_ids:
        return 0
    files, _ = remove_documents(tickets_folder, forgotten.order_numbers)
    notes, _ = blank_notes(state_folder, forgotten.customer_ids, Mentions())
    return files + notes
