"""What the window needs of the database, without knowing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")


class Session(Protocol):
    """What a service works in. Only services look into it; here it is told from the database that flows take."""

    def in_transaction(self) -> bool:
        """Tell whether a transaction has begun."""
        ...


class Transactor(Protocol):
    """What Background needs of the database."""

    @property
    def at_rest(self) -> Transactor:
        """The same database by the line that is kept while nobody works."""
        ...

    def transact(self, service: Callable[Concatenate[Session, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a service in a transaction of its own, again where that can help."""
        ...

    def read(self, service: Callable[Concatenate[Session, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a service that only reads."""
        ...


def for_any_session(service: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[Session, P], R]:
    """The database gives each service the session that it knows; which one, is not known here."""
    return cast("Callable[Concatenate[Session, P], R]", service)
