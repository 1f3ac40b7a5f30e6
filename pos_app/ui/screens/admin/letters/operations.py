"""Where the settings of letters and their wordings come from and go to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.domain.letters.settings import MailSecurity, MailSettings
from pos_app.domain.sentences import say
from pos_app.flows.try_mail import has_password_here, keep_password_here, try_letters
from pos_app.services.house.mail import load_mail_settings, save_mail_settings
from pos_app.services.letters.templates import list_templates, reset_template, save_template
from pos_app.services.orders.letters.unsent import load_example

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from pos_app.domain.letters.kinds import LetterKind
    from pos_app.domain.letters.rendered import ComposedLetter
    from pos_app.domain.letters.sending import Tried
    from pos_app.domain.letters.templates import Template
    from pos_app.domain.sentences import Sentence
    from pos_app.services.orders.letters.unsent import LetterExample
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office
    from pos_app.ui.transactor import Session

_MEGABYTE = 1_000_000


def settings_from(values: Mapping[str, object]) -> MailSettings:
    """Return what the values of the form say."""

    def whole(name: str) -> int:
        value = values.get(name)
        return value if isinstance(value, int) else 0

    return MailSettings(
        server=str(values.get("server") or ""),
        port=whole("port"),
        security=MailSecurity(str(values.get("security") or MailSecurity.STARTTLS)),
        user=str(values.get("user") or ""),
        sender_name=str(values.get("sender_name") or ""),
        sender_address=str(values.get("sender_address") or ""),
        reply_to=str(values.get("reply_to") or ""),
        most_bytes=whole("most_bytes") * _MEGABYTE,
        seconds_between=float(whole("seconds_between")),
        lapse_hours=whole("lapse_hours"),
        attach_tickets=bool(values.get("attach_tickets")),
    )


def values_of_settings(settings: MailSettings) -> dict[str, object]:
    """Return the settings as the form shows them; a password is typed and never shown."""
    return {
        "server": settings.server,
        "port": settings.port,
        "security": settings.security.value,
        "user": settings.user,
        "password": "",
        "sender_name": settings.sender_name,
        "sender_address": settings.sender_address,
        "reply_to": settings.reply_to,
        "most_bytes": settings.most_bytes // _MEGABYTE,
        "seconds_between": round(settings.seconds_between),
        "lapse_hours": settings.lapse_hours,
        "attach_tickets": settings.attach_tickets,
    }


def problems_of(values: Mapping[str, object]) -> Mapping[str, Sentence]:
    """Return what is wrong with the values of the form that no service sees: the password stays on this computer."""
    if values.get("password") and not str(values.get("user") or "").strip():
        return {"user": say("Type the name that this password is for.")}
    return {}


class SendingOperations:
    """A RecordSource of the one record there is, and what is tried with it.

    password: typed with what was saved last, to be kept on this computer once that is; "": none was.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self.password = ""

    def read_all(self, owner: QObject) -> Reply[tuple[MailSettings, ...]]:
        """Read the record; it stands alone."""
        return self._office.background.read_latest(owner, "mail", _list_settings)

    def save(self, owner: QObject, before: MailSettings | None, values: Mapping[str, object]) -> Reply[MailSettings]:
        """Save the values of the form. Raises ValueError without a record that was read: there is always one."""
        if before is None:
            raise ValueError("the house has one record")
        self.password = str(values.get("password") or "")
        return self._office.write(owner, save_mail_settings, before, settings_from(values))

    def archive(self, owner: QObject, record: MailSettings) -> Reply[MailSettings]:
        """Not to be had: there is no archive of it. Raises NotImplementedError."""
        raise NotImplementedError

    def restore(self, owner: QObject, record: MailSettings) -> Reply[MailSettings]:
        """Not to be had. Raises NotImplementedError."""
        raise NotImplementedError

    def try_letters(self, owner: QObject, settings: MailSettings, password: str, recipient: str) -> Reply[Tried]:
        """Send a test letter; no sale waits for it. password: that is typed; "": the one that is kept."""
        return self._office.background.talk(
            owner, try_letters, self._office.actor, settings, recipient, password=password
        )

    def keep_password(self, owner: QObject, settings: MailSettings, password: str) -> Reply[None]:
        """Keep the password on this computer; "": forget it. Nothing of it goes to the database."""
        return self._office.background.outside(owner, keep_password_here, settings, password)

    def has_password(self, owner: QObject, settings: MailSettings) -> Reply[bool]:
        """Look whether this computer has a password."""
        return self._office.background.outside(owner, has_password_here, settings)


class WordingOperations:
    """A RecordSource of the wordings of letters, in the languages that the house uses."""

    def __init__(self, office: Office, locale: str) -> None:
        self._office = office
        self._locale = locale
        self.languages: tuple[str, ...] = (locale,)

    def read_all(self, owner: QObject) -> Reply[tuple[Template, ...]]:
        """Read all of them, the standard ones among them."""
        return self._office.read_latest(owner, "templates", list_templates, self.languages)

    def save(self, owner: QObject, before: Template | None, values: Mapping[str, object]) -> Reply[Template]:
        """Save the values of the form. Raises ValueError without one that was read: each kind has one."""
        if before is None:
            raise ValueError("each kind of letter is worded already")
        return self._office.write(owner, save_template, before, worded(before, values))

    def archive(self, owner: QObject, record: Template) -> Reply[Template]:
        """Not to be had: see reset(). Raises NotImplementedError."""
        raise NotImplementedError

    def restore(self, owner: QObject, record: Template) -> Reply[Template]:
        """Not to be had. Raises NotImplementedError."""
        raise NotImplementedError

    def reset(self, owner: QObject, record: Template) -> Reply[Template]:
        """Go back to the standard wording."""
        return self._office.write(owner, reset_template, record)

    def example(self, owner: QObject, kind: LetterKind) -> Reply[LetterExample]:
        """Read what the last letter of this kind tells, or what one could; only the newest answer counts."""
        return self._office.read_latest(owner, "example", load_example, kind)

    def compose(self, owner: QObject, example: LetterExample, template: Template) -> Reply[ComposedLetter]:
        """Set a letter in words, in the language of the template."""
        return self._office.background.compute(owner, _compose, example, template)


def worded(before: Template, values: Mapping[str, object]) -> Template:
    """Return a template with what is typed."""
    return replace(before, subject=str(values.get("subject") or ""), body=str(values.get("body") or ""))


def _list_settings(session: Session) -> tuple[MailSettings, ...]:
    return (load_mail_settings(session),)  # type: ignore[arg-type]  # the database gives the session that it knows


def _compose(example: LetterExample, template: Template) -> ComposedLetter:
    from pos_app.documents.letters.rendering import compose_letter

    return compose_letter(replace(example.content, language=template.language), template, example.look)
