"""Names are compared by what is seen of them, and every table is kept by InnoDB."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa
from alembic import op

from pos_app.db.schema.steps import keep_in_innodb
from pos_app.domain.promo_codes.rules import normalise_promo_code
from pos_app.domain.texts import clean_line, name_key

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_LONGEST = 200
_STAFF = sa.table("staff_member", *map(sa.column, ("id", "name", "name_key", "active", "deleted_at")))
_CODES = sa.table("promo_code", sa.column("id"), sa.column("code"))
_USES = sa.table("promo_redemption", sa.column("id"), sa.column("customer_key"))


def upgrade() -> None:
    keep_in_innodb()
    # What follows is committed together with the note of this revision, and the same whenever it is done again.
    _tell_staff_apart()
    _fold_codes()
    _fold_customers()


def _tell_staff_apart() -> None:
    """Give everybody the key of today; of several who are one now, all but the first at work get a number."""
    stored = op.get_bind().execute(sa.select(*_STAFF.c)).all()
    rows = sorted(stored, key=lambda row: (row.deleted_at is not None, not row.active, row.id))
    wanted = {row.id: name_key(clean_line(row.name, _LONGEST))[:_LONGEST] for row in rows}
    taken = set(wanted.values())
    seen: Counter[str] = Counter()
    changed: dict[int, dict[str, str]] = {}
    for row in rows:
        name, key = row.name, wanted[row.id]
        seen[key] += 1
        if seen[key] > 1:
            number = next(n for n in range(seen[key], 10_000) if f"{key} {n}" not in taken)
            name, key = f"{clean_line(row.name, _LONGEST - 6)} {number}", f"{key[: _LONGEST - 6]} {number}"
            taken.add(key)
        if (name, key) != (row.name, row.name_key):
            changed[row.id] = {"name": name, "name_key": key}
    # In two turns, so that nobody's new key meets one that another is about to give up.
    for staff_id in changed:
        op.execute(sa.update(_STAFF).where(_STAFF.c.id == staff_id).values(name_key=f"\t{staff_id}"))
    for staff_id, values in changed.items():
        op.execute(sa.update(_STAFF).where(_STAFF.c.id == staff_id).values(**values))


def _fold_codes() -> None:
    """Keep codes as they are compared today; one that is another's by now stays as it was, and is found no more."""
    codes = {row.id: row.code for row in op.get_bind().execute(sa.select(*_CODES.c))}
    taken = set(codes.values())
    for code_id, code in codes.items():
        folded = normalise_promo_code(code)
        if folded != code and folded not in taken:
            taken.add(folded)
            op.execute(sa.update(_CODES).where(_CODES.c.id == code_id).values(code=folded))


def _fold_customers() -> None:
    """Count the uses of a customer as one whose name is written in several ways."""
    keys = sa.select(_USES.c.customer_key).where(_USES.c.customer_key.is_not(None)).distinct()
    for key in op.get_bind().execute(keys).scalars().all():
        if (folded := clean_line(name_key(key), _LONGEST)) != key:
            op.execute(sa.update(_USES).where(_USES.c.customer_key == key).values(customer_key=folded))
