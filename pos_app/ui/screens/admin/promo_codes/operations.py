"""Where promo codes come from and go to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.services.promo_codes.records import (
    archive_promo_code,
    list_promo_codes,
    restore_promo_code,
    save_promo_code,
)
from pos_app.ui.screens.admin.promo_codes.values import draft_from

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from pos_app.domain.promo_codes.records import PromoRecord
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office


class PromoOperations:
    """A RecordSource of promo codes."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def read_all(self, owner: QObject) -> Reply[tuple[PromoRecord, ...]]:
        """Read all codes, archived ones too."""
        return self._office.read_latest(owner, "promo codes", list_promo_codes)

    def save(self, owner: QObject, before: PromoRecord | None, values: Mapping[str, object]) -> Reply[PromoRecord]:
        """Save the values of the form."""
        return self._office.write(owner, save_promo_code, before, draft_from(values))

    def archive(self, owner: QObject, record: PromoRecord) -> Reply[PromoRecord]:
        """Put a code away."""
        return self._office.write(owner, archive_promo_code, record.promo_code_id)

    def restore(self, owner: QObject, record: PromoRecord) -> Reply[PromoRecord]:
        """Bring a code back."""
        return self._office.write(owner, restore_promo_code, record.promo_code_id)
