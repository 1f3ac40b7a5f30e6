"""What is wrong with a server or an account, in one sentence, and what to do, in another."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Final

from pos_app.db.connection.full import FULL, about_full
from pos_app.domain.house.setup import ServerAccount, SetupRefused, Trouble
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from pos_app.domain.sentences import Sentence

_PASSWORD: Final = {1045, 1698, 3118, 3955, 4151}
_KEPT_OUT: Final = FULL | {1129, 1130, 1251, 1820, 1862, 2059, 2061}
_CLEAR_REFUSED: Final = 3159
_NO_TLS: Final = 2026
_NO_SERVER: Final = 2012
_HOST_NAME: Final = {62, 64}
_NOT_YET: Final = 9
_HAS_EXPIRED: Final = 10
_LONGEST_NAME: Final = 40


def describe(error: BaseException, account: ServerAccount, *, in_clear: bool = False) -> SetupRefused:
    """Return what a driver's error means to whoever types in the form. in_clear: the line was not encrypted."""
    original = getattr(error, "original_exception", None) or error
    if isinstance(original, ssl.SSLError):
        return _certificate(original, account)
    code = error.args[0] if error.args and isinstance(error.args[0], int) else 0
    if code in _PASSWORD:
        return _wrong_password(account, str(error.args[-1]), in_clear=in_clear)
    if code in _KEPT_OUT:
        return _kept_out(code, account, str(error.args[-1]))
    if code in {_NO_TLS, _CLEAR_REFUSED}:
        return _no_tls(code, account)
    if code in {1142, 1143, 1044, 1227, 1370}:
        return no_rights(account)
    if code in {_NO_SERVER, 2003, 2006, 2013}:
        return _ended(code, account)
    if "ncryption failed" in str(error) or "too long" in str(error).lower():
        # Longer than what the server's key takes: nobody's password.
        return _wrong_password(account, "")
    if "cryptography" in str(error) or "sha256" in str(error):
        return _kept_out(1251, account)
    told = str(error.args[-1]) if error.args else type(error).__name__
    return SetupRefused(
        say("{host} answered with an error: {error}.", host=_short(account.host), error=told[:160].rstrip(".")),
        advice=say("Ask the administrator."),
        trouble=Trouble.OTHER,
    )


