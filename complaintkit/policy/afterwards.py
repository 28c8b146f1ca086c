"""The time after an answer: how long things run then, who is asked what, and which bodies outside there are."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen, validators

from complaintkit.case.actor import COMPLAINANT
from complaintkit.case.commitments import CONTACT
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import CORE
from complaintkit.case.external import WINDOW
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Clock, Severity
from complaintkit.case.reviews import ACCEPTANCE, CLOSING, REVIEW, REVIEW_ACKNOWLEDGEMENT, round_of
from complaintkit.case.surveys import FINDING, REMINDER, SURVEY, Answer, Question, current
from complaintkit.checks import frozen_mapping
from complaintkit.clocks.rules import Span
from complaintkit.errors import SettingsError
from complaintkit.policy.referral import Referral
from complaintkit.policy.surveys import SurveyRules

if TYPE_CHECKING:
    from complaintkit.policy.policy import Policy

Structure = Callable[[type[Any], Mapping[str, Any], str], Any]
# Where nobody says how long: a promise, a finding, a review.
_FALLBACK: Final = Span(days=7)


@frozen(kw_only=True)
class FollowUpRule:
    """Of which complaints somebody asks after the answer how things are, and how long after it."""

    after: Span
    categories: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = ()

    def fits(self, case: Complaint) -> bool:
        """Say whether it is for a case; what is left empty fits all."""
        return (not self.categories or case.category in self.categories) and (
            not self.severities or case.severity in self.severities
        )


@frozen(kw_only=True)
class AfterwardsRules:
    """What is laid down for the time after an answer.

    Attributes:
        promises: How long a promise runs for which nobody gave a date, by its kind.
        contacts: Whom somebody asks after the answer how things are; the first rule that fits counts.
        tries, again: How often that is tried, and how long after a try in vain.
        dispute_within: How long after an answer the complainant may object to it.
        rounds: How many positions are taken before the word is final.
        reviewer: Who sees to it that a review is taken: a person or a role.
        survey, referral: See there.
    """

    promises: Mapping[str, Span] = field(factory=dict, converter=frozen_mapping)
    contacts: tuple[FollowUpRule, ...] = ()
    tries: int = field(default=3, validator=validators.ge(1))
    again: Span = field(factory=lambda: Span(days=3))
    dispute_within: Span = field(factory=lambda: Span(days=60))
    rounds: int = field(default=2, validator=validators.ge(1))
    reviewer: str = "team-lead"
    survey: SurveyRules = field(factory=SurveyRules)
    referral: Referral = field(factory=Referral)


@frozen
class Aftermath:
    """The rules for the time after an answer, as actions ask for them; see `complaintkit.case.afterwards`."""

    # A policy, which needs this module: its type cannot be named where types are looked up.
    _whole: Any = field(repr=False)

    @property
    def policy(self) -> "Policy":
        """Return the policy they stand in."""
        policy: Policy = self._whole
        return policy

    @property
    def rules(self) -> AfterwardsRules:
        """Return what is laid down."""
        return self.policy.afterwards

    @property
    def rounds(self) -> int:
        """Return how many positions are taken before the word is final."""
        return self.rules.rounds

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return the questions of the survey."""
        return self.rules.survey.questions

    def promise_due(self, kind: str, start: datetime) -> datetime:
        """Return until when a promise of a kind is kept for which nobody gave a date."""
        return self.policy.until(self.rules.promises.get(kind, _FALLBACK), start)

    def acceptance(self, case: Complaint, start: datetime) -> tuple[Clock, ...]:
        """Return the clock for the time to object; it is no promise of ours, so nobody is reminded of it."""
        return tuple(evolve(one, warn_at=None) for one in self.policy.clock(ACCEPTANCE, case, start, who=COMPLAINANT))

    def response(self, case: Complaint, start: datetime) -> tuple[Clock, ...]:
        """Return the clocks that run from a final response."""
        named = self.rules.referral.in_force(case.category) if round_of(case) >= self.rules.referral.from_round else ()
        before = sum(clock.kind == WINDOW and not clock.rules for clock in case.clocks)
        windows = [(one, one.window) for one in named if one.window]
        return (
            *self.acceptance(case, start),
            *self.windows(case, start),
            *(
                evolve(
                    self.policy.clock_within(WINDOW, case, start, window, name=f"{WINDOW}-{place}", who=COMPLAINANT),
                    standard=f"{body.code}: {body.source or 'the time to go there'} ({self.policy.version})",
                    warn_at=None,
                )
                for place, (body, window) in enumerate(windows, before + 1)
            ),
        )

    def windows(self, case: Complaint, start: datetime) -> tuple[Clock, ...]:
        """Return the clocks by which rule packs say how long the complainant may go elsewhere after an answer."""
        found = self.policy.clock(WINDOW, case, start, who=COMPLAINANT)
        return tuple(evolve(one, warn_at=None) for one in found if one.rules)

    def resolution(self, case: Complaint, start: datetime) -> tuple[Clock, ...]:
        """Return the clocks that run once a matter is settled: the last look, and asking how things are.

        What was settled without a full answer may be taken elsewhere from then on.
        """
        rule = next((one for one in self.rules.contacts if one.fits(case)), None)
        closing = self.policy.clock(CLOSING, case, start)
        if not any(clock.kind == WINDOW and clock.rules for clock in case.clocks):
            closing = (*closing, *self.windows(case, start))
        if rule is None or not case.complainant.reachable:
            return closing
        return (*closing, self.policy.clock_within(CONTACT, case, start, rule.after))

    def contact(self, case: Complaint, start: datetime) -> tuple[Clock, ...]:
        """Return the clock for another try to reach the complainant; none after the last one."""
        in_vain = 0
        for one in reversed(case.settlement.contacts):
            if one.reached:
                break
            in_vain += 1
        if in_vain + 1 >= self.rules.tries:
            return ()
        return (self.policy.clock_within(CONTACT, case, start, self.rules.again),)

    def ending(self, case: Complaint, stage: Stage, start: datetime) -> tuple[Clock, ...]:
        """Return the clock at which the survey is sent; none where it was sent or waived already."""
        rules = self.rules.survey
        if not rules.enabled or stage not in rules.stages or current(case):
            return ()
        return (evolve(self.policy.clock_within(SURVEY, case, start, rules.after, who=CORE), warn_at=None),)

    def survey(self, case: Complaint, start: datetime) -> tuple[datetime, tuple[Clock, ...]]:
        """Return until when answers are taken, and the clock of the only reminder."""
        rules = self.rules.survey
        until = self.policy.until(rules.open, start)
        reminder = evolve(self.policy.clock_within(REMINDER, case, start, rules.remind, who=CORE), warn_at=None)
        return until, (reminder,) if reminder.due_at < until else ()

    def no_survey(self, case: Complaint) -> str:
        """Return why the complainant of a case is not asked; empty if they are."""
        return self.rules.survey.why_not(case)

    def low(self, answers: Iterable[Answer]) -> tuple[str, ...]:
        """Return the questions with answers so low that somebody has to see to it."""
        return self.rules.survey.low_ones(answers)

    def finding(self, case: Complaint, start: datetime, name: str, who: str, due: datetime | None) -> Clock:
        """Return the clock of a finding; it has somebody and a date, whatever the policy leaves unsaid."""
        who = who or self.rules.survey.owner or case.owner
        if due is None and (found := self.policy.clock(FINDING, case, start, name=name, who=who)):
            return found[0]
        if due is None:
            return self.policy.clock_within(FINDING, case, start, _FALLBACK, name=name, who=who)
        return self.policy.clock_until(FINDING, case, start, due, name=name, who=who)

    def review(self, case: Complaint, start: datetime) -> tuple[Clock, ...]:
        """Return the clocks of a review; nobody is promised word who cannot be reached."""
        who = self.rules.reviewer
        told = self.policy.clock(REVIEW_ACKNOWLEDGEMENT, case, start, who=who) if case.complainant.reachable else ()
        answer = self.policy.clock(REVIEW, case, start, who=who)
        return (*told, *(answer or (self.policy.clock_within(REVIEW, case, start, _FALLBACK, who=who),)))

    def dispute_until(self, case: Complaint) -> datetime | None:
        """Return until when the complainant may object to the last answer; `None` where there is none."""
        return self.policy.until(self.rules.dispute_within, case.responded_at) if case.responded_at else None

    def body(self, name: str) -> tuple[str, str]:
        """Return kind and name of a body that the policy lists; empty texts for one it does not know."""
        found = self.rules.referral.body(name.strip())
        return (found.kind.value, found.name) if found else ("", "")

    def who_may(self, action: str) -> tuple[str, ...]:
        """Return the names of staff whose roles allow an action; none while no staff is listed."""
        allowed = frozenset(self.policy.permissions.get(action, ()))
        return tuple(one.name for one in self.policy.staff if one.roles & allowed or "staff" in allowed)

    @property
    def _zone(self) -> ZoneInfo:
        return self.policy.zone


