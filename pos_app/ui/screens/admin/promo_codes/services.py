"""What the section of promo codes asks for; bound_services binds it to the real thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QObject

    from pos_app.domain.promo_codes.records import PromoBatch, PromoChoices, PromoRecord, Redemption
    from pos_app.ui.records.kind import Answer


class PromoServices(Protocol):
    """A RecordSource of promo codes, and what else can be done with them; `owner` is who wants the answer."""

    def read_all(self, owner: QObject) -> Answer[Sequence[PromoRecord]]:
        """Read all codes, archived ones too."""
        ...

    def choices(self, owner: QObject) -> Answer[PromoChoices]:
        """Read what a code can be limited to."""
        ...

    def save(self, owner: QObject, before: PromoRecord | None, values: Mapping[str, object]) -> Answer[PromoRecord]:
        """Save the values of the form."""
        ...

    def archive(self, owner: QObject, record: PromoRecord) -> Answer[PromoRecord]:
        """Put a code away."""
        ...

    def restore(self, owner: QObject, record: PromoRecord) -> Answer[PromoRecord]:
        """Bring a code back."""
        ...

    def end(self, owner: QObject, record: PromoRecord) -> Answer[PromoRecord]:
        """End a code at once."""
        ...

    def reopen(self, owner: QObject, record: PromoRecord) -> Answer[PromoRecord]:
        """Take back that a code was ended."""
        ...

    def make_batch(self, owner: QObject, batch: PromoBatch) -> Answer[Sequence[PromoRecord]]:
        """Make many codes of one rule."""
        ...

    def end_batch(self, owner: QObject, batch: str) -> Answer[Sequence[PromoRecord]]:
        """End all codes of a batch at once."""
        ...

    def export_batch(self, owner: QObject, batch: str) -> Answer[bytes]:
        """Return the codes of a batch as CSV."""
        ...

    def redemptions(self, owner: QObject, record: PromoRecord, *, whole_batch: bool) -> Answer[Sequence[Redemption]]:
        """Read the uses of a code, or of its whole batch."""
        ...

    def write_file(self, owner: QObject, path: str, content: bytes) -> Answer[object]:
        """Write a file; the answer's value is not looked at."""
        ...
