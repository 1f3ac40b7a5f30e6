"""The questions of the section of promo codes, answered by the services of the box office."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.services.promo_codes.batches import end_batch, export_batch, list_redemptions, make_batch
from pos_app.services.promo_codes.choices import list_promo_choices
from pos_app.services.promo_codes.records import (
    archive_promo_code,
    end_promo_code,
    list_promo_codes,
    reopen_promo_code,
    restore_promo_code,
    save_promo_code,
)
from pos_app.ui.screens.admin.promo_codes.values import draft_from

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from pos_app.domain.promo_codes.records import PromoBatch, PromoChoices, PromoRecord, Redemption
    from pos_app.domain.roles import Actor
    from pos_app.ui.background import Background, Reply


class BoundPromoCodes:
    """Answers for one person at one till; see PromoServices."""

    def __init__(self, background: Background, actor: Actor) -> None:
        self._background = background
        self._actor = actor

    def read_all(self, owner: QObject) -> Reply[tuple[PromoRecord, ...]]:
        """Read all codes."""
        return self._background.read_latest(owner, "promo codes", list_promo_codes, self._actor)

    def choices(self, owner: QObject) -> Reply[PromoChoices]:
        """Read what a code can be limited to."""
        return self._background.read_latest(owner, "promo choices", list_promo_choices, self._actor)

    def save(self, owner: QObject, before: PromoRecord | None, values: Mapping[str, object]) -> Reply[PromoRecord]:
        """Save the values of the form."""
        return self._background.write(owner, save_promo_code, self._actor, before, draft_from(values))

    def archive(self, owner: QObject, record: PromoRecord) -> Reply[PromoRecord]:
        """Put a code away."""
        return self._background.write(owner, archive_promo_code, self._actor, record.promo_code_id)

    def restore(self, owner: QObject, record: PromoRecord) -> Reply[PromoRecord]:
        """Bring a code back."""
        return self._background.write(owner, restore_promo_code, self._actor, record.promo_code_id)

    def end(self, owner: QObject, record: PromoRecord) -> Reply[PromoRecord]:
        """End a code at once."""
        return self._background.write(owner, end_promo_code, self._actor, record.promo_code_id)

    def reopen(self, owner: QObject, record: PromoRecord) -> Reply[PromoRecord]:
        """Take back that a code was ended."""
        return self._background.write(owner, reopen_promo_code, self._actor, record.promo_code_id)

    def make_batch(self, owner: QObject, batch: PromoBatch) -> Reply[tuple[PromoRecord, ...]]:
        """Make many codes of one rule."""
        return self._background.write(owner, make_batch, self._actor, batch)

    def end_batch(self, owner: QObject, batch: str) -> Reply[tuple[PromoRecord, ...]]:
        """End all codes of a batch."""
        return self._background.write(owner, end_batch, self._actor, batch)

    def export_batch(self, owner: QObject, batch: str) -> Reply[bytes]:
        """Return the codes of a batch as CSV."""
        return self._background.write(owner, export_batch, self._actor, batch)

    def redemptions(self, owner: QObject, record: PromoRecord, *, whole_batch: bool) -> Reply[tuple[Redemption, ...]]:
        """Read the uses of a code, or of its whole batch."""
        batch = record.batch if whole_batch else ""
        return self._background.read_latest(
            owner, "redemptions", list_redemptions, self._actor, promo_code_id=record.promo_code_id, batch=batch
        )

    def write_file(self, owner: QObject, path: str, content: bytes) -> Reply[int]:
        """Write a file."""
        return self._background.outside(owner, Path(path).write_bytes, content)
