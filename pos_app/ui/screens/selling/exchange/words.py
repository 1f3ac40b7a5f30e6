"""What is said of an exchange: its sums, what stands in its way, what becomes of the money, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.codes import grouped
from pos_app.domain.errors import (
    ApprovalRefused,
    InvalidInput,
    OrderChanged,
    PaymentRefused,
    SaleAfterStart,
    SeatsTaken,
    ServerBusy,
    ServerUnreachable,
)
from pos_app.domain.payments.giving_back import by_way, is_paid_at_once, tell_back
from pos_app.domain.sentences import Money, Sentence, say
from pos_app.ui.screens.selling.basket.sums import Sums
from pos_app.ui.screens.selling.payment.done_words import DoneWords
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.lists import following, labelled
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.payments import payment_words, tell_stays_due
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from collections.abc import Collection

    from pos_app.domain.orders.exchange_subject import ExchangeAnew
    from pos_app.domain.orders.exchanges import ExchangeDone, ExchangePreview
    from pos_app.domain.payments.giving_back import RefundPart
    from pos_app.domain.selling.sales import PaymentMethod


def _tr(words: str) -> str:
    return QCoreApplication.translate("Exchange", words)


def sums_of(preview: ExchangePreview | None, old_minor: int, currency: str, *, is_current: bool) -> Sums:
    """Return what the panel shows: old, new, fee, and the difference. is_current: whether it is still so."""
    if preview is None or not is_current:
        waits = "\u2013"
        return Sums(
            ((_tr("Old tickets"), shown_amount(old_minor, currency)),), _tr("Difference"), waits, is_of_exchange=True
        )
    rows = [
        (_tr("Old tickets"), shown_amount(preview.old_minor, preview.currency)),
        (_tr("New tickets"), shown_amount(preview.new_minor, preview.currency)),
    ]
    if preview.fee_minor:
        rows.append((_tr("Exchange fee"), shown_amount(preview.fee_minor, preview.currency)))
    caption = _tr("To give back") if preview.difference_minor < 0 else _tr("To pay")
    difference = shown_amount(abs(preview.difference_minor), preview.currency)
    return Sums(tuple(rows), caption, difference, is_of_exchange=True)


def next_step(missing: int, preview: ExchangePreview | None, refusal: Exception | None) -> Message:
    """Say what is to be done next, or why it cannot be. missing: seats still to be chosen, below 0: too many are."""
    if missing > 0:
        return Message(spoken_count("Choose {count} more seat.", "Choose {count} more seats.", missing))
    if missing < 0:
        words = spoken_count("{count} seat too many: put one back.", "{count} seats too many: put them back.", -missing)
        return Message(words, level=Level.WARNING)
    if refusal is not None:
        return message_for(refusal)
    if preview is None:
        return Message("")
    return Message(following(*map(spoken, preview.why)))


def difference_changed(told: ExchangePreview, now: ExchangePreview) -> Message:
    """Say that the difference is another one than was shown, before money moves."""
    before, after = (spoken(_difference(one.difference_minor, one.currency)) for one in (told, now))
    words = _tr("The price has changed. It was: {0} Now it is: {1}").format(before, after)
    return Message(words, _tr("Tell the customer, then press the key again."), Level.WARNING)


def _difference(minor: int, currency: str) -> Sentence:
    money = Money(abs(minor), currency)
    if minor < 0:
        return say("{money} to give back.", money=money)
    return say("{money} to pay.", money=money) if minor else say("nothing to pay.")


def allowed_words(number: str, preview: ExchangePreview) -> str:
    """Say what a manager allows: which order, and the money that moves."""
    amount = shown_amount(abs(preview.difference_minor), preview.currency)
    if preview.difference_minor < 0:
        return _tr("Exchange: {0} goes back, order {1}").format(amount, grouped(number))
    if preview.difference_minor:
        return _tr("Exchange: {0} to pay, order {1}").format(amount, grouped(number))
    return _tr("Exchange for order {0}").format(grouped(number))


def gone_words(anew: ExchangeAnew, money: str) -> Message:
    """Say what of an exchange is gone, and by whom. money: what becomes of money that was taken, "" for none."""
    text = following(*map(spoken, anew.gone))
    goes_on = _tr("The exchange goes on with what is left.")
    over = _tr("Nothing of it is left to exchange: the new seats are on sale again.")
    return Message(text, following(money, goes_on if anew.subject.lines else over), Level.WARNING)


def parts_words(parts: Collection[RefundPart], currency: str, reference: str) -> tuple[str, ...]:
    """Say how money goes back, way by way, or that all of it stays due. reference: of the card, "" for none."""
    if not is_paid_at_once(parts, reference):
        return (tell_stays_due(parts, currency),)
    return tuple(
        labelled(shown_amount(minor, currency), payment_words(way).given_back) for way, minor in by_way(parts).items()
    )


def may_go_on(error: Exception, method: PaymentMethod | None) -> bool:
    """Tell whether the same exchange may still be made: by trying again, or by a word of somebody.

    method: by which money may have been taken for it; None: none was. With money taken, nobody can type another reason.
    """
    if isinstance(error, InvalidInput):
        return error.field == "reference" or (error.field == "reason" and method is None)
    return isinstance(error, ServerUnreachable | ServerBusy | SaleAfterStart | ApprovalRefused | PaymentRefused)


def refusal_message(error: Exception, method: PaymentMethod | None) -> Message:
    """Put a refusal into words. method: by which money may have been taken for it; None: none was."""
    told = message_for(error)
    if method is None:
        return told
    money = _not_yet(method) if may_go_on(error, method) else not_exchanged(method)
    return Message(told.text, following(money, _without_nothing_done(error, told)), told.level, ends=told.ends)


def _without_nothing_done(error: Exception, told: Message) -> str:
    """Return the advice of an error without that nothing was done, where it begins so: the money's words say it."""
    if isinstance(error, OrderChanged):
        return _tr("Look at the exchange as it is now, then decide.")
    return _tr("Choose other seats.") if isinstance(error, SeatsTaken) else told.advice


