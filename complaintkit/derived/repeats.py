"""Does somebody complain again, and how? About the same thing, another one, our handling; or do others say the same?"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from complaintkit.case import reference as references
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import CORE, RepeatFound
from complaintkit.case.lifecycle import Stage
from complaintkit.case.repeats import RepeatKind
from complaintkit.policy import Policy
from complaintkit.policy.categories import UNSORTED

# What was found to be no complaint, or to be another one, is nothing to repeat.
_NONE: Final = frozenset({Stage.NOT_A_COMPLAINT, Stage.DUPLICATE})


def recognised(
    case: Complaint, mine: Sequence[Complaint], others: Sequence[Complaint], policy: Policy, now: datetime
) -> tuple[RepeatFound, ...]:
    """Return what earlier complaints a case follows, as far as that is not on file in it yet.

    Each earlier complaint of the same person is followed in one way only. Confidential ones are left out: a link to one
    would tell that there is one.

    Args:
        case: The case, assessed as far as it is.
        mine: Complaints of the same person, the newest first.
        others: Complaints of other people about the same product and problem, the newest first.
        policy: The policy.
        now: The moment.
    """
    before = _before(case, mine)
    kinds = _kinds(case, before, policy)
    found: dict[RepeatKind, list[Complaint]] = {}
    for one in before:
        if one.received_at >= case.received_at - policy.repeats.within(kinds[one.reference]):
            found.setdefault(kinds[one.reference], []).append(one)
    since = case.received_at - policy.repeats.within(RepeatKind.OTHER_PEOPLE)
    if alike := [one for one in _before(case, others) if one.received_at >= since and not _same_person(case, one)]:
        found[RepeatKind.OTHER_PEOPLE] = alike
    known = {(one.kind, one.earlier) for one in case.matter.repeats}
    entries = [_entry(kind, earlier, now) for kind, earlier in _latest_last(found)]
    return tuple(one for one in entries if (one.kind_of_repeat, (one.earlier, *one.more)) not in known)


def follows(case: Complaint, other: Complaint) -> bool:
    """Say whether two complaints are about the same product, or the same problem; what is unknown is like nothing."""
    product = bool(case.product) and case.product == other.product
    problem = case.category not in ("", UNSORTED) and case.category == other.category
    return product or problem


def _same_person(case: Complaint, other: Complaint) -> bool:
    contact = bool(case.contact) and case.contact == other.contact
    return contact or (bool(case.customer) and case.customer == other.customer)


def _before(case: Complaint, found: Iterable[Complaint]) -> list[Complaint]:
    moment = (case.received_at, case.recorded_at)
    once = {one.reference: one for one in found if one.reference != case.reference}.values()
    earlier = (one for one in once if (one.received_at, one.recorded_at) <= moment)
    kept = (one for one in earlier if one.stage not in _NONE)
    open_to_all = (one for one in kept if not (one.secrecy or one.about))
    return sorted(open_to_all, key=lambda one: (one.received_at, one.reference), reverse=True)


def _kinds(case: Complaint, before: Sequence[Complaint], policy: Policy) -> dict[str, RepeatKind]:
    sorted_ = case.product or case.category not in ("", UNSORTED)
    kinds = {}
    for one in before:
        matter = RepeatKind.SAME_MATTER if follows(case, one) else RepeatKind.OTHER_MATTER
        kinds[one.reference] = matter if sorted_ else RepeatKind.SAME_PERSON
    return kinds | dict.fromkeys(_handled(case, before, policy), RepeatKind.ABOUT_HANDLING)


def _handled(case: Complaint, before: Sequence[Complaint], policy: Policy) -> tuple[str, ...]:
    """Return the references of complaints whose handling is complained of: those named, else the latest answered."""
    said = f"{case.title}\n{case.narrative}"
    mine = {one.reference for one in before}
    named = tuple(one for one in references.mentioned(said) if one in mine)
    if named or not before or not policy.repeats.about_an_answer(said):
        return named
    # Somebody who writes of an answer has got one; who misses it, waits for the latest.
    answered = (one for one in before if one.answered_at)
    return (next(answered, before[0]).reference,)


def _latest_last(found: dict[RepeatKind, list[Complaint]]) -> Iterable[tuple[RepeatKind, list[Complaint]]]:
    """Return the kinds so that the latest earlier complaint comes last: it is the one that the case is a repeat of."""
    return sorted(found.items(), key=lambda one: (one[1][0].received_at, one[1][0].reference))


def _entry(kind: RepeatKind, earlier: Sequence[Complaint], now: datetime) -> RepeatFound:
    latest, *more = earlier
    return RepeatFound(
        at=now,
        by=CORE,
        earlier=latest.reference,
        category=latest.category,
        kind_of_repeat=kind,
        more=tuple(one.reference for one in more),
        channels=_channels(earlier) if kind.same_person else (),
    )


def _channels(earlier: Iterable[Complaint]) -> tuple[str, ...]:
    """Return by which channels earlier complaints were told, each once."""
    return tuple(dict.fromkeys(channel for one in earlier for channel in (one.channel, *one.handling.channels)))
