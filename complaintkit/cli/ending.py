"""How a command ends: the exit code of every error, in one table, and what is said about it.

| code | meaning |
|---|---|
| 0 | done |
| 1 | failed: refused, not found, unreadable |
| 2 | wrong use of the command line |
| 3 | done, and there are findings (`verify`, `plugins check`, `plugins doctor`, `db check`) |
| 4 | the surroundings are not as needed: settings, database |
| 130, 141 | interrupted; the reader of the output went away |
"""

import contextlib
import io
import os
import sys
from typing import Any, Final

import click

from complaintkit.cli.show import plain, say_json, talk
from complaintkit.errors import ComplaintKitError, SettingsError, Stale, StoreError

FAILED: Final = 1
USAGE: Final = 2
FINDINGS: Final = 3
ENVIRONMENT: Final = 4
INTERRUPTED: Final = 130
NOBODY_READS: Final = 141

CODES: Final[tuple[tuple[type[BaseException], int], ...]] = (
    (SettingsError, ENVIRONMENT),
    (StoreError, ENVIRONMENT),
    (ComplaintKitError, FAILED),
    (click.UsageError, USAGE),
    (click.ClickException, FAILED),
    (KeyboardInterrupt, INTERRUPTED),
    (click.Abort, INTERRUPTED),
    (BrokenPipeError, NOBODY_READS),
    (OSError, FAILED),
)


def code_of(error: BaseException) -> int | None:
    """Return the exit code for an error, or `None` for one that is a mistake in the program."""
    if _of_the_database(error):
        return ENVIRONMENT
    return next((code for kind, code in CODES if isinstance(error, kind)), None)


def ended(command: click.Command, arguments: list[str]) -> int:
    """Run a command to its end and return its exit code; an error is told without traceback.

    Args:
        command: The command.
        arguments: What stands after its name.
    """
    _write_anything()
    try:
        code = command.main(args=arguments, prog_name="complaintkit", standalone_mode=False)
        sys.stdout.flush()
    except Exception as error:  # noqa: BLE001 (the outermost place: what has no code is raised again)
        return _told(error, arguments)
    return code if isinstance(code, int) else 0


def leave_pipe() -> None:
    """Give up standard output, so that nothing complains about it while Python ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _told(error: Exception, arguments: list[str]) -> int:
    code = code_of(error)
    if code is None:
        raise error
    if isinstance(error, BrokenPipeError):
        leave_pipe()
        return code
    if isinstance(error, click.ClickException):
        shown = io.StringIO()
        error.show(shown)
        talk(shown.getvalue().rstrip("\n"))
    else:
        talk(f"Error: {words(error)}")
    if "--json" in arguments:
        told = {"kind": type(error).__name__, "message": words(error), "exit_code": code}
        say_json({"error": {**told, **_beside(error)}})
    return code


def _beside(error: Exception) -> dict[str, Any]:
    """Return what else is told of an error to a program: what somebody did not see, and what they wanted to do."""
    if not isinstance(error, Stale):
        return {}
    since = [{"seq": one.seq, "kind": one.entry.kind, **plain(one.entry)} for one in error.since]
    action = error.action
    return {"since": since, "yours": {"action": getattr(action, "name", ""), **(plain(action) if action else {})}}


def words(error: BaseException) -> str:
    """Return what is told of an error."""
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, click.Abort):
        return "interrupted"
    if _of_the_database(error):
        first = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
        return f"the database cannot be used: {first}; `complaintkit db check` says more"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return str(error)


def _of_the_database(error: BaseException) -> bool:
    # Asked by name: the command line must not load SQLAlchemy only to know its errors.
    kinds = type(error).__mro__
    return any(kind.__module__ == "sqlalchemy.exc" and kind.__name__ == "DBAPIError" for kind in kinds)


def _write_anything() -> None:
    """Let a terminal that cannot show a letter show a question mark rather than end the command."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
