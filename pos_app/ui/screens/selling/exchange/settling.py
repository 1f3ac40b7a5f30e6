"""Settling an exchange: why, who allows it, the difference, and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import ApprovalRefused, HoldExpired, OrderChanged, SaleAfterStart, SeatsTaken
from pos_app.domain.roles import Permission
from pos_app.domain.seats import SeatKey
from pos_app.ui.screens.selling.basket.questions import ask_late_sale
from pos_app.ui.screens.selling.exchange.asking import ask_manager, ask_reason, ask_whether
from pos_app.ui.screens.selling.exchange.back_sheet import Answer
from pos_app.ui.screens.selling.exchange.trying import Try
from pos_app.ui.screens.selling.exchange.words import (
    changed_while_paying,
    may_go_on,
    not_exchanged,
    refusal_message,
)
from pos_app.ui.screens.selling.payment.late_sheet import LatePaymentSheet
from pos_app.ui.words.messages import Level, Message
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.exchanges import ExchangeAsk, ExchangeDone, ExchangePreview
    from pos_app.domain.selling.sales import PaymentMethod, Tender
    from pos_app.ui.office import Office
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.exchange.back_sheet import ExchangeSheet
    from pos_app.ui.screens.selling.exchange.previewing import Previewing
    from pos_app.ui.screens.selling.exchange.under_way import Exchange
    from pos_app.ui.screens.selling.payment.customer_note import CustomerNote
    from pos_app.ui.screens.selling.payment.sale import SaleTaking
    from pos_app.ui.screens.selling.payment.sheet import PaymentSheet


class Settling(QObject):
    """Leads an exchange through its questions, one after the other, and asks for it once.

    Signals:
        opened(bool): its questions are open, or no longer.
        made(ExchangeDone, PaymentMethod or None, str): it was made; how the difference was paid; its request.
        said(Message): what becomes of money.
    """

    opened = Signal(bool)
    made = Signal(object, object, str)
    said = Signal(object)

    def __init__(
        self,
        screen: QWidget,
        office: Office,
        hold: BasketHold,
        exchange: Exchange,
        previewing: Previewing,
        taking: SaleTaking,
        note: CustomerNote,
    ) -> None:
        super().__init__(screen)
        self._screen = screen
        self._office = office
        self._hold = hold
        self._exchange = exchange
        self._previewing = previewing
        self._taking = taking
        self._note = note
        self._try: Try | None = None
        self._is_running = False
        self._reason = ""
        self.question: ExchangeSheet | None = None
        self.payment = LatePaymentSheet(screen, self._on_paid, self._give_up, self.tr("Storing the exchange…"))

    @property
    def sheet(self) -> PaymentSheet:
        """The sheet that takes the difference."""
        return self.payment.sheet

    @property
    def is_open(self) -> bool:
        """Tell whether its questions are open, or what was answered is being done."""
        return self._try is not None

    def begin(self, ask: ExchangeAsk, preview: ExchangePreview, method: PaymentMethod) -> None:
        """Settle this exchange; preview: as it was told just now. method: by which the customer would pay."""
        if self._try is None:
            self._try = Try(new_request_id(), ask, preview, method)
            self.opened.emit(True)
            self._next()

    def forget_reason(self) -> None:
        """Another exchange begins: nothing was typed for it."""
        self._reason = ""

    def _next(self) -> None:
        """Ask what is still to be asked, or exchange."""
        now = self._try
        if now is None:
            return
        if now.answer is None:
            self._ask_why(now)
        elif now.preview.needs_approval and now.approval_id is None and not self._office.actor.may(Permission.APPROVE):
            self._ask_manager()
        elif now.needs_money and now.tender is None:
            self._close_question()
            self.sheet.performances.show_seats(self._exchange.shown.seats_by_performance())
            self.sheet.ask(now.method, now.preview.difference_minor, now.preview.currency)
            self._note.begin_paying(str(self.sheet.method))
        else:
            self._run(now)

    def _ask_why(self, now: Try) -> None:
        """Ask why a seat or money leaves; else only whether it is meant, where no money asks that."""
        subject, difference = self._exchange.subject, now.preview.difference_minor
        if subject is None:
            return
        if not self._exchange.leaves_a_seat and difference >= 0:
            if difference:
                self._on_answered(Answer(""))
            else:
                sheet = ask_whether(self._screen, subject.number)
                sheet.confirmed.connect(lambda: self._on_answered(Answer("")))
                sheet.cancelled.connect(self._give_up)
            return
        self.question = ask_reason(self._screen, subject.number, now.preview, self._reason)
        self.question.answered.connect(self._on_answered)
        self.question.cancelled.connect(self._give_up)

    def _on_answered(self, answer: Answer) -> None:
        if self._try is not None:
            self._try = replace(self._try, answer=answer)
            self._next()

    def _ask_manager(self, refusal: ApprovalRefused | None = None) -> None:
        """Ask a manager over what is open."""
        now, subject = self._try, self._exchange.subject
        if now is None or now.answer is None or subject is None:
            return

        def allowed(approval_id: int | None) -> None:
            if self._try is not None:
                self._try = replace(self._try, answer=now.answer, approval_id=approval_id)
                if self._try.tender is not None:
                    self.sheet.show_busy()
                self._next()

        reason = now.answer.reason
        sheet = ask_manager(self._office, self._open_sheet(), subject.number, reason, now.preview, allowed)
        sheet.cancelled.connect(self._let_answer_again)
        if refusal is not None:
            sheet.refuse(refusal)

    def _let_answer_again(self) -> None:
        """No manager allowed it: what was asked before is open still, if anything was."""
        question = self._open_question()
        if question is not None and self._try is not None:
            self._try = replace(self._try, answer=None)
            question.show_problem("")
        self._end_unless_open()

    def _on_paid(self, tender: Tender) -> None:
        now = self._try
        if now is None:
            return
        if self._exchange.ask() != now.ask:
            self._close()
            self.said.emit(changed_while_paying(tender.method))
            return
        self._try = replace(now, tender=tender)
        self.sheet.show_busy()
        self._next()

    def _run(self, now: Try) -> None:
        if self._is_running or now.answer is None:
            return
        self._is_running = True
        request = now.request(
            leaves_a_seat=self._exchange.leaves_a_seat, after_start=self._hold.late.allows_any(self._performances(now))
        )
        self._note.begin_exchanging(now.request_id)
        self._taking.exchange(
            request,
            basket_key=self._hold.basket.key,
            currency=now.preview.currency,
            places=spoken(self._exchange.shown.named()),
        )

    def take_done(self, done: ExchangeDone) -> None:
        """It was made: from now on the customer has the new tickets."""
        self._is_running = False
        now = self._try
        self._close()
        if now is not None:
            self.made.emit(done, None if now.tender is None else now.tender.method, now.request_id)

    def take_doubt(self) -> None:
        """It is not known whether it was made: nothing can be asked any more, and nothing is taken twice."""
        self._is_running = False
        self._close()

    def take_refusal(self, error: Exception) -> None:
        """It was not made: say what becomes of the money, and what may still be done."""
        self._is_running = False
        now = self._try
        if now is None:
            return
        tendered = None if now.tender is None else now.tender.method
        message = refusal_message(error, tendered)
        if may_go_on(error, tendered):
            self._go_on_after(error, message, now, tendered)
            return
        self._close()
        self.said.emit(message)
        if isinstance(error, SeatsTaken):
            self._hold.drop(tuple(SeatKey(*pair) for pair in error.seats))
        elif isinstance(error, OrderChanged):
            self._exchange.read_again("" if tendered is None else not_exchanged(tendered))
        elif isinstance(error, HoldExpired):
            self._hold.read_again()
        self._previewing.look_again()

    def _go_on_after(self, error: Exception, message: Message, now: Try, method: PaymentMethod | None) -> None:
        question = self._open_question()
        if method is not None:
            self.sheet.show_error(error, message)
        elif question is not None:
            question.show_problem(message.sentence)
        else:
            self.said.emit(message)
        if isinstance(error, SaleAfterStart):
            late = ask_late_sale(self._open_sheet())
            late.confirmed.connect(lambda: self._go_on_late(now))
            late.cancelled.connect(self._let_answer_again)
        elif isinstance(error, ApprovalRefused):
            self._try = replace(now, approval_id=None)
            self._ask_manager(error)
        else:
            self._end_unless_open()

    def _go_on_late(self, now: Try) -> None:
        """The cashier has said that it is exchanged though it has begun: the same again."""
        if self._try is None:
            return
        self._hold.late.allow(self._performances(now))
        self._try = replace(self._try, answer=now.answer)
        if self._try.tender is not None:
            self.sheet.show_busy()
        self._next()

    def _performances(self, now: Try) -> set[int]:
        """Return the performances of all seats, old and new."""
        lines = () if self._exchange.subject is None else self._exchange.subject.lines
        seats = [*(line.seat for line in now.ask.new), *(line.seat for line in lines)]
        return {seat.performance_id for seat in seats}

    def _open_question(self) -> ExchangeSheet | None:
        question = self.question
        return question if question is not None and isValid(question) and question.is_open else None

    def _open_sheet(self) -> QWidget:
        return self.sheet if self.payment.is_open else self._open_question() or self._screen

    def _give_up(self) -> None:
        """The person went back: what was chosen stays. What is asked of the server already goes on to its end."""
        if self._is_running:
            return
        if self._try is not None and self._try.tender is not None:
            words = self.tr("The payment was given up.")
            self.said.emit(Message(words, not_exchanged(self.sheet.method), Level.WARNING))
        self._end()

    def _end_unless_open(self) -> None:
        if not self.payment.is_open and self._open_question() is None:
            self._end()

    def _close_question(self) -> None:
        question, self.question = self._open_question(), None
        if question is not None:
            question.close_sheet()

    def _close(self) -> None:
        self._close_question()
        if self.payment.is_open:
            self.sheet.close_sheet()
        self._end()

    def _end(self) -> None:
        if self._try is not None:
            # Whatever came between: asked once more for the same exchange, it is there still.
            self._reason = (self._try.answer.reason if self._try.answer is not None else "") or self._reason
            self._try = None
            self._note.end_paying()
            self.opened.emit(False)
