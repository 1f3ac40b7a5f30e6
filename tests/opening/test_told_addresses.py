"""Nobody at a till reads accounts or folders where a box office does not open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.db.connection.addresses import parse_address
from pos_app.domain.errors import CannotConnect, ServerUnreachable
from pos_app.opening.open_house import connect

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("mysql://counter@db.house:3307/foyer", "db.house:3307"),
        ("mysql://counter@[::1]:3306,second/foyer", "[::1]:3306,second:3306"),
        ("/home/maria/house.db", "house.db"),
    ],
)
def test_servers_and_files_are_told_without_account_and_folder(url: str, told: str) -> None:
    assert parse_address(url).told() == told


def test_a_server_that_is_not_there_is_told_by_its_place_alone() -> None:
    with pytest.raises(ServerUnreachable) as refused:
        connect("mysql://counter@127.0.0.1:9/foyer", password="house lights")
    assert refused.value.message == "127.0.0.1:9 does not answer."


def test_a_file_that_is_not_there_is_told_by_its_name_alone(tmp_path: Path) -> None:
    with pytest.raises(CannotConnect) as refused:
        connect(str(tmp_path / "house.db"))
    assert refused.value.message == "There is no database house.db."
