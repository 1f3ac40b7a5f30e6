"""How a role is called on the screen."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pos_app.domain.roles import Role


def role_words(role: Role) -> str:
    """Return the role in the person's language."""
    return {
        Role.CASHIER: QCoreApplication.translate("Roles", "Cashier"),
        Role.MANAGER: QCoreApplication.translate("Roles", "Manager"),
        Role.DOOR_STEWARD: QCoreApplication.translate("Roles", "Door steward"),
    }[role]
