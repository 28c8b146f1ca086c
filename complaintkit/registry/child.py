"""The program in which a plugin runs apart: it loads one plugin, then answers one question after the other."""

import os
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, Final

from complaintkit.codec import from_wire, to_wire
from complaintkit.errors import SettingsError
from complaintkit.families import Unreadable
from complaintkit.guard.answer import NoAnswer
from complaintkit.guard.frames import frame, read_frame
from complaintkit.guard.here import Here
from complaintkit.guard.limits import BULK, MEGABYTE
from complaintkit.registry.calls import Callee
from complaintkit.registry.hello import thawed
from complaintkit.registry.places import load
from complaintkit.registry.prepare import Prepared, Refused, careful, prepare

_FILE: Final = 100 * MEGABYTE
_MOST: Final = 4 * BULK
_SPARE: Final = 5
_LEFT: Final = 8
Answer = tuple[dict[str, Any], list[bytes]]


def main() -> None:
    """Serve the socket whose number stands on the command line, until the other end is closed."""
    line = socket.socket(fileno=int(sys.argv[1]))
    line.set_inheritable(False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a person's interrupt is for the parent
    receive = partial(_receive, line.makefile("rb"))
    hello, _ = read_frame(receive, _MOST)
    _limit(hello["memory"])
    try:
        prepared = _loaded(hello)
    except Refused as refused:
        line.sendall(frame({"refused": refused.why, "remedy": refused.remedy}, []))
        return
    held: list[bytes] = []
    line.sendall(frame(described(prepared, held), held))
    desk = _Desk(prepared)
    pid, forks = os.getpid(), [0]
    os.register_at_fork(after_in_parent=lambda: forks.append(0))
    while True:
        header, blobs = read_frame(receive, _MOST)
        _allow(header.get("limit", 60))
        found, held = desk.answer(header, blobs)
        if os.getpid() != pid:
            os._exit(1)  # a copy that the plugin made of us must not speak in our place
        if desk.idle and (threading.active_count() > _LEFT or len(forks) > _LEFT):
            found["tired"] = True  # what the plugin has left running piles up: better begin anew
        line.sendall(frame(found, held))
        signal.setitimer(signal.ITIMER_REAL, 0)


def _receive(source: BinaryIO, count: int) -> bytes:
    found = source.read(count)
    if len(found) < count:
        os._exit(0)  # nobody is there any more; what threads of the plugin still do is not waited for
    return found


def _limit(memory: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, memory * MEGABYTE),
        (resource.RLIMIT_FSIZE, _FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # not every system knows each of them
            resource.setrlimit(what, (most, most))


def _allow(seconds: float) -> None:
    """End this process should it still be at the same call long after its limit: its parent may be gone."""
    signal.setitimer(signal.ITIMER_REAL, seconds + _SPARE)
    with suppress(ValueError, OSError):
        used = time.process_time()
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used + 2 * seconds + _SPARE), hard))


def _loaded(hello: Mapping[str, Any]) -> Prepared:
    folder = Path(hello["folder"])
    try:
        plugin = careful("it cannot be imported", lambda: load(hello["kind"], hello["place"]))
        return prepare(plugin, hello["name"], thawed(hello["own"]), folder, hello["version"])
    except SettingsError as error:
        raise Refused(str(error)) from None


def described(prepared: Prepared, blobs: list[bytes]) -> dict[str, Any]:
    """Return what a plugin offers as data: its records without their callables, but with the names of these.

    Args:
        prepared: What it offers.
        blobs: Long texts are appended to it.
    """
    records = []
    for family, record in prepared.records:
        plain = {one.name: to_wire(getattr(record, one.name), blobs, one.type) for one in family.plain}
        calls = [name for name in family.calls if getattr(record, name) is not None]
        records.append({"family": family.name, "fields": plain, "calls": calls})
    return {
        "hooks": prepared.hooks, "records": records, "commands": prepared.commands, "version": prepared.version,
    }  # fmt: skip


class _Desk:
    def __init__(self, prepared: Prepared) -> None:
        self._calls = {
            (family.name, record.name, name): (
                call,
                Here(call=getattr(record, name), shape=call.shape, honest=(Unreadable,)),
            )
            for family, record in prepared.records
            for name, call in family.calls.items()
        }
        self._streams: dict[int, tuple[Callee, Iterator[object]]] = {}
        self._number = 0
        self._does: Mapping[str, Callable[[Mapping[str, Any], list[bytes]], Answer]] = MappingProxyType(
            {"call": self._call, "stream": self._stream, "next": self._next, "stop": self._stop}
        )

    @property
    def idle(self) -> bool:
        """Say whether nothing is being fetched just now."""
        return not self._streams

    def answer(self, header: Mapping[str, Any], blobs: list[bytes]) -> Answer:
        """Return what is asked, or the trouble there is."""
        try:
            return self._does[header["do"]](header, blobs)
        except NoAnswer as none:
            return {"trouble": none.kind, "problem": none.problem}, []
        except MemoryError:
            return {"trouble": "memory", "problem": "it needs more memory than it is allowed"}, []

    def _found(self, header: Mapping[str, Any]) -> tuple[Callee, Here]:
        return self._calls[header["family"], header["record"], header["name"]]

    def _call(self, header: Mapping[str, Any], blobs: list[bytes]) -> Answer:
        call, here = self._found(header)
        return self._written(call, here.answer(from_wire(call.shape.takes, header["argument"], blobs)))

    def _written(self, call: Callee, answer: object) -> Answer:
        held: list[bytes] = []
        return {"answer": to_wire(answer, held)}, held

    def _stream(self, header: Mapping[str, Any], blobs: list[bytes]) -> Answer:
        call, here = self._found(header)
        self._number += 1
        self._streams[self._number] = (call, here.answers())
        return {"stream": self._number}, []

    def _next(self, header: Mapping[str, Any], blobs: list[bytes]) -> Answer:
        call, answers = self._streams[header["stream"]]
        for answer in answers:
            return self._written(call, answer)
        del self._streams[header["stream"]]
        return {"end": True}, []

    def _stop(self, header: Mapping[str, Any], blobs: list[bytes]) -> Answer:
        _, answers = self._streams.pop(header["stream"], (None, iter(())))
        close: Callable[[], None] | None = getattr(answers, "close", None)
        if close is not None:
            close()
        return {"end": True}, []
