"""A server that has no connection to spare: what that means, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.sentences import say, say_in_turn

if TYPE_CHECKING:
    from pos_app.domain.sentences import Sentence

FULL: Final = {1040, 1203, 1226}
"""MySQL's numbers: as many as the server takes; as many as any account may have; as much as this account may have."""


def about_full(code: int, told: str, *, writes: bool) -> tuple[Sentence, Sentence]:
    """Return what one of these numbers means, and what to do. told: the server's own words, which name the limit."""
    if code == 1226 and "max_user_connections" not in told:
        message = say("The database account of this computer has used up what the server allows it in an hour.")
        raised = say("Ask the administrator to raise the limits of this account.")
    elif code == 1040:
        message = say("The server is full: as many programs are connected as it allows.")
        raised = say(
            "Try again in a minute; close Foyer where nobody needs it, or ask the administrator to raise"
            " max_connections."
        )
    else:
        message = say("The database account of this computer has as many connections as the server allows it.")
        raised = say(
            "Try again in a minute; close Foyer where nobody needs it, or ask the administrator to raise"
            " max_user_connections."
        )
    return message, say_in_turn(say("Nothing was taken, and nothing was changed."), raised) if writes else raised
