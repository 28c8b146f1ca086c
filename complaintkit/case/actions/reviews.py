"""Actions after an answer: accept it, object to it, have it looked at by somebody who had no part in it."""

from typing import ClassVar, Final

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked
from complaintkit.case.actor import COMPLAINANT, Actor, same
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import Resolved, ReviewOpened, ReviewTaken
from complaintkit.case.naming import next_name
from complaintkit.case.parts import Content
from complaintkit.case.reviews import REVIEW, involved, pending, was_involved

NO_ANSWER: Final = "no answer has gone out that could be looked at again; respond first"
_FINAL: Final = "the last answer was the final word of the organisation, and the way goes to a body outside (refer_out)"
_LET_IN: Final = "a person of the organisation may let it in, with the reason (exception)"


def partial(case: Complaint, who: str, terms: Terms) -> str:
    """Return why somebody may not decide anew: they had a part in what is under review; empty if they may.

    Args:
        case: The case as it stands.
        who: Who is to act.
        terms: The policy; says who may instead.
    """
    if not was_involved(case, who):
        return ""
    out = involved(case)
    able = [one for one in terms.after.who_may("propose") if not any(same(one, other) for other in out)]
    may = ", ".join(able) or f"anybody but {', '.join(out)}"
    return f"{who} had a part in the decision that is under review; a review is for {may}"


@frozen(kw_only=True)
class Accept(Action):
    """Accept the answer; by the complainant, or on their word."""

    name: ClassVar[str] = "accept"
    help: ClassVar[str] = "accept the answer: by the complainant, or on their word"
    text: str = asked("in the complainant's words; on their word: how and when they said so", default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say who may do it on their word: somebody who may review it, too."""
        return partial(case, actor.name, terms)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Settle the matter."""
        own = ask.actor.is_a(COMPLAINANT)
        evidence = self.text.strip() or "accepted by the complainant" if own else ask.need("text", self.text)
        clocks = ask.terms.after.resolution(ask.case, ask.now)
        return (
            Resolved(
                at=ask.now, by=ask.by, stage=ask.stage, accepted="accepted", evidence=Content.of(evidence),
                clocks=clocks,
            ),
        )  # fmt: skip


@frozen(kw_only=True)
class Dispute(Action):
    """Object to the answer; by the complainant, or on their word. Somebody else then looks at it again."""

    name: ClassVar[str] = "dispute"
    help: ClassVar[str] = "object to the answer, by the complainant or on their word; somebody else looks at it again"
    reason: str = asked("what is not right about it, in the complainant's words")
    points: tuple[str, ...] = asked("names of the points it is about; none for all", of="point", default=())
    exception: str = asked("why it is let in though its time is over, or the word was final", default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that there is nothing to object to, or nobody here to object to it any more."""
        if not case.settlement.positions:
            return NO_ANSWER
        return f"{_FINAL}; {_LET_IN}" if actor.is_a(COMPLAINANT) and _final(case) else ""

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Open the review; no grounds are asked for but the complainant's own."""
        reason = ask.need("reason", self.reason)
        known = tuple(one.name for one in ask.case.matter.points)
        points = tuple(ask.one_of("point", one.strip().casefold(), known) for one in self.points)
        late = _let_in(ask, self.exception)
        return (opened(ask, reason, points=points, late=late),)


@frozen(kw_only=True)
class AskReview(Action):
    """Have the decision looked at by somebody who had no part in it, without the complainant asking."""

    name: ClassVar[str] = "ask_review"
    help: ClassVar[str] = "have an answer looked at again by somebody who had no part in it, though nobody objects"
    reason: str = asked("why: a rule asks for it, doubts about the decision ...")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that there is nothing to look at again."""
        return "" if case.settlement.positions else NO_ANSWER

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Open the review."""
        return (opened(ask, ask.need("reason", self.reason), disputed=False),)


def opened(
    ask: Asked, reason: str, *, points: tuple[str, ...] = (), late: str = "", disputed: bool = True
) -> ReviewOpened:
    """Return the entry that opens a review of the last answer; there has to be one."""
    return ReviewOpened(
        at=ask.now,
        by=ask.by,
        stage=ask.stage,
        name=next_name(REVIEW, ask.case.settlement.reviews),
        round=ask.case.settlement.positions[-1].round + 1,
        text=Content.of(reason),
        disputed=disputed,
        points=points,
        late=Content.maybe(late),
        clocks=ask.terms.after.review(ask.case, ask.now),
    )


def _final(case: Complaint) -> bool:
    """Say whether the last answer was the last word of the organisation."""
    return any(one.final for one in case.settlement.positions[-1:])


def _let_in(ask: Asked, exception: str) -> str:
    """Return why an objection is let in out of time; empty if it comes in time."""
    until = ask.terms.after.dispute_until(ask.case)
    over = f"the time to object ended on {until:%Y-%m-%d}" if until and ask.now > until else ""
    if _final(ask.case):
        over = _FINAL
    if not over:
        return ""
    if ask.actor.is_a(COMPLAINANT) or not exception.strip():
        raise ask.refuse(f"{over}; {_LET_IN}")
    return exception.strip()


@frozen(kw_only=True)
class TakeReview(Action):
    """Take a review on, or give it to somebody; never to who had a part in the decision."""

    name: ClassVar[str] = "take_review"
    help: ClassVar[str] = "say who reviews: somebody who had no part in the decision"
    reviewer: str = asked("who reviews; empty for whoever asks", of="staff", default="")

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that there is no review to take."""
        return "" if pending(case) else "no review is pending; dispute or ask_review opens one"

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Make it the reviewer's duty."""
        review = pending(ask.case)
        assert review is not None
        reviewer = self.reviewer.strip() or ask.by
        if ask.case.concerns(reviewer):
            raise ask.refuse(f"the complaint is about {reviewer}; name somebody else")
        if why := partial(ask.case, reviewer, ask.terms):
            raise ask.refuse(why)
        return (ReviewTaken(at=ask.now, by=ask.by, name=review.name, reviewer=reviewer),)
