"""Call a plugin in a process of its own: it can be stopped, and takes nothing of ours with it."""

import os
import subprocess
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import GenericAlias
from typing import Any, Final

from attrs import frozen

from complaintkit.guard.answer import NoAnswer
from complaintkit.guard.frames import BadFrame, frame
from complaintkit.guard.limits import MEGABYTE
from complaintkit.guard.process import GRACE, Program, Running
from complaintkit.guard.shape import Shape

_SLACK: Final = MEGABYTE  # beside the answer itself a frame holds names and numbers
Header = dict[str, Any]


class Apart:
    """A child process: started when it is first needed, kept warm, started again after it died.

    It may be used by several threads, one call at a time. After a fork the copy starts a process of its own.

    Args:
        program: What to run.
    """

    def __init__(self, program: Program) -> None:
        self._program = program
        self._lock = threading.Lock()
        self._running: Running | None = None
        self._finish: Callable[[], Any] = lambda: None
        self.generation = 0
        _all.add(self)

    def call(self, header: Header, blobs: list[bytes], limit: float, most: int) -> tuple[Header, list[bytes]]:
        """Return what the child answers.

        Args:
            header: What is asked.
            blobs: The bytes that belong to it.
            limit: Seconds after which the child is killed.
            most: Size of the largest answer in bytes.

        Raises:
            NoAnswer: There is no answer, and why.
        """
        data = frame(header, blobs)
        with self._lock:
            return self._converse(self._started(), data, limit, most + _SLACK)

    def hello(self) -> tuple[Header, list[bytes]]:
        """Start the process anew and return what it says of itself, with the bytes that belong to it.

        Raises:
            NoAnswer: It cannot be started, or says what is wrong.
        """
        with self._lock:
            self._end()
            return self._start()[1:]

    def close(self) -> None:
        """End the process; the next call would start it again."""
        with self._lock:
            self._end()

    def _started(self) -> Running:
        if self._running is not None and self._running.owner != os.getpid():
            self._end()
        return self._running or self._start()[0]

    def _start(self) -> tuple[Running, Header, list[bytes]]:
        try:
            running = Running(self._program)
        except OSError as error:
            raise NoAnswer("died", f"its process cannot be started: {error}") from None
        self._running = running
        self._finish = weakref.finalize(self, running.end)
        self.generation += 1
        return running, *self._converse(running, frame(dict(self._program.hello), []), self._program.patience, _SLACK)

    def _end(self) -> int | None:
        running, self._running = self._running, None
        # Called once, whether here, by the garbage collector, or at the end of the interpreter.
        status: int | None = self._finish() if running is not None else None
        return status

    def _converse(self, running: Running, data: bytes, limit: float, most: int) -> tuple[Header, list[bytes]]:
        try:
            header, blobs = running.converse(data, most, time.monotonic() + limit)
            if not isinstance(header, dict):
                raise BadFrame("no header")
        except TimeoutError:
            self._end()
            raise NoAnswer("timeout", f"gave no answer within {limit:g} s; its process was ended") from None
        except BadFrame as error:
            self._end()
            kind = "too_large" if "more than" in str(error) else "died"
            raise NoAnswer(kind, f"its process sent {error}; it was ended") from None
        except (OSError, EOFError):
            raise self._died(running) from None
        except BaseException:  # a person's interrupt: whatever comes over the line now answers an older question
            self._end()
            raise
        if header.get("tired") or header.get("trouble") == "memory":
            self._end()
        if "trouble" in header:
            raise NoAnswer(str(header["trouble"])[:20], str(header.get("problem", ""))[:1000])
        return header, blobs

    def _died(self, running: Running) -> NoAnswer:
        with suppress(subprocess.TimeoutExpired):
            running.process.wait(GRACE)
        printed = running.printed()
        status = self._end()
        how = f"was killed by signal {-status}" if status is not None and status < 0 else f"ended with status {status}"
        last = f"; it printed last: {' '.join(printed.split())[-300:]}" if printed else ""
        return NoAnswer("died", f"its process {how}{last}")


_all: "weakref.WeakSet[Apart]" = weakref.WeakSet()


def _forked() -> None:
    # Another thread may have held the lock at the moment of the fork; in the copy it would be held for ever.
    for one in _all:
        one._lock = threading.Lock()


os.register_at_fork(after_in_child=_forked)


@frozen(kw_only=True)
class There:
    """One callable of a record, called in a child process.

    Attributes:
        apart: The process.
        record: Family and name of the record, as the child knows it.
        name: Name of the callable.
        limit: Seconds for one answer.
        shape: What it takes and gives.
        to_wire, from_wire: Turn values into data and blobs, and back.
    """

    apart: Apart
    record: tuple[str, str]
    name: str
    limit: float
    shape: Shape
    to_wire: Callable[[object, list[bytes]], Any]
    from_wire: Callable[[Any, Any, list[bytes]], Any]

    def answer(self, argument: object) -> object:
        """Return the checked answer.

        Raises:
            NoAnswer: There is none, and why.
        """
        blobs: list[bytes] = []
        header = {**self._header("call"), "argument": self.to_wire(argument, blobs)}
        found, held = self.apart.call(header, blobs, self.limit, self.shape.most)
        return self._read(found, held)

    def answers(self) -> Iterator[object]:
        """Yield checked answers one by one; the child makes the next one only when it is asked for.

        Raises:
            NoAnswer: There is no further one, and why.
        """
        found, _ = self.apart.call(self._header("stream"), [], self.limit, 0)
        number, generation = found.get("stream"), self.apart.generation
        ended = False
        try:
            while True:
                self._same(generation)
                found, held = self.apart.call({"do": "next", "stream": number}, [], self.limit, self.shape.most)
                if found.get("end"):
                    ended = True
                    return
                yield self._read(found, held)
        except NoAnswer:
            ended = True
            raise
        finally:
            if not ended and self.apart.generation == generation:
                self._stop(number)

    def _stop(self, number: Any) -> None:
        try:
            self.apart.call({"do": "stop", "stream": number}, [], self.limit, 0)
        except NoAnswer:
            self.apart.close()

    def _same(self, generation: int) -> None:
        if self.apart.generation != generation:
            raise NoAnswer("died", "its process was started anew meanwhile; what is left comes with the next round")

    def _header(self, do: str) -> Header:
        return {"do": do, "family": self.record[0], "record": self.record[1], "name": self.name}

    def _read(self, found: Header, held: list[bytes]) -> object:
        kind: Any = GenericAlias(tuple, (self.shape.gives, ...)) if self.shape.many else self.shape.gives
        if kind is None:
            return None
        try:
            # Strict: what is made of the data is of the right types, and the frame's size was limited.
            return self.from_wire(kind, found.get("answer"), held)
        except TypeError as error:
            self.apart.close()
            raise NoAnswer("wrong_answer", f"its process sent {error}") from None
