"""One child process and our end of the line to it."""

import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

import attrs
from attrs import frozen

from complaintkit.guard.answer import NoAnswer
from complaintkit.guard.frames import read_frame

GRACE: Final = 1.0
_TAIL: Final = 2048
_CHUNK: Final = 65536


@frozen(kw_only=True)
class Program:
    """What is run in the child.

    Attributes:
        arguments: The command; the number of the socket is appended.
        hello: The first header sent: what the program needs to know; may hold secrets.
        environment: The variables it gets; nothing of ours is passed on besides.
        patience: Seconds it may take to get ready.
    """

    arguments: tuple[str, ...]
    hello: Mapping[str, Any] = attrs.field(repr=False)
    environment: Mapping[str, str] = attrs.field(repr=False)
    patience: float


class Running:
    """One process and our end of the line to it."""

    def __init__(self, program: Program) -> None:
        self.owner = os.getpid()
        self.line, theirs = socket.socketpair()
        self.errors, words = os.pipe()
        os.set_blocking(self.errors, False)
        self.line.setblocking(False)
        self.tail = bytearray()
        self._held = bytearray()
        try:
            self.process = subprocess.Popen(
                [*program.arguments, str(theirs.fileno())],
                stdin=subprocess.DEVNULL, stdout=words, stderr=words, pass_fds=(theirs.fileno(),),
                start_new_session=True, env=dict(program.environment),
            )  # fmt: skip
        except BaseException:
            self.line.close()
            os.close(self.errors)
            raise
        finally:
            theirs.close()
            os.close(words)
        self.poll = select.poll()
        self.poll.register(self.errors, select.POLLIN)

    def converse(self, data: bytes, most: int, deadline: float) -> tuple[Any, list[bytes]]:
        """Send a frame and return the one that answers it."""
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[self.line.send(rest) :]
            except BlockingIOError:
                self._wait(select.POLLOUT, deadline)
        return read_frame(lambda count: self._receive(count, deadline), most)

    def _receive(self, count: int, deadline: float) -> bytes:
        held = self._held
        while len(held) < count:
            self._wait(select.POLLIN, deadline)
            with suppress(BlockingIOError):  # it was the other line that was ready
                got = self.line.recv(max(_CHUNK, count - len(held)))
                if not got:
                    raise EOFError
                held += got
        found = bytes(memoryview(held)[:count])
        del held[:count]
        return found

    def _wait(self, event: int, deadline: float) -> None:
        """Wait until the line is ready; meanwhile take what the child prints, so that it never has to wait for us."""
        self.poll.register(self.line, event)
        left = deadline - time.monotonic()
        ready = self.poll.poll(max(left, 0) * 1000)
        if not ready:
            raise TimeoutError
        if (self.errors, select.POLLIN) in ready or len(ready) > 1:
            self.drain()

    def drain(self) -> None:
        """Take what the child printed; its end is kept for error messages."""
        try:
            while got := os.read(self.errors, _CHUNK):
                self.tail += got
                del self.tail[:-_TAIL]
            self.poll.unregister(self.errors)
        except (BlockingIOError, KeyError):
            return

    def printed(self) -> str:
        """Return the end of what the child printed."""
        self.drain()
        return self.tail.decode("utf-8", "replace").strip()

    def end(self) -> int | None:
        """Kill the process and everything it started; return its exit status. A forked copy of us only lets go."""
        if self.errors < 0:
            return self.process.returncode
        self.line.close()
        os.close(self.errors)
        self.errors = -1
        if os.getpid() != self.owner:
            self.process.returncode = 0  # not ours to wait for
            return None
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            self.process.kill()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(GRACE)
        return self.process.returncode


def python(code: str, paths: list[str]) -> tuple[str, ...]:
    """Return the command that runs a piece of Python with these import paths and no others.

    Raises:
        NoAnswer: This interpreter does not know where it is itself, or the system lacks what a child needs.
    """
    if not hasattr(os, "fork"):
        raise NoAnswer("died", 'this system cannot run plugins apart; write `runner = "here"` for those you trust')
    if not sys.executable:
        raise NoAnswer("died", "the Python program is not known here, so no process can be started for the plugin")
    return (sys.executable, "-I", "-X", "utf8", "-c", f"import sys; sys.path[:] = {paths!r}; {code}")
