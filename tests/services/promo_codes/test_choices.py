from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.services.promo_codes.choices import list_promo_choices

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_what_a_code_can_be_limited_to_is_told_apart_in_words(house: OpenHouse) -> None:
    choices = house.database.read(list_promo_choices, house.small.manager)
    assert [(one.words, one.detail) for one in choices.categories] == [
        ("A", "The Little House, Stalls only"),
        ("B", "The Little House, Stalls only"),
    ]
    assert len({one.detail for one in choices.performances}) == len(choices.performances) == 3
    assert {one.event_id for one in choices.performances} == {one.key for one in choices.events}
    assert choices.currencies == ("EUR",)
    assert choices.time_zone == "Europe/Berlin"
