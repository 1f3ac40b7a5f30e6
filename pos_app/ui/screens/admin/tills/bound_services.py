"""The questions of the section of tills, answered by the services of the box office and by this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.devices.printers import list_queues
from pos_app.domain.tills.records import TillDraft, TillKind
from pos_app.flows.enrol_till import enrol_till
from pos_app.flows.sample_tickets import print_sample
from pos_app.services.tills.records import (
    KEY_DIGITS_SHOWN,
    archive_till,
    list_tills,
    load_till_list,
    restore_till,
    revoke_key,
    save_till,
)
from pos_app.ui.screens.admin.tills.services import Here

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QObject

    from pos_app.computer.identity import TillIdentity
    from pos_app.computer.settings import Settings
    from pos_app.domain.roles import Actor
    from pos_app.domain.tills.records import TillList, TillRecord
    from pos_app.ui.background import Background, Reply


class BoundTills:
    """Answers for one person at one till; see TillServices.

    identity: returns who this computer is now, for its key may be made anew. locale: of a test print.
    """

    def __init__(
        self,
        background: Background,
        actor: Actor,
        settings: Settings,
        identity: Callable[[], TillIdentity],
        locale: str,
    ) -> None:
        self._background = background
        self._actor = actor
        self._settings = settings
        self._identity = identity
        self._locale = locale

    @property
    def here(self) -> Here:
        """Return the till at which the manager works."""
        settings, shown = self._settings, self._identity().public_key[:KEY_DIGITS_SHOWN]
        return Here(self._actor.till_id, settings.paper, settings.ticket_queue, shown)

    def read_all(self, owner: QObject) -> Reply[tuple[TillRecord, ...]]:
        """Read all tills."""
        return self._background.read_latest(owner, "tills", list_tills, self._actor)

    def till_list(self, owner: QObject) -> Reply[TillList]:
        """Read all tills, with the zone."""
        return self._background.read_latest(owner, "tills", load_till_list, self._actor)

    def save(self, owner: QObject, before: TillRecord | None, values: Mapping[str, object]) -> Reply[TillRecord]:
        """Save the values of the form. Raises ValueError for a new one: a till is made by its first start."""
        if before is None:
            raise ValueError("a till is made by its own computer")
        wanted = TillDraft(
            name=str(values["name"]),
            kind=TillKind(str(values["kind"])),
            drawer=str(values["drawer"]),
            paper=str(values["paper"]),
            ticket_queue=str(values["ticket_queue"]),
        )
        return self._background.write(owner, save_till, self._actor, before, wanted)

    def archive(self, owner: QObject, record: TillRecord) -> Reply[TillRecord]:
        """Put a till away."""
        return self._background.write(owner, archive_till, self._actor, record.till_id)

    def restore(self, owner: QObject, record: TillRecord) -> Reply[TillRecord]:
        """Take a till back."""
        return self._background.write(owner, restore_till, self._actor, record.till_id)

    def revoke(self, owner: QObject, key_id: int) -> Reply[TillRecord]:
        """Let no gate trust a key any more."""
        return self._background.write(owner, revoke_key, self._actor, key_id)

    def enrol_here(self, owner: QObject) -> Reply[tuple[TillIdentity, int]]:
        """Make this till known to the gates."""
        return self._background.run_flow(owner, enrol_till, self._actor, self._identity(), self._settings.state_folder)

    def queues(self, owner: QObject) -> Reply[tuple[str, ...]]:
        """Return the printer queues of this computer."""
        return self._background.outside(owner, list_queues)

    def print_test(self, owner: QObject, paper: str, queue: str) -> Reply[None]:
        """Print a sample ticket."""
        return self._background.run_flow(owner, print_sample, paper, queue, locale=self._locale)
