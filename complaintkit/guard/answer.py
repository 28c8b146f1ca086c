"""The one way a plugin's callable is called, wherever it runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from attrs import frozen

R = TypeVar("R")
_open: ContextVar[bool] = ContextVar("complaintkit_transaction_open", default=False)


@frozen(kw_only=True)
class Failure:
    """What stands where an answer should: which plugin, which hook, what happened.

    Attributes:
        kind: `raised`, `exited`, `timeout`, `died`, `memory`, `wrong_answer`, `too_large`, `open` (not called, its
            breaker is open), `unreadable` (a channel's honest answer: this item is to be parked).
    """

    plugin: str
    hook: str
    record: str
    kind: str
    problem: str


class Runner(Protocol):
    """Where a plugin runs: here, or in a process of its own."""

    def call(self, hook: str, record: str, callable_name: str, argument: object, limit: float) -> object:
        """Return the raw answer, collected if it is a generator.

        Raises:
            Exception: Whatever the plugin raised, or a `PluginTrouble` that names the kind.
        """

    def stream(self, hook: str, record: str, callable_name: str, limit: float) -> Iterator[object]:
        """Yield the answers of an argument-less callable one by one."""


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
class Guarded(Generic[R]):
    """A record of a plugin with the guard around its callables."""

    plugin: str
    hook: str
    record: R
    ask_: Callable[[str, object, datetime], object]

    def ask(self, callable_name: str, argument: object, now: datetime) -> object:
        """Return the checked answer of one callable, or a `Failure`."""
        if in_transaction():
            raise AssertionError(f"{self.plugin}: a plugin must not be called while a transaction is open")
        return self.ask_(callable_name, argument, now)
