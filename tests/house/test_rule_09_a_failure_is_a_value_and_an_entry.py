"""House rule 9: a failure that touches a case is a value, and an entry in its file; never only a log line.

Whoever reads the case next month has no log. An `except` that passes on in silence, or tells only a log, loses the fact
that an answer is missing. So on floors 6 to 8 no handler does nothing, and none does nothing but log.

To mend a breach: return a `Failure` (or raise an error of ours), and let the desk put `PluginFailed` into the file.
"""

import ast
from collections.abc import Iterator
from datetime import timedelta
from typing import NoReturn

from complaintkit import Categoriser, EscalationRule, Notifier, Suggestion
from complaintkit.case.entries import NoticeUndelivered, PluginFailed
from tests.house.floors import Source, core, dotted, names, sample, told
from tests.house.kits import MONDAY, SENT, kinds, kit, said

REMEDY = "Return a Failure or raise one of our errors; what touches a case becomes an entry in its file."
LOGS = ("logging.", "logger.", "log.", "_logger.", "_log.", "warnings.warn", "print", "sys.stderr.write", "structlog.")
BROAD = ("Exception", "BaseException")
LEFT_SILENT = {
    "complaintkit/registry/child.py": "a limit that the system refuses stays as it is; the parent's time limit holds",
}


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
    looked_at = [source for source in core() if 6 <= source.floor <= 8 and source.path not in LEFT_SILENT]
    found = [breach for source in looked_at for breach in breaches(source)]
    assert [] == found, told(found, REMEDY)


def test_what_is_left_silent_still_is() -> None:
    """An exception to the rule that is no longer one is taken out of the list."""
    silent = {source.path for source in core() if source.path in LEFT_SILENT and any(breaches(source))}
    assert set(LEFT_SILENT) == silent


def fails(argument: object) -> NoReturn:
    """Fail as a plugin may."""
    raise RuntimeError("the dictionary is gone")


def test_a_failing_categoriser_is_in_the_case_file() -> None:
    """The failure names the plugin and its problem in the file, and the suggestion of the healthy one counts."""
    healthy = Categoriser("healthy", lambda case: [Suggestion("refund", 0.9, "says so")])
    with kit([SENT, Categoriser("broken", fails), healthy]) as desk:
        reference = desk.open(said("Where is my parcel?")).reference
        desk.work()
        failures = [filed.entry for filed in desk.file(reference) if isinstance(filed.entry, PluginFailed)]
        case = desk.case(reference)
    assert [("broken", "complaintkit_categorisers")] == [(one.plugin, one.hook) for one in failures]
    assert "the dictionary is gone" in str(failures[0].problem)
    assert ("refund", 1) == (case.category, case.failures)


def test_a_failing_rule_is_in_the_case_file_and_the_ladder_runs() -> None:
    """A broken escalation rule leaves its failure in the file, and the case escalates all the same."""
    with kit([SENT, EscalationRule("broken", fails)]) as desk:
        reference = desk.open(said("Where is my parcel?")).reference
        desk.work(MONDAY + timedelta(days=60))
        told_ = kinds(desk.file(reference))
    assert {"plugin_failed", "overdue", "escalated"} <= set(told_)


def test_a_notice_that_never_goes_out_is_in_the_case_file() -> None:
    """A notifier that fails every time leaves an entry that says what could not be delivered, and by whose fault."""
    with kit([Notifier("broken", ["*"], fails)]) as desk:
        reference = desk.open(said("Where is my parcel?")).reference
        for day in range(30):
            desk.work(MONDAY + timedelta(days=day))
        undelivered = [filed.entry for filed in desk.file(reference) if isinstance(filed.entry, NoticeUndelivered)]
    assert "acknowledgement" in {one.occasion for one in undelivered}
    assert all("broken" in str(one.problem) for one in undelivered)


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
