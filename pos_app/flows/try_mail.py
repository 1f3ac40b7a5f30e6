"""What a manager does at this computer about the mail server: its password kept here, and a letter sent to try it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.computer.mail_passwords import keep_mail_password, mail_password
from pos_app.domain.editing import FieldRefused
from pos_app.domain.letters.deeds import clean_recipient
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say, say_in_turn
from pos_app.flows.send_letters import send_test
from pos_app.services.house.mail import sound_mail_settings
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from pos_app.db.database import Database
    from pos_app.domain.letters.sending import Tried
    from pos_app.domain.letters.settings import MailSettings
    from pos_app.domain.roles import Actor


def try_letters(
    database: Database, actor: Actor, settings: MailSettings, recipient: str, *, password: str = ""
) -> Tried:
    """Send a test letter by settings that need not be stored yet. password: typed just now; "": the one kept here.

    Raises NotPermitted, FieldRefused (of the settings, or "recipient"), ServerUnreachable and ServerBusy (of the
    database).
    """
    database.read(require, actor, Permission.MANAGE)
    settings = sound_mail_settings(settings)
    recipient = clean_recipient(recipient)
    used = (password or mail_password(settings.server, settings.user)) if settings.user else None
    return send_test(database, settings, used, recipient)


def keep_password_here(settings: MailSettings, password: str) -> None:
    """Keep the password of the mail server on this computer; "": forget it.

    Raises FieldRefused ("password"): there is no keyring.
    """
    if not keep_mail_password(settings.server, settings.user, password):
        sentence = say("This computer has no keyring that could keep a password.")
        advice = say("Set FOYER_MAIL_PASSWORD where Foyer is started, or send from another till.")
        raise FieldRefused({"password": say_in_turn(sentence, advice)})


def has_password_here(settings: MailSettings) -> bool:
    """Tell whether this computer has a password for the account of the mail server."""
    return bool(mail_password(settings.server, settings.user))
