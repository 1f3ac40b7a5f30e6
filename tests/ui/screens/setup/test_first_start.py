"""From nothing to a signed-in manager: the program as `foyer` starts it, on SQLite and on a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.computer.settings import load_settings
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.doctor import judge_database
from pos_app.domain.errors import CannotConnect, ServerUnreachable
from pos_app.domain.roles import Role
from pos_app.domain.sentences import say
from pos_app.opening import open_house
from tests.accounts import a_user
from tests.servers import by_socket
from tests.ui.screens.setup.newcomer import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pos_app.computer.settings import Settings
    from tests.ui.screens.setup.newcomer import Newcomer


def test_a_computer_of_its_own_is_set_up_by_keyboard_and_opens_directly_from_then_on(
    start: Callable[..., Newcomer], tmp_path: Path
) -> None:
    new = start()
    new.wait(new.is_asked)
    assert new.page is new.setup.choice
    new.press(Qt.Key.Key_Tab)
    new.press(Qt.Key.Key_Return)
    new.wait(lambda: new.page is new.setup.house)
    new.fill_house()
    new.type(again="another password", pin="12", currency="dollars", time_zone="Atlantis", house="  ")
    new.press(Qt.Key.Key_Return)
    form = new.setup.house.form
    new.wait(lambda: form.problem("again"))
    assert all(form.problem(name) for name in ("house", "currency", "time_zone", "pin", "again"))
    assert not (tmp_path / "state" / "foyer.db").exists()
    new.fill_house()
    new.press(Qt.Key.Key_Return)
    new.wait(lambda: new.page is new.setup.done)
    new.press(Qt.Key.Key_Return)
    new.sign_in()
    actor = new.foyer.window.actor
    assert actor is not None
    assert (actor.role, actor.till_name) == (Role.MANAGER, "Front till")
    house = new.foyer.house
    assert house is not None
    assert house.till.key_id is not None
    assert house.choices.house == "The New House"
    assert house.database.read(judge_database) == ()
    settings = (tmp_path / "settings.toml").read_text()
    assert "sounds = false  # at night" in settings
    assert settings.startswith("# mine\n")
    assert load_settings().till_name == "Front till"
    again = start()
    again.sign_in()


def test_a_server_is_tested_set_up_and_found_again_without_its_password_on_the_disk(
    start: Callable[..., Newcomer], server_url: str, tmp_path: Path
) -> None:
    address = parse_address(server_url)
    host, port = address.servers[0].host, address.servers[0].port
    root = Database(address)
    by = by_socket(root)
    root.close()
    with a_user(server_url, "counter", f"ALL ON {address.name}.*", password="ge heim") as counter:
        new = start()
        new.wait(new.is_asked)
        QTest.mouseClick(new.setup.choice.server, Qt.MouseButton.LeftButton)
        # An address is taken apart, once all of it is typed.
        new.type(host=f"mysql://{counter}:wrong@{host}:{port}/{address.name}{by}")
        new.press(Qt.Key.Key_Tab)
        assert new.setup.server.form.values()["port"] == port
        new.press(Qt.Key.Key_Return)
        assert f"refuses “{counter}” with this password" in new.said()
        new.type(password="ge heim")
        assert not new.page.outcome.message.text()
        new.press(Qt.Key.Key_Return)
        assert "The database is empty" in new.said()
        assert "connections. Each till takes one of them" in new.said()
        new.press(Qt.Key.Key_Return)
        new.wait(lambda: new.page is new.setup.house)
        new.fill_house()
        new.press(Qt.Key.Key_Return)
        new.wait(lambda: new.page is new.setup.done)
        new.press(Qt.Key.Key_Return)
        new.sign_in()
        written = (tmp_path / "settings.toml").read_text()
        assert f"mysql://{counter}@{host}:{port}/{address.name}{by}" in written
        assert "ge heim" not in written
        # There is no keyring here: it is asked for at the next start, until it is right.
        later = start()
        later.wait(later.waiting.password_field.isVisible)
        for typed in ("wrong", "ge heim"):
            later.waiting.password_field.setText(typed)
            later.press(Qt.Key.Key_Return)
            later.wait(lambda: later.foyer.signing_in is not None or later.waiting.password_field.isVisible())
        later.sign_in()
        # A second computer joins, with a manager who enrols it.
        (tmp_path / "settings.toml").unlink()
        (tmp_path / "state").rename(tmp_path / "first")
        second = start()
        second.wait(second.is_asked)
        second.setup.choice.server.click()
        second.type(host=f"mysql://{counter}:ge%20heim@{host}:{port}/{address.name}{by}")
        second.press(Qt.Key.Key_Return)
        assert "box office of The New House" in second.said()
        assert "It can sell at any time." in second.said()
        second.press(Qt.Key.Key_Return)
        second.type(till_name="Front till", manager="Mario Əliyev", password="not this one")
        second.press(Qt.Key.Key_Return)
        second.wait(lambda: "“Front till 2” is free" in second.setup.join.form.problem("till_name"))
        second.type(till_name="Front till 2", manager="Mario Əliyev", password="not this one")
        second.press(Qt.Key.Key_Return)
        assert "do not belong together" in second.said()
        second.type(till_name="Front till 2", password=PASSWORD)
        second.press(Qt.Key.Key_Return)
        second.wait(lambda: second.page is second.setup.done)
        second.press(Qt.Key.Key_Return)
        second.sign_in()
        assert second.foyer.house is not None
        assert second.foyer.house.till.name == "Front till 2"
        assert second.foyer.house.till.key_id is not None


def test_a_server_that_goes_away_while_the_tables_are_made_is_said_with_the_button_that_goes_on(
    start: Callable[..., Newcomer], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(_database: Database) -> None:
        raise ServerUnreachable(
            say("The server cannot be reached."), advice=say("Foyer keeps trying; please wait a moment.")
        )

    new = start()
    new.wait(new.is_asked)
    new.press(Qt.Key.Key_Tab)
    new.press(Qt.Key.Key_Return)
    new.wait(lambda: new.page is new.setup.house)
    new.fill_house()
    with monkeypatch.context() as patch:
        patch.setattr("pos_app.flows.set_up.upgrade_schema", lose)
        new.press(Qt.Key.Key_Return)
        assert new.said() == (
            "The server cannot be reached. Press “Make the box office” again, a little later: it goes on where it was"
            " cut off."
        )
    new.press(Qt.Key.Key_Return)
    new.wait(lambda: new.page is new.setup.done)


def test_the_demo_is_opened_apart_and_leaves_no_trace_in_the_settings(
    start: Callable[..., Newcomer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Path, str]] = []

    def refuse(settings: Settings, url: str, **_more: object) -> None:
        asked.append((settings.state_folder, url))
        raise CannotConnect(say("The demo is not built in this test."))

    monkeypatch.setattr(open_house, "open_demo", refuse)
    new = start()
    before = (tmp_path / "settings.toml").read_text()
    new.wait(new.is_asked)
    new.press(Qt.Key.Key_Return)
    new.wait(new.waiting.setup_button.isVisible)
    folder = tmp_path / "state" / "demo"
    assert asked == [(folder, f"sqlite:///{folder / 'demo.db'}")]
    assert (tmp_path / "settings.toml").read_text() == before
    new.waiting.setup_button.click()
    assert new.page is new.setup.choice


@pytest.mark.parametrize("database", ["mysql://foyer@127.0.0.1:1/foyer"])
def test_a_server_that_is_gone_can_be_exchanged_for_another(start: Callable[..., Newcomer], database: str) -> None:
    new = start(database=database)
    new.wait(new.waiting.setup_button.isVisible)
    new.waiting.setup_button.click()
    assert new.page is new.setup.server
    assert new.setup.server.form.values()["port"] == 1
    assert new.setup.server.host.value() == "127.0.0.1"
    new.press(Qt.Key.Key_Escape)
    new.press(Qt.Key.Key_Escape)
    new.wait(new.waiting.setup_button.isVisible)


def test_the_card_grows_for_what_is_wrong_where_the_window_has_the_room(start: Callable[..., Newcomer]) -> None:
    new = start(size=(1920, 1080))
    new.wait(new.is_asked)
    new.setup.choice.here_chosen.emit()
    new.wait(lambda: new.page is new.setup.house)
    form = new.setup.house.form
    at_rest, hidden = new.qtbot.waitStill(lambda: (new.setup.house.height(), form.verticalScrollBar().maximum()))
    assert not hidden
    new.type(house="", currency="", time_zone="", manager="", pin="1", password="", again="x", till_name="")
    new.press(Qt.Key.Key_Return)
    new.wait(lambda: form.problem("till_name"))
    new.wait(lambda: new.setup.house.height() > at_rest and not form.verticalScrollBar().maximum())
    new.fill_house()
    new.wait(lambda: new.setup.house.height() == at_rest)
    new.foyer.window.resize(1280, 720)
    new.wait(form.verticalScrollBar().maximum)
