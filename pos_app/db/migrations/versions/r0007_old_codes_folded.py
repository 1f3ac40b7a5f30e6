"""Codes from before a season was taken over are found without case, spaces and dashes, too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pos_app.db.schema.steps import add_column, create_index
from pos_app.domain.codes import fold_old_code

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None

_AT_ONCE = 500
_OUTSIDE = sa.table("outside_code", sa.column("ticket_id"), sa.column("code_key"), sa.column("folded_key"))


def upgrade() -> None:
    add_column(
        "outside_code", sa.Column("folded_key", sa.String(length=512), server_default=sa.text("''"), nullable=False)
    )
    create_index("ix_outside_code_folded_key", "outside_code", ["folded_key"])
    # Committed together with the note of this revision, and the same whenever it is done again.
    codes = op.get_bind().execute(sa.select(_OUTSIDE.c.ticket_id, _OUTSIDE.c.code_key)).all()
    for start in range(0, len(codes), _AT_ONCE):
        folded = {code.ticket_id: fold_old_code(code.code_key) for code in codes[start : start + _AT_ONCE]}
        op.execute(
            sa.update(_OUTSIDE)
            .where(_OUTSIDE.c.ticket_id.in_(folded))
            .values(folded_key=sa.case(folded, value=_OUTSIDE.c.ticket_id))
        )
