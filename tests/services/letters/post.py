"""What the stories of letters have in common: letters as the services write them, and what then became of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select, update

from pos_app.db.models import OutboxEmail
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.occasions import Occasion
from pos_app.services.customers.records import add_customer
from pos_app.services.letters.listing import read_row
from pos_app.services.letters.writing import write_letter

if TYPE_CHECKING:
    from pos_app.domain.letters.listing import LetterRow
    from tests.houses import OpenHouse


@dataclass(frozen=True)
class Post:
    """The letters of a house."""

    house: OpenHouse

    def customer(self, name: str, email: str) -> int:
        """Make a customer; return the number."""
        draft = CustomerDraft(name, email)
        made = self.house.database.transact(add_customer, self.house.small.cashier, draft, request_id=uuid4().hex)
        return made.customer_id

    def letter(self, customer_id: int, kind: LetterKind = LetterKind.NOTE, **values: Any) -> int:
        """Write a letter to a customer and let this become of it; return its number."""
        request = uuid4().hex

        def write(session: Any) -> int:
            assert write_letter(session, customer_id, Occasion(kind, request, facts={"subject": "News"}))
            letter_id: int = session.scalars(select(OutboxEmail.id).where(OutboxEmail.request_id == request)).one()
            if values:
                session.execute(update(OutboxEmail).where(OutboxEmail.id == letter_id).values(values))
            return letter_id

        return self.house.database.transact(write)

    def becomes(self, letter_id: int, **values: Any) -> None:
        """Let something else become of a letter."""
        self.house.database.transact(
            lambda session: session.execute(update(OutboxEmail).where(OutboxEmail.id == letter_id).values(values))
        )

    def row(self, letter_id: int) -> LetterRow:
        """Return what is listed of a letter."""
        return self.house.database.read(read_row, letter_id)
