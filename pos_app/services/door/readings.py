"""Judging a scan whatever keyboard has typed it: as it came, and as it was meant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from pos_app.db.models import Ticket
from pos_app.domain.codes import normalise_code
from pos_app.domain.door.check_in import LONGEST_SCAN, Reason
from pos_app.domain.door.readings import misread_on, short_readings, signed_readings
from pos_app.domain.door.scan_text import clean_scan
from pos_app.domain.sentences import say
from pos_app.services.door.scanned_tickets import Telling, judge_scanned, look_for

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.door.check_in import Scan
    from pos_app.domain.roles import Actor
    from pos_app.domain.sentences import Sentence
    from pos_app.services.door.gate_looks import Look
    from pos_app.services.door.scanned_tickets import Judged

_NO_TICKET: Final = frozenset({Reason.INVALID, Reason.UNKNOWN})


def judge_meant(session: Session, actor: Actor, scan: Scan) -> tuple[Look, Judged]:
    """Judge a scan as it came from the scanner, and return what was read for it; NONE: nothing speaks against it.

    A text of one digit row of another keyboard is turned back; of several rows that may have typed it, the one whose
    code is signed by this house counts. A short code with its letters moved is read where exactly one ticket fits.
    What is typed right costs nothing more.
    """
    text = scan.text[: LONGEST_SCAN * 2]
    forged: tuple[Look, Judged] | None = None
    for code in signed_readings(text):
        found = _judge(session, actor, scan, code)
        if found[1].reason is not Reason.FORGED:
            return found
        forged = forged or found
    if forged is not None:
        return forged
    look, judged = _judge(session, actor, scan, clean_scan(text))
    if judged.reason not in _NO_TICKET or judged.ticket is not None or judged.telling is not None:
        return look, judged
    keyboard = misread_on(text)
    if meant := short_readings(text):
        fitting = session.execute(select(Ticket.short_code).where(Ticket.short_code.in_(meant))).scalars().all()
        if len(fitting) == 1:
            return _judge(session, actor, scan, fitting[0])
        if fitting or not _is_plain(normalise_code(text)):
            keyboard = next((name for code, name in meant.items() if code in fitting or not fitting), None)
    return look, judged if keyboard is None else replace(judged, telling=_misread(keyboard))


def _judge(session: Session, actor: Actor, scan: Scan, text: str) -> tuple[Look, Judged]:
    look = look_for(session, actor, scan, text)
    return look, judge_scanned(session, actor, scan, text, look)


def _is_plain(code: str) -> bool:
    """Tell whether a text bears nothing that shows another keyboard: it may be any word of ten letters."""
    return code.isascii() and code.isalnum()


def _misread(keyboard: Sentence) -> Telling:
    """Say that the keyboard of the computer is not that of the scanner. keyboard: "" where it is not known which."""
    what = say("The scanner's keys arrive as other characters: this computer is set to another keyboard.")
    if not keyboard:
        advice = say(
            "Set this computer's keyboard to that of the scanner, mostly US English. Type the short code until then."
        )
        return Telling(what, advice)
    advice = say(
        "Set this computer's keyboard to US English, or the scanner to {keyboard}. Type the short code until then.",
        keyboard=keyboard,
    )
    return Telling(what, advice)
