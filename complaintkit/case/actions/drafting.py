"""Drafting a decision: its outcome, what it gives, its words; and whose second look it needs."""

from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked
from complaintkit.case.actions.competence import requests, roles_of
from complaintkit.case.actions.finding import grounded, investigated
from complaintkit.case.actions.remedies import money_of, no_figure
from complaintkit.case.actions.reviews import partial
from complaintkit.case.actor import Actor
from complaintkit.case.approvals import Used, valid
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import Proposed, RemedyDropped, RemedyPlanned
from complaintkit.case.money import Money
from complaintkit.case.naming import next_name
from complaintkit.case.parts import Content, Outcome
from complaintkit.case.points import Point
from complaintkit.case.remedies import RemedyType, chief, next_remedy, planned
from complaintkit.case.responses import Enclosure, Response, ResponseType, Style, enclosed, type_of


def derived(points: Iterable[Point]) -> Outcome | None:
    """Return what the decisions of points add up to; `None` where there are none.

    What was withdrawn or is out of scope does not count beside points that were decided on their merits.
    """
    outcomes = {point.outcome for point in points if point.outcome}
    merits = outcomes & {Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD}
    if len(merits) > 1:
        return Outcome.PARTLY_UPHELD
    if merits:
        return merits.pop()
    return next((one for one in (Outcome.OUT_OF_SCOPE, Outcome.WITHDRAWN) if one in outcomes), None)


def outcome_of(ask: Asked, case: Complaint, given: str, because: str) -> Outcome:
    """Return the outcome of a case: as given, or as its points add up.

    Raises:
        NotAllowed: There is none, or it contradicts the points without a reason.
    """
    follows = derived(case.matter.points)
    if not given.strip():
        if follows is None:
            raise ask.refuse(f"it needs an outcome: {', '.join(Outcome)}")
        return follows
    outcome = Outcome(ask.one_of("outcome", given, tuple(Outcome)))
    if follows not in (None, outcome) and not because.strip():
        raise ask.refuse(
            f"the points add up to {follows}, not to {outcome}; leave the outcome out, decide the points otherwise, "
            "or say with `because` why it differs"
        )
    return outcome


def in_a_word(ask: Asked, case: Complaint, word: str, money: Money | None) -> tuple[Entry, ...]:
    """Return the entry of a remedy given in one word; none where there is no word, or one of that type is planned."""
    if not word:
        if money:
            raise ask.refuse(f"{money} for what? it needs a remedy")
        return ()
    known = word in tuple(RemedyType)
    type_ = RemedyType(word) if known else RemedyType.OTHER
    if not known and not money:
        no_figure(ask, word)
    if not money and any(one.type is type_ for one in planned(case)):
        return ()
    reason = None if known else Content.of(word)
    return (
        RemedyPlanned(
            at=ask.now, by=ask.by, remedy=next_remedy(case), type=type_, amount=money, reason=reason, with_draft=True,
            roles=roles_of(ask),
        ),
    )  # fmt: skip


def released(ask: Asked, case: Complaint, text: Content, enclosures: tuple[Enclosure, ...] = ()) -> Response:
    """Return the response as it goes out, with all that is planned."""
    draft = case.handling.draft
    return Response(
        name=next_name("response", case.settlement.responses),
        at=ask.now,
        by=ask.by,
        outcome=case.outcome,
        text=text,
        grounds=draft.grounds if draft else None,
        codes=draft.codes if draft else (),
        kind=(draft.kind if draft else "") or type_of(case.outcome, planned(case)),
        style=draft.style if draft else "",
        template=draft.template if draft else "",
        enclosures=enclosures,
        remedies=tuple(one.name for one in planned(case)),
    )


def enclosures_of(ask: Asked, written: tuple[str, ...]) -> tuple[Enclosure, ...]:
    """Return enclosures from the way people write them.

    Raises:
        NotAllowed: One is not written as one.
    """
    try:
        return tuple(enclosed(one) for one in written)
    except ValueError as error:
        raise ask.refuse(str(error)) from None


def used(ask: Asked, case: Complaint) -> Used:
    """Return the competence that a decision goes out with."""
    draft, approvals = case.handling.draft, valid(case)
    codes = dict.fromkeys(reason.code for one in approvals for reason in one.reasons)
    return Used(
        by=draft.by if draft else ask.by, at=ask.now, own=not approvals, level=ask.terms.authority.level(case),
        codes=tuple(codes),
    )  # fmt: skip


