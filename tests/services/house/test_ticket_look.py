from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert

from pos_app.db.models import Setting
from pos_app.domain.tickets.faces import TicketLook
from pos_app.services.house.ticket_look import LINE_SETTING, LOGO_SETTING, load_ticket_look

if TYPE_CHECKING:
    from tests.houses import OpenHouse

LINE = "No re-entry after the interval"


def store(house: OpenHouse, name: str, value: str) -> None:
    house.database.transact(lambda session: session.execute(insert(Setting).values(name=name, value=value)))


def test_a_house_without_settings_has_plain_tickets(house: OpenHouse) -> None:
    assert house.database.read(load_ticket_look) == TicketLook(None, "")


@pytest.mark.parametrize(
    "stored",
    ["", "no json", "null", "12", '"not base64!"', json.dumps(b64encode(b"no picture").decode())],
)
def test_a_logo_that_cannot_be_used_is_left_out_and_tickets_are_printed(house: OpenHouse, stored: str) -> None:
    store(house, LOGO_SETTING, stored)
    store(house, LINE_SETTING, json.dumps(LINE))
    assert house.database.read(load_ticket_look) == TicketLook(None, LINE)


@pytest.mark.parametrize("stored", ["", "no json", "[1]", "{}"])
def test_a_line_that_cannot_be_read_is_none(house: OpenHouse, stored: str) -> None:
    store(house, LINE_SETTING, stored)
    assert house.database.read(load_ticket_look).line == ""