def _short(name: str) -> str:
    """Return a name that leaves room for the sentence around it."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _ended(code: int, account: ServerAccount) -> SetupRefused:
    if code == _NO_SERVER:
        return SetupRefused(
            say("What answers there does not sign anybody in as MySQL and MariaDB do."),
            advice=say("Check the port; if it is right, look who listens there."),
            trouble=Trouble.NOT_MYSQL,
            field="port",
        )
    return SetupRefused(
        say("{host} broke off while Foyer was connecting.", host=_short(account.host)),
        advice=say("Try again; if it stays so, ask the administrator to look into the server's log."),
        trouble=Trouble.NO_ANSWER,
        field="host",
    )


def _no_tls(code: int, account: ServerAccount) -> SetupRefused:
    if code == _NO_TLS:
        message = say(
            "{host} does not encrypt, and what goes to another computer must be encrypted.", host=_short(account.host)
        )
    else:
        message = say("The server accepts encrypted connections only, and offers none.")
    advice = say("Ask the administrator to set the server up for TLS.")
    return SetupRefused(message, advice=advice, trouble=Trouble.NO_TLS, field="host")


def _wrong_password(account: ServerAccount, told: str, *, in_clear: bool = False) -> SetupRefused:
    user = _short(account.user)
    if account.password:
        message = say("The server refuses “{user}” with this password.", user=user)
        advice = say("Check the name and the password, and that the account may come from this computer.")
    elif "YES" in told:
        message = say("The server refuses “{user}”.", user=user)
        advice = say("Check the name and the password.")
    else:
        message = say("The server refuses “{user}” without a password.", user=user)
        advice = say("Type the password.")
    if in_clear and account.password:
        # Servers answer an account that must encrypt as one whose password is wrong.
        advice = say(
            "Check the name and the password, and that the account may come from this computer. If they are right, the "
            "account may ask for encryption (REQUIRE SSL), and this server offers none: ask the administrator to set "
            "it up for TLS, or for an account without REQUIRE SSL."
        )
    return SetupRefused(message, advice=advice, trouble=Trouble.WRONG_PASSWORD, field="password")


def _kept_out(code: int, account: ServerAccount, told: str = "") -> SetupRefused:
    if code in FULL:
        message, advice = about_full(code, told, writes=False)
    else:
        message, advice = _why_kept_out(code, _short(account.user))
    return SetupRefused(message, advice=advice, trouble=Trouble.KEPT_OUT, field="user")


def _why_kept_out(code: int, user: str) -> tuple[Sentence, Sentence]:
    """Return what the server says, and what to do."""
    match code:
        case 1129:
            return say("The server has shut this computer out after too many errors."), say("Ask for FLUSH HOSTS.")
        case 1130:
            return (
                say("The server does not accept connections from this computer."),
                say("Ask the administrator to let “{user}” in from here.", user=user),
            )
        case 1820 | 1862:
            return (
                say("The password of this account has expired."),
                say("Ask the administrator for another one."),
            )
        case _:
            return (
                say("The account signs in by a way that Foyer does not know."),
                say("Ask for an account with mysql_native_password or caching_sha2_password."),
            )


def _certificate(error: ssl.SSLError, account: ServerAccount) -> SetupRefused:
    code = error.verify_code if isinstance(error, ssl.SSLCertVerificationError) else -1
    if code < 0:
        return SetupRefused(
            say("{host} and this computer could not agree how to encrypt.", host=_short(account.host)),
            advice=say("Ask the administrator which versions of TLS the server offers."),
            trouble=Trouble.NO_TLS,
            field="host",
        )
    if code in _HOST_NAME:
        return SetupRefused(
            say("The server's certificate is not for the name “{host}”.", host=_short(account.host)),
            advice=say("Type the name that stands in the certificate, or ask the administrator."),
            trouble=Trouble.WRONG_NAME,
            field="host",
        )
    if code in {_NOT_YET, _HAS_EXPIRED}:
        return SetupRefused(
            say("The server's certificate has expired.")
            if code == _HAS_EXPIRED
            else say("The server's certificate does not hold yet."),
            advice=say("Check the date of this computer, and ask the administrator for a new certificate."),
            trouble=Trouble.CERTIFICATE,
            field="certificate",
        )
    if account.certificate:
        return SetupRefused(
            say("The server's certificate was not made by the authority in this file."),
            advice=say("Ask the administrator for the right file (often called ca.pem)."),
            trouble=Trouble.CERTIFICATE,
            field="certificate",
        )
    return SetupRefused(
        say("This computer does not trust the server's certificate."),
        advice=say("Choose the file of its authority (often called ca.pem); the administrator has it."),
        trouble=Trouble.CERTIFICATE,
        field="certificate",
    )


def wrong_certificate_file(account: ServerAccount) -> SetupRefused:
    """Say that the file of the authority is missing, or none."""
    return SetupRefused(
        say("“{certificate}” cannot be read as a certificate.", certificate=account.certificate)
        if account.certificate
        else say("“The certificates of this computer” cannot be read as a certificate."),
        advice=say("Choose the file of the server's authority, in PEM form (often called ca.pem)."),
        trouble=Trouble.CERTIFICATE_FILE,
        field="certificate",
    )


def missing_database(account: ServerAccount, code: int, *, may_create: bool) -> SetupRefused:
    """Say that there is no such database, or that the account may not see it."""
    if may_create or code == 1049:
        return SetupRefused(
            say(
                "There is no database “{database}” on {host}.",
                database=_short(account.database),
                host=_short(account.host),
            ),
            advice=say("Foyer can make it for you.")
            if may_create
            else say("Check the name, or ask the administrator for one."),
            trouble=Trouble.NO_DATABASE,
            field="database",
            may_create=may_create,
        )
    return SetupRefused(
        say(
            "“{user}” has no rights in a database “{database}”, if there is one.",
            user=_short(account.user),
            database=_short(account.database),
        ),
        advice=say("Check the name, or ask for: {account}.", account=_grant(account)),
        trouble=Trouble.NO_RIGHTS,
        field="database",
    )


def no_rights(account: ServerAccount) -> SetupRefused:
    """Say that the account cannot make and change tables."""
    return SetupRefused(
        say(
            "“{user}” may not make and change tables in “{database}”.",
            user=_short(account.user),
            database=_short(account.database),
        ),
        advice=say("Ask the administrator for: {account}.", account=_grant(account)),
        trouble=Trouble.NO_RIGHTS,
        field="user",
    )


def _grant(account: ServerAccount) -> str:
    """Return the statement that gives the account its rights, as it can be run whatever is in the names."""
    database = account.database.replace("`", "``")
    user = account.user.replace("\\", "\\\\").replace("'", "''")
    return f"GRANT ALL ON `{database}`.* TO '{user}'@'%'"
