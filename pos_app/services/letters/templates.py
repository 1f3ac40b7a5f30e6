"""How a house words its letters: read, changed and put back to the standard, one kind and one language at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from babel.core import Locale, UnknownLocaleError
from sqlalchemy import delete, insert, select, update

from pos_app.catalogues import country_of
from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import LetterTemplate
from pos_app.documents.letters.standards import standard_template
from pos_app.domain.editing import FieldProblems, require_unchanged
from pos_app.domain.errors import InvalidInput
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.templates import LONGEST_BODY, LONGEST_SUBJECT, Template, problems
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line, clean_text
from pos_app.services.audit import record
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

WORDED: Final = tuple(kind for kind in LetterKind if kind is not LetterKind.TEST)
"""Kinds that a house words itself; what a manager tries the settings with is always the same."""

_TEMPLATE = table_of(LetterTemplate)
_COLUMNS: Final = (
    _TEMPLATE.c.kind, _TEMPLATE.c.language, _TEMPLATE.c.subject, _TEMPLATE.c.body, _TEMPLATE.c.revision,
)  # fmt: skip


def load_template(session: Session, kind: LetterKind, language: str) -> Template:
    """Return how a kind of letter is worded for a language: by the house, else the standard one.

    A house that words "de" or "de_DE" has said what "de_AT" reads, until it words that itself. The template is told
    under the language that was asked for; its revision is 0 unless it was worded in just this one.
    """
    asked = locale_name(language)
    rows = session.execute(select(*_COLUMNS).where(_TEMPLATE.c.kind == kind)).all()
    stored = {row.language: row for row in rows}
    own = stored.get(asked)
    if own is not None:
        return _template(own)
    base = asked.partition("_")[0]
    near = [name for name in (base, *sorted(stored)) if name in stored and name.partition("_")[0] == base]
    if near:
        return replace(_template(stored[near[0]]), language=asked, revision=0)
    return standard_template(kind, asked)


def list_templates(session: Session, actor: Actor, languages: Sequence[str]) -> tuple[Template, ...]:
    """Return the template of each kind in these languages and in those that the house has worded, by kind.

    Raises NotPermitted.
    """
    require(session, actor, Permission.MANAGE)
    rows = session.execute(select(*_COLUMNS)).all()
    stored = {(row.kind, row.language): _template(row) for row in rows}
    wanted = sorted({*(locale_name(one) for one in languages), *(language for _, language in stored)})
    return tuple(
        stored.get((kind, language)) or standard_template(kind, language) for kind in WORDED for language in wanted
    )


def save_template(session: Session, actor: Actor, before: Template, wanted: Template) -> Template:
    """Word a kind of letter anew, from the next letter on that is sent. before: as it was read; may be repeated.

    Raises NotPermitted, FieldRefused (a placeholder is unknown, a needed one is missing), ChangedMeanwhile.
    """
    require(session, actor, Permission.MANAGE)
    wanted = _sound(wanted)
    now = _locked(session, wanted.kind, wanted.language)
    if not now.is_standard and (now.subject, now.body) == (wanted.subject, wanted.body):
        return now
    require_unchanged(before, now, leaving_out=() if not now.is_standard else ("subject", "body", "language"))
    values = {
        "subject": wanted.subject,
        "body": wanted.body,
        "revision": now.revision + 1,
        "staff_id": actor.staff_id,
        "changed_at": utc_now(),
    }
    if now.is_standard:
        session.execute(insert(LetterTemplate).values(kind=wanted.kind, language=wanted.language, **values))
    else:
        session.execute(update(_TEMPLATE).where(*_is(wanted.kind, wanted.language)).values(**values))
    record(
        session,
        actor,
        "letter_template_changed",
        kind=wanted.kind.value,
        language=wanted.language,
        revision=now.revision + 1,
        subject=wanted.subject,
        body=wanted.body,
    )
    return replace(wanted, revision=now.revision + 1)


def reset_template(session: Session, actor: Actor, before: Template) -> Template:
    """Put a kind of letter back to the standard wording; there already, nothing happens.

    Raises NotPermitted, ChangedMeanwhile.
    """
    require(session, actor, Permission.MANAGE)
    now = _locked(session, before.kind, locale_name(before.language))
    if now.is_standard:
        return now
    require_unchanged(before, now)
    session.execute(delete(LetterTemplate).where(*_is(now.kind, now.language)))
    record(session, actor, "letter_template_reset", kind=now.kind.value, language=now.language, revision=now.revision)
    return load_template(session, now.kind, now.language)


def locale_name(language: str) -> str:
    """Return a locale as it is stored: "de-AT" is "de_AT". Raises InvalidInput: there is none of this name."""
    name = language.strip().replace("-", "_")
    try:
        Locale.parse(country_of(name))
    except (UnknownLocaleError, ValueError, TypeError) as error:
        raise InvalidInput(say("This language is not known.")) from error
    return name


def _sound(wanted: Template) -> Template:
    """Return a template with its texts cleaned. Raises FieldRefused."""
    # One letter more than is allowed, so that what is too long is refused, and not cut.
    subject = clean_line(wanted.subject, LONGEST_SUBJECT + 1)
    body = clean_text(wanted.body, LONGEST_BODY + 1)
    found = FieldProblems()
    for field, sentence in problems(wanted.kind, subject, body).items():
        found.add(field, sentence)
    found.require_none()
    return replace(wanted, language=locale_name(wanted.language), subject=subject, body=body)


def _locked(session: Session, kind: LetterKind, language: str) -> Template:
    """Return the template of just this language; nobody else words it until the commit.

    Of two that word it for the first time the UNIQUE key refuses the later: run again, it finds the other.
    """
    row = session.execute(select(*_COLUMNS).where(*_is(kind, language)).with_for_update()).one_or_none()
    return _template(row) if row is not None else standard_template(kind, language)


def _is(kind: LetterKind, language: str) -> tuple[ColumnElement[bool], ...]:
    return _TEMPLATE.c.kind == kind, _TEMPLATE.c.language == language


def _template(row: Row[str, str, str, str, int]) -> Template:
    return Template(LetterKind(row.kind), row.language, row.subject, row.body, row.revision)
