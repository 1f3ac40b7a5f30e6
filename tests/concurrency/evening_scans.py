"""Two hundred scans of an evening at two gates, with every verdict that there is."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from sqlalchemy import insert, select, update

from pos_app.db.models import OrderLine, OutsideCode, Ticket
from pos_app.documents.ticket_codes import TicketClaim, new_signing_key, sign_ticket
from pos_app.domain.codes import fold_old_code, grouped
from pos_app.domain.door.check_in import SAME_GUEST_SECONDS, Reason, Verdict
from pos_app.domain.selling.sales import VoidRequest
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.orders.reprints import reissue_tickets
from pos_app.services.season.cancellations import cancel_performance
from tests.small_house import SIGNING_KEY, allow, sell_seats

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from tests.concurrency.conftest import Arena

GATES: Final = ("Main", "Balcony")
Told = dict[str, Any]


@dataclass(frozen=True)
class Ask:
    """One scan, and whether what is told of it is right."""

    code: str
    performance_id: int
    is_right: Callable[[Told], bool]
    what: str
    leaving: bool = False
    nonce: str = field(default_factory=lambda: uuid4().hex)

    def as_scan(self) -> dict[str, Any]:
        """Return what the gate's process needs."""
        return {
            "performance_id": self.performance_id,
            "text": self.code,
            "nonce": self.nonce,
            "leaving": self.leaving,
        }


Round = tuple["Ask", "Ask"]
"""What both gates scan at the same moment."""


def verdict(wanted: Verdict, reason: Reason = Reason.NONE, **more: Any) -> Callable[[Told], bool]:
    """Judge by the verdict and its reason, which is no repeat of a guest's own scan."""
    facts = {"verdict": wanted, "reason": reason, "repeated": False, **more}
    return lambda told: {name: told[name] for name in facts} == facts


ADMITTED: Final = verdict(Verdict.ADMITTED)


def used_at(gate: str) -> Callable[[Told], bool]:
    """Judge whether the other gate is named."""
    return verdict(Verdict.ALREADY_USED, Reason.ALREADY_REDEEMED, used_gate=gate, used_here=False)


def same_guest_if_soon(told: Told) -> bool:
    """Judge a code that was shown at this gate before: how long ago decides, by the server's clock."""
    soon = told["used_seconds_ago"] < SAME_GUEST_SECONDS
    right = ADMITTED if soon else verdict(Verdict.ALREADY_USED, Reason.ALREADY_REDEEMED, used_here=True)
    return right({**told, "repeated": told["repeated"] if not soon else not told["repeated"]})


