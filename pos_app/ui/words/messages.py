"""What the window says to the person: a sentence, the next step, and how serious it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, StrEnum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from pos_app.domain.errors import CannotConnect, OutcomeUnknown, PosError, ServerUnreachable
from pos_app.domain.sentences import say
from pos_app.logs import report_incident
from pos_app.ui.words.lists import following
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Callable


class Level(StrEnum):
    """How serious a message is."""

    INFO = "info"
    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


class Ending(Flag):
    """What makes a message untrue, or of no interest any more; whoever shows it then takes it away."""

    ACT = auto()
    """The person went on with something else on the same screen."""
    PERFORMANCE = auto()
    """Another performance is open."""
    CUSTOMER = auto()
    """Another customer is served, or none."""
    PAYMENT = auto()
    """A payment is opened."""
    ANSWER = auto()
    """The server answers again."""


GOING_ON: Final = Ending.ACT | Ending.PERFORMANCE | Ending.CUSTOMER | Ending.PAYMENT
"""A message about what was just tried: it ends with whatever is done next."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message. action: words of a button ("" for none); on_action: what it does.

    key: the key of the action, where it is not the usual one of its screen. undo, on_undo: the same of a second button.
    ends: what takes it away by itself. money: it says what becomes of money, so that no other message takes its place
    for good: it stands there again when the other one has gone.
    """

    text: str
    advice: str = ""
    level: Level = Level.INFO
    action: str = ""
    on_action: Callable[[], object] | None = None
    key: str = ""
    undo: str = ""
    on_undo: Callable[[], object] | None = None
    ends: Ending = GOING_ON
    money: bool = False

    @property
    def sentence(self) -> str:
        """What happened and what to do next, in one text."""
        return following(self.text, self.advice)


def told_error(error: Exception) -> PosError:
    """Return an error that can be told; one that nobody foresaw is logged, and told by its incident number."""
    if isinstance(error, PosError):
        return error
    number = report_incident(error)
    return PosError(
        say("Something went wrong that should not have (incident {number}).", number=number),
        advice=say("You can go on working. Tell support the number if it happens again."),
    )


def message_for(error: Exception) -> Message:
    """Put an error into the person's words; one that nobody foresaw is logged and gets an incident number."""
    told = told_error(error)
    grave = told is not error or isinstance(error, OutcomeUnknown | CannotConnect)
    return Message(
        spoken(told.message),
        spoken(told.advice),
        Level.ERROR if grave else Level.WARNING,
        ends=GOING_ON | Ending.ANSWER if isinstance(error, ServerUnreachable) else GOING_ON,
    )


def failure_message(error: Exception, again: Callable[[], object], kept: str = "") -> Message:
    """Put an error into the person's words, with a button that tries again; kept: what is not lost by it."""
    told = message_for(error)
    words = QCoreApplication.translate("Messages", "Try again")
    return Message(told.text, following(told.advice, kept), told.level, words, again, ends=told.ends)
