"""The rule by pictures (see drawn_houses)."""

from __future__ import annotations

import pytest

from pos_app.domain.picking.orphans import shift_without_orphans
from pos_app.domain.picking.proposals import NoProposal, Proposal, Wish
from pos_app.domain.picking.rule import best_seats
from tests.domain.picking.drawn_houses import drawn, house_of


def picked(rows: list[str], wish: Wish) -> list[str]:
    answer = best_seats(house_of(rows), wish)
    assert isinstance(answer, Proposal)
    return drawn(rows, answer.seats)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["........", "........"], ["...##...", "........"]),
        (["...x....", "........"], ["...x##..", "........"]),
        (["....", "......."], ["..##", "......."]),
        (["...", "......."], ["...", "..##..."]),
        (["...", "x.x.x.x"], [".##", "x.x.x.x"]),
        ([".|..", "......."], [".|##", "......."]),
        (["x.WCx.x", "......."], ["x.WCx.x", "..##..."]),
        (["rrrr", "...."], ["rrrr", "##.."]),
        (["rrrr", "xxxx"], ["##rr", "xxxx"]),
    ],
)
def test_two_sit_near_the_stage_and_leave_nobody_alone(rows: list[str], expected: list[str]) -> None:
    assert picked(rows, Wish(2)) == expected


@pytest.mark.parametrize(
    ("rows", "count", "expected"),
    [
        (["aaaab|", "aaaaaa"], 4, ["aaaab|", "####aa"]),
        (["aaaabx", "aaaaaa"], 3, ["###abx", "aaaaaa"]),
        (["baaax", "baaaa"], 3, ["baaax", "ba###"]),
        (["bbaaax", "baaaax"], 3, ["bb###x", "baaaax"]),
        (["xaaabx", "aaxxxx", "aaabbx"], 5, ["xaaabx", "##xxxx", "###bbx"]),
    ],
)
def test_a_free_seat_of_another_category_is_left_alone_neither(
    rows: list[str], count: int, expected: list[str]
) -> None:
    assert picked(rows, Wish(count, category=0)) == expected


@pytest.mark.parametrize(
    ("rows", "count", "expected"),
    [
        (["xx.....xx", "xxxxx..xx"], 7, ["xx#####xx", "xxxxx##xx"]),
        (["...xx...", "..xxx..."], 5, ["###xx...", "##xxx..."]),
        (["..xxx...", "........", "..x....x"], 9, ["..xxx...", "...#####", "..x####x"]),
    ],
)
def test_a_party_too_large_for_a_row_sits_in_two_large_parts_near_to_each_other(
    rows: list[str], count: int, expected: list[str]
) -> None:
    assert picked(rows, Wish(count)) == expected


@pytest.mark.parametrize(
    ("rows", "wish", "expected"),
    [
        (["C|WC..", "......"], Wish(2, wheelchairs=1, companions=1), ["C|##..", "......"]),
        (["C|WC..", "......"], Wish(4, wheelchairs=1, companions=1), ["C|####", "......"]),
        (["C|WC...", "......"], Wish(4, wheelchairs=1, companions=1), ["C|##...", "..##.."]),
        (["WCC...", "C....."], Wish(3, wheelchairs=1, companions=2), ["###...", "C....."]),
        (["WC....CW", "........"], Wish(4, wheelchairs=2, companions=2), ["##....##", "........"]),
        (["Wx....xx", "xxxxxxCW"], Wish(2, wheelchairs=1, companions=1), ["Wx....xx", "xxxxxx##"]),
        (["W.....xx", "xxxxxxxx"], Wish(2, wheelchairs=1, companions=1), ["##....xx", "xxxxxxxx"]),
    ],
)
def test_a_wheelchair_and_its_company_sit_side_by_side(rows: list[str], wish: Wish, expected: list[str]) -> None:
    assert picked(rows, wish) == expected


@pytest.mark.parametrize(
    ("rows", "wish", "expected"),
    [
        (
            ["aaaaxxx", "aaxxxxx", "bbbbbbbb"],
            Wish(6, category=0, may_split=False),
            [["####xxx", "##xxxxx", "bbbbbbbb"], ["aaaaxxx", "aaxxxxx", "######bb"]],
        ),
        (
            ["ccccc", "bbbbb", "aaxxx"],
            Wish(4, category=0),
            [["ccccc", "####b", "aaxxx"]],
        ),
        (["....xx", "xxxxxx", "xx...."], Wish(7), [[".###xx", "xxxxxx", "xx####"]]),
        (["..xxx", "xxxxx"], Wish(4), [["##xxx", "xxxxx"]]),
    ],
)
def test_what_cannot_be_had_is_answered_by_the_nearest_that_can(
    rows: list[str], wish: Wish, expected: list[list[str]]
) -> None:
    answer = best_seats(house_of(rows), wish)
    assert isinstance(answer, NoProposal)
    assert [drawn(rows, other.seats) for other in answer.alternatives] == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([".##...."], ["##....."]),
        ([".##.x.."], ["##..x.."]),
        (["#.#...."], ["##....."]),
        ([".##", "......"], ["...", "##...."]),
        (["x.##.x"], ["x##..x"]),
        (["x.#.##.x"], ["x#...##x"]),
    ],
)
def test_a_basket_is_shifted_to_where_it_leaves_nobody_alone(rows: list[str], expected: list[str]) -> None:
    house = house_of(rows)
    chosen = [100 * r + p for r, row in enumerate(rows) for p, sign in enumerate(row) if sign == "#"]
    shifted = shift_without_orphans(house, chosen)
    assert shifted is not None
    assert drawn([row.replace("#", ".") for row in rows], shifted) == expected


def test_a_basket_that_cannot_be_shifted_is_told_so() -> None:
    assert shift_without_orphans(house_of([".##", "xxxx"]), [1, 2]) is None