def read_afterwards(shipped: Mapping[str, Any], given: Mapping[str, Any], structure: Structure) -> AfterwardsRules:
    """Return what is laid down for the time after an answer.

    Args:
        shipped: What is shipped.
        given: The table `[policy.afterwards]`; it counts key by key, within `survey` and `referral`, too.
        structure: Turns a raw table into a class and tells the path of what is wrong.

    Raises:
        SettingsError: Something in it is unknown or of the wrong kind, or a code stands twice or for nothing.
    """
    path = "policy.afterwards"
    below = {
        key: {**shipped[key], **given[key]} for key in ("survey", "referral") if isinstance(given.get(key), Mapping)
    }
    rules: AfterwardsRules = structure(AfterwardsRules, {**shipped, **given, **below}, path)
    questions = [one.code for one in rules.survey.questions]
    bodies = [one.code for one in rules.referral.bodies]
    for place, codes in (("survey.questions", questions), ("referral.bodies", bodies)):
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise SettingsError(f"{path}.{place}", f"{', '.join(twice)} stands there twice")
    for place, named, known in (
        ("referral.use", rules.referral.use, bodies),
        ("survey.watched", rules.survey.watched, questions),
    ):
        if unknown := [code for code in named if code not in known]:
            there = ", ".join(known) or "none"
            raise SettingsError(f"{path}.{place}", f"{unknown[0]!r} is not among those listed; there are: {there}")
    for body in (one for code in rules.referral.use if (one := rules.referral.body(code))):
        until = datetime(2026, 1, 1, tzinfo=UTC) if body.window else None
        for language in ("en", *body.texts):
            rules.referral.told(body, (language,), until)  # a text with a place that has no fact is told at once
    return rules
