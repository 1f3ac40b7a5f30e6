"""What a till is equipped with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain.tickets.papers import paper_by_name
from pos_app.flows.print_tickets import TicketPress
from pos_app.ui.words.ui_locale import ui_locale

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.computer.identity import TillIdentity
    from pos_app.computer.memory import TillMemory
    from pos_app.computer.settings import Settings
    from pos_app.devices.sound import SoundPlayer
    from pos_app.services.tills.registering import KnownTill


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a till is equipped with.

    mail_changed: wakes what writes and sends letters here, after a change of how they are sent. language: of the house,
    as in SignInChoices.
    """

    settings: Settings
    identity: TillIdentity
    till: KnownTill
    memory: TillMemory
    sounds: SoundPlayer
    mail_changed: Callable[[], object]
    language: str = ""

    def press(self) -> TicketPress:
        """Return how this till prints; the settings of this computer come before those of the house."""
        return TicketPress(
            identity=self.identity,
            till_id=self.till.till_id,
            paper=paper_by_name(self.settings.paper or self.till.paper),
            queue=self.settings.ticket_queue or self.till.ticket_queue,
            folder=self.settings.save_tickets_in,
            locale=self.settings.locale or self.language or ui_locale(),
        )
