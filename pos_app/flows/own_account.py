"""From an owner's account to one that has the rights of its machine and no more, at the end of setting up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.computer.credentials import forget_secret
from pos_app.computer.identity import own_identity
from pos_app.db.connection.addresses import parse_address
from pos_app.db.grants.granting import KindOfAccount, give_rights, known_accounts
from pos_app.db.grants.statements import sound_account
from pos_app.domain.editing import FieldProblems, FieldRefused
from pos_app.domain.errors import CannotConnect, InvalidInput
from pos_app.domain.sentences import say, say_in_turn
from pos_app.domain.tills.kinds import TillKind
from pos_app.flows.set_up import keep_way, opened
from pos_app.services.server_time import load_server_time
from pos_app.services.tills.registering import note_kind

if TYPE_CHECKING:
    from pos_app.db.grants.statements import Account
    from pos_app.domain.house.setup import AccountDraft, Made, ServerAccount
    from pos_app.flows.set_up import ThisComputer


def take_account(place: ThisComputer, owner: ServerAccount, made: Made, draft: AccountDraft) -> Made:
    """Make an account of a kind, or take one that the house has, and let this computer connect as that from now on.

    The till is of this kind then, and the owner's password is forgotten here. Raises FieldRefused naming fields of the
    draft, and what giving rights raises.
    """
    account = _sound(draft)
    with opened(place, owner) as database:
        known = {one.account: one.kind for one in known_accounts(database)}
        if account not in known:
            # It may be let in from some computers only.
            account = next((one for one in known if one.user == account.user), account)
        wanted = KindOfAccount(account, TillKind(draft.kind), also_gate=draft.also_gate)
        _refuse_other_kind(wanted, known.get(account, wanted.kind))
        if account in known:
            # Other tills may be at work with it: they keep its password.
            _require_password(place, replace(owner, user=account.user, password=draft.password))
            give_rights(database, wanted, None)
        else:
            try:
                if give_rights(database, wanted, draft.password).was_there:
                    _require_password(place, replace(owner, user=account.user, password=draft.password))
            except InvalidInput as refused:
                raise FieldRefused({refused.field or "user": say_in_turn(refused.message, refused.advice)}) from refused
        database.transact(note_kind, own_identity(place.state_folder).machine_key, wanted.kind)
    forget_secret(parse_address(owner.url()).credential_name())
    own = replace(owner, user=account.user, password=draft.password)
    return keep_way(
        place,
        own,
        replace(
            made,
            notes=(),
            may_grant=False,
            may_enrol=wanted.kind is TillKind.OFFICE,
            is_gate=wanted.kind is TillKind.GATE,
        ),
        wanted=made.till_name,
    )


def _sound(draft: AccountDraft) -> Account:
    problems = FieldProblems()
    try:
        account = sound_account(draft.user.strip())
    except InvalidInput as refused:
        problems.add("user", say_in_turn(refused.message, refused.advice))
    if not draft.password:
        problems.add("password", say("Type a password for this account."))
    elif draft.password != draft.again:
        problems.add("again", say("This is not the same password. Type both again."))
    problems.require_none()
    return account


def _refuse_other_kind(wanted: KindOfAccount, kind: TillKind) -> None:
    """The computers that have an account already would become of another kind with it. Raises FieldRefused."""
    if kind != wanted.kind:
        told = say("The house has this account already, for another kind of computer. Type another name.")
        raise FieldRefused({"user": told})


def _require_password(place: ThisComputer, account: ServerAccount) -> None:
    try:
        with opened(place, account) as database:
            database.read(load_server_time)
    except CannotConnect as error:
        if not error.wrong_password:
            raise
        told = say("The house has this account already, and this is not its password.")
        raise FieldRefused({"password": told}) from error
