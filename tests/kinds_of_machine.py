"""A house in which each service runs as the account of the machine that it is for.

`ByKind` stands in the place of a `Database`: what a counter does goes to the server as a counter's account, what a
gate does as a gate's, what a manager does as an office's, and what a test does by hand as root. With
FOYER_TEST_ACCOUNTS=1 the houses of all tests on a server are of this kind, so that every story of a service that is
told anywhere proves that the rights suffice.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.grants.granting import KindOfAccount, give_rights
from pos_app.db.grants.statements import Account
from pos_app.domain.tills.kinds import TillKind
from tests.servers import by_socket

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

P = ParamSpec("P")
R = TypeVar("R")

PASSWORD: Final = "of a kind"
_OF_A_COUNTER: Final = {
    "load_house_settings", "load_house_zone", "load_ticket_look", "load_pin_lengths", "load_till", "note_seen",
    "register_till", "release_due", "require_in_use", "require_key", "sell_seats", "list_performances", "load_offer",
}  # fmt: skip
_ROOMS: Final = {
    "door": TillKind.GATE,
    "selling": TillKind.COUNTER,
    "orders": TillKind.COUNTER,
    "seats": TillKind.COUNTER,
    "server_time": TillKind.COUNTER,
}
_OF_CUSTOMERS: Final = {"buying", "finding", "privacy.forgotten", "records"}
"""What a counter does with customers; merging, handing out and erasing is the office's."""
_SIGNING_IN: Final = {"attempts", "choices", "entrance", "standing"}


def kind_of(service: Any) -> TillKind | None:
    """Return at which machine a service runs; None: it is no service, but a test's own doing."""
    while isinstance(service, functools.partial):
        service = service.func
    module, name = str(getattr(service, "__module__", "")), str(getattr(service, "__name__", ""))
    if name in _OF_A_COUNTER:
        return TillKind.COUNTER
    if not module.startswith("pos_app.services."):
        return None
    room, _, rest = module.removeprefix("pos_app.services.").partition(".")
    if room == "staff" and rest in _SIGNING_IN and name != "forgive":
        return TillKind.COUNTER
    if room == "customers" and rest in _OF_CUSTOMERS:
        return TillKind.COUNTER
    return _ROOMS.get(room, TillKind.OFFICE)


class ByKind(Database):
    """A database on a server, to which each kind of machine has its own way. url: of root."""

    def __init__(self, url: str) -> None:
        super().__init__(parse_address(url))
        self._of_kind: dict[TillKind, Database] = {}

    def of(self, kind: TillKind) -> Database:
        """Return the database as a kind of machine opens it."""
        if kind not in self._of_kind:
            user = f"{kind}_{self.address.name}"[:32]
            give_rights(self, KindOfAccount(Account(user), kind), PASSWORD)
            self._of_kind[kind] = Database(parse_address(self.address.url(user) + by_socket(self)), lambda: PASSWORD)
        return self._of_kind[kind]

    def transact(self, service: Callable[Concatenate[Session, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        kind = kind_of(service)
        if kind is None:
            return super().transact(service, *args, **kwargs)
        return self.of(kind).transact(service, *args, **kwargs)

    def read(self, service: Callable[Concatenate[Session, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        kind = kind_of(service)
        if kind is None:
            return super().read(service, *args, **kwargs)
        return self.of(kind).read(service, *args, **kwargs)

    def close(self) -> None:
        for one in self._of_kind.values():
            one.close()
        super().close()

    def drop_accounts(self) -> None:
        """Take the accounts away again."""
        with self.writer.connect() as connection:
            for kind in self._of_kind:
                connection.exec_driver_sql(f"DROP USER IF EXISTS `{kind}_{self.address.name}`@`%%`"[:200])
            connection.commit()
