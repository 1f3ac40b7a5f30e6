"""How a house sends its letters, decided once for all its tills."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LONGEST_PACE_SECONDS: Final = 60
SMALLEST_LETTER_BYTES: Final = 1_000_000
LARGEST_LETTER_BYTES: Final = 50_000_000
LONGEST_LAPSE_HOURS: Final = 14 * 24


class MailSecurity(StrEnum):
    """How the line to the mail server is kept from others. NONE is allowed for this very computer alone."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


USUAL_PORTS: Final = {MailSecurity.STARTTLS: 587, MailSecurity.TLS: 465, MailSecurity.NONE: 25}


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Kept as one document; the password of `user` lies in the keyring of the tills that send, and nowhere else.

    server: a host name; "": none is set, and letters wait. user: "": the server asks for no sign-in. sender_name,
    sender_address: From, and the envelope's sender; reply_to: "": the sender. most_bytes: of one letter as it goes over
    the line; what is larger goes as several. seconds_between: the least time between two letters of one till.
    lapse_hours: so long before a reservation ends its customer is reminded; 0: never. attach_tickets: whether the
    confirmation of a sale brings its tickets as PDF.
    """

    server: str = ""
    port: int = 587
    security: MailSecurity = MailSecurity.STARTTLS
    user: str = ""
    sender_name: str = ""
    sender_address: str = ""
    reply_to: str = ""
    most_bytes: int = 10_000_000
    seconds_between: float = 1.0
    lapse_hours: int = 24
    attach_tickets: bool = True

    @property
    def sends(self) -> bool:
        """Tell whether letters can go out at all."""
        return bool(self.server and self.sender_address)
