"""The command `foyer`, also `python -m pos_app`."""

from __future__ import annotations

import sys

from pos_app.cli.command import run_command


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run_command(sys.argv[1:]))


if __name__ == "__main__":
    main()
