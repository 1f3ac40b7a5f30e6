"""Who may do what. Each permission is one name here; services check it, screens mirror it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a staff member is."""

    CASHIER = "cashier"
    MANAGER = "manager"
    DOOR_STEWARD = "door_steward"


class Permission(StrEnum):
    """What a staff member may do."""

    SELL = "sell"
    REPRINT = "reprint"
    VOID = "void"
    APPROVE = "approve"
    GIVE_AWAY = "give_away"
    """Give complimentary tickets, or allow it."""
    REFUND = "refund"
    """Give money back above the limit of the house, for a ticket that was used, or by another way; or allow it."""
    EXCHANGE = "exchange"
    """Change what was sold: other seats, other ticket types."""
    RESERVE = "reserve"
    """Keep seats under a name, unpaid; give them back, or keep them longer."""
    PRICE_OF_NOW = "price_of_now"
    """Take today's price for what was reserved at another one, or allow it."""
    CUSTOMERS = "customers"
    """Find customers, make them and correct them."""
    PRIVACY = "privacy"
    """Merge customers, hand out all that is known of one, and erase one."""
    LETTERS = "letters"
    """See the letters to customers, send them again, to another address too, and stop them."""
    WAITING = "waiting"
    """Put parties on waiting lists, take them off, and sell what they are offered."""
    RESALE = "resale"
    """Take tickets back for resale, and hand them out again."""
    CHECK_IN = "check_in"
    ENROL_TILL = "enrol_till"
    MANAGE = "manage"


_GRANTS: Final[dict[Role, frozenset[Permission]]] = {
    Role.CASHIER: frozenset(
        {
            Permission.SELL,
            Permission.REPRINT,
            Permission.VOID,
            Permission.EXCHANGE,
            Permission.RESERVE,
            Permission.CUSTOMERS,
            Permission.LETTERS,
            Permission.WAITING,
            Permission.RESALE,
        }
    ),
    Role.MANAGER: frozenset(Permission),
    Role.DOOR_STEWARD: frozenset({Permission.CHECK_IN}),
}


def may(role: Role, permission: Permission) -> bool:
    """Tell whether a role carries a permission."""
    return permission in _GRANTS[role]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and where: the signed-in staff member at a till. Services look the role up again."""

    staff_id: int
    name: str
    role: Role
    till_id: int
    till_name: str

    def may(self, permission: Permission) -> bool:
        """Tell whether the screen should offer an action."""
        return may(self.role, permission)
