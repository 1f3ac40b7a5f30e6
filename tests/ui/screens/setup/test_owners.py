"""An owner's account sets up and upgrades, and does not stay at the till."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from sqlalchemy import inspect

from pos_app.db.grants.granting import KindOfAccount, give_rights, known_accounts
from pos_app.db.grants.statements import Account
from pos_app.db.models import DatabaseAccount
from pos_app.domain.tills.kinds import TillKind
from pos_app.ui.screens.setup.account_page import AccountPage
from tests.db.schema.old_schemas import make_schema_of
from tests.owned import PASSWORD, Owned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.hands import PatientHands
    from tests.ui.screens.setup.newcomer import Newcomer


@pytest.fixture
def bare(server_url: str) -> Iterator[Owned]:
    made = Owned(server_url, tables=False)
    yield made
    made.close()


def _connect(new: Newcomer, owned: Owned, user: str, password: str = PASSWORD) -> None:
    new.wait(new.is_asked)
    if new.page is new.setup.choice:
        new.setup.choice.server.click()
    server = owned.address.servers[0]
    new.type(host=server.host, port=str(server.port), database=owned.name, user=user, password=password)
    new.press(Qt.Key.Key_Return)


def _picture(new: Newcomer, name: str) -> None:
    folder = os.environ.get("FOYER_TEST_PICTURES")
    if folder:
        new.foyer.window.grab().save(f"{folder}/{name}.png")


def test_who_founds_a_house_as_its_owner_leaves_an_office_behind(
    start: Callable[..., Newcomer], bare: Owned, tmp_path: Path
) -> None:
    new = start()
    _connect(new, bare, bare.owner_name)
    assert "The database is empty" in new.said()
    new.press(Qt.Key.Key_Return)
    new.wait(lambda: new.page is new.setup.house)
    new.fill_house()
    new.press(Qt.Key.Key_Return)
    new.wait(lambda: new.page is new.setup.account)
    assert bare.owner_name in new.page.sentence.text()
    user = bare.new_user()
    new.setup.account.form.change_values({"kind": "office"})
    new.type(user=user, password=PASSWORD, again="something else")
    _picture(new, "account")
    new.press(Qt.Key.Key_Return)
    new.wait(lambda: "not the same" in new.setup.account.form.problem("again"))
    new.type(user=user, password=PASSWORD, again=PASSWORD)
    new.press(Qt.Key.Key_Return)
    new.wait(lambda: new.page is new.setup.done)
    assert known_accounts(bare.owner) == (KindOfAccount(Account(user), TillKind.OFFICE),)
    new.press(Qt.Key.Key_Return)
    new.sign_in()
    written = (tmp_path / "settings.toml").read_text()
    assert f"mysql://{user}@" in written
    assert bare.owner_name not in written
    assert new.foyer.house is not None
    assert new.foyer.house.database.address.user == user
    assert new.foyer.house.till.kind is TillKind.OFFICE


def test_who_joins_by_a_counters_account_is_told_that_it_enrols_nobody(
    start: Callable[..., Newcomer], bare: Owned, tmp_path: Path
) -> None:
    new = start()
    _connect(new, bare, bare.owner_name)
    new.said()
    new.press(Qt.Key.Key_Return)
    new.wait(lambda: new.page is new.setup.house)
    new.fill_house()
    new.press(Qt.Key.Key_Return)
    new.wait(lambda: new.page is new.setup.account)
    (tmp_path / "settings.toml").unlink()
    (tmp_path / "state").rename(tmp_path / "first")
    user = bare.new_user()
    give_rights(bare.owner, KindOfAccount(Account(user), TillKind.COUNTER), PASSWORD)
    new = start()
    _connect(new, bare, user)
    new.said()
    new.press(Qt.Key.Key_Return)
    new.wait(lambda: new.page is new.setup.join)
    new.type(till_name="Second till")
    new.press(Qt.Key.Key_Return)
    new.wait(lambda: new.page is new.setup.done)
    _picture(new, "joined")
    told = " ".join(one.text() for one in new.setup.done.findChildren(QLabel) if one.isVisible())
    assert "may not enrol it" in told
    assert "signs in here once" not in told


def test_the_name_of_the_account_goes_with_the_kind_until_one_is_typed(qtbot: PatientHands) -> None:
    page = AccountPage()
    qtbot.addWidget(page)
    page.show_owner("owner")
    for kind, user in (("gate", "foyer_gate"), ("office", "foyer_office"), ("counter", "foyer_counter")):
        page.form.change_values({"kind": kind})
        assert page.form.values()["user"] == user
    page.form.change_values({"user": "desk"})
    page.form.change_values({"kind": "gate"})
    assert page.form.values()["user"] == "desk"


def test_an_older_house_is_upgraded_by_an_owner_whose_name_is_not_kept(
    start: Callable[..., Newcomer], bare: Owned, tmp_path: Path
) -> None:
    make_schema_of(bare.root, "0008")
    user = bare.make_user()
    bare.administer(f"GRANT SELECT, INSERT, UPDATE ON {bare.name}.* TO `{user}`@`%`")
    bare.root.close()
    new = start()
    _connect(new, bare, user)
    assert "older Foyer" in new.said()
    new.press(Qt.Key.Key_Return)
    new.wait(lambda: new.page is new.setup.upgrade)
    new.press(Qt.Key.Key_Return)
    assert "Type the account of an owner" in new.said()
    new.type(user=bare.owner_name, password=PASSWORD)
    _picture(new, "upgrade")
    new.press(Qt.Key.Key_Return)
    new.wait(lambda: new.page is new.setup.house)
    with bare.root.writer.connect() as connection:
        assert inspect(connection).has_table(DatabaseAccount.__tablename__)
    assert bare.owner_name not in (tmp_path / "settings.toml").read_text()
