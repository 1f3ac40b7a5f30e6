"""What the pages of the first start ask for, each done behind the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from pos_app.domain.house.setup import DatabaseFound, HouseDraft, JoinDraft, Made, ServerAccount
    from pos_app.domain.house.stopping import Stop
    from pos_app.flows.set_up import ThisComputer
    from pos_app.ui.background import Background, Reply

    Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SetupStart:
    """What the pages show before anything was typed. account: the server of the settings, where they name one."""

    account: ServerAccount
    till_name: str


class SetupServices:
    """The steps of setting up, on this computer. account None: the embedded database."""

    def __init__(self, background: Background, place: ThisComputer) -> None:
        self._background = background
        self._place = place

    def look(self, owner: QObject, account: ServerAccount | None, stop: Stop) -> Reply[DatabaseFound]:
        """Say what the database holds, or what is wrong with the connection."""
        return self._background.outside(owner, _look, self._place, account, stop)

    def make_database(self, owner: QObject, account: ServerAccount, stop: Stop) -> Reply[DatabaseFound]:
        """Make the database that is missing."""
        return self._background.outside(owner, _make_database, self._place, account, stop)

    def upgrade(self, owner: QObject, account: ServerAccount | None, tell: Tell) -> Reply[DatabaseFound]:
        """Bring an older database to this program's tables. tell: called on another thread."""
        return self._background.outside(owner, _upgrade, self._place, account, tell)

    def make_house(self, owner: QObject, account: ServerAccount | None, draft: HouseDraft, tell: Tell) -> Reply[Made]:
        """Make the tables, the house and its first manager. tell: called on another thread."""
        return self._background.outside(owner, _make_house, self._place, account, draft, tell)

    def join_house(self, owner: QObject, account: ServerAccount | None, draft: JoinDraft, tell: Tell) -> Reply[Made]:
        """Make this computer a till of the house. tell: called on another thread."""
        return self._background.outside(owner, _join_house, self._place, account, draft, tell)


# Imported by the worker: SQLAlchemy takes its time, and the first page shall not wait for it.


def _look(place: ThisComputer, account: ServerAccount | None, stop: Stop) -> DatabaseFound:
    from pos_app.flows.set_up import look

    return look(place, account, stop)


def _make_database(place: ThisComputer, account: ServerAccount, stop: Stop) -> DatabaseFound:
    from pos_app.flows.set_up import make_database

    return make_database(place, account, stop)


def _upgrade(place: ThisComputer, account: ServerAccount | None, tell: Tell) -> DatabaseFound:
    from pos_app.flows.set_up import upgrade

    return upgrade(place, account, tell)


def _make_house(place: ThisComputer, account: ServerAccount | None, draft: HouseDraft, tell: Tell) -> Made:
    from pos_app.flows.set_up import make_house

    return make_house(place, account, draft, tell)


def _join_house(place: ThisComputer, account: ServerAccount | None, draft: JoinDraft, tell: Tell) -> Made:
    from pos_app.flows.set_up import join_house

    return join_house(place, account, draft, tell)
