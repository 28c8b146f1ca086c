"""The one way a plugin's callable is called, wherever it runs: an answer comes back, or a `Failure`."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Generic, Protocol, TypeVar

from attrs import field, frozen

from complaintkit.guard.breaker import Breaker

R = TypeVar("R", covariant=True)
_open: ContextVar[bool] = ContextVar("complaintkit_transaction_open", default=False)


@frozen(kw_only=True)
class Failure:
    """What stands where an answer should: which plugin, which hook, what happened.

    Attributes:
        hook: The hook, and after a dot the callable if it is not the record's main one (`complaintkit_channels.fetch`).
        kind: `raised`, `exited`, `timeout`, `died`, `memory`, `wrong_answer`, `too_large`, `mutated` (it changed what
            it was given), `open` (not called, its breaker is open), `unreadable` (a channel's honest answer: this item
            is to be parked).
        problem: What happened, in words.
        reference: The complaint that the call was about, as far as the guard can tell.
    """

    plugin: str
    hook: str
    record: str
    kind: str
    problem: str
    reference: str = ""


class NoAnswer(Exception):
    """Why there is no answer: what a runner raises, and only that. Never leaves the guard."""

    def __init__(self, kind: str, problem: str) -> None:
        super().__init__(problem)
        self.kind = kind
        self.problem = problem


class Call(Protocol):
    """One callable of a record, at the place where its plugin runs.

    Both methods raise `NoAnswer` instead of giving a checked answer, and nothing else but a person's interrupt.
    """

    def answer(self, argument: object) -> object:
        """Return the checked answer."""

    def answers(self) -> Iterator[object]:
        """Yield checked answers of a callable without argument one by one."""


class Told(Protocol):
    """Where the guard tells what happened; the default does nothing."""

    def failed(self, failure: Failure, now: datetime) -> None:
        """Hear of a failure."""

    def turned(self, plugin: str, hook: str, open_until: datetime | None) -> None:
        """Hear that a breaker opened until a moment, or closed."""

    def called(self, plugin: str, hook: str, record: str, seconds: float, kind: str) -> None:
        """Hear of any call: how long it took and how it ended."""


@contextmanager
def no_plugins() -> Iterator[None]:
    """Forbid plugin calls inside: a transaction is open."""
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)


def in_transaction() -> bool:
    """Say whether a transaction is open in this context."""
    return _open.get()


@frozen(kw_only=True)
class Line:
    """One callable of a record with everything that guards it.

    Attributes:
        call: The callable where it runs.
        limit: Seconds that a call may take.
        breaker: Shared by all lines of the same plugin and hook.
        told: Where failures are told.
        acts: It does something outside, such as sending: a late answer still says what was done, and is kept.
    """

    plugin: str
    hook: str
    record: str
    call: Call
    limit: float
    breaker: Breaker
    told: Told
    acts: bool = False

    def ask(self, argument: object, now: datetime) -> object:
        """Return the answer or a `Failure`."""
        self._outside_transactions()
        if not self.breaker.lets_through(now):
            return self._refused(argument)
        started = time.monotonic()
        answer: object = None
        kind = problem = ""
        try:
            answer = self.call.answer(argument)
        except NoAnswer as trouble:
            kind, problem = trouble.kind, trouble.problem
        except BaseException:
            self.breaker.given_up()
            raise
        took = time.monotonic() - started
        late = not kind and took > self.limit
        if late:
            kind, problem = "timeout", _late(took, self.limit)
        failure = self._settle(kind, problem, took, argument, now)
        return answer if failure is None or (late and self.acts) else failure

    def stream(self, now: datetime) -> Iterator[object]:
        """Yield the answers one by one; a `Failure` is the last."""
        self._outside_transactions()
        return self._streamed(now)

    def _streamed(self, now: datetime) -> Iterator[object]:
        if not self.breaker.lets_through(now):
            yield self._refused(None)
            return
        answers = self.call.answers()
        settled = False
        try:
            while True:
                started = time.monotonic()
                kind = problem = ""
                answer: object = None
                self._outside_transactions()
                try:
                    answer = next(answers, _END)
                except NoAnswer as trouble:
                    kind, problem = trouble.kind, trouble.problem
                took = time.monotonic() - started
                if not kind and took > self.limit:
                    kind, problem = "timeout", _late(took, self.limit)
                settled = True
                failure = self._settle(kind, problem, took, None, now)
                if failure is not None and (answer is None or answer is _END):
                    yield failure
                    return
                if answer is _END:
                    return
                yield answer
        finally:
            if not settled:
                self.breaker.given_up()
            close = getattr(answers, "close", None)
            if close is not None:
                close()

    def _outside_transactions(self) -> None:
        if in_transaction():
            raise AssertionError(f"{self.plugin}: a plugin must not be called while a transaction is open")

    def _refused(self, argument: object) -> Failure:
        until = self.breaker.open_until
        when = f" until {until.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if until else ""
        return self._failure("open", f"not called: it failed too often and is left alone{when}", argument)

    def _failure(self, kind: str, problem: str, argument: object) -> Failure:
        return Failure(
            plugin=self.plugin, hook=self.hook, record=self.record, kind=kind, problem=problem,
            reference=_reference(argument),
        )  # fmt: skip

    def _settle(self, kind: str, problem: str, took: float, argument: object, now: datetime) -> Failure | None:
        self.told.called(self.plugin, self.hook, self.record, took, kind)
        # An honest "I cannot read this" is an answer.
        turned = self.breaker.succeeded(now) if kind in ("", "unreadable") else self.breaker.failed(now)
        failure = self._failure(kind, problem, argument) if kind else None
        if failure is not None and kind != "unreadable":
            self.told.failed(failure, now)
        if turned:
            self.told.turned(self.plugin, self.hook, self.breaker.open_until)
        return failure


_END: Any = object()


def _late(took: float, limit: float) -> str:
    return f"answered after {took:.1f} s; {limit:g} s are allowed"


def _reference(argument: object) -> str:
    about = getattr(argument, "case", argument)
    found = getattr(about, "reference", "")
    return found if type(found) is str else ""


@frozen(kw_only=True)
class Guarded(Generic[R]):
    """A record of a plugin with the guard around its callables.

    Attributes:
        record: What the plugin offers; its callables are to be called through `ask` and `stream` only.
        lines: The callables by name.
    """

    plugin: str
    hook: str
    record: R
    lines: Mapping[str, Line] = field(repr=False)

    def ask(self, callable_name: str, argument: object, now: datetime) -> object:
        """Return the checked answer of one callable, or a `Failure`.

        Args:
            callable_name: Which of the record's callables, such as `suggest`.
            argument: What it gets.
            now: The moment, with time zone: by it the breaker counts.

        Raises:
            KeyError: The record has no such callable.
            AssertionError: A transaction is open: the caller is wrong, not the plugin.
        """
        return self.lines[callable_name].ask(argument, now)

    def stream(self, callable_name: str, now: datetime) -> Iterator[object]:
        """Yield the checked answers of a callable without argument one by one; a `Failure` is the last."""
        return self.lines[callable_name].stream(now)
