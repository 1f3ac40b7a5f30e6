"""Which mail server may be spoken to openly: the one on this very computer, and no other."""

from __future__ import annotations

import ipaddress
from contextlib import suppress


def is_this_computer(server: str) -> bool:
    """Tell whether a name or an address is that of the very computer that asks: what it is told crosses no net."""
    if server.casefold() == "localhost":
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(server.strip("[]")).is_loopback
    return False
