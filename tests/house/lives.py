"""Lives of cases in which anything may happen: whoever asks for whatever, messages between, workers at any time.

Half of the time people just do something. In the rest they pursue a course, such as an answer and what comes of it, so
that lives reach what nobody reaches by accident. Each life has two cases, to be linked, merged and parted again.
A life follows from its seed alone, so one that went wrong can be lived again: `live(desk, seed)`.
"""

from datetime import timedelta
from random import Random
from typing import Any

from attrs import evolve, frozen

from complaintkit import NotAllowed, NotFound
from complaintkit.app import ACTIONS, Actor, ComplaintKit
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import Assessed, Forwarded, Merged, Registered, Resolved
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Basis, Content
from complaintkit.clocks.rules import Span
from complaintkit.message import Message, Person
from complaintkit.policy.standards import Standard
from complaintkit.settings import Settings
from complaintkit.store.port import Filed
from complaintkit.testing import builders
from tests.house.acting import made
from tests.house.kits import MONDAY, SENT, SETTINGS, folded, kit

HANDLER = Actor("irina", {"handler"})
LEAD = Actor("oleg", {"handler", "team-lead", "department"})
CHIEF = Actor("chief", {"handler", "executive", "legal", "quality", "support", "marketing"})
COMPLAINANT = Actor("the complainant", {"complainant"})
GUEST = Actor("the expert", {"guest"})
PEOPLE = (HANDLER, HANDLER, HANDLER, LEAD, LEAD, CHIEF, CHIEF, COMPLAINANT, GUEST)
# A life is as many steps long as one of these says at most.
LENGTHS = (12, 24, 36, 60)
# So many people try a step of a course before it is left out, or the whole course given up.
TRIES = 4
# The way of a complaint to its answer and what comes after, in the orders in which it is gone.
HANDLING = (
    "assess record_finding offer_remedy change_remedy propose approve respond answer_remedy deliver_remedy accept close"
    " ask_survey answer_survey settle_finding",
    "assess propose approve respond dispute take_review decide_point propose approve respond resolve close reopen",
    "assess propose send_back propose approve approve respond ask_review take_review propose respond resolve close",
    "assess add_point change_point add_point drop_point decide_point propose respond accept close dispute",
    "assess propose assess ask_approval assess ask_approval approve respond reply close follow_up settle_finding",
    "dismiss register settle_now close ask_survey answer_survey settle_finding",
    "offer_remedy drop_remedy settle_now waive_survey close find_no_cause take_no_measure",
)
# What is done beside it.
BESIDE = (
    "reply wait resume wait reply",
    "add_task remind_task answer_task return_task answer_task",
    "add_task cancel_task flag_situation add_task answer_task flag_situation",
    "hand_over decline hand_over take_back hand_over take_over",
    "link unlink link split merge unmerge",
    "merge reopen unmerge",
    "forward reopen forward",
    "seal ask_unseal unseal lift seal ask_unseal unseal",
    "restrict name_handlers lift seal lift",
    "name_staff clear_staff",
    "promise move_commitment keep promise cancel_commitment request_contact keep",
    "refer_out record_external_question answer_external record_external_result",
    "hold_legally release_hold mark_dispute release_hold",
    "plan_cause assess_cause drop_cause find_no_cause take_measure",
    "add_demand end_demand add_party represent change_party remove_party",
    "add_need remove_need refer_out record_external_question answer_external record_external_result",
    "restate confirm_restatement set_field tick",
    "withdraw ask_survey reopen withdraw waive_survey",
    "ask_escalation refuse_escalation ask_escalation grant_escalation acknowledge_escalation de_escalate",
    "escalate acknowledge_escalation de_escalate",
    "apply_rules start_duty extend finish_duty lift_rules",
    "apply_rules extend start_duty lift_rules",
)


@frozen
class Life:
    """What happened in one life: how many actions were taken, how many refused, and where its cases ended."""

    taken: int
    refused: int
    stage: Stage
    beside: Stage


def own_settings() -> Settings:
    """Return the settings of a kit in which nearly every action can be taken: as usual, with a field of its own."""
    return Settings(plugins=SETTINGS.plugins, policy={"fields": {"warranty": {"type": "yes_no"}}})


def everything(**more: Any) -> ComplaintKit:
    """Return a kit in which every action can be taken: it knows a rule pack, too, whose deadline may be extended."""
    month, report = Span(days=30), Standard(name="report", clock="duty_report", within=Span(days=3), starts="awareness")
    answer = Standard(name="answer", clock="final_response", within=month, more=month, basis=Basis.STATUTORY)
    rules = builders.a_rule_pack(name="lives", by_hand=True, standards=(answer, report))
    settings = own_settings()
    settings = evolve(settings, policy={**settings.policy, "rules": {"lives": {}}})
    return kit(plugins=(SENT, rules), settings=settings, **more)


def live(desk: ComplaintKit, seed: int) -> Life:
    """Let two cases live, checking after every step what must hold whatever happens; return what happened.

    Args:
        desk: A kit, such as `everything` returns; its clock is not asked.
        seed: From which everything follows.
    """
    life = _Living(desk, Random(seed), f"{seed}")
    for place in range(life.dice.randrange(2, life.dice.choice(LENGTHS))):
        life.step(place)
        for reference in life.cases:
            check(desk.case(reference))
    for reference in life.cases:
        case, file = desk.case(reference), desk.file(reference)
        assert case == folded(file)
        if not case.open:
            assert_ended_for_a_reason(case, file)
    first, second, *_ = (desk.case(one).stage for one in life.cases)
    return Life(life.taken, life.refused, first, second)


