"""The keys of signing in, besides those of its buttons."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def form_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys of a form and what they do."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("SignInKeys", words)

    return (("Tab", tr("To the next field or button")),)
