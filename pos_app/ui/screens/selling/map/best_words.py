"""What is said of best seats that were taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.services.selling.proposal_words import describe, tell_borrowed
from pos_app.ui.words.messages import Level, Message
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from pos_app.domain.picking.proposals import Proposal
    from pos_app.services.seats.map_data import SeatPlan
    from pos_app.services.selling.best_seats import HeldBest


class BestWords(QObject):
    """Puts it into words. No signals."""

    def held(self, held: HeldBest, plan: SeatPlan, *, instead: bool) -> Message:
        """Say what was taken, and what the key does next. instead: in place of the proposal before."""
        where = spoken(describe(plan, held.proposal))
        if borrowed := spoken(tell_borrowed(plan, held.proposal)):
            return Message(self.tr("Taken: {0}.").format(where), borrowed, Level.WARNING)
        if held.proposal.split:
            words = self.tr("Not all together: {0}.").format(where)
            advice = "" if held.alternatives else self.tr("No other place has them all together.")
            return Message(words, advice, Level.WARNING)
        if held.again and not held.placed.taken:
            return Message(self.tr("There is nothing else like it: {0}.").format(where), self._keys())
        if held.again:
            return Message(self.tr("These were all. The best once more: {0}.").format(where), self._keys())
        words = self.tr("Instead: {0}.") if instead else self.tr("Taken: {0}.")
        return Message(words.format(where), self._keys(), Level.OK)

    def taken(self, proposal: Proposal, plan: SeatPlan) -> Message:
        """Say that what was offered is taken."""
        return Message(self.tr("Taken: {0}.").format(spoken(describe(plan, proposal))), self._keys(), Level.OK)

    def _keys(self) -> str:
        return self.tr("F4: the next best. Shift+F4: more.")
