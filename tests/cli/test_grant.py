"""`foyer database grant` and `upgrade`, as the owner of a database on a server types them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.db.grants.granting import KindOfAccount, give_rights, known_accounts
from pos_app.db.grants.statements import Account
from pos_app.domain.tills.kinds import TillKind
from tests.db.schema.old_schemas import all_revisions, make_schema_of
from tests.owned import PASSWORD, Owned
from tests.servers import flavours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cli.conftest import Answer, Foyer


@pytest.fixture(params=[pytest.param(flavour, marks=pytest.mark.server) for flavour in flavours()])
def owned(request: pytest.FixtureRequest) -> Iterator[Owned]:
    made = Owned(request.getfixturevalue(f"{request.param}_url"))
    yield made
    made.close()


def test_an_owner_makes_an_account_and_renews_it(foyer: Foyer, here: Callable[..., Answer], owned: Owned) -> None:
    user, url = owned.new_user(), owned.address.url(owned.owner_name)
    asked = ("database", "grant", url, "--kind", "counter", "--user", user)
    made = foyer(*asked, "--password-stdin", given=f"{PASSWORD}\n{PASSWORD}\n")
    assert made.code == 0, made.err
    assert f"{user}@% has the rights of the kind “counter”, and no others." in made.out
    assert f"GRANT SELECT ON `{owned.name}`.`price` TO `{user}`@`%`;" in made.out
    assert PASSWORD not in made.out + made.err
    again = here(*asked, "--also-gate", FOYER_DATABASE_PASSWORD=PASSWORD)
    assert again.code == 0, again.err
    assert known_accounts(owned.owner) == (KindOfAccount(Account(user), TillKind.COUNTER, also_gate=True),)
    other = here(*asked, "--new-password", FOYER_DATABASE_PASSWORD=PASSWORD, FOYER_ACCOUNT_PASSWORD="another one")
    assert other.code == 0, other.err
    till = here("expire", "--once", "--database", owned.address.url(user), FOYER_DATABASE_PASSWORD="another one")
    assert till.code == 0, till.err


def test_a_dry_run_tells_the_statements_and_does_nothing(here: Callable[..., Answer], owned: Owned) -> None:
    user, url = owned.new_user(), owned.address.url(owned.owner_name)
    answer = here(
        "database", "grant", url, "--kind", "gate", "--user", user, "--dry-run", FOYER_DATABASE_PASSWORD=PASSWORD
    )
    assert answer.code == 0
    assert answer.out.startswith(f"CREATE USER `{user}`@`%` IDENTIFIED BY '...';\n")
    assert f"`{owned.name}`.`ticket_presence` TO `{user}`@`%`;" in answer.out
    assert PASSWORD not in answer.out
    assert known_accounts(owned.owner) == ()
    give_rights(owned.owner, KindOfAccount(Account(user), TillKind.COUNTER), PASSWORD)
    before = owned.grants_of(user)
    answer = here(*["database", "grant"], url, "--kind", "gate", "--user", user, "--dry-run")
    assert f"REVOKE ALL PRIVILEGES ON `{owned.name}`.`price` FROM `{user}`@`%`;" in answer.out
    assert "CREATE USER" not in answer.out
    assert owned.grants_of(user) == before


def test_what_cannot_be_is_told_in_a_sentence(here: Callable[..., Answer], owned: Owned, sqlite_url: str) -> None:
    url = owned.address.url(owned.owner_name)
    for address, options, words in (
        (url, ("--kind", "till", "--user", "a"), "no kind of machine"),
        (url, ("--kind", "counter", "--user", ""), "needs a name"),
        (url, ("--kind", "counter", "--user", "x" * 33), "32 characters"),
        (url, ("--kind", "counter", "--user", "a"), "needs a password"),
        (url, ("--kind", "counter", "--user", owned.owner_name), "connected as"),
        (sqlite_url, ("--kind", "counter", "--user", "a"), "knows no accounts"),
    ):
        given = {"FOYER_ACCOUNT_PASSWORD": PASSWORD} if "connected" in words else {}
        answer = here("database", "grant", address, *options, FOYER_DATABASE_PASSWORD=PASSWORD, **given)
        assert words in answer.sentence


def test_a_till_is_told_that_an_owner_upgrades(here: Callable[..., Answer], owned: Owned) -> None:
    counter = KindOfAccount(Account(owned.new_user()), TillKind.COUNTER)
    give_rights(owned.owner, counter, PASSWORD)
    url = owned.address.url(counter.account.user)
    for table in ("setting", "orders"):
        owned.administer(f"REVOKE SELECT ON {owned.name}.{table} FROM {counter.account.quoted()}")
    refused = here("database", "upgrade", url, FOYER_DATABASE_PASSWORD=PASSWORD)
    assert "--user" in refused.sentence
    done = here("database", "upgrade", url, "--user", owned.owner_name, FOYER_DATABASE_PASSWORD=PASSWORD)
    assert done.code == 0, done.err
    assert f"The rights of 1 account were renewed: {counter.account}." in done.out
    line = f"GRANT SELECT ON `{owned.name}`.`setting` TO `{counter.account.user}`@`%`"
    assert line in owned.grants_of(counter.account.user)


def test_an_owner_upgrades_an_older_database(
    foyer: Foyer, here: Callable[..., Answer], request: pytest.FixtureRequest
) -> None:
    owned = Owned(request.getfixturevalue("server_url"), tables=False)
    make_schema_of(owned.root, all_revisions()[0])
    user = owned.make_user()
    owned.administer(f"GRANT SELECT ON {owned.name}.* TO `{user}`@`%`")
    url = owned.address.url(user)
    refused = here("database", "upgrade", url, FOYER_DATABASE_PASSWORD=PASSWORD)
    assert "--user" in refused.sentence
    done = foyer("database", "upgrade", url, "--user", owned.owner_name, "--password-stdin", given=f"{PASSWORD}\n")
    assert done.code == 0, done.err
    owned.close()
