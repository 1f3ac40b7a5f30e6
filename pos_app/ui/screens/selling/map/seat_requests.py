"""Questions between tills: let a held seat go, please; asked, answered, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import ServerBusy, ServerUnreachable
from pos_app.domain.seats import MapState, SeatKey
from pos_app.domain.selling.seat_requests import Answer
from pos_app.services.selling.seat_requests import answer_release, ask_to_release, load_questions
from pos_app.ui.screens.selling.basket.undoing import Change
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance

    from pos_app.domain.selling.seat_requests import AskedOfUs, OurQuestion, TillQuestions
    from pos_app.ui.hearing import Hearing
    from pos_app.ui.office import Office
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.basket.undoing import Undoing
    from pos_app.ui.screens.selling.map.panel import MapPanel
    from pos_app.ui.seat_map import SeatMap
    from pos_app.ui.seat_map.live_map import LiveMap

POLL_MS: Final = 1000
ASK_KEY: Final = "F12"
"""Asks for a seat that another till holds, as long as it holds it."""


class SeatRequests(QObject):
    """Asks other tills, and hears what they ask. may_choose: asked before another till is.

    Signals: said(Message): something for the person. asked(AskedOfUs or None): what the person is to answer now.
    """

    said = Signal(object)
    asked = Signal(object)

    def __init__(
        self,
        office: Office,
        hold: BasketHold,
        live: LiveMap,
        seats: SeatMap,
        undoing: Undoing,
        may_choose: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._undoing = undoing
        self._office = office
        self._hold = hold
        self._live = live
        self._map = seats
        self._may_choose = may_choose
        self._hovered = self._focused = self._wanted = -1
        self._open: dict[str, OurQuestion | None] = {}
        self._asked_for: dict[str, SeatKey] = {}
        self._answered: set[int] = set()
        self._waiting = False
        self._incident = ""
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self.poll)

    def hearings(self, board: MapPanel, release_asked: SignalInstance, wanted: SignalInstance) -> list[Hearing]:
        """Return what leads to questions between tills, and what shows them.

        release_asked, wanted: a seat (its index) shall be asked for, or was wanted though another till has it.
        """
        return [
            (self.forget_seats, self._live.plan_loaded),
            (self.point_at, self._map.seat_hovered),
            (self.focus, self._map.seat_focused),
            (self.ask, release_asked),
            (self.want, wanted),
            (self.answer, board.question.answered),
            (board.show_question, self.asked),
        ]

    def set_running(self, running: bool) -> None:  # noqa: FBT001 - a plain state
        """Look for questions and answers while the screen is shown, and only then."""
        if running:
            self._timer.start()
        else:
            self._timer.stop()

    def poll(self) -> None:
        """Look for questions and answers."""
        if not self._waiting:
            self._waiting = True
            office = self._office
            office.background.poll(self, "questions", load_questions, office.actor.till_id).then(
                self._on_read, self._on_not_read
            )

    def ask_pointed(self) -> None:
        """Ask for the seat under the pointer, for the one with the ring, or for the last one that was wanted."""
        for index in (self._hovered, self._focused, self._wanted):
            if index >= 0 and self._map.state_of(index) is MapState.HELD:
                self.ask(index)
                return
        words = self.tr("Point at a seat that another till holds, then press {0}.")
        self.said.emit(Message(words.format(ASK_KEY)))

    def ask(self, index: int) -> None:
        """Ask the till that holds a seat (by its index in the open plan) to let it go."""
        offer, plan = self._live.offer, self._live.plan
        if offer is None or plan is None or not self._may_choose():
            return
        seat = SeatKey(offer.performance_id, int(plan.seat_id[index]))
        where, request_id = spoken(plan.place(index).spoken()), new_request_id()
        if seat in self._asked_for.values():
            self.said.emit(Message(self.tr("The other till is asked already: {0}.").format(where)))
            return
        self._asked_for[request_id] = seat

        def sent(till: str) -> None:
            self._open[request_id] = None
            self.said.emit(Message(self.tr("{0} is asked for {1}.").format(till, where)))

        def failed(error: Exception) -> None:
            del self._asked_for[request_id]
            self.said.emit(message_for(error))

        self._office.write(self, ask_to_release, seat, request_id=request_id).then(sent, failed)

    def _on_read(self, found: TillQuestions) -> None:
        self._waiting = False
        waiting = [one for one in found.asked if one.question_id not in self._answered]
        # A seat that has left the basket meanwhile needs no answer: the map tells.
        waiting = [one for one in waiting if self._hold.basket.holds(one.seat)]
        self.asked.emit(waiting[0] if waiting else None)
        ours = {one.request_id: one for one in found.ours}
        for request_id, last in list(self._open.items()):
            now = ours.get(request_id)
            if now is not None and now.answer is Answer.WAITING and now.seconds_left > 0:
                self._open[request_id] = now
            elif (known := now or last) is not None:
                del self._open[request_id], self._asked_for[request_id]
                self._tell(known)

    def _tell(self, question: OurQuestion) -> None:
        till, where = question.till_name, spoken(question.place.spoken())
        offer = self._live.offer
        if question.answer is Answer.YES:
            words = self.tr("{0} let it go: {1}.").format(till, where)
            if offer is not None and offer.performance_id == question.seat.performance_id:
                taken = Message(words, self.tr("It is in the basket now."), Level.OK)
                change = Change(taken=(question.seat,))
                self._hold.take([question.seat], on_held=lambda _answer: self._undoing.tell(taken, change))
            else:
                self.said.emit(Message(words, self.tr("It is free now."), Level.OK))
        elif question.answer is Answer.GONE:
            words = self.tr("{0} does not have it any more: {1}.").format(till, where)
            self.said.emit(Message(words, self.tr("The map shows where it went."), Level.WARNING))
        elif question.answer is Answer.NO:
            self.said.emit(Message(self.tr("{0} keeps it: {1}.").format(till, where), "", Level.WARNING))
        else:
            self.said.emit(Message(self.tr("{0} did not answer: {1}.").format(till, where), "", Level.WARNING))

    def _on_not_read(self, error: Exception) -> None:
        self._waiting = False
        if not isinstance(error, ServerUnreachable | ServerBusy) and self._incident != repr(error):
            # Asked each second: the same trouble is told once.
            self._incident = repr(error)
            self.said.emit(message_for(error))

    def answer(self, question: AskedOfUs, yes: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Tell the other till whether the seat may go."""
        self._answered.add(question.question_id)
        self.asked.emit(None)

        def answered(told: Answer) -> None:
            self._live.resume()
            if told is Answer.YES:
                self._hold.drop((question.seat,))
                words = self.tr("It goes to {0}: {1}.")
                self.said.emit(Message(words.format(question.till_name, spoken(question.place.spoken()))))
            elif told is Answer.GONE:
                self._hold.read_again()
            elif told is Answer.WAITING:
                words = self.tr("{0} had given up waiting.").format(question.till_name)
                self.said.emit(Message(words, self.tr("The seat stays in the basket."), Level.WARNING))

        def failed(error: Exception) -> None:
            self._live.resume()
            self._answered.discard(question.question_id)
            self.said.emit(message_for(error))

        self._live.hush()
        self._office.write(self, answer_release, question.question_id, yes=yes).then(answered, failed)

    def point_at(self, index: int) -> None:
        """The pointer is over this seat."""
        self._hovered = index

    def focus(self, index: int) -> None:
        """The ring is on this seat."""
        self._focused = index

    def want(self, index: int) -> None:
        """A seat was wanted that another till holds."""
        self._wanted = index

    def forget_seats(self) -> None:
        """Another plan is open."""
        self._hovered = self._focused = self._wanted = -1
