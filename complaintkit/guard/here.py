"""Call a plugin in our own process: whatever can be caught is caught; being late is noticed, not prevented."""

import opcode
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import attr
import attrs
from attrs import frozen

from complaintkit.guard.answer import NoAnswer
from complaintkit.guard.shape import Shape, put_back, snapshot

_LONGEST: Final = 300
# Files in which a plugin's mistake may come to light, but was not made; `<` begins the names of made-up code.
_NOT_THEIRS: Final = (str(Path(__file__).parents[1]) + os.sep, str(Path(attr.__file__).parent) + os.sep, "<")


@frozen(kw_only=True)
class Here:
    """One callable of a record, called in this process.

    Attributes:
        call: The callable.
        shape: What it takes and gives.
        honest: Exceptions by which it says that an item cannot be read; that is an answer, not a failure.
    """

    call: Callable[..., Any]
    shape: Shape
    honest: tuple[type[Exception], ...] = ()

    def answer(self, argument: object) -> object:
        """Return the checked answer.

        Raises:
            NoAnswer: There is none, and why.
        """
        pid = os.getpid()
        before = snapshot(argument)
        try:
            answer = self.shape.checked(self.call(argument))
        except BaseException as error:  # noqa: BLE001 - that is the guard's work; a person's interrupt is let through
            self._end_copy(pid)
            put_back(before)
            raise self._trouble(error) from None
        self._end_copy(pid)
        if changed := put_back(before):
            raise NoAnswer("mutated", f"changed what it was given ({changed}); it was put back for the others")
        return answer

    def answers(self) -> Iterator[object]:
        """Yield checked answers one by one.

        Raises:
            NoAnswer: There is no further one, and why.
        """
        pid = os.getpid()
        try:
            source = self.shape.several(self.call())
        except BaseException as error:  # noqa: BLE001 - as above
            self._end_copy(pid)
            raise self._trouble(error) from None
        try:
            while True:
                try:
                    answer = self.shape.checked(next(source))
                except StopIteration:
                    self._end_copy(pid)
                    return
                except BaseException as error:  # noqa: BLE001 - as above
                    self._end_copy(pid)
                    raise self._trouble(error) from None
                self._end_copy(pid)
                yield answer
        finally:
            self._close(source)

    def _close(self, source: Any) -> None:
        try:
            close = getattr(source, "close", None)
            if close is not None:
                close()
        except BaseException as error:
            if not isinstance(self._trouble(error), NoAnswer):
                raise

    @staticmethod
    def _end_copy(pid: int) -> None:
        # The plugin forked and let the copy return: two of us would go on with the same complaint.
        if os.getpid() != pid:
            os._exit(1)

    def _trouble(self, error: BaseException) -> BaseException:
        if isinstance(error, NoAnswer):
            return error
        if isinstance(error, KeyboardInterrupt) and pressed(error):
            return error
        if isinstance(error, self.honest):
            return NoAnswer("unreadable", said(error, bare=True))
        kind = "exited" if isinstance(error, SystemExit) else "memory" if isinstance(error, MemoryError) else "raised"
        return NoAnswer(kind, said(error))


def said(error: BaseException, *, bare: bool = False) -> str:
    """Return what an exception says and where it was raised, even if showing it raises; short, and one line.

    Args:
        error: The exception.
        bare: Its own words only.
    """
    name = f"{type.__getattribute__(type(error), '__name__')!s:.60}"
    try:
        # A validator of attrs adds the whole field to what it says.
        plainly = error.args and any(isinstance(part, attrs.Attribute) for part in error.args[1:])
        words = " ".join(str(error.args[0] if plainly else error).split())[:_LONGEST]
    except BaseException:  # noqa: BLE001 - a plugin's exception may do anything when it is shown
        words = "(it cannot be shown)"
    if bare:
        return words or name
    return f"{name}{': ' if words else ''}{words}{_place(error.__traceback__)}"


def _place(trace: TracebackType | None) -> str:
    place = ""
    while trace is not None:
        path = trace.tb_frame.f_code.co_filename
        if not path.startswith(_NOT_THEIRS):
            place = f" ({os.path.basename(path)}, line {trace.tb_lineno})"
        trace = trace.tb_next
    return place


def pressed(error: KeyboardInterrupt) -> bool:
    """Say whether a person interrupted us, and not the plugin's own `raise KeyboardInterrupt`.

    Python delivers a person's interrupt between instructions or inside a call, never at an instruction that raises.
    """
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return False
    return trace.tb_frame.f_code.co_code[trace.tb_lasti] != opcode.opmap["RAISE_VARARGS"]