class _Living:
    """One life while it lasts: the cases in it, and the course that people pursue."""

    def __init__(self, desk: ComplaintKit, dice: Random, name: str) -> None:
        self.desk, self.dice, self.name = desk, dice, name
        self.taken = self.refused = 0
        self.course: list[str] = []
        self.now = MONDAY + timedelta(days=dice.randrange(300))
        self.cases = [self._opened("It broke.", "first", self._somebody("anna"))]
        # Mostly the same person complains again; some are known by nothing.
        again = self._sender if dice.random() < 0.7 else self._somebody("boris")
        self.cases.append(self._opened("It hums.", "second", again))

    def _somebody(self, name: str) -> Person:
        known = Person(name=f"{name} {self.name}", email=f"{name}{self.name}@example.org")
        self._sender = known if self.dice.random() < 0.85 else Person()
        return self._sender

    def _opened(self, text: str, number: str, sender: Person) -> str:
        said = Message(text=text, sender=sender, message_id=self._thread(number))
        channel = self.dice.choice(("email", "phone", "social"))
        hearer = self.dice.choice(("", "irina"))
        return self.desk.open(said, channel=channel, by=hearer, now=self.now).reference

    def _thread(self, number: str) -> str:
        return f"<{self.name}.{number}@example.org>"

    def step(self, place: int) -> None:
        """Let some time pass, and then something happen."""
        self.now += timedelta(minutes=self.dice.choice((1, 1, 60, 60, 60 * 24, 60 * 24 * 9)))
        roll = self.dice.random()
        if roll < 0.12:
            self.desk.work(self.now)
        elif roll < 0.2:
            answers = (self._thread(self.dice.choice(("first", "second"))),)
            again = Message(
                text=f"And {place}", sender=self._sender, message_id=self._thread(str(place)), answers=answers
            )
            self.desk.open(again, now=self.now)
        elif roll < 0.6:
            self._pursue()
        else:
            reference = self.cases[0] if self.dice.random() < 0.8 else self.dice.choice(self.cases)
            actor = self.dice.choice(PEOPLE)
            able = [one.action for one in self.desk.possible(reference, by=actor) if one.possible]
            likely = able and self.dice.random() < 0.8
            self._act(reference, self.dice.choice(able) if likely else self.dice.choice(tuple(ACTIONS)), actor)

    def _pursue(self) -> None:
        """Let somebody take the next step of the course; whoever may not leaves it to another."""
        if not self.course:
            self.course = self.dice.choice(HANDLING if self.dice.random() < 0.6 else BESIDE).split()
        name, *self.course = self.course
        done = any(self._act(self.cases[0], name, one) for one in self.dice.sample(PEOPLE, TRIES))
        if not done and self.dice.random() < 0.5:
            self.course = []

    def _act(self, reference: str, name: str, actor: Actor) -> bool:
        """Let somebody ask for something; say whether it was done."""
        before = self._standing()
        case = self.desk.case(reference)
        action = made(name, case, self.now, self.dice.choice([one for one in self.cases if one != reference]))
        try:
            after = self.desk.act(reference, action, by=actor, now=self.now)
        except (NotAllowed, NotFound) as refusal:
            why = refusal.problem
        else:
            self.taken += 1
            assert after.version > case.version, f"{name} was done and is not on file"
            assert after == self.desk.case(reference) == folded(self.desk.file(reference))
            self.cases += [one.reference for one in after.ties.links if one.reference not in self.cases]
            return True
        self.refused += 1
        assert before == self._standing(), f"{name} was refused and left a trace"
        assert len(why) > 10, f"the refusal of {name} does not say why: {why}"
        return False

    def _standing(self) -> list[tuple[Complaint, int]]:
        return [(self.desk.case(one), len(self.desk.file(one))) for one in self.cases]


def check(case: Complaint) -> None:
    """Fail unless everything holds that must hold of a case at any time."""
    assert case.owner.strip()
    assert not case.concerns(case.owner)
    assert not case.open or case.due_at is not None, f"{case.stage} and nothing planned"
    names = [clock.name for clock in case.clocks]
    assert len(set(names)) == len(names), f"two clocks of one name: {names}"


def assert_ended_for_a_reason(case: Complaint, file: tuple[Filed, ...]) -> None:
    """Fail for a case that ended without an answer or a recorded reason."""
    entries = [one.entry for one in file]
    if case.stage is Stage.CLOSED:
        assert case.answered_at or case.responded_at or any(isinstance(one, Resolved) for one in entries)
        assert case.unanswered_since is None
        return
    last = next(one for one in reversed(entries) if getattr(one, "stage", None) is case.stage and _ends(one))
    words = [
        value for name in ("reason", "evidence", "text") if isinstance(value := getattr(last, name, None), Content)
    ]
    assert any(words), f"{case.stage} by {last.kind} without a reason"


def _ends(entry: object) -> bool:
    return not isinstance(entry, Registered | Assessed) or isinstance(entry, Forwarded | Merged)
