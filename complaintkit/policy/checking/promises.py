"""Gaps and contradictions among the standards: what is promised to nobody, twice, too late, or without a reminder."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from difflib import get_close_matches
from itertools import combinations
from typing import Final

from complaintkit.case.parts import NO_PROMISE, Basis
from complaintkit.changing import evolve
from complaintkit.clocks.rules import Span
from complaintkit.policy.categories import UNSORTED
from complaintkit.policy.chains import links
from complaintkit.policy.checking.finding import PolicyFinding, error, note, warning
from complaintkit.policy.packs import KINDS, Bound
from complaintkit.policy.policy import Policy
from complaintkit.policy.standards import For, Standard, within

# What somebody who complains can expect by every channel, and what is missing without it.
_EXPECTED: Final = {
    "acknowledgement": "nobody is held to say that it came",
    "first_response": "nobody is held to write soon",
    "final_response": "nobody is held to come to an end",
}
# Kinds of channel that standards name though no plugin may be there that brings one.
_USUAL: Final = ("email", "form", "phone", "letter", "in_person", "social", "chat", "whistleblowing")
# So many days from now on are tried, each in and out of hours, where two promises are held against each other.
_TRIED: Final = 14
_HOURS: Final = (10, 22)


def promises(policy: Policy, now: datetime) -> Iterator[PolicyFinding]:
    """Yield what is the matter with the standards.

    Args:
        policy: The policy.
        now: From when promises are compared.
    """
    yield from _missing(policy)
    yield from _named_alike(policy)
    yield from _contradictions(policy.standards, "policy.standards")
    for pack in policy.packs:
        yield from _contradictions(pack.standards, f"policy.rules.{pack.name}")
    yield from _unknown(policy)
    yield from _single(policy, now)
    yield from _too_late(policy, now)


def overlap(one: For, other: For) -> bool:
    """Say whether there can be a complaint for which both hold."""
    for name in ("channels", "severities", "segments", "products"):
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine and theirs and not set(mine) & set(theirs):
            return False
    if not (one.categories and other.categories):
        return True
    return any(within(a, b) or within(b, a) for a in one.categories for b in other.categories)


def _missing(policy: Policy) -> Iterator[PolicyFinding]:
    """Yield the kinds of channels by which somebody complains and is promised nothing."""
    everywhere = [
        *policy.standards,
        *(one for pack in policy.packs if not (pack.by_hand or pack.applies.narrowness) for one in pack.standards),
    ]
    kinds = sorted(set(policy.kinds.values()))
    for clock, told in _EXPECTED.items():
        for_kind = {
            kind: [one for one in everywhere if one.clock == clock and (not one.channels or kind in one.channels)]
            for kind in kinds
        }
        none = [kind for kind, mine in for_kind.items() if not mine]
        some = [kind for kind, mine in for_kind.items() if mine and not any(map(_unconditional, mine))]
        if none:
            yield warning(
                "policy.standards", f"complaints by {', '.join(none)} have no {clock}: {told}",
                f"add a standard with clock = {clock!r} for channels = {none}, or one for all channels",
            )  # fmt: skip
        if some:
            yield warning(
                "policy.standards", f"of complaints by {', '.join(some)} only some have a {clock}, by their conditions",
                f"add a standard with clock = {clock!r} and no condition",
            )  # fmt: skip


def _unconditional(one: Standard) -> bool:
    return one.narrowness == bool(one.channels)


def _named_alike(policy: Policy) -> Iterator[PolicyFinding]:
    seen: dict[tuple[str, str], int] = {}
    for place, one in enumerate(policy.standards):
        first = seen.setdefault((one.name, one.clock), place)
        if first != place:
            yield error(
                _at(place), f"is called {one.name!r} like policy.standards[{first}]: no deadline tells them apart",
                "give each standard of one clock a name of its own",
            )  # fmt: skip


def _contradictions(standards: tuple[Standard, ...], path: str) -> Iterator[PolicyFinding]:
    """Yield pairs of one kind, equally narrow, that hold for the same complaint and promise it different things."""
    for (_, one), (place, other) in combinations(enumerate(standards), 2):
        alike = one.clock == other.clock and one.narrowness == other.narrowness and overlap(one, other)
        if not alike or _promise(one) == _promise(other):
            continue
        where = f"{path}[{place}]"
        if _conditions(one) == _conditions(other):
            yield warning(
                where, f"{other.name!r} has the conditions of {one.name!r}, which so is never used",
                f"take one of them out, or give {one.name!r} a condition of its own",
            )  # fmt: skip
        else:
            yield note(
                where, f"{one.name!r} and {other.name!r} can both hold for one complaint ({one.clock}); "
                f"they are equally narrow, so {other.name!r} counts, for it comes last",
                "leave it so if that is meant; else put the one that is to count last, or give it one condition more",
            )  # fmt: skip


def _conditions(one: For) -> tuple[object, ...]:
    names = ("channels", "categories", "severities", "segments", "products")
    return tuple(frozenset(getattr(one, name)) for name in names)


def _promise(one: Standard) -> tuple[object, ...]:
    return one.within, one.starts, one.calendar, one.end, one.roll, one.longest, one.more, one.pausable


def _unknown(policy: Policy) -> Iterator[PolicyFinding]:
    """Yield conditions that no complaint can ever meet, or that look misspelt."""
    codes = {*(one.code for one in policy.categories), UNSORTED}
    channels = {*policy.kinds, *policy.kinds.values(), *_USUAL}
    named: list[tuple[str, For]] = [(_at(place), one) for place, one in enumerate(policy.standards)]
    named += [(f"policy.rules.{pack.name}", pack.applies) for pack in policy.packs]
    named += [(f"policy.escalations.triggers.{one.name}", one) for one in policy.escalations.triggers]
    for where, one in named:
        for code in one.categories:
            if not any(within(known, code) for known in codes):
                near = get_close_matches(code, codes, 1)
                hint = f"did you mean {near[0]!r}? Else add" if near else "take it out, or add"
                yield error(
                    f"{where}.categories", f"there is no category {code!r}: it never holds",
                    f"{hint} the category to policy.categories",
                )  # fmt: skip
        for channel in one.channels:
            near = get_close_matches(channel, channels, 1, 0.75)
            if near and channel not in channels:
                yield warning(
                    f"{where}.channels", f"there is no channel of the kind {channel!r}",
                    f"did you mean {near[0]!r}? For a channel of your own program, leave it",
                )  # fmt: skip


def _single(policy: Policy, now: datetime) -> Iterator[PolicyFinding]:
    """Yield what is the matter with a standard by itself."""
    for place, one in enumerate(policy.standards):
        where = _at(place)
        if one.basis is Basis.STATUTORY and one.pausable:
            yield error(
                f"{where}.pausable", f"{one.name!r} is a deadline of the law and would stand still: it never does",
                "take pausable out; longest says how far it may be extended with a notice",
            )  # fmt: skip
        if one.starts not in ("receipt", *KINDS.get(one.clock, (one.starts,))):
            begins = " or ".join(KINDS[one.clock])
            yield error(
                f"{where}.starts", f"{one.name!r} counts from {one.starts!r}, from which no {one.clock} ever counts",
                f"write {begins}",
            )  # fmt: skip
        steps = links(one, policy.chain, policy.ladder)
        if one.clock not in NO_PROMISE and all(step.level for step in steps):
            yield note(
                f"{where}.warn", f"nobody is reminded before {one.name!r} is due",
                "write warn = 0.75, or a chain with a step before it, if somebody has to do something for it",
            )  # fmt: skip
        if one.longest and policy.promised(Bound(_for(one, one.longest)), now) <= policy.promised(Bound(one), now):
            yield warning(
                f"{where}.longest", f"{one.name!r} may be extended to {one.longest}, no longer than {one.within}",
                "make longest longer than within, or take it out",
            )  # fmt: skip


def _too_late(policy: Policy, now: datetime) -> Iterator[PolicyFinding]:
    for place, one in enumerate(policy.standards):
        others = (other for other in policy.standards if overlap(one, other) and one.clock == "acknowledgement")
        for other in others:
            if other.clock == "first_response" and _later(policy, Bound(one), Bound(other), now):
                yield note(
                    _at(place), f"{one.name!r} ({one.within}) comes later than {other.name!r} ({other.within}), "
                    "so nobody will see it", "promise the acknowledgement for as soon, at least",
                )  # fmt: skip
        for pack in policy.packs:
            for law in pack.standards:
                if _beyond(policy, one, Bound(law, pack), now):
                    level = note if pack.by_hand else warning
                    yield level(
                        f"{_at(place)}.within", f"{one.name!r} promises {one.within}, and {law.name!r} of "
                        f"{pack.name} asks for {law.within}", "promise no more time than the rules that can hold give",
                    )  # fmt: skip


def _beyond(policy: Policy, one: Standard, law: Bound, now: datetime) -> bool:
    assert law.pack is not None
    same = one.clock == law.standard.clock == "final_response" and one.basis is not Basis.STATUTORY
    holds = same and overlap(one, law.standard) and overlap(one, law.pack.applies)
    return holds and law.standard.basis is Basis.STATUTORY and _later(policy, Bound(one), law, now)


def _later(policy: Policy, one: Bound, other: Bound, now: datetime) -> bool:
    """Say whether one is due after the other for some complaint, counted from the same moment."""
    today = now.astimezone(policy.zone).replace(minute=0, second=0, microsecond=0, fold=0)
    days = (today + timedelta(days=day) for day in range(_TRIED))
    starts = (day.replace(hour=hour) for day in days for hour in _HOURS)
    return any(policy.promised(one, start) > policy.promised(other, start) for start in starts)


def _for(one: Standard, span: Span) -> Standard:
    return evolve(one, within=span)


def _at(place: int) -> str:
    return f"policy.standards[{place}]"
