"""`foyer database grant`: the account of a kind of machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.cli.passwords import new_password, password_source
from pos_app.db.connection.addresses import parse_address
from pos_app.db.grants.granting import KindOfAccount, give_rights, known_accounts, planned, require_accounts
from pos_app.db.grants.statements import sound_account
from pos_app.db.schema.revisions import check_schema
from pos_app.domain.errors import InvalidInput
from pos_app.domain.sentences import say
from pos_app.domain.tills.kinds import TillKind
from pos_app.opening.open_house import connect
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    import argparse

    from pos_app.db.grants.granting import Given

ACCOUNT_VARIABLE: Final = "FOYER_ACCOUNT_PASSWORD"


def run_grant(options: argparse.Namespace) -> int:
    """Make or renew an account, or tell how; returns 1 where it may do more than its kind. Raises PosError."""
    wanted = _wanted(options)
    require_accounts(parse_address(options.url))
    database = connect(options.url, password_source(options), keep=False)
    try:
        check_schema(database)
        if options.dry_run:
            print("\n".join(f"{statement};" for statement in planned(database, wanted)))
            return 0
        known = {one.account for one in known_accounts(database)}
        password = None
        if wanted.account not in known or options.new_password:
            password = new_password(options, ACCOUNT_VARIABLE, str(wanted.account))
        given = give_rights(database, wanted, password, change_password=options.new_password)
    finally:
        database.close()
    return _tell(wanted, given, keeps_password=given.was_there and not options.new_password)


def _wanted(options: argparse.Namespace) -> KindOfAccount:
    try:
        kind = TillKind(options.kind.strip().lower())
    except ValueError:
        raise InvalidInput(
            say("“{kind}” is no kind of machine.", kind=options.kind[:40]),
            advice=say("There are: {kinds}.", kinds=", ".join(TillKind)),
        ) from None
    return KindOfAccount(sound_account(options.user, options.host), kind, also_gate=options.also_gate)


def _tell(wanted: KindOfAccount, given: Given, *, keeps_password: bool) -> int:
    print("\n".join(f"{statement};" for statement in given.statements))
    account = str(wanted.account)
    if keeps_password:
        print(spoken(say("The server had {account} already: it keeps its password.", account=account)))
    if given.beyond:
        told = say("{account} may do more than the kind “{kind}”:", account=account, kind=wanted.kind)
    elif given.was_there:
        told = say(
            "{account} has the rights of the kind “{kind}”. Whether the server gives it more, an administrator sees.",
            account=account,
            kind=wanted.kind,
        )
    else:
        told = say("{account} has the rights of the kind “{kind}”, and no others.", account=account, kind=wanted.kind)
    print(spoken(told))
    if not given.beyond:
        return 0
    print("\n".join(given.beyond))
    print(spoken(say("Ask the administrator to take these back, or use another account.")))
    return 1
