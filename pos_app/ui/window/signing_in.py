"""Signing in, locking, changing hands: who stands at this till, and the workplace that is theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.domain.errors import SignInRefused
from pos_app.domain.texts import name_key
from pos_app.flows.sign_in import sign_in, sign_in_by_pin
from pos_app.services.staff.entrance import load_entrance
from pos_app.services.staff.passwords import SHORTEST_PASSWORD
from pos_app.ui.window.closing import Closing
from pos_app.ui.window.relief import Relief
from pos_app.ui.window.reminding import remind
from pos_app.ui.words.lists import following, listed
from pos_app.ui.words.messages import Ending, Level, Message, message_for
from pos_app.ui.words.window_language import use_locale

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.computer.identity import TillIdentity
    from pos_app.domain.roles import Actor
    from pos_app.domain.staff.sign_in import SignInChoices
    from pos_app.services.staff.entrance import Entrance
    from pos_app.services.tills.registering import KnownTill
    from pos_app.ui.background import Background, Reply
    from pos_app.ui.screens.sign_in.lock_screen import LockScreen
    from pos_app.ui.screens.sign_in.screen import SignInScreen
    from pos_app.ui.window.equipment import Equipment
    from pos_app.ui.window.main_window import MainWindow
    from pos_app.ui.window.workplace import Workplace

LOOK_AGAIN_MS: Final = 30_000
"""How often it is looked who may sign in while nobody is."""


class SigningIn(QObject):
    """Lets people in.

    Signals: entered(Workplace): somebody signed in and their screens are open.
    """

    entered = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        background: Background,
        equipment: Equipment,
        choices: SignInChoices,
        make_workplace: Callable[[Equipment, Actor], Workplace],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._background = background
        self._equipment = replace(equipment, language=choices.language)
        self._choices = choices
        self._make_workplace = make_workplace
        self.workplace: Workplace | None = None
        screen, lock = window.sign_in_screen, window.lock_screen
        screen.password_given.connect(lambda name, password: self._sign_in(self._by_password(name, password)))
        screen.pin_given.connect(lambda staff_id, pin: self._sign_in(self._by_pin(staff_id, pin)))
        lock.password_given.connect(lambda name, password: self._unlock(self._by_password(name, password)))
        lock.pin_given.connect(lambda staff_id, pin: self._unlock(self._by_pin(staff_id, pin)))
        lock.other_given.connect(lambda name, secret: self._unlock(self._by_either(name, secret)))
        window.signed_out.connect(self._on_signed_out)
        window.reason_to_stay = self.reason_to_stay
        window.may_go = Closing(window, background, lambda: self.workplace).may_go
        window.hand_over = self._hand_over
        self._relief = Relief(window, background)
        self._relief.taken_over.connect(lambda actor: self._hand_over(lambda: self._enter(actor)))
        self._relief.released.connect(self._on_released)
        window.locked.connect(self.look_again)
        screen.show_choices(choices)
        self._name_house()
        use_locale(equipment.settings.locale or choices.language)
        self._again = QTimer(self, interval=LOOK_AGAIN_MS)
        self._again.timeout.connect(self.look_again)
        self._again.start()

    def look_again(self) -> None:
        """Read who may sign in and how this till is set up: a manager may have changed it at another one."""
        equipment = self._equipment
        self._background.poll(
            self, "entrance", load_entrance, equipment.till.till_id, equipment.identity.public_key
        ).then(self._on_entrance, lambda _error: None)

    def close(self) -> None:
        """Put the work away at the end of the program.

        What is held stays held for its time, and what is not finished is told at the next start: whoever wanted the
        seats released has said so before.
        """
        self._leave()

    def reason_to_stay(self) -> Message | None:
        """Say why the window stays open: money may be changing hands. A sale that was sent is looked for anyway."""
        sell = None if self.workplace is None else self.workplace.sell
        if sell is None or not sell.checkout.payment.is_open or sell.checkout.taking.is_unsettled:
            return None
        return Message(
            self.tr("A payment is open, so Foyer stays open."),
            self.tr("Take the money, or cancel with Esc. Then close it."),
            Level.WARNING,
        )

    def _by_password(self, name: str, password: str) -> Reply[Actor]:
        return self._background.run_flow(self, sign_in, self._equipment.till, name, password)

    def _by_pin(self, staff_id: int, pin: str) -> Reply[Actor]:
        return self._background.run_flow(self, sign_in_by_pin, self._equipment.till, staff_id, pin)

    def _by_either(self, name: str, secret: str) -> Reply[Actor]:
        """A PIN is shorter than any password, and nothing but digits."""
        known = next((one for one in self._choices.staff if name_key(one.name) == name_key(name)), None)
        if known is not None and known.has_pin and secret.isdigit() and len(secret) < SHORTEST_PASSWORD:
            return self._by_pin(known.staff_id, secret)
        return self._by_password(name, secret)

    def _sign_in(self, who: Reply[Actor]) -> None:
        self._window.sign_in_screen.show_busy(self.tr("Signing in…"))
        who.then(self._enter, lambda error: self._refuse(self._window.sign_in_screen, error))

    def _unlock(self, who: Reply[Actor]) -> None:
        self._window.lock_screen.show_busy(self.tr("One moment…"))
        who.then(self._on_known_again, lambda error: self._refuse(self._window.lock_screen, error))

    def _enter(self, actor: Actor) -> None:
        self._leave()
        self.workplace = self._make_workplace(self._equipment, actor)
        self.workplace.enrolled.connect(self._on_enrolled)
        self.workplace.ended.connect(self._on_ended)
        self._again.stop()
        has_pin = any(one.staff_id == actor.staff_id and one.has_pin for one in self._choices.staff)
        self._window.enter(actor, has_pin=has_pin)
        digits = next((one.pin_digits for one in self._choices.staff if one.staff_id == actor.staff_id), 0)
        self._window.lock_screen.pin.expect(digits)
        self.workplace.greet()
        remind(self._window, self.workplace, self._background, actor)
        self.entered.emit(self.workplace)

    def _on_known_again(self, actor: Actor) -> None:
        present = self._window.actor
        if present is not None and present.staff_id == actor.staff_id:
            self._window.unlock()
        elif self.workplace is not None and self.workplace.sell is not None and self.workplace.has_basket:
            self._relief.ask(actor, self.workplace.sell)
        else:
            self._window.give_up_unsaved(lambda: self._hand_over(lambda: self._enter(actor)))

    def _on_released(self, actor: Actor, message: Message) -> None:
        self._enter(actor)
        self._window.show_message(message, 8)

    def _hand_over(self, go_on: Callable[[], object]) -> None:
        """Leave a customer that is not finished to whoever comes next, and go on then."""
        if self.workplace is None or not self.workplace.leaves_customer:
            go_on()
            return
        # After every note that this window has still to write.
        self._background.jot(self, self._equipment.memory.begin_anew).then(
            lambda _done: go_on(), lambda _error: go_on()
        )

    @staticmethod
    def _refuse(screen: SignInScreen | LockScreen, error: Exception) -> None:
        message = message_for(error)
        wait_seconds = error.wait_seconds if isinstance(error, SignInRefused) else 0
        screen.show_refusal(message.text, message.advice, wait_seconds)
        if message.ends & Ending.ANSWER:
            screen.status.refusal.end_with_answer()

    def _leave(self) -> None:
        self._window.remove_screens()
        if self.workplace is not None:
            self.workplace.put_away()
            self.workplace.deleteLater()
            self.workplace = None

    def _on_enrolled(self, identity: TillIdentity, key_id: int) -> None:
        """Whoever comes next is not told again that the gates do not know this till."""
        till = replace(self._equipment.till, key_id=key_id, key_revoked=False)
        self._equipment = replace(self._equipment, identity=identity, till=till)

    def _on_ended(self, message: Message) -> None:
        """The person may not go on: a customer with seats is left to whoever signs in here next."""
        unsaved = self._window.unsaved()
        if unsaved:
            words = self.tr("Not saved: {0}.").format(listed(unsaved))
            message = replace(message, advice=following(message.advice, words))
        if self.workplace is not None and self.workplace.has_basket:
            words = self.tr("The seats stay held. Whoever signs in here next goes on with this customer.")
            message = replace(message, advice=following(message.advice, words))
        self._hand_over(lambda: self._end(message))

    def _end(self, message: Message) -> None:
        self._window.sign_out()
        self._window.show_message(message)

    def _same_till(self, till: KnownTill) -> KnownTill:
        """Keep to tell whoever signs in that the till did not get the name that it should, until it is renamed."""
        before = self._equipment.till
        return replace(till, instead_of=before.instead_of if till.name == before.name else "")

    def _name_house(self) -> None:
        """Name the house in the title of the window; one that has no name leaves the program's."""
        house = self._choices.house
        self._window.setWindowTitle("Foyer" if house in {"", "Foyer"} else self.tr("{0} · Foyer").format(house))

    def _on_signed_out(self) -> None:
        self._leave()
        self._window.sign_in_screen.show_choices(self._choices)
        self._again.start()
        self.look_again()

    def _on_entrance(self, found: Entrance) -> None:
        self._choices = replace(self._choices, house=found.house, staff=found.staff, language=found.language)
        self._equipment = replace(self._equipment, till=self._same_till(found.till), language=found.language)
        self._name_house()
        if self._window.actor is None:
            use_locale(self._equipment.settings.locale or found.language)
            self._window.sign_in_screen.update_choices(self._choices)
