"""Options that commands share: `--json`, `--settings`, `--now`, `--by`; and moments as people type them."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import click
from attrs import frozen

F = TypeVar("F", bound=Callable[..., Any])


class Moment(click.ParamType):  # type: ignore[type-arg]  # generic only in newer releases of click
    """A moment in ISO form, with a time zone."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the moment; refuse one without time zone, which could be anywhere."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value.strip())
        except ValueError:
            self.fail(f"{value!r} is no moment; write one such as 2026-03-01T10:00+03:00", param, ctx)
        if moment.tzinfo is None:
            clock = moment.isoformat(timespec="minutes")
            self.fail(f"{value!r} has no time zone; write {clock}+03:00, or {clock}Z for UTC", param, ctx)
        return moment


class Day(click.ParamType):  # type: ignore[type-arg]  # as above
    """A day, or a moment with time zone. A day begins when it begins in the zone of the settings."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime | date:
        """Read the day or moment."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            pass
        try:
            datetime.fromisoformat(value.strip())
        except ValueError:
            self.fail(f"{value!r} is no day; write one such as 2026-03-01", param, ctx)
        return Moment().convert(value, param, ctx)


class Amount(click.ParamType):  # type: ignore[type-arg]  # as above
    """An exact figure, such as an amount of money."""

    name = "amount"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """Read the figure; a comma is no decimal point, for it could as well part thousands."""
        if isinstance(value, Decimal):
            return value
        try:
            figure = Decimal(value.strip())
        except InvalidOperation:
            figure = Decimal("NaN")
        if not figure.is_finite():
            self.fail(f"{value!r} is no amount; write one such as 25.00", param, ctx)
        return figure


def moment_of(day: datetime | date | None, zone: Any) -> datetime | None:
    """Return a moment, or the beginning of a day in a time zone."""
    if day is None or isinstance(day, datetime):
        return day
    return datetime.combine(day, time(), zone)


def end_of(day: datetime | date, zone: Any) -> datetime:
    """Return a moment, or the last minute of a day in a time zone."""
    return day if isinstance(day, datetime) else datetime.combine(day, time(23, 59), zone)


_JSON: Final = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
_SETTINGS: Final = click.option(
    "--settings",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Settings file; by default complaintkit.toml of this folder or the nearest around it.",
)
_NOW: Final = click.option(
    "--now", type=Moment(), metavar="ISO", help="Take this for the present moment, such as 2026-03-01T10:00+03:00."
)


def common(function: F) -> F:
    """Give a command `--json` and `--settings`."""
    return _SETTINGS(_JSON(function))


def timed(function: F) -> F:
    """Give a command `--now`, too."""
    return common(_NOW(function))


@frozen
class Look:
    """Who looks, and why; without a name it is whoever runs the machine, and sees everything."""

    by: str = ""
    reason: str = ""


_BY: Final = click.option(
    "--by",
    default="",
    envvar="COMPLAINTKIT_BY",
    metavar="NAME",
    help="Show what this person may see; else taken from COMPLAINTKIT_BY. Without it, everything.",
)
_WHY: Final = click.option(
    "--reason", "why", default="", metavar="TEXT", help="Why they look; needed for what is confidential, and kept."
)


def looking(function: F) -> F:
    """Give a command `--by` and `--reason`, which it gets as one `look`."""

    @wraps(function)
    def with_look(*given: Any, by: str, why: str, **more: Any) -> Any:
        return function(*given, look=Look(by.strip(), why.strip()), **more)

    return _BY(_WHY(cast("F", with_look)))