class Evening:
    """The tickets of an evening, and what the gates scan of them."""

    def __init__(self, arena: Arena) -> None:
        self._arena = arena
        self.house = arena.house
        self._owing: list[list[int]] = []
        self._free = deque(
            self.house.seat(row, number)
            for row in range(1, self.house.rows + 1)
            for number in range(1, self.house.seats_per_row + 1)
        )

    def sold(self, count: int = 2, performance_id: int | None = None) -> list[int]:
        """Sell so many seats as one order; return the tickets."""
        seats = [self._free.popleft() for _ in range(count)]
        if performance_id is not None:
            seats = [replace(seat, performance_id=performance_id) for seat in seats]
        return list(self._arena.database.transact(sell_seats, self.house, seats, after_start=True).ticket_ids)

    def signed(self, ticket: int, issue_count: int = 1, **claim: Any) -> str:
        """Return the code of a print."""
        facts = {"key_id": self.house.key_id, "performance_id": self.house.performance_id, "serial": ticket, **claim}
        return sign_ticket(SIGNING_KEY, TicketClaim(issue_count=issue_count, **facts))

    def ask(self, code: str, is_right: Callable[[Told], bool], what: str, **more: Any) -> Ask:
        """Ask for the evening."""
        return Ask(code, self.house.performance_id, is_right, what, **more)

    def asks(self, tickets: Sequence[int], is_right: Callable[[Told], bool], what: str, **more: Any) -> list[Ask]:
        """Ask for tickets by what is printed on them first."""
        return [self.ask(self.signed(ticket), is_right, what, **more) for ticket in tickets]

    def reprint(self, tickets: Sequence[int]) -> None:
        """Print tickets anew."""
        request = uuid4().hex
        cashier = self.house.cashier
        self._arena.database.transact(reissue_tickets, cashier, tickets, request_id=request, reason="Lost")

    def let_in(self, rounds: int) -> tuple[list[Round], list[Round]]:
        """Let different guests in at both gates; return that, and the same guests at the other gate afterwards."""
        first, then = [], []
        for _ in range(rounds):
            tickets = self.sold()
            main, balcony = self.asks(tickets, ADMITTED, "a good ticket")
            first.append((main, balcony))
            there = [used_at(gate) for gate in reversed(GATES)]
            used = [
                self.ask(self.signed(ticket), right, "used at the other gate")
                for ticket, right in zip(reversed(tickets), there, strict=True)
            ]
            then.append((used[0], used[1]))
        return first, then

    def shown_twice(self, rounds: int) -> list[Round]:
        """Let guests in who show their code once more."""
        done: list[Round] = []
        for _ in range(rounds):
            tickets = self.sold()
            done.append(_pair(self.asks(tickets, ADMITTED, "a good ticket")))
            done.append(_pair(self.asks(tickets, same_guest_if_soon, "shown once more")))
        return done

    def out_and_in(self, rounds: int) -> list[Round]:
        """Let guests in, out, out once more, and in again at the other gate."""
        done: list[Round] = []
        for _ in range(rounds):
            tickets = self.sold()
            left, gone = verdict(Verdict.LEFT), verdict(Verdict.REFUSED, Reason.NOT_INSIDE)
            done += [
                _pair(self.asks(tickets, ADMITTED, "a good ticket")),
                _pair(self.asks(tickets, left, "an exit", leaving=True)),
                _pair(self.asks(tickets, gone, "an exit of nobody", leaving=True)),
                _pair(self.asks(tickets[::-1], ADMITTED, "back again")),
            ]
        return done

    def printed_anew(self, rounds: int) -> list[Round]:
        """Show papers that are void, and then the good ones."""
        done: list[Round] = []
        for _ in range(rounds):
            tickets = self.sold()
            self.reprint(tickets)
            void = verdict(Verdict.REFUSED, Reason.REPRINTED)
            done.append(_pair(self.asks(tickets, void, "an older print")))
            done.append(_pair([self.ask(self.signed(one, 2), ADMITTED, "the newer print") for one in tickets]))
        return done

    def refused(self, rounds: int) -> list[Round]:
        """Show what is good for nothing, in every way."""
        gala, begun, database = self.house.gala_id, self.house.begun_id, self._arena.database
        private, _ = new_signing_key()
        done: list[Round] = []
        for _ in range(rounds):
            void, unpaid, called_off, elsewhere = self.sold(), self.sold(), self.sold(2, gala), self.sold(2, begun)
            database.transact(_void, self.house, void)
            database.transact(_owe, unpaid, "reserved")
            self._owing.append(unpaid)
            claim = TicketClaim(self.house.key_id, self.house.performance_id, void[0], 1)
            forged = verdict(Verdict.REFUSED, Reason.FORGED)
            gala_codes = [self.signed(one, performance_id=gala) for one in called_off]
            begun_codes = [self.signed(one, performance_id=begun) for one in elsewhere]
            off, other = (verdict(Verdict.REFUSED, one) for one in (Reason.CALLED_OFF, Reason.WRONG_PERFORMANCE))
            done += [
                _pair(self.asks(void, verdict(Verdict.REFUSED, Reason.CANCELED), "a refunded ticket")),
                _pair(self.asks(unpaid, verdict(Verdict.REFUSED, Reason.UNPAID), "an unpaid ticket")),
                _pair([Ask(code, gala, off, "an evening called off") for code in gala_codes]),
                _pair([self.ask(code, other, "another evening") for code in begun_codes]),
                (
                    self.ask(sign_ticket(private, claim), forged, "a forged code"),
                    self.ask(self.signed(void[0], key_id=self.house.key_id + 77), forged, "an unknown key"),
                ),
                (
                    self.ask("https://example.org", verdict(Verdict.REFUSED, Reason.INVALID), "no ticket"),
                    self.ask(self.signed(987_654), verdict(Verdict.REFUSED, Reason.UNKNOWN), "no such ticket"),
                ),
            ]
        return done

    def pay(self) -> None:
        """Pay what was not paid, so that the books are right in the end."""
        for tickets in self._owing:
            self._arena.database.transact(_owe, tickets, "live")

    def call_gala_off(self) -> None:
        """Cancel the gala."""
        self._arena.database.transact(cancel_performance, self.house.manager, self.house.gala_id, "The tenor is ill")

    def old_codes(self, rounds: int) -> list[Round]:
        """Show codes from another house: as they were, in other letters, and such as are alike."""
        done: list[Round] = []
        for _ in range(rounds):
            tickets = self.sold(6)
            codes = [f"Old-{ticket}" for ticket in tickets[:4]] + [f"twin {tickets[4]}", f"TWIN-{tickets[4]}"]
            self._arena.database.transact(_had, self.house.performance_id, dict(zip(tickets, codes, strict=True)))
            unknown = verdict(Verdict.REFUSED, Reason.UNKNOWN)
            done += [
                _pair([self.ask(code, ADMITTED, "an old code") for code in codes[:2]]),
                _pair([self.ask(code.upper(), ADMITTED, "an old code in capitals") for code in codes[2:4]]),
                _pair([self.ask(f"Twin{tickets[4]}", unknown, "a code like two others") for _ in GATES]),
            ]
        return done

    def short_codes(self) -> Round:
        """Show short codes as somebody types them."""
        tickets = self.sold()
        codes = self._arena.database.read(_short_codes, tickets)
        return _pair([self.ask(grouped(code).lower(), ADMITTED, "a short code") for code in codes])

    def papers(self, rounds: int) -> tuple[list[int], list[Round]]:
        """Show papers that are printed anew at that very moment; return their tickets, too."""
        tickets = self.sold(2 * rounds)
        either = _one_of(ADMITTED, verdict(Verdict.REFUSED, Reason.REPRINTED))
        asks = self.asks(tickets, either, "a paper that is printed anew just now")
        return tickets, [_pair(asks[at : at + 2]) for at in range(0, len(asks), 2)]

    def contested(self, rounds: int) -> list[Round]:
        """Show each code at both gates at the same moment; who is told what is judged of both together."""
        either = _one_of(ADMITTED, verdict(Verdict.ALREADY_USED, Reason.ALREADY_REDEEMED))
        return [
            _pair([self.ask(self.signed(one), either, "a code and its copy") for _ in GATES])
            for one in self.sold(rounds)
        ]


