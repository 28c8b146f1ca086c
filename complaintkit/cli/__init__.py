"""The command line: `complaintkit`. One module per group of commands; each is imported only when it is used.

Data goes to standard output, talk and progress to standard error. Exit codes are in `complaintkit.cli.ending`.
"""

import sys
from collections.abc import Sequence

__all__ = ["main", "run"]


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code.

    Args:
        arguments: What stands after `complaintkit`.
    """
    try:
        from complaintkit.cli.ending import ended
        from complaintkit.cli.root import root

        return ended(root, list(arguments))
    except KeyboardInterrupt:
        return 130  # while modules were still being imported
