"""Write what a Foyer of the present revision leaves behind: `python -m tests.db.schema.history`.

Whoever adds a revision lets something of what is new happen in house.py, runs this, and adds the file that it writes.
The files of earlier revisions stay as they are: each was written by the code of its time, the last one before the next
revision came, and no code of today could write it. From then on a revision must not be changed any more.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.schema.revisions import upgrade_schema
from tests.db.schema.history.house import live_through
from tests.db.schema.history.rows import file_of, write_rows
from tests.db.schema.old_schemas import all_revisions


def main() -> None:
    file = file_of(all_revisions()[-1])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "foyer.db"
        database = Database(parse_address(f"sqlite:///{path}"))
        upgrade_schema(database)
        live_through(database)
        database.close()
        write_rows(path, file)
    sys.stdout.write(f"{file.name} has {file.stat().st_size / 1000:.0f} kB.\n")


if __name__ == "__main__":
    main()