def not_exchanged(method: PaymentMethod) -> str:
    """Say what becomes of money that was taken for an exchange that was not made."""
    if payment_words(method).takes_by_itself:
        return _tr("Nothing was exchanged. If the card was charged, reverse it at the terminal.")
    return _tr("Nothing was exchanged. Give the money back.")


def _not_yet(method: PaymentMethod) -> str:
    if payment_words(method).takes_by_itself:
        return _tr(
            "Nothing is exchanged yet. Do not charge the card twice: Enter tries again. "
            "If you give up and it was charged, reverse it at the terminal."
        )
    return _tr("Nothing is exchanged yet: Enter tries again. If you give up, give the money back.")


def changed_while_paying(method: PaymentMethod) -> Message:
    """Say that the difference became another one while money was being counted."""
    text = _tr("The exchange has changed: the difference is another one now.")
    return Message(text, following(not_exchanged(method), _tr("Tell the customer, then begin again.")), Level.WARNING)


def in_doubt(order_number: str) -> Message:
    """Say that the end of an exchange is not known."""
    text = _tr("It is not known yet whether order {0} is exchanged.").format(grouped(order_number))
    advice = _tr("Take no money again and give none back: Foyer finds out as soon as the server is back.")
    return Message(text, advice, Level.ERROR)


def not_made(method: PaymentMethod | None) -> Message:
    """Say that an exchange whose end was not known was not made."""
    words = _tr("The last exchange was not made. The old tickets are still good.")
    return Message(words, "" if method is None else not_exchanged(method), Level.WARNING)


def done_words(done: ExchangeDone, method: PaymentMethod | None, *, keeps: bool = False) -> DoneWords:
    """Return what the panel says of an exchange that was made. method: how the difference was paid, where it was.

    keeps: tickets of the same order were left as they are.
    """
    void = _tr("The exchanged tickets are void: the new ones take their place.")
    told = following(void, _tr("Those that were kept as they are stay good.") if keeps else "")
    caption = _tr("Exchanged · order")
    if done.difference_minor < 0:
        return _given_back(done, caption, told)
    rows = [(_tr("Difference"), shown_amount(done.difference_minor, done.currency))]
    if method is None or not done.difference_minor:
        return DoneWords(caption, tuple(rows), "", "", told)
    rows.append((payment_words(method).paid, shown_amount(done.difference_minor + done.change_minor, done.currency)))
    if not method.rule.gives_change:
        return DoneWords(caption, tuple(rows), "", "", told)
    change = shown_amount(done.change_minor, done.currency)
    return DoneWords(caption, tuple(rows), _tr("Change due"), change, told, is_quiet=not done.change_minor)


def _given_back(done: ExchangeDone, caption: str, told: str) -> DoneWords:
    amount = shown_amount(-done.difference_minor, done.currency)
    if not done.paid:
        later = spoken(tell_back(done.parts, done.currency, paid=False))
        return DoneWords(caption, (), _tr("Still to be given back"), amount, following(later, told))
    sums = by_way(done.parts)
    rows = tuple((payment_words(way).name, shown_amount(minor, done.currency)) for way, minor in sums.items())
    how = following(*(payment_words(way).given_back for way in sums))
    return DoneWords(caption, rows if len(rows) > 1 else (), _tr("Give back"), amount, following(how, told))
