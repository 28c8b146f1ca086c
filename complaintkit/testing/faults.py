"""Plugins that go wrong: fourteen kinds of fault for every hook, as plugins of one file, to plant into a kit.

A kit that holds them must store every complaint, keep everybody else's answers and say in words what went wrong.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from complaintkit.testing import builders

# What each callable would rightly answer, as source, and an answer that is far too large.
_RIGHT: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "parse": ('Message(text="right")', 'Message(text="x" * 45_000_000)'),
        "identify": ('"right"', '"x" * 1_000_000'),
        "fetch": ("iter(())", '[Envelope("faulty", "1", b"x" * 45_000_000, MOMENT)]'),
        "confirm": ("None", '"x" * 1_000_000'),
        "suggest": ('[Suggestion("delivery-late", 0.1)]', '[Suggestion("delivery-late", 0.1, "x" * 1_000_000)]'),
        "learn": ("None", '"x" * 1_000_000'),
        "check": ("None", 'Escalation(level=1, to="desk", reason="x" * 1_000_000)'),
        "on_call": ('["desk"]', '["x" * 1_000_000]'),
        "send": ('Delivery("sent")', 'Delivery("sent", "x" * 1_000_000)'),
        "compile": (
            'Table(title="right", columns=(), rows=())', 'Table(title="x" * 45_000_000, columns=(), rows=())'
        ),
        "write": ('b"right"', 'b"x" * 45_000_000'),
        "find": ("None", 'Customer("x" * 1_000_000)'),
        "see": ("None", '"x" * 1_000_000'),
    }
)  # fmt: skip


@frozen(kw_only=True)
class Fault:
    """One kind of fault.

    Attributes:
        lines: What the callable does, as source; `RIGHT` and `HUGE` stand for answers, `argument` for what it gets.
        apart: Kinds of `Failure` it must end in where the plugin runs apart; empty where the answer must be the right
            one, because the fault does no harm there.
        here: The same where it runs in our process; `None` where nothing can be done against it there.
        ignored: Where nobody looks at the answer, a wrong one is no failure.
        stops: Its process has to be stopped, which takes as long as the limit.
    """

    name: str
    lines: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    here: tuple[str, ...] | None = ()
    ignored: bool = False
    stops: bool = False


FAULTS: Final[Mapping[str, Fault]] = MappingProxyType({fault.name: fault for fault in (
    Fault(name="raise", lines=('raise RuntimeError("planted")',), apart=("raised",), here=("raised",)),
    Fault(name="exit", lines=("sys.exit(3)",), apart=("exited",), here=("exited",)),
    Fault(name="interrupt", lines=("raise KeyboardInterrupt",), apart=("raised",), here=("raised",)),
    Fault(name="hang", lines=("threading.Event().wait()",), apart=("timeout",), here=None, stops=True),
    Fault(name="spin", lines=("while True:", "    pass"), apart=("timeout",), here=None, stops=True),
    Fault(name="slow", lines=("time.sleep(SLOW)", "return RIGHT"), apart=("timeout",), here=("timeout",), stops=True),
    Fault(
        name="memory", lines=("held = []", "while True:", "    held.append(bytearray(10_000_000))"),
        apart=("memory", "died"), here=None, stops=True,
    ),
    Fault(name="fork", lines=("if os.fork() == 0:", "    time.sleep(600)", "os.fork()", "return RIGHT"), here=None),
    Fault(name="thread", lines=("threading.Thread(target=threading.Event().wait).start()", "return RIGHT"), here=None),
    Fault(name="huge", lines=("return HUGE",), apart=("too_large",), here=("too_large",), ignored=True),
    Fault(name="wrong", lines=("return 42",), apart=("wrong_answer",), here=("wrong_answer",), ignored=True),
    Fault(name="mutate", lines=("spoil(argument)", "return RIGHT"), apart=("mutated",), here=("mutated",)),
    Fault(name="evil", lines=("return Evil()",), apart=("wrong_answer",), here=("wrong_answer",), ignored=True),
    Fault(name="import"),
)})  # fmt: skip

_HEAD: Final = '''\
"""A plugin that goes wrong in one way: {fault}."""

import os, sys, threading, time
from datetime import UTC, datetime
{broken}
from complaintkit import *

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
SLOW = {slow}


class Evil:
    """Raises wherever it is touched, and lies about what it is."""

    __class__ = Message

    def __getattribute__(self, name):
        if name == "__class__":
            return Message
        raise RuntimeError("evil")

    def __repr__(self):
        raise RuntimeError("evil")

    def __eq__(self, other):
        raise RuntimeError("evil")

    def __hash__(self):
        raise RuntimeError("evil")


def spoil(argument):
    """Change what the core lent us."""
    if argument is not None and hasattr(type(argument), "__attrs_attrs__"):
        first = type(argument).__attrs_attrs__[0].name
        object.__setattr__(argument, first, "spoilt")


'''
_RECORDS: Final = """\
@hookimpl
def complaintkit_channels():
    yield Channel("{name}", parse, fetch=fetch, confirm=confirm, identify=identify)


