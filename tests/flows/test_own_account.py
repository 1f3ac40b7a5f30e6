"""From an owner's account to one of a kind of machine; other computers may have it already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.computer.settings_file import write_settings
from pos_app.db.grants.granting import KindOfAccount, give_rights, known_accounts
from pos_app.db.grants.statements import Account
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import RightsMissing
from pos_app.domain.house.setup import AccountDraft, JoinDraft, Made, ServerAccount
from pos_app.domain.tills.kinds import TillKind
from pos_app.flows.own_account import take_account
from pos_app.flows.set_up import ThisComputer, join_house
from tests.owned import PASSWORD, Owned

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def owned(server_url: str) -> Iterator[Owned]:
    made = Owned(server_url)
    yield made
    made.close()


def _take(owned: Owned, folder: Path, user: str, password: str = PASSWORD, again: str = PASSWORD) -> Made:
    place = ThisComputer(folder, folder / "settings.toml", f"sqlite:///{folder / 'foyer.db'}")
    write_settings(place.settings_file, {"till_name": "Till 2"})
    server = owned.address.servers[0]
    owner = ServerAccount(
        server.host, server.port, owned.name, owned.owner_name, PASSWORD, socket=owned.address.options["socket"]
    )
    made = Made(owner.url(), "Till 2", may_grant=True)
    return take_account(place, owner, made, AccountDraft("counter", True, user, password, again))


def test_a_second_till_takes_the_account_that_the_first_one_has(owned: Owned, tmp_path: Path) -> None:
    user = owned.new_user()
    give_rights(owned.owner, KindOfAccount(Account(user), TillKind.COUNTER), PASSWORD)
    with pytest.raises(FieldRefused) as refused:
        _take(owned, tmp_path, user, "guessed wrong", "guessed wrong")
    assert "not its password" in str(refused.value.fields["password"])
    made = _take(owned, tmp_path, user)
    assert not made.may_grant
    assert made.password == PASSWORD
    assert f"mysql://{user}@" in made.url
    assert user in (tmp_path / "settings.toml").read_text()
    assert known_accounts(owned.owner) == (KindOfAccount(Account(user), TillKind.COUNTER, also_gate=True),)


def test_an_account_of_another_kind_is_not_taken_for_its_computers_would_become_of_this_one(
    owned: Owned, tmp_path: Path
) -> None:
    user = owned.new_user()
    office = KindOfAccount(Account(user), TillKind.OFFICE)
    give_rights(owned.owner, office, PASSWORD)
    with pytest.raises(FieldRefused) as refused:
        _take(owned, tmp_path, user)
    assert "another kind" in str(refused.value.fields["user"])
    assert known_accounts(owned.owner) == (office,)


def test_an_account_that_comes_from_some_computers_only_stays_so(owned: Owned, tmp_path: Path) -> None:
    user = owned.new_user()
    here = Account(user, "localhost")  # by the socket of the server
    give_rights(owned.owner, KindOfAccount(here, TillKind.COUNTER), PASSWORD)
    try:
        _take(owned, tmp_path, user)
        assert known_accounts(owned.owner) == (KindOfAccount(here, TillKind.COUNTER, also_gate=True),)
    finally:
        owned.administer(f"DROP USER {here.quoted()}")


def test_an_account_of_somebody_else_is_not_taken_without_its_password(owned: Owned, tmp_path: Path) -> None:
    user = owned.make_user("another one")
    with pytest.raises(FieldRefused):
        _take(owned, tmp_path, user)
    assert not (tmp_path / "settings.toml").read_text().count(user)
    assert _take(owned, tmp_path, user, "another one", "another one").password == "another one"


@pytest.mark.parametrize(
    ("user", "password", "again", "field"),
    [("", PASSWORD, PASSWORD, "user"), ("desk", "", "", "password"), ("desk", PASSWORD, "another", "again")],
)
def test_what_cannot_be_is_told_beside_its_field(
    owned: Owned, tmp_path: Path, user: str, password: str, again: str, field: str
) -> None:
    with pytest.raises(FieldRefused) as refused:
        _take(owned, tmp_path, user, password, again)
    assert set(refused.value.fields) == {field}
    assert known_accounts(owned.owner) == ()


def test_a_gate_does_not_make_itself_a_till_and_is_told_who_does(owned: Owned, tmp_path: Path) -> None:
    user = owned.new_user()
    give_rights(owned.owner, KindOfAccount(Account(user), TillKind.GATE), PASSWORD)
    place = ThisComputer(tmp_path, tmp_path / "settings.toml", f"sqlite:///{tmp_path / 'foyer.db'}")
    server = owned.address.servers[0]
    account = ServerAccount(
        server.host, server.port, owned.name, user, PASSWORD, socket=owned.address.options["socket"]
    )
    with pytest.raises(RightsMissing) as told:
        join_house(place, account, JoinDraft("Gate 1"), lambda _sentence: None)
    assert "owner" in str(told.value.advice)
    assert not (tmp_path / "settings.toml").exists()