@frozen(kw_only=True)
class Propose(Action):
    """Draft the decision and the words of the response; whose approval it needs is worked out, and asked for."""

    name: ClassVar[str] = "propose"
    help: ClassVar[str] = "draft the decision and the response; asks for the approvals it needs"
    outcome: str = asked("the decision; empty for what its points add up to", choices=tuple(Outcome), default="")
    remedy: str = asked("what the complainant gets: apology, repair, refund ...; empty for what is planned", default="")
    amount: Decimal | None = asked("what that is worth", default=None)
    currency: str = asked("its currency, such as EUR, RUB, PHP", default="")
    text: str = asked("the words of the response, with the reasons")
    reason: str = asked("why it is not upheld, in words that stand in the response besides", default="")
    codes: tuple[str, ...] = asked("reason codes, put into words for the complainant", of="ground", default=())
    because: str = asked("why the outcome differs from what the points add up to", default="")
    finding: str = asked("what was found out, where that is not on file yet", default="")
    response: str = asked("type of response; empty for what follows", choices=tuple(ResponseType), default="")
    style: str = asked("style it is written in", choices=tuple(Style), default=Style.INDIVIDUAL)
    template: str = asked("name and version of the wording it was made from", default="")
    enclosures: tuple[str, ...] = asked("a file that goes with it: its SHA-256, then its name", default=())

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say what has to be decided before, and who may not draft while a review is pending."""
        if why := partial(case, actor.name, terms):
            return why
        if not case.category:
            return "it needs a category first; assess it"
        undecided = [point.name for point in case.matter.points if not point.decided]
        return f"every point needs a decision; decide_point for {', '.join(undecided)} first" if undecided else ""

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """File the draft with what it gives, and ask whoever has to look at it."""
        text = ask.words("text", self.text)
        before: tuple[Entry, ...] = (investigated(ask, self.finding.strip()),) if self.finding.strip() else ()
        case = ask.case.apply_all(before)
        if owed := ask.terms.authority.owed(case):
            raise ask.refuse(f"{owed}: give the finding, or waive_investigation with the reason")
        outcome = outcome_of(ask, case, self.outcome, self.because)
        self._check_reasons(ask, case, outcome)
        # A draft that was left lying took its remedies with it.
        stale = [one for one in planned(case) if one.with_draft]
        before += tuple(
            RemedyDropped(at=ask.now, by=ask.by, remedy=one.name, reason=Content.of("belonged to an earlier draft"))
            for one in stale
        )
        case = ask.case.apply_all(before)
        word = self.remedy.strip()
        before += in_a_word(ask, case, word, money_of(ask, self.amount, self.currency))
        case = ask.case.apply_all(before)
        proposed = self._drafted(ask, case, outcome, text, word or chief(planned(case)))
        return (*before, proposed, *requests(ask, case.apply(proposed)))

    def _drafted(self, ask: Asked, case: Complaint, outcome: Outcome, text: str, remedy: str) -> Proposed:
        kind = ask.one_of("response", self.response, tuple(ResponseType)) if self.response.strip() else ""
        return Proposed(
            at=ask.now, by=ask.by, stage=ask.stage, outcome=outcome, remedy=remedy, text=Content.of(text),
            roles=roles_of(ask), grounds=Content.maybe(self.reason),
            codes=tuple(dict.fromkeys(code.strip() for code in self.codes)), because=Content.maybe(self.because),
            response=kind or type_of(outcome, planned(case)), style=ask.one_of("style", self.style, tuple(Style)),
            template=self.template.strip(), enclosures=enclosures_of(ask, self.enclosures),
        )  # fmt: skip

    def _check_reasons(self, ask: Asked, case: Complaint, outcome: Outcome) -> None:
        """Refuse a refusal without reasons; those of its points are reasons, too."""
        if self.reason.strip():
            ask.words("reason", self.reason)
        for code in self.codes or ("",):
            if outcome in (Outcome.NOT_UPHELD, Outcome.OUT_OF_SCOPE) and not _reasoned(case):
                grounded(ask, outcome, code, self.reason)
            elif code.strip() and (unfit := ask.terms.authority.unfit(code.strip(), outcome)):
                raise ask.refuse(unfit)


def _reasoned(case: Complaint) -> bool:
    return any(point.reason or point.code for point in case.matter.points)
