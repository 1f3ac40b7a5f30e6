"""One person's way to the services: who acts is said once, and every question runs off the thread of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Concatenate

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from pos_app.domain.roles import Actor
    from pos_app.ui.background import Background, D, P, R, Reply, S


class Office:
    """Runs services and flows for whoever has signed in at this till; `owner` is always who wants the answer.

    What needs no person (a service without an actor, a file, a sum) is asked of `background`.
    """

    def __init__(self, background: Background, actor: Actor) -> None:
        self.background = background
        self.actor = actor

    def write(
        self,
        owner: QObject,
        service: Callable[Concatenate[S, Actor, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Reply[R]:
        """Run a service that changes something, in one transaction, after every write asked for before it."""
        return self.background.write(owner, service, self.actor, *args, **kwargs)

    def read(
        self,
        owner: QObject,
        service: Callable[Concatenate[S, Actor, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Reply[R]:
        """Run a service that only reads; the result is dropped when its owner is gone."""
        return self.background.read(owner, service, self.actor, *args, **kwargs)

    def read_latest(
        self,
        owner: QObject,
        key: str,
        service: Callable[Concatenate[S, Actor, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Reply[R]:
        """Read, and drop what the same owner asked for before under the same key: only the newest answer counts."""
        return self.background.read_latest(owner, key, service, self.actor, *args, **kwargs)

    def run_flow(
        self,
        owner: QObject,
        flow: Callable[Concatenate[D, Actor, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Reply[R]:
        """Run a flow (transaction, talk, transaction) on the thread of the writes."""
        return self.background.run_flow(owner, flow, self.actor, *args, **kwargs)
