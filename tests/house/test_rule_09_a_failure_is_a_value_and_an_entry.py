"""House rule 9: a failure that touches a case is a value, and an entry in its file; never only a log line.

Whoever reads the case next month has no log. An `except` that passes on in silence, or tells only a log, loses the fact
that an answer is missing. So on floors 6 to 8 no handler does nothing, and none does nothing but log.

To mend a breach: return a `Failure` (or raise an error of ours), and let the desk put `PluginFailed` into the file.
"""

import ast
from collections.abc import Iterator

from tests.house.floors import Source, core, dotted, names, sample, told

REMEDY = "Return a Failure or raise one of our errors; what touches a case becomes an entry in its file."
LOGS = ("logging.", "logger.", "log.", "_logger.", "_log.", "warnings.warn", "print", "sys.stderr.write", "structlog.")
BROAD = ("Exception", "BaseException")


def breaches(source: Source) -> Iterator[str]:
    """Yield every handler that lets a failure vanish."""
    known = names(source)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler):
            place = f"{source.path}:{node.lineno}: except {ast.unparse(node.type) if node.type else ''}".rstrip()
            if all(is_silent(line) for line in node.body):
                yield f"{place} does nothing"
            elif all(is_silent(line) or is_log(line, known) for line in node.body):
                yield f"{place} only logs"
            elif is_broad(node) and all(isinstance(line, ast.Continue) or is_log(line, known) for line in node.body):
                yield f"{place} goes on as if nothing had happened"
        elif isinstance(node, ast.Call) and dotted(node.func, known) == "contextlib.suppress":
            yield f"{source.path}:{node.lineno}: {ast.unparse(node)} does nothing"


def is_silent(line: ast.stmt) -> bool:
    """Say whether a statement does nothing."""
    return isinstance(line, ast.Pass) or (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))


def is_log(line: ast.stmt, known: dict[str, str]) -> bool:
    """Say whether a statement only tells a log."""
    if not isinstance(line, ast.Expr) or not isinstance(line.value, ast.Call):
        return False
    return dotted(line.value.func, known).startswith(LOGS)


def is_broad(handler: ast.ExceptHandler) -> bool:
    """Say whether a handler catches whatever comes."""
    return handler.type is None or ast.unparse(handler.type) in BROAD


def test_no_failure_vanishes() -> None:
    """No handler on floors 6 to 8 does nothing, or nothing but log."""
    found = [breach for source in core() if 6 <= source.floor <= 8 for breach in breaches(source)]
    assert [] == found, told(found, REMEDY)


def test_every_way_to_vanish_is_reported() -> None:
    """Passing, logging, going on and suppressing are found; answering, raising and retrying are not."""
    tries = "try:\n    x()\nexcept {}:\n    {}\n"
    bad = (
        tries.format("ValueError", "pass")
        + tries.format("KeyError", "...")
        + tries.format("OSError as e", "logger.exception(e)")
        + tries.format("Exception", "continue")
        + tries.format("Exception", "print('x')\n    continue")
        + "from contextlib import suppress\nwith suppress(OSError):\n    x()\n"
    )
    good = (
        tries.format("ValueError", "return None")
        + tries.format("Stale", "continue")
        + tries.format("Exception as e", "answer = Failure(str(e))")
        + tries.format("OSError as e", "raise StoreError('x') from e")
    )
    assert 6 == len(list(breaches(sample(bad))))
    assert [] == list(breaches(sample(good)))
