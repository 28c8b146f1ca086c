"""How long and how much a plugin may take before its answer is given up."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

import attrs
from attrs import field, frozen

KILOBYTE: Final = 1024
MEGABYTE: Final = 1024 * KILOBYTE
ANSWER: Final = 64 * KILOBYTE
BULK: Final = 40 * MEGABYTE
# These carry files or whole mailboxes; everything else says a few sentences.
LARGE: Final[Mapping[str, int]] = MappingProxyType(dict.fromkeys(("parse", "fetch", "write", "compile"), BULK))


def _seconds(seconds: float) -> timedelta:
    return field(default=timedelta(seconds=seconds), validator=_positive)


def _positive(instance: object, attribute: "attrs.Attribute[timedelta]", value: timedelta) -> None:
    if value <= timedelta():
        raise ValueError("must be longer than nothing")


def _enough(instance: object, attribute: "attrs.Attribute[int]", value: int) -> None:
    if value < 64:
        raise ValueError("must be 64 or more: Python alone needs that much")


@frozen(kw_only=True)
class Limits:
    """Limits of one plugin. In a process of its own they are enforced; in ours, time is only measured.

    Attributes:
        parse, fetch, confirm, identify, suggest, learn, check, on_call, send, compile, write, find, see: Time for one
            call of the callable with this name; for `fetch`, time for each item.
        describe: Time for importing the plugin and collecting its records.
        memory: Megabytes of address space for a process of its own.
    """

    parse: timedelta = _seconds(10)
    fetch: timedelta = _seconds(60)
    confirm: timedelta = _seconds(10)
    identify: timedelta = _seconds(2)
    suggest: timedelta = _seconds(2)
    learn: timedelta = _seconds(10)
    check: timedelta = _seconds(2)
    on_call: timedelta = _seconds(2)
    send: timedelta = _seconds(30)
    compile: timedelta = _seconds(60)
    write: timedelta = _seconds(60)
    find: timedelta = _seconds(2)
    see: timedelta = _seconds(10)
    describe: timedelta = _seconds(10)
    memory: int = field(default=512, validator=_enough)

    def seconds(self, callable_name: str) -> float:
        """Return the time for one call of a callable."""
        limit: timedelta = getattr(self, callable_name)
        return limit.total_seconds()
