"""What can go wrong in ways a person can understand.

Every PosError carries a sentence for the person and, where there is one, the next step. Anything else that is
raised is a bug: it is logged with its traceback and shown once with an incident number.

    PosError
    ├── Refusals: the person can do something else
    │   ├── SeatsTaken            some seats went to somebody else
    │   │   └── TooFewPlaces      an area has fewer places left than were asked for
    │   ├── NoSeatsTogether       there are no such places side by side; what there is instead
    │   ├── HoldExpired           the basket's time is over
    │   ├── HoldNotExtendable     extended already, or at the cap
    │   ├── PriceChanged          the total shown is not the total now
    │   ├── NotOnSale             cancelled, not yet or no longer on sale
    │   ├── OtherCurrency         the basket is paid in another currency
    │   ├── NotPermitted          the role may not do this
    │   ├── SignInRefused         wrong name or password, or waiting after too many tries
    │   ├── ApprovalRefused       the manager's PIN or password is wrong
    │   ├── PaymentRefused        too little cash, no reference
    │   ├── InvalidAmount         not an amount of money
    │   ├── InvalidInput          a field holds what cannot be stored
    │   ├── PromoCodeRefused      the code does not apply
    │   ├── NotFound              it is not (or no longer) there
    │   ├── VoidRefused           the order cannot be voided (any more)
    │   ├── ResaleRefused         a ticket cannot be given back for resale, or taken off it (any more)
    │   ├── PickUpElsewhere       another till has the reservation open for paying
    │   ├── WaitingRefused        nobody can join this waiting list, or the party is not as it was shown
    │   ├── OfferElsewhere        another till has the offer open for paying
    │   ├── OfferOver             an offer was taken, or its time is over
    │   ├── HouseKeyNeeded        only a manager's password that opens the house's keys will do
    │   ├── TillNotEnrolled       this till has no signing key that gates know
    │   ├── TillPutAway           a manager takes this till for one that is used no more
    │   └── PrintFailed           the printer did not take the document
    └── The world is broken: try again later, nothing is lost
        ├── ServerUnreachable     no connection, or the connection broke
        ├── ServerBusy            locks or deadlocks did not clear in time
        │   └── ServerFull        it has no connection to spare
        ├── OutcomeUnknown        a write may or may not have happened
        ├── TooLargeForServer     a picture or a text is larger than the server takes
        ├── DiskRefused           the disk of this computer is full, not to be written, or fails
        ├── CannotConnect         wrong password, unknown database, too old
        │   └── PasswordNotTold   whoever listens there may not be the server
        │   └── RightsMissing     the account of this computer may not do this on the server
        └── SchemaMismatch        the database is older or newer than the program
"""

from __future__ import annotations

from typing import Self

from pos_app.domain.sentences import NOTHING, Sentence


class PosError(Exception):
    """A problem told in the person's words.

    message: one sentence, what happened. advice: one sentence, what to do next ("" when there is nothing to do).
    """

    def __init__(self, message: Sentence, *, advice: Sentence = NOTHING) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()

    def advising(self, advice: Sentence) -> Self:
        """Return the same problem, raised at the same place, with another next step."""
        made = type(self).__new__(type(self), *self.args)
        made.__dict__.update(self.__dict__)
        made.advice = advice
        made.__cause__ = self.__cause__
        return made.with_traceback(self.__traceback__)


class SeatsTaken(PosError):
    """Some of the seats asked for went to somebody else.

    seats: pairs of (performance_id, seat_id) that are gone.
    """

    def __init__(
        self, message: Sentence, *, seats: tuple[tuple[int, int], ...] = (), advice: Sentence = NOTHING
    ) -> None:
        super().__init__(message, advice=advice)
        self.seats = seats


class TooFewPlaces(SeatsTaken):
    """An area of general admission has fewer places left than were asked for. left: how many more it has."""

    def __init__(self, message: Sentence, *, left: int, advice: Sentence = NOTHING) -> None:
        super().__init__(message, advice=advice)
        self.left = left


class HoldExpired(PosError):
    """The basket's time is over; its seats may be gone."""


class HoldNotExtendable(PosError):
    """The hold was extended already, or it is at the cap of 30 minutes."""


class PriceChanged(PosError):
    """The total that was shown is no longer the total. total_minor: what it is now."""

    def __init__(self, message: Sentence, *, total_minor: int, advice: Sentence = NOTHING) -> None:
        super().__init__(message, advice=advice)
        self.total_minor = total_minor


class NotOnSale(PosError):
    """The performance is cancelled, or not yet or no longer on sale."""


class SaleAfterStart(NotOnSale):
    """The performance has begun; the sale goes on once the cashier has said so."""


class OtherCurrency(PosError):
    """A performance is sold in another currency than what is in the basket."""


class NotPermitted(PosError):
    """The staff member's role may not do this."""


