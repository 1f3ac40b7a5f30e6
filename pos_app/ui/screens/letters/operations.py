"""What the screen of letters asks of the box office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.roles import Permission
from pos_app.services.house.mail import load_mail_settings
from pos_app.services.house.settings import load_house_zone
from pos_app.services.letters.deeds import change_recipient, send_again, stop_letter
from pos_app.services.letters.listing import PAGE, list_letters, load_letter
from pos_app.services.letters.standing import load_sending
from pos_app.services.orders.letters.note_drafts import NoteDraft, load_customer_draft, load_performance_draft
from pos_app.services.orders.letters.notes import write_customer_note, write_performance_note
from pos_app.services.orders.letters.unsent import UnsentLetter, load_unsent
from pos_app.services.season.offers import list_performances
from pos_app.ui.customers.source import CustomerSource

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from pos_app.domain.letters.listing import LetterDetails, LetterPicture, LetterQuery, LettersPage
    from pos_app.domain.letters.notes import HouseNote
    from pos_app.domain.letters.rendered import ComposedLetter
    from pos_app.domain.letters.settings import MailSettings
    from pos_app.domain.letters.standing import SendingStanding
    from pos_app.domain.season.offers import PerformanceSummary
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office


class LetterOperations:
    """Asks for whoever has signed in."""

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def may_manage(self) -> bool:
        """Tell whether the person may set how letters are sent."""
        return self._office.actor.may(Permission.MANAGE)

    @property
    def may_write(self) -> bool:
        """Tell whether the person may write notes at all."""
        return self._office.actor.may(Permission.CUSTOMERS)

    @property
    def customers(self) -> CustomerSource:
        """Return where customers are found."""
        return CustomerSource(self._office)

    def find(
        self, owner: QObject, query: LetterQuery, before: int | None = None, limit: int = PAGE
    ) -> Reply[LettersPage]:
        """Find letters; only the newest answer counts."""
        return self._office.read_latest(owner, "letters", list_letters, query, before=before, limit=limit)

    def look_again(self, owner: QObject, query: LetterQuery, limit: int) -> Reply[LettersPage]:
        """As find, of what nobody has asked for: it holds nobody up."""
        actor = self._office.actor
        return self._office.background.poll(owner, "letters", list_letters, actor, query, limit=limit)

    def letter(self, owner: QObject, letter_id: int) -> Reply[LetterDetails]:
        """Read one; only the newest answer counts."""
        return self._office.read_latest(owner, "letter", load_letter, letter_id)

    def unsent(self, owner: QObject, letter_id: int) -> Reply[UnsentLetter]:
        """Read what a letter would be set from now; only the newest answer counts."""
        return self._office.read_latest(owner, "unsent", load_unsent, letter_id)

    def compose(self, owner: QObject, unsent: UnsentLetter) -> Reply[ComposedLetter]:
        """Set a letter in words."""
        from pos_app.documents.letters.rendering import compose_letter

        return self._office.background.compute(owner, compose_letter, unsent.content, unsent.template, unsent.look)

    def send_again(self, owner: QObject, seen: LetterPicture, request_id: str) -> Reply[LetterDetails]:
        """Let it go out once more."""
        return self._office.write(owner, send_again, seen, request_id=request_id)

    def change_recipient(
        self, owner: QObject, seen: LetterPicture, recipient: str, request_id: str
    ) -> Reply[LetterDetails]:
        """Let it go to another address."""
        return self._office.write(owner, change_recipient, seen, recipient, request_id=request_id)

    def stop(self, owner: QObject, seen: LetterPicture) -> Reply[LetterDetails]:
        """Stop it, or put it away."""
        return self._office.write(owner, stop_letter, seen)

    def standing(self, owner: QObject, settings: MailSettings) -> Reply[SendingStanding]:
        """Read how sending stands, of what nobody has asked for."""
        return self._office.background.poll(owner, "sending", load_sending, seconds_between=settings.seconds_between)

    def settings(self, owner: QObject) -> Reply[MailSettings]:
        """Read how the house sends its letters."""
        return self._office.background.read_latest(owner, "mail", load_mail_settings)

    def time_zone(self, owner: QObject) -> Reply[str]:
        """Read on whose clock moments are told."""
        return self._office.background.read(owner, load_house_zone)

    def performances(self, owner: QObject) -> Reply[tuple[PerformanceSummary, ...]]:
        """Read the performances to come, without counting their seats."""
        return self._office.background.read_latest(owner, "performances", list_performances, ())

    def draft_to_performance(self, owner: QObject, performance_id: int) -> Reply[NoteDraft]:
        """Read whom a note to a performance's customers reaches; only the newest answer counts."""
        return self._office.read_latest(owner, "draft", load_performance_draft, performance_id)

    def draft_to_customer(self, owner: QObject, customer_id: int) -> Reply[NoteDraft]:
        """Read whether a note reaches a customer; only the newest answer counts."""
        return self._office.read_latest(owner, "draft", load_customer_draft, customer_id)

    def compose_note(self, owner: QObject, draft: NoteDraft, subject: str, text: str) -> Reply[ComposedLetter]:
        """Set a note in words."""
        from pos_app.documents.letters.rendering import compose_letter

        content = draft.content_with(subject, text)
        return self._office.background.compute(owner, compose_letter, content, draft.template, draft.look)

    def write_to_performance(self, owner: QObject, performance_id: int, note: HouseNote) -> Reply[int]:
        """Write a note to the customers of a performance."""
        return self._office.write(owner, write_performance_note, performance_id, note)

    def write_to_customer(self, owner: QObject, customer_id: int, note: HouseNote) -> Reply[int]:
        """Write a note to one customer."""
        return self._office.write(owner, write_customer_note, customer_id, note)
