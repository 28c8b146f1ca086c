"""Drafts and approvals: what a decision says, who has had a hand in it, and whose second look it needs."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Protocol

from attrs import field, frozen, validators

from complaintkit.case.actor import Actor, plain, same
from complaintkit.case.lifecycle import Stage
from complaintkit.case.money import Money
from complaintkit.case.parts import Content
from complaintkit.case.remedies import given, planned
from complaintkit.case.responses import Enclosure
from complaintkit.changing import evolve
from complaintkit.checks import aware

if TYPE_CHECKING:
    from collections.abc import Callable

    from complaintkit.case.complaint import Complaint

_moment = validators.optional(aware)
ASKED: Final = "asked"
GIVEN: Final = "given"
SENT_BACK: Final = "sent_back"
VOID: Final = "void"
KIND: Final = "approval"
# Codes of why an approval is needed, where it is for the amount; others are the names of the policy's rules.
BEYOND: Final = "amount"


@frozen(kw_only=True)
class Why:
    """One reason for which a draft needs an approval.

    Attributes:
        code: `amount`, or the name of the policy's rule that asks for a second look.
        remedy: Type of the remedy that is beyond the limit; empty where several are added up, or none is meant.
        sum: What is to be given in it; `None` where the amount is not known.
        limit: How much the author of the draft may give; `None` for nothing, or where no limit is meant.
        text: The reason in words.
    """

    code: str
    remedy: str = ""
    sum: Money | None = None
    limit: Money | None = None
    text: str

    def __str__(self) -> str:
        return self.text


@frozen(kw_only=True)
class Look:
    """A second look that a draft needs, by somebody else than its authors.

    Attributes:
        who: The lowest role that may give it.
        least: A role of the order that it takes at least; empty for any that may give as much.
        only: A role outside the order that has to give it, such as `legal`; empty for none.
        reasons: Why, line by line.
    """

    who: str
    least: str = ""
    only: str = ""
    reasons: tuple[Why, ...] = ()


@frozen(kw_only=True)
class Measure:
    """What was given in past decisions of the category by the same remedy: the range to hold an amount against.

    Attributes:
        remedy, currency: Which remedy it is about.
        count: How many decisions; 0 where there is no precedent.
        lowest, median, highest: In that currency; `None` where there is no precedent.
    """

    remedy: str
    currency: str
    count: int = 0
    lowest: Decimal | None = None
    median: Decimal | None = None
    highest: Decimal | None = None


@frozen(kw_only=True)
class Approval:
    """One approval, asked for or given; all of them stay on file.

    Attributes:
        name: `approval-1`, `approval-2` ...; never used again within the case. Its clock has the same name.
        who: The lowest role that may give it.
        reasons: Why it is needed.
        draft: Digest of what is to be approved: any other words or remedies need another approval.
        asked_at, asked_by: When, and by whom.
        precedents: What was given before, as it was shown with the request.
        state: `asked`, `given`, `sent_back`, or `void` because the draft was changed or taken back.
        settled_at, by, roles: When it was settled, by whom, and what that person was.
        words: What the person said to it, sealed.
    """

    name: str = field(validator=validators.min_len(1))
    who: str
    reasons: tuple[Why, ...] = ()
    draft: str
    asked_at: datetime = field(validator=aware)
    asked_by: str
    precedents: tuple[Measure, ...] = ()
    state: str = ASKED
    settled_at: datetime | None = field(default=None, validator=_moment)
    by: str = ""
    roles: tuple[str, ...] = ()
    words: Content | None = None

    def __str__(self) -> str:
        return f"{self.name} ({self.who}: {'; '.join(map(str, self.reasons))})"


@frozen(kw_only=True)
class Draft:
    """Who drafted the decision, and what there is beside outcome, remedies and words.

    Attributes:
        by: Who drafted it.
        roles: With which roles; their limits hold.
        at: When.
        grounds: Why the complaint is not upheld in whole, in words for the complainant, sealed.
        codes: The same as codes of the policy.
        because: Why the outcome differs from what the points add up to, sealed.
        kind: Type of response; see `complaintkit.case.responses`.
        style: Style it is written in.
        template: Name and version of the wording it was made from; empty for free words.
        enclosures: The files that go with it.
    """

    by: str
    roles: tuple[str, ...] = ()
    at: datetime = field(validator=aware)
    grounds: Content | None = None
    codes: tuple[str, ...] = ()
    because: Content | None = None
    kind: str = ""
    style: str = ""
    template: str = ""
    enclosures: tuple[Enclosure, ...] = ()


@frozen(kw_only=True)
class Used:
    """The competence a decision went out with.

    Attributes:
        by: Who drafted it.
        at: When it went out.
        own: Whether that was within the author's own competence.
        level: The lowest role that may decide as much.
        codes: Why it was handed up; empty where it was not.
    """

    by: str
    at: datetime = field(validator=aware)
    own: bool
    level: str
    codes: tuple[str, ...] = ()


class Authority(Protocol):
    """What an action has to know of who may decide how much; comes from the policy."""

    def looks(self, case: "Complaint", hands: tuple[Actor, ...]) -> tuple[Look, ...]:
        """Return the second looks that a draft needs; none where each whose hand is in it may decide alone."""

    def known(self, name: str) -> Actor:
        """Return somebody by name, with the roles whose limits hold for what they decide alone."""

    def hinders(self, look: Look, actor: Actor, case: "Complaint") -> str:
        """Return why this person cannot give such a look; empty if they can."""

    def counted(self, actor: Actor) -> Actor:
        """Return somebody with the roles whose limits hold for what they decide alone."""

    def level(self, case: "Complaint") -> str:
        """Return the lowest role that may decide as much as a case gives."""

    def owed(self, case: "Complaint") -> str:
        """Return what has to be found out before a case is decided; empty if nothing has."""

    def unfit(self, code: str, outcome: str) -> str:
        """Return why a reason code cannot be given for a decision; empty if it can."""


def digest_of_draft(case: "Complaint") -> str:
    """Return the SHA-256 of all that an approval covers: outcome, words, reasons, remedies, points, category, files."""
    draft = case.handling.draft
    files = draft.enclosures if draft else ()
    told = [
        str(case.outcome or ""),
        case.proposal.digest if case.proposal else "",
        [draft.grounds.digest if draft and draft.grounds else "", *(draft.codes if draft else ())],
        [[one.name, one.type, str(one.due or ""), one.point] for one in given(case)],
        [[one.name, one.outcome or "", one.reason.digest if one.reason else ""] for one in case.matter.points],
        case.category,
        # Left out where there are none, so that what was approved before files were covered stays approved.
        *([[one.digest, one.name.digest if one.name else ""] for one in files],) * bool(files),
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=True).encode("ascii")).hexdigest()


def authors(case: "Complaint") -> tuple[str, ...]:
    """Return everybody whose own work a draft is: who wrote it, planned its remedies, decided its points."""
    draft = case.handling.draft
    names = [draft.by] if draft else []
    names += [name for one in planned(case) for name in one.authors]
    names += [one.decided_by for one in case.matter.points if one.decided_by]
    return tuple(dict.fromkeys(names))


def hands(case: "Complaint", known: "Callable[[str], Actor]") -> tuple[Actor, ...]:
    """Return everybody whose own work a draft is, with the roles they did it with.

    Args:
        case: The case.
        known: Gives somebody whose roles are not in the file, as the policy knows them now.
    """
    draft = case.handling.draft
    found = [Actor(draft.by, draft.roles)] if draft else []
    found += [Actor(hand.name, hand.roles) for one in planned(case) for hand in one.hands]
    told = {plain(one.name) for one in found}
    return (*dict.fromkeys(found), *(known(name) for name in authors(case) if plain(name) not in told))


def wrote(case: "Complaint", name: str) -> bool:
    """Say whether somebody has had a hand in the draft."""
    return any(same(name, author) for author in authors(case))


def valid(case: "Complaint") -> tuple[Approval, ...]:
    """Return the approvals that were given for the draft as it stands."""
    digest = digest_of_draft(case)
    standing = (one for one in case.handling.approvals if one.state == GIVEN and one.draft == digest)
    # One pair of eyes is one, however often it looks.
    by_person = {plain(one.by): one for one in standing if not wrote(case, one.by)}
    return tuple(by_person.values())


def unmet(
    looks: tuple[Look, ...], approvals: tuple[Approval, ...], fits: "Callable[[Approval, Look], bool]"
) -> tuple[Look, ...]:
    """Return the looks that are still to be had when each approval stands for one of them: as few as can be.

    Args:
        looks: What is needed.
        approvals: What was given, each by somebody else.
        fits: Says whether an approval is such a look.
    """
    if not looks or not approvals:
        return looks
    first, others = approvals[0], approvals[1:]
    best = unmet(looks, others, fits)
    for place, look in enumerate(looks):
        if fits(first, look):
            rest = unmet(looks[:place] + looks[place + 1 :], others, fits)
            best = min(best, rest, key=len)
    return best


def as_actor(approval: Approval) -> Actor:
    """Return who gave an approval, as that person was then."""
    return Actor(approval.by, approval.roles)


def waiting(case: "Complaint") -> tuple[Approval, ...]:
    """Return the approvals that are asked for and not settled, while there is a draft."""
    pending = case.stage is Stage.DECISION_PENDING
    return tuple(one for one in case.handling.approvals if one.state == ASKED) if pending else ()


def put(case: "Complaint", approvals: Iterable[Approval]) -> "Complaint":
    """Return the complaint with approvals added, or in the place of those of the same name; for entries only."""
    new = {one.name: one for one in approvals}
    kept = tuple(new.pop(one.name, one) for one in case.handling.approvals)
    return evolve(case, handling=evolve(case.handling, approvals=(*kept, *new.values())))


def settled(
    case: "Complaint", state: str, at: datetime, by: str = "", words: Content | None = None, keep: str = ""
) -> "Complaint":
    """Return the complaint with no approval standing any more, and nobody asked for one; for entries only.

    Args:
        case: The complaint.
        state: What becomes of those asked for: `sent_back` or `void`; those given become void.
        at: When.
        by: Who sent it back; empty where it was the change of the draft that did it.
        words: Why.
        keep: Digest of the draft whose approvals stay; empty for none.
    """
    live = [one for one in case.handling.approvals if one.state in (ASKED, GIVEN) and one.draft != keep]
    # Who gave an approval stays on file beside it, whatever becomes of the draft later.
    over = [
        evolve(one, state=state, settled_at=at, by=by, words=words) if one.state == ASKED else evolve(one, state=VOID)
        for one in live
    ]
    names = {one.name for one in live}
    clocks = tuple(one.end(at) if one.kind == KIND and one.name in names else one for one in case.clocks)
    return evolve(put(case, over), clocks=clocks)
