"""Settling a complaint when it is first heard."""

from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar

from attrs import frozen

from complaintkit.case.actions.base import Action, Asked, Terms, asked
from complaintkit.case.actions.competence import looks_of, told
from complaintkit.case.actions.deciding import Resolve
from complaintkit.case.actions.drafting import derived, in_a_word, released, used
from complaintkit.case.actions.finding import grounded, investigated
from complaintkit.case.actions.opening import Assess
from complaintkit.case.actions.remedies import money_of
from complaintkit.case.actions.reviews import partial
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import PointDecided, Proposed, SettledNow
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content, Outcome
from complaintkit.case.remedies import chief, planned
from complaintkit.case.responses import Style
from complaintkit.changing import evolve


@frozen(kw_only=True)
class SettleNow(Action):
    """Settle it when it is first heard: decide, answer, and have the answer accepted, in one step."""

    name: ClassVar[str] = "settle_now"
    help: ClassVar[str] = "settle it on the spot: answer, outcome and acceptance in one step, within your competence"
    text: str = asked("the words of the answer")
    evidence: str = asked("how the complainant accepted it: said so on the telephone, at the counter ...")
    outcome: str = asked("the decision", choices=tuple(Outcome), default=Outcome.UPHELD)
    category: str = asked("code of the category, where it has none yet", of="category", default="")
    remedy: str = asked("what the complainant gets: apology, repair, refund ...; empty for what is planned", default="")
    amount: Decimal | None = asked("what that is worth", default=None)
    currency: str = asked("its currency, such as EUR, RUB, PHP", default="")
    reason: str = asked("why it is not upheld, in words for the complainant", default="")
    finding: str = asked("what was found out, where that is asked for", default="")
    written: bool = asked("whether the complainant gets the words in writing, too", default=False)

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Say that whoever is under review does not settle it."""
        return partial(case, actor.name, terms)

    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Settle it, unless somebody else has to look first."""
        text = Content.of(ask.need("text", self.text))
        outcome = Outcome(ask.one_of("outcome", self.outcome, tuple(Outcome)))
        _, reason = grounded(ask, outcome, "", self.reason)
        before = tuple(self._before(ask, outcome, reason))
        case = ask.case.apply_all(before)
        before += in_a_word(ask, case, self.remedy.strip(), money_of(ask, self.amount, self.currency))
        case = ask.case.apply_all(before)
        drafted = self._as_if_drafted(ask, case, outcome, text, reason)
        self._check(ask, drafted)
        settled = SettledNow(
            at=ask.now, by=ask.by, outcome=outcome, remedy=self.remedy.strip() or chief(planned(case)),
            response=released(ask, drafted, text), used=used(ask, drafted), written=self.written,
            first=ask.case.answered_at is None and not ask.case.reopened,
        )  # fmt: skip
        resolved = Resolve(evidence=self.evidence).entries(
            evolve(ask, action=Resolve.name, case=ask.case.apply_all((*before, settled)))
        )
        return (*before, settled, *resolved)

    def _before(self, ask: Asked, outcome: Outcome, reason: Content | None) -> Iterable[Entry]:
        if self.category.strip() or ask.case.stage is Stage.REGISTERED:
            yield from Assess(category=self.category).entries(evolve(ask, stage=Stage.IN_PROGRESS))
        if self.finding.strip():
            yield investigated(ask, self.finding.strip())
        for point in ask.case.matter.points:
            if not point.decided:
                yield PointDecided(at=ask.now, by=ask.by, point=point.name, outcome=outcome, reason=reason)

    def _as_if_drafted(
        self, ask: Asked, case: Complaint, outcome: Outcome, text: Content, reason: Content | None
    ) -> Complaint:
        """Return the case as it would stand with this as its draft, to see who would have to approve it."""
        roles = tuple(sorted(ask.terms.authority.counted(ask.actor).roles))
        draft = Proposed(
            at=ask.now, by=ask.by, stage=Stage.DECISION_PENDING, outcome=outcome, remedy="", text=text, roles=roles,
            grounds=reason, style=Style.SPOKEN,
        )  # fmt: skip
        return case.apply(draft)

    def _check(self, ask: Asked, case: Complaint) -> None:
        if owed := ask.terms.authority.owed(case):
            raise ask.refuse(f"{owed}: give the finding, or waive_investigation with the reason")
        if looks := looks_of(case, ask.terms):
            raise ask.refuse(f"{told(looks)}; propose it instead")
        follows = derived(case.matter.points)
        if follows not in (None, case.outcome):
            raise ask.refuse(f"its points were decided before and add up to {follows}; propose it instead")
