"""A scan at this gate: judged by the key of the house that this computer has pinned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.flows.house_keys import kept_keys
from pos_app.services.door.check_in import check_in

if TYPE_CHECKING:
    from pos_app.db.database import Database
    from pos_app.domain.door.check_in import Scan, ScanResult
    from pos_app.domain.roles import Actor


def scan_ticket(database: Database, actor: Actor, scan: Scan) -> ScanResult:
    """Judge a scan and store it, as check_in does; the key is read from a file of this computer, not from the server.

    Raises NotPermitted; CannotConnect where that file cannot be read.
    """
    kept = kept_keys(database)
    pinned = "" if kept is None else kept.pinned()
    return database.transact(check_in, actor, replace(scan, house_key=pinned))
