"""Actions of competence: whose second look a draft needs, who gives it, and what may be settled on the spot."""

from collections.abc import Iterator
from typing import ClassVar, Final

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked
from complaintkit.case.actor import Actor, same
from complaintkit.case.approvals import (
    ASKED,
    GIVEN,
    KIND,
    Approval,
    Look,
    Measure,
    as_actor,
    authors,
    digest_of_draft,
    hands,
    unmet,
    valid,
    waiting,
    wrote,
)
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import ApprovalAsked, Approved
from complaintkit.case.naming import next_name
from complaintkit.case.parts import Content
from complaintkit.case.remedies import planned
from complaintkit.case.reviews import was_involved
from complaintkit.changing import evolve

NOT_NEEDED: Final = "this draft needs no approval, or has it already; respond sends it"


def looks_of(case: Complaint, terms: Terms, sender: Actor | None = None) -> tuple[Look, ...]:
    """Return every second look that a draft needs, had or not: nobody's wider limits are lent to anybody else.

    Args:
        case: The case with the draft.
        terms: The policy.
        sender: Who sends it; `None` where that is not known yet.
    """
    if not case.handling.draft:
        return ()
    sending = (terms.authority.counted(sender),) if sender else ()
    return terms.authority.looks(case, (*hands(case, terms.authority.known), *sending))


def open_looks(case: Complaint, terms: Terms, sender: Actor | None = None) -> tuple[Look, ...]:
    """Return the second looks that a draft as it stands still needs; see `looks_of`."""
    return unmet(
        looks_of(case, terms, sender),
        valid(case),
        lambda approval, look: not terms.authority.hinders(look, as_actor(approval), case),
    )


def told(looks: tuple[Look, ...]) -> str:
    """Return who has to look, and why, in words."""
    who = " and ".join(dict.fromkeys(look.who for look in looks))
    why = "; ".join(dict.fromkeys(str(reason) for look in looks for reason in look.reasons))
    times = f" ({len(looks)} of them)" if len(looks) > 1 and " and " not in who else ""
    return f"{who}{times} has to approve it first: {why}"


def sending(case: Complaint, actor: Actor, terms: Terms) -> str:
    """Return why somebody may not send a draft as it stands; empty if they may."""
    if looks := open_looks(case, terms):
        return told(looks)
    if looks := open_looks(case, terms, actor):
        why = "; ".join(dict.fromkeys(str(reason) for look in looks for reason in look.reasons))
        return f"{why}; {', '.join(authors(case))} may send it, or {looks[0].who} and above"
    return ""


def roles_of(ask: Asked) -> tuple[str, ...]:
    """Return the roles of who asks whose limits hold for what they decide alone, as they are put down."""
    return tuple(sorted(ask.terms.authority.counted(ask.actor).roles))


def requests(ask: Asked, case: Complaint) -> tuple[Entry, ...]:
    """Return the requests for every second look that a draft still needs and nobody is asked for yet.

    Args:
        ask: What is asked for.
        case: The case with the draft as it is to be approved.
    """
    digest, measures = digest_of_draft(case), tuple(_measures(ask, case))
    entries: list[Entry] = []
    for look in _unasked(case, ask.terms):
        name = next_approval(case)
        approval = Approval(
            name=name, who=look.who, reasons=look.reasons, draft=digest, asked_at=ask.now, asked_by=ask.by,
            precedents=measures,
        )  # fmt: skip
        clocks = ask.terms.clock(KIND, case, ask.now, name=name, who=look.who)
        entries.append(ApprovalAsked(at=ask.now, by=ask.by, approval=approval, clocks=clocks))
        case = case.apply(entries[-1])
    return tuple(entries)


