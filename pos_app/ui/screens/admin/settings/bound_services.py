"""The questions of the section of settings, answered by the services of the box office."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pos_app.documents.setting.logo import MOST_BYTES, prepare_logo
from pos_app.domain.errors import InvalidInput
from pos_app.domain.house.settings import HouseRecord
from pos_app.domain.tickets.faces import TicketLook
from pos_app.domain.tickets.papers import paper_by_name
from pos_app.flows.sample_tickets import set_sample
from pos_app.services.house.house_page import load_house_record, save_house_record
from pos_app.services.house.ticket_look import SampleHouse, load_sample_house
from pos_app.ui.pages import draw_pages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject
    from sqlalchemy.orm import Session

    from pos_app.documents.previews import RasterPage
    from pos_app.domain.roles import Actor
    from pos_app.ui.background import Background, Reply


class BoundSettings:
    """Answers for one person at one till; see SettingsServices. locale: where the house has chosen no language."""

    def __init__(self, background: Background, actor: Actor, locale: str) -> None:
        self._background = background
        self._actor = actor
        self._locale = locale
        self._house = SampleHouse("", "", "UTC", "EUR")

    def read_all(self, owner: QObject) -> Reply[tuple[HouseRecord, ...]]:
        """Read the record."""
        return self._background.read_latest(owner, "house", self._read)

    def save(self, owner: QObject, before: HouseRecord | None, values: Mapping[str, object]) -> Reply[HouseRecord]:
        """Save the values of the form. Raises ValueError without a record that was read: there is always one."""
        if before is None:
            raise ValueError("the house has one record")
        wanted = HouseRecord(**cast("dict[str, Any]", dict(values)))
        return self._background.write(owner, save_house_record, self._actor, before, wanted)

    def archive(self, owner: QObject, record: HouseRecord) -> Reply[HouseRecord]:
        """Not to be had. Raises NotImplementedError."""
        raise NotImplementedError

    def restore(self, owner: QObject, record: HouseRecord) -> Reply[HouseRecord]:
        """Not to be had. Raises NotImplementedError."""
        raise NotImplementedError

    def read_logo(self, owner: QObject, path: str) -> Reply[bytes]:
        """Read a PNG and make it harmless."""
        return self._background.outside(owner, _read_logo, Path(path))

    def preview(self, owner: QObject, values: Mapping[str, object], paper: str) -> Reply[tuple[RasterPage, ...]]:
        """Draw sample tickets."""
        logo = values.get("logo_png")
        look = TicketLook(
            logo if isinstance(logo, bytes) else None,
            str(values.get("line") or ""),
            str(values.get("organisation") or ""),
        )
        currency = str(values.get("currency") or self._house.currency)
        locale = str(values.get("language") or self._locale)
        return self._background.compute(owner, _draw, self._house, look, paper, currency=currency, locale=locale)

    def _read(self, session: Session) -> tuple[HouseRecord, ...]:
        self._house = load_sample_house(session)
        return (load_house_record(session, self._actor),)


def _read_logo(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise InvalidInput("The logo is larger than 2 MB.", advice="Save it smaller.")
    return prepare_logo(path.read_bytes())


def _draw(house: SampleHouse, look: TicketLook, paper: str, *, currency: str, locale: str) -> tuple[RasterPage, ...]:
    on_a_page = paper_by_name(paper).facts.on_a_page
    return draw_pages(set_sample(house, look, paper, currency=currency, locale=locale, tickets=on_a_page))
