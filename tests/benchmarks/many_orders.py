"""A house with up to a million orders, written by the server itself: names, addresses, notes, and what became of them.

Every fact of an order follows from its number, so that a benchmark knows what it looks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from tests.benchmarks.stadium import Stadium

MOST: Final = 1_000_000
A_PERFORMANCE: Final = 1_000
"""Orders for one performance, of two seats each."""
COMING: Final = 50_000
"""The last of a million orders, whose performances are still to be."""
DAYS_BEFORE: Final = (MOST - COMING) // A_PERFORMANCE
"""Days since the first performance, one each day."""
SECONDS_APART: Final = 30
FIRST_NAMES: Final = (
    "Anna", "Bert", "Clara", "Dora", "Emil", "Frida", "Georg", "Hanna", "Ilse", "Jakob", "Karla", "Lukas", "Maria",
    "Nils", "Olga", "Peter", "Rosa", "Stefan", "Thea", "Viktor",
)  # fmt: skip
_BEGINNINGS: Final = (
    "Ander", "Berg", "Claus", "Duv", "Ecker", "Fisch", "Gruber", "Hart", "Imhof", "Jans", "Kell", "Lind", "Mull",
    "Nord", "Ost", "Peter", "Ros", "Schu", "Thom", "Web",
)  # fmt: skip
_ENDINGS: Final = (
    "er", "mann", "sen", "berg", "feld", "hagen", "ing", "lein", "meier", "n", "owski", "qvist", "rich", "stein",
    "thal", "ung", "vic", "wald", "x", "z",
)  # fmt: skip
RARE: Final = "Xaver Quirk"
"""The name of one order in a hundred thousand, and of the first one."""
OLD_SHARE: Final = 20
"""The first of so many orders is old: its note names a jubilee, the old till sold it."""
_AT_ONCE: Final = 10_000
"""As many numbers as _NUMBERS gives."""

_CODE: Final = "REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(LPAD(CONV({0}, 10, 31), {1}, '0'), '0', 'V'), '1', 'W'), 'I', 'X'), 'L', 'Y'), 'O', 'Z')"  # noqa: E501
"""A number in the letters of codes."""


def _one_of(words: tuple[str, ...], number: str) -> str:
    return f"ELT(1 + {number} % {len(words)}, {', '.join(repr(word) for word in words)})"


_FIRST: Final = _one_of(FIRST_NAMES, "r")
_FAMILY: Final = f"CONCAT({_one_of(_BEGINNINGS, '(r DIV 20)')}, {_one_of(_ENDINGS, '(r DIV 400)')})"
_DIGIT: Final = f"(SELECT 0 AS n UNION ALL {' UNION ALL '.join(f'SELECT {n}' for n in range(1, 10))})"
# 10,000 numbers from the first one on; only MariaDB has sequences.
_NUMBERS: Final = f"""(
    SELECT {{first}} + d0.n + 10 * d1.n + 100 * d2.n + 1000 * d3.n AS seq
      FROM {_DIGIT} d0, {_DIGIT} d1, {_DIGIT} d2, {_DIGIT} d3
)"""
# Once: g is the number of an order, r a number that looks as if drawn.
_SOURCE: Final = f"""(
    SELECT *, IF(rare, 'Xaver', {_FIRST}) AS first_name, IF(rare, 'Quirk', {_FAMILY}) AS family
      FROM (SELECT seq AS g, CRC32(seq) AS r, seq = 1 OR seq % 100000 = 50000 AS rare,
                   seq <= {MOST // OLD_SHARE} AND seq % 2 = 1 AS old
              FROM {_NUMBERS} numbered WHERE seq <= {{last}}) numbers
) o"""
_STATE: Final = """CASE WHEN g % 100 = 7 OR (g % 200 = 11 AND k = 0) THEN 'returned' WHEN g % 500 = 13 THEN 'void'
    WHEN g % 1000 = 17 AND k = 0 THEN 'exchanged' ELSE 'live' END"""
_NAMED: Final = "(g % 5 <> 0 OR rare)"
_NUMBER: Final = _CODE.format("(g * 452930477) % 852891037441", 8)
_SHORT: Final = _CODE.format("((2 * g + k) * 48271900487) % 819628286980801", 10)
_DIGITS: Final = "CONCAT('4930', LPAD(r % 10000000, 7, '0'))"
_SOLD: Final = f"TIMESTAMPADD(SECOND, -({MOST} - CAST(g AS SIGNED)) * {SECONDS_APART}, :now)"
_WORDS: Final = f"""
    SELECT 'guest' AS kind, LOWER(first_name) AS word, evening AS performance_id, g AS id FROM {{source}} WHERE {_NAMED}
    UNION ALL SELECT 'guest', LOWER(family), evening, g FROM {{source}} WHERE {_NAMED}
    UNION ALL SELECT 'order', LOWER(first_name), 0, g FROM {{source}} WHERE {_NAMED}
    UNION ALL SELECT 'order', LOWER(family), 0, g FROM {{source}} WHERE {_NAMED}
    UNION ALL SELECT 'order', LOWER(CONCAT(family, g % 90)), 0, g FROM {{source}} WHERE g % 4 = 0
    UNION ALL SELECT 'order', 'example', 0, g FROM {{source}} WHERE g % 4 = 0
    UNION ALL SELECT 'order', 'org', 0, g FROM {{source}} WHERE g % 4 = 0
    UNION ALL SELECT 'order', {_DIGITS}, 0, g FROM {{source}} WHERE g % 4 = 0
    UNION ALL SELECT 'phone', REVERSE({_DIGITS}), 0, g FROM {{source}} WHERE g % 4 = 0
    UNION ALL SELECT 'order', 'collects', 0, g FROM {{source}} WHERE g % 10 = 3
    UNION ALL SELECT 'order', 'later', 0, g FROM {{source}} WHERE g % 10 = 3
    UNION ALL SELECT 'order', 'jubilee', 0, g FROM {{source}} WHERE old
"""


def grow(database: Database, stadium: Stadium, have: int, wanted: int) -> None:
    """Write orders until there are so many. have: how many this has written before."""
    with database.writer.connect() as connection:
        for setting in ("innodb_flush_log_at_trx_commit = 0", f"innodb_buffer_pool_size = {1 << 30}"):
            connection.execute(text(f"SET GLOBAL {setting}"))
        connection.execute(text("SET SESSION foreign_key_checks = 0, unique_checks = 0"))
        # What is done to some of them meanwhile takes no number of those that follow.
        for table in ("orders", "order_line", "order_change", "ticket", "payment"):
            connection.execute(text(f"ALTER TABLE {table} AUTO_INCREMENT = {10 * MOST}"))
        for first in range(have + 1, wanted + 1, _AT_ONCE):
            last = min(first + _AT_ONCE - 1, wanted)
            _write(connection, stadium, first, last)
            connection.commit()
        connection.execute(
            text("ANALYZE TABLE orders, order_line, order_change, ticket, payment, customer, search_word")
        )
        for setting in ("innodb_flush_log_at_trx_commit = 1", f"innodb_buffer_pool_size = {1 << 27}"):
            connection.execute(text(f"SET GLOBAL {setting}"))
        connection.execute(text("SET SESSION foreign_key_checks = 1, unique_checks = 1"))


def put_in_house(session: Session, numbers: Sequence[int]) -> None:
    """Write the sold seats of some orders: those of all others are asked for by nobody."""
    session.execute(
        text(
            "INSERT IGNORE INTO performance_seat (performance_id, seat_id, state, order_line_id, guarded, changed_at)"
            " SELECT performance_id, seat_id, 'sold', id, 0, UTC_TIMESTAMP(6) FROM order_line"
            " WHERE order_id IN :numbers"
        ).bindparams(bindparam("numbers", expanding=True)),
        {"numbers": list(numbers)},
    )


def performance_of(number: int) -> int:
    """Return the performance of an order."""
    return _FIRST_PERFORMANCE + (number - 1) // A_PERFORMANCE


_FIRST_PERFORMANCE: Final = 100_000
OLD_TILL: Final = 100_001
OLD_CASHIER: Final = 100_001
NEW_CASHIER: Final = 100_002


def _write(connection: Connection, stadium: Stadium, first: int, last: int) -> None:
    """Write orders first to last, of whole performances or a part of one."""
    house = stadium.house
    facts = {
        "now": connection.execute(text("SELECT UTC_TIMESTAMP(6)")).scalar_one(),
        "till": house.till_id,
        "other": house.other_till_id,
        "staff": house.cashier.staff_id,
        "type": house.adult_id,
        "plan": stadium.plan_id,
        "seat": stadium.first_seat_id,
    }
    source = _SOURCE.format(first=first, last=last)
    evening = f"{_FIRST_PERFORMANCE} + (g - 1) DIV {A_PERFORMANCE}"
    lines = f"{source}, (SELECT 0 AS k UNION ALL SELECT 1) two"
    statements = [
        f"""INSERT IGNORE INTO till (id, machine_key, name, kind, created_at)
            SELECT {OLD_TILL}, 'old', 'Old till', 'counter', :now""",
        *(
            f"""INSERT IGNORE INTO staff_member (id, name, name_key, role, active, created_at)
                SELECT {one}, '{name}', '{name}', 'cashier', 1, :now"""
            for one, name in ((OLD_CASHIER, "old"), (NEW_CASHIER, "new"))
        ),
        f"""INSERT IGNORE INTO event (id, title, description, kind)
            VALUES ({_FIRST_PERFORMANCE}, 'A long run', '', '')""",
        f"""INSERT IGNORE INTO performance (id, event_id, plan_id, starts_at, state)
            SELECT DISTINCT {evening}, {_FIRST_PERFORMANCE}, :plan,
                   TIMESTAMPADD(DAY, CAST((g - 1) DIV {A_PERFORMANCE} AS SIGNED) - {DAYS_BEFORE}, :now), 'on_sale'
              FROM {source}""",
        f"""INSERT INTO customer (id, name, email, phone, note, created_at)
            SELECT g, CONCAT(first_name, ' ', family), LOWER(CONCAT(first_name, '.', family, g % 90, '@example.org')),
                   CONCAT('+', {_DIGITS}), '', {_SOLD} FROM {source} WHERE g % 4 = 0""",
        f"""INSERT INTO orders (id, request_id, number, till_id, staff_id, customer_id, customer_name, note, currency,
                                lines_minor, fee_minor, total_minor, created_at)
            SELECT g, CONCAT('many-', g), {_NUMBER},
                   CASE WHEN old THEN {OLD_TILL} WHEN g % 3 = 0 THEN :other ELSE :till END,
                   CASE WHEN g <= {MOST // OLD_SHARE} THEN {OLD_CASHIER} WHEN g % 4 = 1 THEN {NEW_CASHIER}
                        ELSE :staff END,
                   IF(g % 4 = 0, g, NULL), IF({_NAMED}, CONCAT(first_name, ' ', family), ''),
                   CASE WHEN old THEN 'Jubilee' WHEN g % 10 = 3 THEN 'Collects later' ELSE '' END, 'EUR', 9000, 0, 9000,
                   {_SOLD} FROM {source} ORDER BY g""",
        f"""INSERT INTO order_change (id, request_id, order_id, kind, reason, staff_id, till_id, created_at)
            SELECT g, CONCAT('many-', g), g, 'sale', '', :staff, :till, {_SOLD} FROM {source} ORDER BY g""",
        f"""INSERT INTO order_line (id, order_id, kind, performance_id, seat_id, category_id, ticket_type_id,
                                    price_minor, discount_minor, state, made_by_id)
            SELECT 2 * g + k, g, 'seat', {evening}, :seat + 2 * ((g - 1) % {A_PERFORMANCE}) + k,
                   (SELECT MIN(id) FROM price_category WHERE plan_id = :plan), :type, 4500, 0, {_STATE}, g
              FROM {lines} ORDER BY 1""",
        f"""INSERT INTO ticket (id, order_line_id, performance_id, live_seat_id, short_code, issue_count,
                                reissue_reason, issued_at, printed_at, voided_at)
            SELECT 2 * g + k, 2 * g + k, {evening},
                   IF({_STATE} = 'live', :seat + 2 * ((g - 1) % {A_PERFORMANCE}) + k, NULL), {_SHORT}, 1, '', {_SOLD},
                   IF(g % 400 = 19, NULL, {_SOLD}), IF({_STATE} = 'live', NULL, {_SOLD}) FROM {lines} ORDER BY 1""",
        f"""INSERT INTO ticket_presence (ticket_id, inside, issue_count, entries, changed_at)
            SELECT 2 * g + k, 0, IF({_STATE} = 'live', 1, 0), 0, {_SOLD} FROM {lines} ORDER BY 1""",
        f"""INSERT INTO payment (id, request_id, order_id, method, state, amount_minor, refunded_minor, reference,
                                 made_by_id, till_id, created_at)
            SELECT g, CONCAT('many-', g), g, 'cash', 'captured', 9000, 0, '', g, :till, {_SOLD}
              FROM {source} ORDER BY g""",
        f"""INSERT INTO search_word (kind, word, performance_id, id)
            SELECT kind, word, performance_id, id
              FROM ({_WORDS.format(source=source).replace("evening", evening)}) words ORDER BY kind, word, id""",
    ]
    for statement in statements:
        connection.execute(text(statement), {name: value for name, value in facts.items() if f":{name}" in statement})
