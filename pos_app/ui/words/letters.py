"""Letters to customers in words: what they are, what became of them, and what keeps them from going out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from pos_app.domain.letters.kinds import LetterKind, LetterState
from pos_app.domain.letters.sending import Outcome, Trouble
from pos_app.ui.words.language import translate

if TYPE_CHECKING:
    from pos_app.domain.letters.listing import LetterRow


_PASSING: Final = frozenset({Trouble.SERVICE, Trouble.LATER, Trouble.BROKEN_OFF})
"""Nothing is to be done about it but to wait."""


def kind_words(kind: LetterKind) -> str:
    """Say what a letter is."""
    return {
        LetterKind.CONFIRMATION: _tr("Tickets"),
        LetterKind.GIFT: _tr("Gift"),
        LetterKind.RESERVATION: _tr("Reservation"),
        LetterKind.LAPSE_SOON: _tr("Reservation about to end"),
        LetterKind.LAPSED: _tr("Reservation ended"),
        LetterKind.REFUND: _tr("Refund"),
        LetterKind.EXCHANGE: _tr("Exchange"),
        LetterKind.CANCELLED: _tr("Performance cancelled"),
        LetterKind.MOVED: _tr("Performance moved"),
        LetterKind.WAITING: _tr("Waiting list"),
        LetterKind.OFFER: _tr("Seats offered"),
        LetterKind.OFFER_LAPSED: _tr("Offer ended"),
        LetterKind.WAITING_ENDED: _tr("Waiting list ended"),
        LetterKind.RESALE: _tr("Ticket on resale"),
        LetterKind.RESOLD: _tr("Ticket resold"),
        LetterKind.RESALE_ENDED: _tr("Resale ended"),
        LetterKind.NOTE: _tr("Note of the house"),
        LetterKind.VERIFICATION: _tr("Code for the address"),
        LetterKind.TEST: _tr("Test"),
    }[kind]


def state_words(state: LetterState) -> str:
    """Say what became of a letter."""
    match state:
        case LetterState.WAITING:
            return _tr("Waiting")
        case LetterState.SENDING:
            return _tr("Being sent")
        case LetterState.SENT:
            return _tr("Sent")
        case LetterState.FAILED:
            return _tr("Failed")
        case LetterState.STOPPED:
            return _tr("Stopped")
        case _:
            assert_never(state)


def state_tone(row: LetterRow) -> str:
    """Return the tone in which it is told; the words tell it, too."""
    match row.state:
        case LetterState.WAITING | LetterState.SENDING:
            return "warn" if row.failure is not None else "accent"
        case LetterState.SENT:
            return "warn" if row.may_be_twice else "ok"
        case LetterState.FAILED:
            return "danger"
        case LetterState.STOPPED:
            return "muted"
        case _:
            assert_never(row.state)


def trouble_words(trouble: Trouble | None) -> str:
    """Say what kept a letter from going out."""
    if trouble is None:
        return _tr("It could not be sent.")
    return {
        Trouble.NAME: _tr("There is no mail server of this name."),
        Trouble.CONNECTION: _tr("The mail server cannot be reached."),
        Trouble.TLS_MISSING: _tr("The mail server offers no protected line (STARTTLS)."),
        Trouble.CERTIFICATE: _tr("The mail server cannot show that it is the one it says."),
        Trouble.SIGN_IN: _tr("The mail server refuses the name or the password."),
        Trouble.NO_PASSWORD: _tr("The mail server asks for a password, and none is kept on this till."),
        Trouble.SERVICE: _tr("The mail server does not work just now, or takes no more for a while."),
        Trouble.RELAY: _tr("The mail server does not send for this sender."),
        Trouble.ADDRESS: _tr("The mail server says that there is no such address."),
        Trouble.SCRIPT: _tr("The mail server takes no address in this script."),
        Trouble.SIZE: _tr("The letter is too large for the mail server."),
        Trouble.CONTENT: _tr("The mail server refuses what stands in the letter."),
        Trouble.LATER: _tr("The mail server refuses the letter for now."),
        Trouble.BROKEN_OFF: _tr("The line broke while the letter went over."),
        Trouble.TOO_LATE: _tr("It was tried in vain until it was of no use any more."),
        Trouble.UNREADABLE: _tr("The letter cannot be written: its wording, or what it tells of, is damaged."),
    }[trouble]


def trouble_advice(trouble: Trouble | None) -> str:
    """Say what can be done about it; "" where there is nothing to do but wait."""
    if trouble is None or trouble in _PASSING:
        return ""
    return {
        Trouble.NAME: _tr("Look whether the name under Manage, Letters is typed right."),
        Trouble.CONNECTION: _tr("Look at the network, and at the port under Manage, Letters."),
        Trouble.TLS_MISSING: _tr("Choose TLS under Manage, Letters, or ask whoever runs the server. Nothing was sent."),
        Trouble.CERTIFICATE: _tr("Type the server's full name, or ask whoever runs it. Nothing was sent."),
        Trouble.SIGN_IN: _tr("Type the name and the password again under Manage, Letters."),
        Trouble.NO_PASSWORD: _tr("A manager types it at this till under Manage, Letters."),
        Trouble.RELAY: _tr("Take an address of the server's own as the sender, or sign in there."),
        Trouble.ADDRESS: _tr("Ask the customer for the address, and change it."),
        Trouble.SCRIPT: _tr("Ask the customer for an address in Latin letters, and change it."),
        Trouble.SIZE: _tr("Make letters smaller under Manage, Letters, and send it again."),
        Trouble.CONTENT: _tr("Ask whoever runs the mail server why, then send it again."),
        Trouble.TOO_LATE: _tr("Send it again, or stop it."),
        Trouble.UNREADABLE: _tr("Look at its wording under Manage, Letters."),
    }[trouble]


def outcome_words(outcome: Outcome | None, *, handed: bool) -> str:
    """Say what one try came to. handed: the letter itself went over the line."""
    match outcome:
        case None:
            return _tr("Under way, or broken off") if not handed else _tr("Handed over; no answer yet")
        case Outcome.SENT:
            return _tr("Sent")
        case Outcome.AGAIN:
            return _tr("Not sent; it is tried again")
        case Outcome.UNKNOWN:
            return _tr("It may have arrived: the line broke before the answer")
        case Outcome.REFUSED:
            return _tr("Refused for good")
        case Outcome.STOPPED:
            return _tr("Not sent: there was nothing to tell any more")
        case Outcome.LEFT:
            return _tr("Left waiting: the trouble was the mail server's")
        case _:
            assert_never(outcome)


def outcome_tone(outcome: Outcome | None) -> str:
    """Return the tone in which a try is told."""
    match outcome:
        case Outcome.SENT:
            return "ok"
        case Outcome.REFUSED:
            return "danger"
        case Outcome.UNKNOWN | Outcome.AGAIN | Outcome.LEFT:
            return "warn"
        case None | Outcome.STOPPED:
            return "muted"
        case _:
            assert_never(outcome)


def _tr(words: str) -> str:
    return translate("Letters", words)