def _one_of(*right: Callable[[Told], bool]) -> Callable[[Told], bool]:
    return lambda told: any(judge(told) for judge in right)


def _pair(asks: Sequence[Ask]) -> Round:
    main, balcony = asks
    return main, balcony


def _void(session: Session, house: Any, tickets: list[int]) -> None:
    order = session.execute(_order_of(tickets)).scalar_one()
    void_order(session, house.cashier, VoidRequest(uuid4().hex, order, "Wrong evening", allow(session, house)))


def _owe(session: Session, tickets: list[int], state: str) -> None:
    order = session.execute(_order_of(tickets)).scalar_one()
    session.execute(update(OrderLine).where(OrderLine.order_id == order).values(state=state))


def _order_of(tickets: list[int]) -> Any:
    return select(OrderLine.order_id).join(Ticket, Ticket.order_line_id == OrderLine.id).where(Ticket.id == tickets[0])


def _had(session: Session, performance_id: int, codes: dict[int, str]) -> None:
    rows = [
        {"ticket_id": one, "performance_id": performance_id, "code_key": code, "folded_key": fold_old_code(code)}
        for one, code in codes.items()
    ]
    session.execute(insert(OutsideCode), rows)


def _short_codes(session: Session, tickets: list[int]) -> list[str]:
    return list(session.execute(select(Ticket.short_code).where(Ticket.id.in_(tickets))).scalars())
