"""What the large panel says, for every outcome of a scan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.codes import grouped
from pos_app.domain.door.check_in import Reason, Verdict
from pos_app.domain.errors import OutcomeUnknown, PosError, ServerBusy, ServerUnreachable
from pos_app.domain.sentences import NOTHING
from pos_app.ui.screens.door.verdict_look import DoorState, state_of
from pos_app.ui.screens.door.verdict_panel import PanelWords
from pos_app.ui.screens.door.words import clock_words, performance_words, seats_together
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.places import place_words, seat_words
from pos_app.ui.words.sentences import spoken, spoken_count, spoken_error
from pos_app.ui.words.times import shown_ago

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.door.check_in import DoorPerformance, ScanResult
    from pos_app.domain.door.order_party import PartyResult


# The tool that collects the strings to translate knows this name.
translate = QCoreApplication.translate


def unread_words(error: PosError) -> PanelWords:
    """Return what stands there while the performances cannot be read."""
    return PanelWords(translate("Door", "Not read yet"), advice=spoken_error(error))


def ready_words(performance: DoorPerformance | None, gate: str, *, leaving: bool, is_read: bool = True) -> PanelWords:
    """Return what stands there between two guests. is_read: whether it is known which performances there are."""
    if performance is None and not is_read:
        return PanelWords(translate("Door", "One moment"), advice=translate("Door", "Reading the performances…"))
    if performance is None:
        return PanelWords(
            translate("Door", "No performance"),
            advice=translate("Door", "There is no performance to admit guests to today."),
        )
    where = f"{performance_words(performance)}\n{gate}"
    if leaving:
        return PanelWords(
            translate("Door", "Guests leave"),
            headline=translate("Door", "Scan the ticket of a guest who goes out"),
            advice=translate("Door", "The same ticket lets the guest in again. F7 ends this."),
            detail=where,
        )
    return PanelWords(
        translate("Door", "Ready"), headline=translate("Door", "Scan a ticket or type its short code"), detail=where
    )


def result_words(result: ScanResult, time_zone: str) -> PanelWords:
    """Return what a verdict says."""
    state = state_of(result)
    place = result.place
    holder = side_by_side(result.ticket_type, result.customer_name)
    order = translate("Door", "Order {0}").format(grouped(result.order_number)) if result.order_number else ""
    if state is DoorState.REPEATED:
        ago = result.used_seconds_ago
        admitted = translate("Door", "Admitted")
        return PanelWords(
            translate("Door", "Same guest"),
            zone=place.zone if place else "",
            seat=seat_words(place) if place else "",
            ticket=holder,
            headline=admitted if ago is None else translate("Door", "Admitted {0}").format(shown_ago(ago)),
            detail=order,
        )
    if state in {DoorState.ADMITTED, DoorState.LEFT}:
        return PanelWords(
            translate("Door", "ADMITTED") if result.verdict is Verdict.ADMITTED else translate("Door", "LEFT"),
            zone=place.zone if place else "",
            seat=seat_words(place) if place else "",
            ticket=holder,
            advice=spoken(result.advice),
            detail=order,
        )
    headline, advice = spoken(result.headline), spoken(result.advice)
    where = place_words(place) if place else ""
    at = clock_words(result.used_at, time_zone, seconds=True) if result.used_at is not None else ""
    if state is DoorState.ALREADY_USED:
        return PanelWords(
            translate("Door", "ALREADY USED"),
            used=_used_words(result, time_zone),
            zone=where,
            ticket=holder,
            # That somebody came in with it stands there already, by when and where.
            headline="" if result.used_at is not None else headline,
            advice=advice,
            detail=side_by_side(at, order),
        )
    is_unpaid = result.reason is Reason.UNPAID
    return PanelWords(
        translate("Door", "NOT PAID") if is_unpaid else translate("Door", "REFUSED"),
        headline=headline,
        advice=advice,
        detail=side_by_side(where, holder, order),
    )


def party_words(party: PartyResult) -> PanelWords:
    """Return what stands there after the others of an order were let in: all of them, or some."""
    come, not_come = party.admitted, party.refused
    several = len(come) + len(not_come)
    word = (
        spoken_count("{count} ADMITTED", "{count} ADMITTED", several)
        if not not_come
        else translate("Door", "{0} of {1} ADMITTED").format(shown_number(len(come)), shown_number(several))
    )
    first = next(iter((*come, *not_come)), None)
    told = not_come[0].headline if not_come else next((one.advice for one in come if one.advice), NOTHING)
    return PanelWords(
        word,
        zone=seats_together(come),
        ticket=first.customer_name if first is not None else "",
        headline=translate("Door", "Not admitted: {0}").format(seats_together(not_come)) if not_come else "",
        advice=spoken(told),
        detail=translate("Door", "Order {0}").format(grouped(first.order_number)) if first is not None else "",
    )


def unchecked_party_words(error: Exception) -> PanelWords:
    """Return what stands there when it is not known whether the others of an order were let in."""
    return replace(
        unchecked_words(error),
        advice=translate("Door", "It is not known who of them was admitted. Ask again before they go in."),
    )


def undone_words(results: Sequence[ScanResult]) -> PanelWords:
    """Return what stands there after an undo."""
    inside = results[0].verdict is Verdict.LEFT
    if len(results) > 1:
        headline = spoken_count(
            "{count} guest does not count as inside.", "{count} guests do not count as inside.", len(results)
        )
        advice = translate("Door", "The same tickets can be scanned again.")
    else:
        headline = (
            translate("Door", "The guest counts as inside again.")
            if inside
            else translate("Door", "The guest does not count as inside.")
        )
        advice = translate("Door", "The same ticket can be scanned again.")
    return PanelWords(
        translate("Door", "Undone"),
        zone=seats_together(results),
        ticket=results[0].customer_name,
        headline=headline,
        advice=advice,
    )


def _used_words(result: ScanResult, time_zone: str) -> str:
    """Say how long ago and where, "2 minutes ago, at Balcony"; by the clock where it is not known how long ago."""
    if result.used_seconds_ago is not None:
        when = shown_ago(result.used_seconds_ago)
    elif result.used_at is not None:
        when = clock_words(result.used_at, time_zone)
    else:
        return result.used_gate
    if not result.used_gate:
        return when
    where = translate("Door", "{0}, here at {1}") if result.used_here else translate("Door", "{0}, at {1}")
    return where.format(when, result.used_gate)


def unchecked_words(error: Exception, scans: int = 1, *, answers: bool = False) -> PanelWords:
    """Return what stands there when there is no verdict at all. scans: so many were lost together.

    answers: a server that was away answers again.
    """
    word = translate("Door", "Not checked")
    if scans > 1:
        return PanelWords(
            word,
            headline=spoken_count("{count} ticket was not checked.", "{count} tickets were not checked.", scans),
            advice=translate("Door", "Scan each of them again before the guest goes in."),
            detail=unchecked_words(error, answers=answers).headline,
        )
    if isinstance(error, OutcomeUnknown):
        return PanelWords(
            word,
            headline=translate("Door", "The server did not confirm this scan."),
            advice=translate("Door", "Check the same ticket again before the guest goes in."),
        )
    if isinstance(error, ServerUnreachable | ServerBusy):
        return PanelWords(
            word,
            headline=translate("Door", "The server answers again.")
            if answers
            else translate("Door", "The server does not answer."),
            advice=translate("Door", "Nobody was admitted. Scan again."),
        )
    if isinstance(error, PosError):
        return PanelWords(word, headline=spoken(error.message), advice=spoken(error.advice))
    return PanelWords(
        word,
        headline=translate("Door", "The program made a mistake."),
        advice=translate("Door", "Nobody was admitted. Scan again; if it happens twice, find the guest by name."),
    )
