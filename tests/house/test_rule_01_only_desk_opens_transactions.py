"""House rule 1: only the desk opens a transaction.

Who asks what is stored together, and what a crash can leave behind, has one file to read. Within the store a
transaction is made of the database's own; nobody else begins, commits or rolls back. Suites in `complaintkit.testing`
are tests.

To mend a breach: let the desk do it, as a method named after what is done.
"""

import ast
from collections.abc import Iterator

from tests.house.floors import Source, core, sample, told

REMEDY = "Make it a method of the desk (complaintkit/desk/), and call that."
MAY = ("complaintkit.desk", "complaintkit.store", "complaintkit.testing")
OPENS = ("begin", "begin_nested", "begin_twophase", "commit", "rollback", "savepoint")


def breaches(source: Source) -> Iterator[str]:
    """Yield every call that opens or ends a transaction."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in OPENS:
            yield f"{source.path}:{node.lineno}: {ast.unparse(node.func)}(...)"


def test_only_the_desk_opens_transactions() -> None:
    """No module of the core but desk and store begins, commits or rolls back."""
    found = [breach for source in core() if source.room not in MAY for breach in breaches(source)]
    assert [] == found, told(found, REMEDY)


def test_the_desk_does_open_them() -> None:
    """The rule looks for what the desk really calls: it would be reported there."""
    desk = [source for source in core() if source.room == "complaintkit.desk"]
    assert any("store.begin" in breach for source in desk for breach in breaches(source))


def test_a_transaction_elsewhere_is_reported() -> None:
    """Beginning, committing and rolling back are found; other methods are not."""
    source = sample("with self.store.begin() as unit:\n    unit.write(x)\nsession.commit()\nconnection.rollback()\n")
    assert [
        "complaintkit/case/sample.py:1: self.store.begin(...)",
        "complaintkit/case/sample.py:3: session.commit(...)",
        "complaintkit/case/sample.py:4: connection.rollback(...)",
    ] == sorted(breaches(source))
