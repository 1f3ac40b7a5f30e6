"""One exchange as it is being settled: what was told of it, and what was answered so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.orders.exchanges import ExchangeRequest

if TYPE_CHECKING:
    from pos_app.domain.orders.exchanges import ExchangeAsk, ExchangePreview
    from pos_app.domain.selling.sales import PaymentMethod, Tender
    from pos_app.ui.screens.selling.exchange.back_sheet import Answer


@dataclass(frozen=True, slots=True)
class Try:
    """request_id: the same for each repeat, so that nothing is exchanged twice. method: by which it would be paid."""

    request_id: str
    ask: ExchangeAsk
    preview: ExchangePreview
    method: PaymentMethod
    answer: Answer | None = None
    approval_id: int | None = None
    tender: Tender | None = None

    @property
    def needs_money(self) -> bool:
        """Tell whether the customer pays a difference."""
        return self.preview.difference_minor > 0

    def request(self, *, leaves_a_seat: bool, after_start: bool) -> ExchangeRequest:
        """Return what the server is asked to do. leaves_a_seat: else only ticket types are changed."""
        return ExchangeRequest(
            request_id=self.request_id,
            order_id=self.ask.order_id,
            revision=self.preview.revision,
            ended=self.ask.ended,
            new=self.ask.new,
            basket_key=self.ask.basket_key,
            difference_minor=self.preview.difference_minor,
            tender=self.tender,
            reason="" if self.answer is None else self.answer.reason,
            reference="" if self.answer is None else self.answer.reference,
            approval_id=self.approval_id,
            kind=ChangeKind.EXCHANGE if leaves_a_seat else ChangeKind.CORRECTION,
            after_start=after_start,
            used=self.preview.used,
        )