def _unasked(case: Complaint, terms: Terms) -> tuple[Look, ...]:
    """Return the second looks that a draft as it stands still needs and nobody is asked for."""
    digest = digest_of_draft(case)
    asked_for = [one.who for one in waiting(case) if one.draft == digest]
    found: list[Look] = []
    for look in open_looks(case, terms):
        if look.who in asked_for:
            asked_for.remove(look.who)
        else:
            found.append(look)
    return tuple(found)


def next_approval(case: Complaint) -> str:
    """Return the name of the next approval."""
    return next_name(KIND, case.handling.approvals)


def _measures(ask: Asked, case: Complaint) -> Iterator[Measure]:
    """Yield what the planned remedies cost in past decisions; a remedy without an amount has nothing to compare."""
    wanted = dict.fromkeys((str(one.type), one.amount.currency) for one in planned(case) if one.amount)
    for remedy, currency in wanted:
        found = ask.past(case.category, remedy, currency)
        yield Measure(
            remedy=remedy, currency=currency, count=found.count, lowest=found.lowest, median=found.median,
            highest=found.highest,
        ) if found else Measure(remedy=remedy, currency=currency)  # fmt: skip


def _too_near(case: Complaint, actor: Actor) -> str:
    """Return why somebody is no second pair of eyes; empty if they are."""
    name = actor.name
    if wrote(case, name):
        return f"{name} has had a hand in it ({', '.join(authors(case))})"
    if case.concerns(name):
        return f"the complaint is about {name}"
    if was_involved(case, name):
        return f"{name} had a part in the decision under review"
    if any(same(name, one.by) for one in valid(case)):
        return f"{name} has approved it already"
    return ""


@frozen(kw_only=True)
class Approve(Action):
    """Approve a draft as it stands, as somebody who had no hand in it."""

    name: ClassVar[str] = "approve"
    help: ClassVar[str] = "approve somebody else's draft as it stands, within your own competence"
    words: str = asked("what you have to say to it", default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say why this person is no second pair of eyes, or may not decide as much."""
        looks = open_looks(case, terms)
        if not looks:
            return NOT_NEEDED
        who = " or ".join(dict.fromkeys(look.who for look in looks))
        if why := _too_near(case, actor):
            return f"{why}; somebody else has to look: {who}"
        hinders = dict.fromkeys(terms.authority.hinders(look, actor, case) for look in looks)
        if "" in hinders:
            return ""
        return f"it is beyond what {actor.name} may approve: {'; '.join(hinders)}; {who} may"

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Give the approval."""
        case, authority = ask.case, ask.terms.authority
        look = next(one for one in open_looks(case, ask.terms) if not authority.hinders(one, ask.actor, case))
        given = evolve(
            self._asked_for(ask, look), state=GIVEN, draft=digest_of_draft(case), settled_at=ask.now, by=ask.by,
            roles=tuple(sorted(ask.actor.roles)), words=Content.maybe(self.words),
        )  # fmt: skip
        return (Approved(at=ask.now, by=ask.by, approval=given),)

    def _asked_for(self, ask: Asked, look: Look) -> Approval:
        """Return the request that this answers, or a new one where nobody was asked."""
        pending = [one for one in waiting(ask.case) if one.who == look.who]
        return pending[0] if pending else Approval(
            name=next_approval(ask.case), who=look.who, reasons=look.reasons, draft="", asked_at=ask.now,
            asked_by=ask.by, state=ASKED,
        )  # fmt: skip


@frozen(kw_only=True)
class AskApproval(Action):
    """Ask again for what a draft needs, once category, severity or limits have changed since."""

    name: ClassVar[str] = "ask_approval"
    help: ClassVar[str] = "ask for the approvals that the draft needs and nobody is asked for yet"

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that there is nothing to ask for, or that it was asked for."""
        if not open_looks(case, terms):
            return NOT_NEEDED
        who = ", ".join(f"{one.who} ({one.name})" for one in waiting(case))
        return "" if _unasked(case, terms) else f"it is asked for already: {who}"

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Ask."""
        return requests(ask, ask.case)