class ApprovalRefused(PosError):
    """The manager's PIN or password was wrong, or the person is no manager. wait_seconds: before the next try."""

    def __init__(self, message: Sentence, *, wait_seconds: int = 0, advice: Sentence = NOTHING) -> None:
        super().__init__(message, advice=advice)
        self.wait_seconds = wait_seconds


class PaymentRefused(PosError):
    """The payment cannot be recorded: too little, or its reference is missing."""


class InvalidAmount(PosError):
    """What was typed is not an amount of money."""


class InvalidInput(PosError):
    """A field holds something that cannot be stored. field: its name in the form."""

    def __init__(self, message: Sentence, *, field: str = "", advice: Sentence = NOTHING) -> None:
        super().__init__(message, advice=advice)
        self.field = field


class PromoCodeRefused(PosError):
    """The promo code does not apply to this basket."""


class NotFound(PosError):
    """What was asked for is not there, or no longer."""


class VoidRefused(PosError):
    """The order cannot be voided, or not any more."""


class OrderChanged(PosError):
    """The order is not as it was shown: somebody changed it meanwhile. Nothing was done."""


class RefundRefused(PosError):
    """Something cannot be refunded, or not this way."""


class ExchangeRefused(PosError):
    """These seats or ticket types cannot be exchanged, or not for these."""


class ResaleRefused(PosError):
    """A ticket cannot be given back for resale, or cannot be taken off it just now."""


class PickUpElsewhere(PosError):
    """Another till has the reservation open for paying. till_name: which one."""

    def __init__(self, message: Sentence, *, till_name: str, advice: Sentence = NOTHING) -> None:
        super().__init__(message, advice=advice)
        self.till_name = till_name


class WaitingRefused(PosError):
    """A party cannot join a waiting list, or what is asked of its entry or of the list cannot be. Nothing was done."""


class OfferElsewhere(PosError):
    """Another till has the offer open for paying. till_name: which one."""

    def __init__(self, message: Sentence, *, till_name: str, advice: Sentence = NOTHING) -> None:
        super().__init__(message, advice=advice)
        self.till_name = till_name


class OfferOver(PosError):
    """The offer was sold, withdrawn, or not taken in time."""


class HouseKeyNeeded(PosError):
    """The key of the house is needed, or its pepper, and a password that opens them has not been given here."""


class TillNotEnrolled(PosError):
    """The till has no signing key that the gates know; a manager must enrol it."""


class TillPutAway(PosError):
    """The till was put away: only a manager may sign in at it, and take it back."""


class PrintFailed(PosError):
    """The printer did not take the document; the sale stands."""


class ServerUnreachable(PosError):
    """There is no connection to the server, or it broke; nothing was changed."""


class ServerBusy(PosError):
    """The server could not clear its locks in time; nothing was changed."""


class TooLargeForServer(PosError):
    """Something that was to be stored is larger than the server takes; nothing was changed, trying again is idle."""


class ServerFull(ServerBusy):
    """The server has no connection to spare, for anybody or for this account; nothing was changed."""


class OutcomeUnknown(PosError):
    """The connection broke while the write was being confirmed, and the answer is still not known.

    request_id: the key under which the write is looked up at the next contact.
    """

    def __init__(self, message: Sentence, *, request_id: str = "", advice: Sentence = NOTHING) -> None:
        super().__init__(message, advice=advice)
        self.request_id = request_id


class DiskRefused(PosError):
    """The disk of this computer takes nothing: it is full, can only be read, fails, or this user has no right to it."""


class CannotConnect(PosError):
    """The server refuses this account, has no such database, or is too old.

    wrong_password: true when another password might help.
    """

    def __init__(self, message: Sentence, *, advice: Sentence = NOTHING, wrong_password: bool = False) -> None:
        super().__init__(message, advice=advice)
        self.wrong_password = wrong_password


class PasswordNotTold(CannotConnect):
    """It cannot be told whether the server is the real one, and it asked for the password: it was not told."""


class RightsMissing(CannotConnect):
    """The database account of this computer has no right to do this; nothing was changed.

    It is of another kind of machine, or its rights are of an older version of Foyer.
    """


class SchemaMismatch(PosError):
    """The database's schema is older or newer than this program.

    upgradable: true when it is older, so that a manager may upgrade it.
    """

    def __init__(self, message: Sentence, *, upgradable: bool = False, advice: Sentence = NOTHING) -> None:
        super().__init__(message, advice=advice)
        self.upgradable = upgradable


class SignInRefused(PosError):
    """The name and the password do not belong together. wait_seconds: how long to wait before the next try."""

    def __init__(self, message: Sentence, *, wait_seconds: int = 0, advice: Sentence = NOTHING) -> None:
        super().__init__(message, advice=advice)
        self.wait_seconds = wait_seconds
