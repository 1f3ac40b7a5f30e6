"""Where the one record of the house comes from and goes to, and what its tickets would look like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from pos_app.computer.files import FileTooLargeError, read_bounded
from pos_app.documents.setting.logo import MOST_BYTES, prepare_logo
from pos_app.domain.disk_faults import why_disk
from pos_app.domain.errors import InvalidInput
from pos_app.domain.house.settings import HouseRecord
from pos_app.domain.sentences import say
from pos_app.domain.tickets.papers import paper_by_name
from pos_app.flows.sample_tickets import set_sample
from pos_app.services.house.record import list_house_records, save_house_record
from pos_app.ui.pages import draw_pages

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtCore import QObject

    from pos_app.documents.previews import RasterPage
    from pos_app.domain.tickets.faces import TicketLook
    from pos_app.services.house.ticket_look import SampleHouse
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office


class SettingsOperations:
    """A RecordSource of the one record there is."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def read_all(self, owner: QObject) -> Reply[tuple[HouseRecord, ...]]:
        """Read the record; it stands alone."""
        return self._office.read_latest(owner, "house", list_house_records)

    def save(self, owner: QObject, before: HouseRecord | None, values: Mapping[str, object]) -> Reply[HouseRecord]:
        """Save the values of the form. Raises ValueError without a record that was read: there is always one."""
        if before is None:
            raise ValueError("the house has one record")
        wanted = HouseRecord(**cast("dict[str, Any]", dict(values)))
        return self._office.write(owner, save_house_record, before, wanted)

    def archive(self, owner: QObject, record: HouseRecord) -> Reply[HouseRecord]:
        """Not to be had: the house has no archive. Raises NotImplementedError."""
        raise NotImplementedError

    def restore(self, owner: QObject, record: HouseRecord) -> Reply[HouseRecord]:
        """Not to be had. Raises NotImplementedError."""
        raise NotImplementedError


def read_logo(path: Path) -> bytes:
    """Read a PNG and make it harmless. Raises InvalidInput."""
    try:
        return prepare_logo(read_bounded(path, MOST_BYTES))
    except FileTooLargeError:
        raise InvalidInput(say("The logo is larger than 2 MB."), advice=say("Save it smaller.")) from None
    except OSError as error:
        raise InvalidInput(
            say("The file cannot be read: {reason}.", reason=why_disk(error)), advice=say("Choose another.")
        ) from None


def draw_sample(
    house: SampleHouse, look: TicketLook, paper: str, *, currency: str, locale: str
) -> tuple[RasterPage, ...]:
    """Draw sample tickets as they would be printed on this paper."""
    pdf = set_sample(house, look, paper, currency=currency, locale=locale, tickets=paper_by_name(paper).facts.on_a_page)
    return draw_pages(pdf)
