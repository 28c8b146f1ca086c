"""What grows old or was left half done: rule packs, holidays, and texts that one language lacks."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final, get_args

from complaintkit.clocks.calendar import Calendar
from complaintkit.message import Occasion
from complaintkit.policy.checking.finding import PolicyFinding, error, note, warning
from complaintkit.policy.packs import CHECK_BEFORE_USE, RulePack
from complaintkit.policy.policy import Policy

# Ours: regulators change their figures every year or two, and tell months ahead.
OLD: Final = timedelta(days=180)
_SOON: Final = timedelta(days=60)
# Deadlines run a year at most, with few exceptions; until then holidays have to be known.
_AHEAD: Final = timedelta(days=366)


def ageing(policy: Policy, now: datetime) -> Iterator[PolicyFinding]:
    """Yield what is no longer, or not yet, as it has to be.

    Args:
        policy: The policy.
        now: By what it is judged.
    """
    today = now.astimezone(policy.zone).date()
    for pack in policy.packs:
        yield from _pack(pack, today)
    yield from _calendars(policy, today)
    yield from _texts(policy)


def _pack(pack: RulePack, today: date) -> Iterator[PolicyFinding]:
    where = f"policy.rules.{pack.name}"
    if pack.ends is not None and pack.ends < today:
        yield warning(
            where, f"ended on {pack.ends}: it holds for nothing that comes in now",
            "put the rules to use that follow it, and keep this one while older complaints are open",
        )  # fmt: skip
    elif pack.ends is not None and pack.ends < today + _SOON:
        yield note(where, f"ends on {pack.ends}", "put the rules to use that follow it")
    if pack.effective > today:
        yield note(where, f"holds from {pack.effective} on, and for nothing before", "leave it, or check the date")
    if today - pack.checked > OLD:
        days = (today - pack.checked).days
        yield warning(
            where, f"was last compared with its source on {pack.checked}, {days} days ago ({pack.source})",
            CHECK_BEFORE_USE,
        )  # fmt: skip


def _calendars(policy: Policy, today: date) -> Iterator[PolicyFinding]:
    for name, calendar, by in _used(policy):
        where = f"policy.calendars.{name}"
        if not calendar.names:
            level = warning if by else note
            told = f"{by} counts by it" if by else "standards count by it"
            yield level(
                where, f"knows no public holidays, and {told}: they count as working days",
                'write holidays = "GB-ENG", or the code of your country',
            )  # fmt: skip
        elif not calendar.knows(today + _AHEAD):
            last = calendar.years[1] if calendar.years else today.year
            yield warning(
                where, f"knows holidays until {last} only; later ones count as working days",
                "write years = [2000, 2060], or leave it out",
            )  # fmt: skip


def _used(policy: Policy) -> Iterator[tuple[str, Calendar, str]]:
    """Yield each calendar that some standard counts by, once: its name, and the rule pack that does, if one does."""
    used: dict[str, tuple[Calendar, str]] = {}
    for pack in policy.packs:
        for one in pack.standards:
            calendar = policy.named(one.calendar or pack.calendar or policy.calendar, pack)
            if one.needs_calendar and calendar:
                used.setdefault(calendar.name, (calendar, pack.name))
    for one in policy.standards:
        calendar = policy.named(one.calendar or policy.calendar)
        if one.needs_calendar and calendar:
            used.setdefault(calendar.name, (calendar, ""))
    yield from ((name, *held) for name, held in used.items())


def _texts(policy: Policy) -> Iterator[PolicyFinding]:
    """Yield occasions for which there is no text in a language of the policy."""
    there: dict[str, set[str]] = {}
    for one in policy.templates:
        there.setdefault(one.occasion, set()).add(one.language)
    for occasion in get_args(Occasion):
        found = there.get(occasion, set())
        if not found:
            yield error(
                f"policy.templates.{occasion}", "there is no text for it in any language: nothing can be sent",
                "write subject and body for each of your languages",
            )  # fmt: skip
        elif lacking := [one for one in policy.languages if one not in found]:
            other = next((one for one in policy.languages if one in found), min(found))
            yield warning(
                f"policy.templates.{occasion}", f"there is no text in {', '.join(lacking)}; it goes out in {other}",
                f"write subject and body below [policy.templates.{occasion}.{lacking[0]}]",
            )  # fmt: skip