@hookimpl
def complaintkit_categorisers():
    yield Categoriser("{name}", suggest, learn=learn)


@hookimpl
def complaintkit_escalation_rules():
    yield EscalationRule("{name}", check)


@hookimpl
def complaintkit_rotas():
    yield Rota("{name}", on_call)


@hookimpl
def complaintkit_notifiers():
    yield Notifier("{name}", ("email", "staff"), send)


@hookimpl
def complaintkit_reports():
    yield Report("{name}", compile)
    yield Exporter("{name}", write)


@hookimpl
def complaintkit_customers():
    yield CustomerSource("{name}", find)


@hookimpl
def complaintkit_observers():
    yield Observer("{name}", see)
"""


def source(fault: str, callables: Iterable[str] | None = None, slow: float = 0.6) -> str:
    """Return the source of a plugin with records of every family, some of whose callables have a fault.

    Args:
        fault: A key of `FAULTS`.
        callables: Those that have it; the others answer rightly. All of them by default.
        slow: Seconds that `slow` takes.
    """
    chosen = _RIGHT.keys() if callables is None else set(callables)
    broken = "import a_module_that_is_not_there" if fault == "import" else ""
    text = _HEAD.format(fault=fault, slow=slow, broken=broken)
    for name, (right, huge) in _RIGHT.items():
        lines = FAULTS[fault].lines if name in chosen and FAULTS[fault].lines else ("return RIGHT",)
        body = "".join(f"    {line.replace('RIGHT', right).replace('HUGE', huge)}\n" for line in lines)
        text += f"def {name}(argument=None):\n{body}\n\n"
    return text + _RECORDS.format(name=f"{fault}_faulty")


def write_plugin(folder: Path, fault: str, callables: Iterable[str] | None = None, slow: float = 0.6) -> Path:
    """Write such a plugin into a folder and return its path."""
    path = folder / f"{fault}_faulty.py"
    path.write_text(source(fault, callables, slow), encoding="utf-8")
    return path


def expected(fault: str, callable_name: str, runner: str) -> tuple[str, ...] | None:
    """Return the kinds of `Failure` of which one must come; empty for a right answer; `None` for what cannot be stood.

    Args:
        fault: A key of `FAULTS`.
        callable_name: Such as `suggest`.
        runner: `here` or `apart`.
    """
    planted = FAULTS[fault]
    kinds = planted.apart if runner == "apart" else planted.here
    if planted.ignored and callable_name in ("confirm", "learn", "see"):
        return ()
    if fault == "mutate" and callable_name in ("fetch", "identify"):
        return ()  # it gets nothing that could be changed
    if fault == "slow" and runner == "here" and callable_name in ("send", "confirm", "learn", "see"):
        return ()  # what was done is done: the answer is kept and the delay told
    return kinds


def arguments() -> Mapping[str, Any]:
    """Return something to ask each callable with, by its name."""
    return MappingProxyType(
        {
            "parse": builders.an_envelope(), "identify": b"item", "confirm": builders.an_envelope(),
            "suggest": builders.a_case_view(), "learn": builders.a_lesson(), "check": builders.a_review(),
            "on_call": builders.a_call(), "send": builders.a_notice(), "compile": builders.a_report_request(),
            "write": builders.a_table(), "find": builders.a_customer_query(), "see": builders.a_change(),
        }
    )  # fmt: skip
