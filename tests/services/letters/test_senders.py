from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.letters.sending import Trouble
from pos_app.services.letters.senders import note_sending
from pos_app.services.letters.standing import load_sending

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_the_same_trouble_again_has_been_there_since_it_began(house: OpenHouse) -> None:
    till = house.small.till_id
    house.database.transact(note_sending, till)
    assert house.database.read(load_sending).sends
    house.database.transact(note_sending, till, Trouble.SIGN_IN, "535 no", next_in=30)
    (first,) = house.database.read(load_sending).senders
    house.database.transact(note_sending, till, Trouble.SIGN_IN, "535 still no", next_in=60)
    (second,) = house.database.read(load_sending).senders
    assert (second.trouble, second.answer, second.since) == (Trouble.SIGN_IN, "535 still no", first.since)
    assert second.seen_at > first.seen_at
    house.database.transact(note_sending, till)
    (third,) = house.database.read(load_sending).senders
    assert (third.trouble, third.answer, third.next_at) == (None, "", None)
    assert third.since > first.since
