"""From a case file to the precedent that is left of it: what was decided and why, and nothing that tells about whom."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import (
    CORE,
    CommitmentKept,
    Escalated,
    MessageFiled,
    Noted,
    NoticeUndelivered,
    Overdue,
    Promised,
    Received,
    Replied,
    Sealed,
    SurveyAsked,
    SurveyReminded,
)
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content, person_of
from complaintkit.case.precedent import DEAREST, WITHDRAWN, Precedent, Redress
from complaintkit.case.remedies import given
from complaintkit.message import Person
from complaintkit.policy import Policy

if TYPE_CHECKING:
    from complaintkit.anonymous import Known

DECIDED: Final = (Stage.RESPONDED, Stage.RESOLVED, Stage.CLOSED, Stage.WITHDRAWN)
# Entries that say nothing of what was decided, nor of who may know: a precedent stays as it is.
_BESIDES: Final = (
    CommitmentKept,
    Escalated,
    Noted,
    NoticeUndelivered,
    Overdue,
    Promised,
    SurveyAsked,
    SurveyReminded,
)


def touched(case: Complaint, entries: Iterable[Entry]) -> bool:
    """Say whether a step may change what a case is as a precedent: it was decided once, and not only timed or noted.

    Args:
        case: The case after the step.
        entries: The entries of the step.
    """
    if case.stage not in DECIDED and not (case.responded_at or case.resolved_at or case.reopened):
        return False
    return not all(entry.aside or isinstance(entry, _BESIDES) for entry in entries)


def precedent_of(case: Complaint, entries: Sequence[Entry], policy: Policy) -> Precedent | None:
    """Return what others may learn from a case; `None` if nothing may be learned from it, or nothing was decided.

    A case that is confidential, was ever sealed, is about a member of staff or was merged into another is no precedent,
    and neither is one whose story was erased. While a case is open again, what was decided before stands.

    Args:
        case: The case as it is now.
        entries: Its whole file, in order.
        policy: Knows which names are roles, and so nobody's.
    """
    if case.about or case.secrecy or case.moved_to or case.narrative.text is None:
        return None
    if any(isinstance(entry, Sealed) for entry in entries):
        return None
    decided = _decided(entries)
    if decided is None:
        return None
    # Imported here: most processes decide nothing, and these rules take their time to be read.
    from complaintkit.anonymous import anonymised

    known = _known(case, entries, policy)
    outcome = WITHDRAWN if decided.stage is Stage.WITHDRAWN else decided.outcome or ""
    lessons = (anonymised(str(one.text), known) for one in case.learning.lessons if one.text)
    return Precedent(
        reference=case.reference,
        decided_at=decided.responded_at or decided.resolved_at or decided.closed_at or case.received_at,
        channel=decided.channel, category=decided.category, severity=decided.severity, language=decided.language,
        outcome=str(outcome), remedies=tuple(_remedies(decided)), facts=anonymised(_facts(case), known),
        reasons=anonymised(_reasons(decided, entries), known), accepted=decided.accepted, reopened=case.reopened,
        lessons=tuple(lessons),
    )  # fmt: skip


def _decided(entries: Sequence[Entry]) -> Complaint | None:
    """Return the case as it was when it was last decided; `None` if it never was."""
    if not entries or not isinstance(entries[0], Received):
        return None
    case, decided = entries[0].open(), None
    for entry in entries[1:]:
        case = case.apply(entry)
        decided = case if case.stage in DECIDED else decided
    return decided


def _facts(case: Complaint) -> str:
    title, told = str(case.title.text or "").strip(), str(case.narrative.text or "").strip()
    return told if title in told else f"{title}\n{told}"


def _reasons(decided: Complaint, entries: Sequence[Entry]) -> str:
    """Return the words of the decision, or of the last answer where the matter was settled without one."""
    response = next(reversed(decided.settlement.responses), None)
    position = next(reversed(decided.settlement.positions), None)
    said: tuple[Content | None, ...] = ()
    if response and (position is None or response.at >= position.at):
        said = (response.text, response.grounds)
    elif position:
        said = (position.text,)
    else:
        said = tuple(one.text for one in entries[: decided.version] if isinstance(one, Replied))[-1:]
    return "\n".join(filter(None, map(_words, said)))


def _remedies(decided: Complaint) -> Iterator[Redress]:
    """Yield what the complainant was told to get."""
    told = [one for one in given(decided) if one.offered_at]
    for one in told:
        due = one.due if one.due and one.due.amount <= DEAREST else None
        yield Redress(
            remedy=str(one.type), amount=due.amount if due else None, currency=due.currency if due else ""
        )  # fmt: skip
    if not told and decided.remedy:
        yield Redress(remedy=decided.remedy)


def _known(case: Complaint, entries: Iterable[Entry], policy: Policy) -> "Known":
    """Return everything by which the people of a case could be told."""
    from complaintkit.anonymous import Known

    people = [case.complainant, *(party.who for party in case.matter.parties)]
    handlers = {case.owner, *case.handling.handlers}
    for entry in entries:
        handlers.add(entry.by)
        if isinstance(entry, Received | MessageFiled):
            people.append(person_of(entry.person))
    subject = case.matter.subject
    marks = [case.customer, *map(_words, (subject.udi, subject.serial, subject.order, subject.contract))]
    marks += [mark for person in people for mark in _marks(person)]
    names = [person.name for person in people]
    names += [name for name in handlers if name != CORE and not policy.roster.is_role(name)]
    return Known(names, marks)


def _marks(person: Person) -> tuple[str, ...]:
    return person.email, person.phone, person.handle, person.customer


def _words(content: Content | None) -> str:
    return (content.text if content else None) or ""
