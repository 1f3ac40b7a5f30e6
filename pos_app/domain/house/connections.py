"""How many connections a server takes, and how many tills of a house can sell by them at once."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.sentences import Sentence, say, say_count, say_in_turn


@dataclass(frozen=True, slots=True)
class Connections:
    """most: of everybody. own: of this account; 0: as many as of everybody. tills: in use in the house; 0: none yet."""

    most: int
    own: int
    tills: int

    @property
    def to_have(self) -> int:
        """How many the house can have."""
        return min(self.most, self.own or self.most)

    @property
    def sellers(self) -> int:
        """How many tills can sell at once, all others open: each till has one connection, and sells by a second one."""
        return max(0, min(self.tills, self.to_have - self.tills))

    def told(self) -> Sentence:
        """Return the limit, and what it means for this house."""
        if 0 < self.own < self.most:
            limit = say_count(
                "The server takes {most} connections, and one of this account.",
                "The server takes {most} connections, and {count} of this account.",
                self.own,
                most=self.most,
            )
        else:
            limit = say_count("The server takes one connection.", "The server takes {count} connections.", self.most)
        if not self.tills:
            return say_in_turn(limit, say("Each till takes one of them, and a second one while it sells."))
        tills = say_count("The house has one till.", "The house has {count} tills.", self.tills)
        return say_in_turn(limit, tills, self._meaning())

    def _meaning(self) -> Sentence:
        if self.tills > self.to_have:
            raised = "max_user_connections" if self.to_have < self.most else "max_connections"
            return say(
                "Not all of them can be open at once: ask the administrator to raise {limit} to {enough}.",
                limit=raised,
                enough=2 * self.tills,
            )
        if self.sellers < self.tills:
            return say_count(
                "While all are open, one of them can sell by a connection of its own; others share that of their map.",
                "While all are open, {count} of them can sell at once by a connection of their own; others share that "
                "of their map.",
                self.sellers,
            )
        return say_count("It can sell at any time.", "All of them can sell at once.", self.tills)
