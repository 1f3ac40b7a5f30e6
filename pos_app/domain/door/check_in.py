"""Scans at a gate: what is asked, and the verdict that fills the steward's screen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pos_app.domain.card_numbers import mask_card_numbers
from pos_app.domain.texts import clean_line

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.seats import Place

LONGEST_SCAN: Final = 512
"""Characters of a scan that are looked at and stored; anything longer is refused as unknown."""

LONGEST_GATE: Final = 80
"""Characters of a gate's name that are stored."""

SAME_GUEST_SECONDS: Final = 6
"""The same code again within this time is the same guest still standing there."""


def gate_name(typed: str) -> str:
    """Return the name of a gate as it is stored with its scans; it keeps nobody out, so a card's number is masked."""
    return mask_card_numbers(clean_line(typed, LONGEST_GATE))


class Verdict(StrEnum):
    """What the steward does: let in, look twice, or send back."""

    ADMITTED = "admitted"
    ALREADY_USED = "already_used"
    REFUSED = "refused"
    LEFT = "left"
    """A guest who went out and may come back."""


class Reason(StrEnum):
    """Why, in the field's words."""

    NONE = ""
    INVALID = "invalid"
    """Not a ticket code at all: a web address, a Wi-Fi code, nothing."""
    FORGED = "forged"
    """Looks like one of ours, but its signature or its key is not."""
    UNKNOWN = "unknown"
    WRONG_PERFORMANCE = "invalid_time"
    CANCELED = "canceled"
    """Refunded, exchanged or voided."""
    REPRINTED = "revoked"
    """A newer print of this ticket exists; this paper is void."""
    UNPAID = "unpaid"
    ALREADY_REDEEMED = "already_redeemed"
    SAME_GUEST = "same_guest"
    """Stored for a code shown again by the guest who was let in with it a moment ago."""
    CALLED_OFF = "called_off"
    """The performance itself is cancelled."""
    NOT_INSIDE = "not_inside"
    """Asked to let out somebody who is not inside."""


@dataclass(frozen=True, slots=True)
class Scan:
    """One scan as the gate sends it.

    text: what was scanned or typed (signed code or short code). nonce: client-made, so a repeat is harmless.
    leaving: the guest goes out. house_key: the public key of the house (hex) that this gate has pinned; "": none yet,
    then the one that the database names counts.
    """

    performance_id: int
    gate: str
    text: str
    nonce: str
    leaving: bool = False
    house_key: str = ""


@dataclass(frozen=True, slots=True)
class ScanResult:
    """The verdict, and all that the steward's screen shows; times in UTC.

    headline and advice are sentences for the steward. check_in_id: for undo. repeated: same guest, same code.
    used_at, used_gate: the entry before, where there is one that speaks against this one or is this guest's own.
    used_seconds_ago: since then by the server's clock, when the verdict was given. used_here: past this very till, at a
    gate of this name.
    """

    verdict: Verdict
    reason: Reason
    headline: str
    advice: str
    check_in_id: int
    place: Place | None = None
    ticket_type: str = ""
    customer_name: str = ""
    order_number: str = ""
    used_at: datetime | None = None
    used_gate: str = ""
    used_seconds_ago: float | None = None
    used_here: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class ScanEntry:
    """One line of the list of the last scans."""

    check_in_id: int
    at: datetime
    verdict: Verdict
    reason: Reason
    gate: str
    place: Place | None
    undone: bool


@dataclass(frozen=True, slots=True)
class DoorPerformance:
    """A performance that a gate can be set to; times in UTC.

    until_doors: seconds by the server's clock until the doors open, or until the start where they have no time of
    their own; negative: open. ends_at: None where it has no end; until_end: seconds until then, negative: over.
    """

    performance_id: int
    title: str
    venue: str
    time_zone: str
    starts_at: datetime
    until_doors: float
    cancelled: bool
    ends_at: datetime | None = None
    until_end: float | None = None


@dataclass(frozen=True, slots=True)
class DoorCounts:
    """inside: guests in the house now; expected: live tickets of the performance."""

    inside: int
    expected: int


@dataclass(frozen=True, slots=True)
class GuestTicket:
    """A ticket found by order number, name or seat; short_code admits it without a scanner.

    became: what its line is now that it is void: "returned" (refunded), "exchanged" (for another one) or "void"; when:
    gone_at (UTC). unpaid: the place is only reserved, there is no ticket for it yet, and nobody is let in.
    """

    short_code: str
    place: Place
    ticket_type: str
    customer_name: str
    order_number: str
    inside: bool
    void: bool
    became: str = ""
    gone_at: datetime | None = None
    unpaid: bool = False

    @property
    def is_good(self) -> bool:
        """Tell whether somebody can come in with it."""
        return not (self.void or self.unpaid)
