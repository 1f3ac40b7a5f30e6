"""How many connections a server takes, of everybody and of this account, beside the tills that want them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pos_app.domain.house.connections import Connections

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LIMITS: Final = "SELECT @@global.max_connections, @@session.max_user_connections"
"""The second is the account's own limit where it has one, else the server's for any account; 0 where there is none."""
TILLS: Final = "SELECT COUNT(*) FROM till WHERE deleted_at IS NULL"


def count_connections(ask: Callable[[str], Sequence[Any]], *, has_house: bool) -> Connections:
    """Return the limits. ask: gives the one row that answers a question."""
    most, own = ask(LIMITS)
    tills = ask(TILLS)[0] if has_house else 0
    return Connections(int(most), int(own), int(tills))
