"""Lives of cases in which deadlines go through whatever they can go through, in offices and time zones of many kinds.

Standards count in every unit, by several calendars, some from the acknowledgement; two rule packs run beside them.
Cases wait, are extended, come under other standards, are merged, parted, split, answered, disputed and opened again. A
life follows from its seed alone: `live(desk, seed)`.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, Final

from attrs import evolve, frozen

from complaintkit import NotAllowed, NotFound
from complaintkit.app import Action, Actor, ComplaintKit, actions
from complaintkit.case.complaint import Complaint
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Basis, Clock
from complaintkit.clocks.rules import Span
from complaintkit.message import Message, Person
from complaintkit.policy.packs import PackCalendar, RulePack
from complaintkit.policy.standards import For, Standard
from complaintkit.settings import Settings
from tests.house.kits import SETTINGS

# Winter, spring forward and fall back all lie within reach.
START: Final = datetime(2026, 2, 2, 8, 0, tzinfo=UTC)
CHIEF: Final = Actor("chief", {"handler", "team-lead", "department", "executive", "legal", "quality", "support"})
CATEGORIES: Final = ("refund", "damaged", "delivery", "delivery.late")
CALENDARS: Final[dict[str, Any]] = {
    "office": {"zone": "Europe/London", "hours": {"mon-fri": ["09:00-12:30", "13:15-17:00"]}, "holidays": "GB-ENG"},
    "manila": {"zone": "Asia/Manila", "hours": {"mon-sat": ["08:00-12:00", "13:00-17:00"]}, "holidays": "PH"},
    "nights": {"zone": "America/New_York", "hours": {"mon-sun": ["22:00-06:00"]}},
    "always": {"zone": "Pacific/Chatham", "always": True},
}
STANDARDS: Final[tuple[dict[str, Any], ...]] = (
    {"name": "ack", "clock": "acknowledgement", "within": {"business_hours": 5}},
    {"name": "ack social", "clock": "acknowledgement", "within": {"minutes": 45}, "channels": ["social"]},
    {"name": "first", "clock": "first_response", "within": {"business_hours": 6}, "pausable": True},
    {"name": "first grave", "clock": "first_response", "within": {"business_minutes": 75}, "pausable": True,
     "severities": ["high", "critical"], "calendar": "nights"},
    {"name": "first refund", "clock": "first_response", "within": {"hours": 30}, "categories": ["refund"]},
    {"name": "final", "clock": "final_response", "within": {"business_days": 10}, "pausable": True,
     "longest": {"business_days": 35}},
    {"name": "final grave", "clock": "final_response", "within": {"business_hours": 30}, "pausable": True,
     "severities": ["critical"], "calendar": "manila", "more": {"business_hours": 20}},
    {"name": "final delivery", "clock": "final_response", "within": {"days": 9}, "pausable": True, "roll": True,
     "categories": ["delivery"], "calendar": "manila", "more": {"days": 9}},
    {"name": "final late", "clock": "final_response", "within": {"business_days": 6}, "starts": "acknowledgement",
     "categories": ["delivery.late"], "end": "close", "pausable": True, "longest": {"weeks": 4}},
    {"name": "final law", "clock": "final_response", "within": {"weeks": 3}, "basis": "statutory",
     "categories": ["damaged"], "segments": [], "more": {"months": 1}},
    {"name": "answer", "clock": "follow_up", "within": {"business_hours": 9}, "calendar": "always", "pausable": True},
    {"name": "review word", "clock": "review_acknowledgement", "within": {"business_days": 2}},
    {"name": "review", "clock": "review", "within": {"business_days": 12}, "starts": "acknowledgement"},
    {"name": "hand over", "clock": "hand_over", "within": {"business_hours": 4}},
    {"name": "task", "clock": "task", "within": {"business_days": 2}, "pausable": True},
    {"name": "objection", "clock": "acceptance", "within": {"days": 14}, "warn": 1.0},
)  # fmt: skip
PACKS: Final = (
    RulePack(
        name="law", version="1", title="A law of goods", jurisdiction="GB", source="made up", checked=date(2026, 1, 1),
        effective=date(2020, 1, 1), applies=For(categories=("refund", "delivery")),
        calendar="courts", calendars=(PackCalendar(name="courts", zone="Europe/London", holidays=("GB-ENG",)),),
        standards=(
            Standard(name="law: word", clock="acknowledgement", within=Span(business_days=5), basis=Basis.STATUTORY),
            Standard(
                name="law: answer", clock="final_response", within=Span(business_days=10), basis=Basis.STATUTORY,
                starts="acknowledgement", end="close", more=Span(business_days=20),
            ),
            Standard(
                name="law: late", clock="final_response", within=Span(business_days=8), basis=Basis.STATUTORY,
                categories=("delivery.late",),
            ),
        ),
    ),
    RulePack(
        name="code", version="7", title="A code of conduct", jurisdiction="AU", source="made up", by_hand=True,
        checked=date(2026, 1, 1), effective=date(2020, 1, 1),
        standards=(
            Standard(name="code: answer", clock="final_response", within=Span(days=30), longest=Span(days=45)),
            Standard(name="code: report", clock="duty_report", within=Span(business_days=5), starts="awareness"),
            Standard(name="code: review", clock="review", within=Span(months=1), starts="review"),
        ),
    ),
)  # fmt: skip


def settings() -> Settings:
    """Return the settings of such a desk; its rule packs are put to use by `with_rules`."""
    categories = [{"code": code, "label": {"en": code}} for code in CATEGORIES]
    policy = {"calendars": CALENDARS, "standards": list(STANDARDS), "categories": categories}
    return Settings(plugins=SETTINGS.plugins, policy=policy)


def with_rules(desk: ComplaintKit) -> ComplaintKit:
    """Put the rule packs to use at a desk."""
    desk.desk.policy = evolve(desk.desk.policy, packs=PACKS)
    return desk


@frozen
class Deadlines:
    """What became of the deadlines of one life: how many there were, in how many cases, and how many of them went
    through what.
    """

    cases: int
    clocks: int
    rested: int
    extended: int
    changed: int
    by_rules: int
    done: frozenset[str]


def live(desk: ComplaintKit, seed: int, check: Callable[[ComplaintKit, str, datetime], None]) -> Deadlines:
    """Let cases live, and their deadlines with them.

    Args:
        desk: A desk with `settings` and `with_rules`.
        seed: From which everything follows.
        check: Looks at a case after everything that has happened to it.
    """
    life = _Life(desk, Random(seed), seed)
    for _ in range(life.dice.randrange(4, 26)):
        life.step()
        for reference in life.cases:
            life.look(reference, check)
    clocks = [clock for one in life.cases for clock in desk.case(one).clocks]
    return Deadlines(
        cases=len(life.cases),
        clocks=len(clocks),
        rested=sum(bool(one.history.rests) for one in clocks),
        extended=sum(bool(one.history.extensions) for one in clocks),
        changed=sum(bool(one.history.changes) for one in clocks),
        by_rules=sum(bool(one.rules) for one in clocks),
        done=frozenset(life.done),
    )


class _Life:
    def __init__(self, desk: ComplaintKit, dice: Random, seed: int) -> None:
        self.desk, self.dice, self.seed = desk, dice, seed
        self.now = START + timedelta(minutes=dice.randrange(300 * 24 * 60))
        self.done: set[str] = set()
        self.seen: dict[str, int] = {}
        self.cases = [self._opened(), self._opened()]

    def _opened(self) -> str:
        """Open a case, mostly at once, sometimes long after it was received."""
        late = self.dice.choice((0, 0, 0, 3, 50, 400))
        number = f"<{self.seed}.{self.dice.random()}@example.org>"
        who = Person(name=f"Anna {self.seed}", email=f"anna{self.seed}@example.org")
        said = Message(text="It broke.", sender=who, message_id=number)
        self.thread = number
        channel, received = self.dice.choice(("email", "social", "phone")), self.now - timedelta(hours=late)
        reference = self.desk.open(said, channel=channel, received_at=received, now=self.now).reference
        if self.dice.random() < 0.7:
            severity = self.dice.choice(("low", "normal", "high", "critical"))
            assess = actions.Assess(category=self.dice.choice(CATEGORIES), severity=severity)
            self.desk.act(reference, assess, by=CHIEF, now=self.now)
        return reference

    def look(self, reference: str, check: Callable[[ComplaintKit, str, datetime], None]) -> None:
        """Look at a case, if something has happened to it since."""
        version = self.desk.case(reference).version
        if self.seen.get(reference) != version:
            check(self.desk, reference, self.now)
            self.seen[reference] = version

    def step(self) -> None:
        """Let some time pass, and then something happen."""
        self.now += timedelta(minutes=self.dice.choice((0, 1, 7, 95, 400, 1440, 4000)), seconds=self.dice.randrange(60))
        roll = self.dice.random()
        if roll < 0.15:
            self.desk.work(self.now)
            return
        if roll < 0.25:
            said = Message(
                text="And?", sender=Person(name=f"Anna {self.seed}", email=f"anna{self.seed}@example.org"),
                message_id=f"<{self.seed}.{self.dice.random()}@a>", answers=(self.thread,),
            )  # fmt: skip
            earlier = self.now - timedelta(minutes=self.dice.choice((0, 20, 900)))
            self.desk.open(said, received_at=earlier, now=self.now)
            return
        reference = self.dice.choice(self.cases)
        for action in self._wanted(reference):
            try:
                after = self.desk.act(reference, action, by=CHIEF, now=self.now)
            except (NotAllowed, NotFound):
                return
            self.done.add(action.name)
            self.cases += [one.reference for one in after.ties.links if one.reference not in self.cases]

    def _wanted(self, reference: str) -> Iterator[Action]:
        case, dice, now = self.desk.case(reference), self.dice, self.now
        if dice.random() < 0.4 and (likely := self._likely(case)):
            return likely
        days = timedelta(days=dice.randrange(1, 30), minutes=dice.randrange(1440))
        running = [clock for clock in case.clocks if clock.running]
        ways: tuple[tuple[int, Callable[[], Iterator[Action]]], ...] = (
            (9, self._assessed),
            (12, self._waited),
            (6, lambda: iter((actions.Resume(),))),
            (6, lambda: self._extended(running)),
            (3, lambda: iter((actions.ApplyRules(rules="code", reason="it is"),))),
            (2, lambda: iter((actions.LiftRules(rules=dice.choice(("code", "law")), reason="it is not"),))),
            (2, lambda: iter((actions.StartDuty(duty="duty_report", reason="hurt", since=now - timedelta(hours=7)),))),
            (3, lambda: iter((actions.Reply(text="We look into it."),))),
            (2, lambda: iter((actions.Hold(text="It takes longer.", until=now + days),))),
            (2, lambda: iter((actions.AddTask(who="legal", kind="opinion", text="Is it so?"),))),
            (1, lambda: iter((actions.HandOver(to="boris", reason="knows it"),))),
            (5, self._answered),
            (3, lambda: iter((actions.Dispute(reason="still broken"),))),
            (3, lambda: iter((actions.Close(),))),
            (5, lambda: iter((actions.Reopen(reason="again", count=dice.choice(("", "continued", "without_gap"))),))),
            (1, lambda: iter((actions.Withdraw(evidence="wrote so"),))),
            (4, lambda: iter((actions.Merge(into=self._other(reference), reason="one matter"),))),
            (4, lambda: iter((actions.Unmerge(of=case.moved_to, reason="two matters"),))),
            (2, lambda: iter((actions.Split(text="And the shop.", reason="another matter"),))),
        )  # fmt: skip
        ((_, way),) = dice.choices(ways, [weight for weight, _ in ways])
        return way()

    def _likely(self, case: Complaint) -> Iterator[Action] | None:
        """Return what suits the stage of a case, so that lives get to what comes late."""
        count = self.dice.choice(("", "continued", "without_gap"))
        if case.moved_to:
            return iter((actions.Unmerge(of=case.moved_to, reason="two matters"),))
        if case.stage is Stage.WAITING:
            return iter((actions.Resume(),))
        if case.stage in (Stage.CLOSED, Stage.WITHDRAWN, Stage.RESOLVED):
            return iter((actions.Reopen(reason="again", count=count),))
        if case.stage is Stage.RESPONDED:
            after: tuple[Action, ...] = (actions.Dispute(reason="still broken"), actions.Accept(text="wrote so"))
            return iter((self.dice.choice(after),))
        return None

    def _assessed(self) -> Iterator[Action]:
        severity = self.dice.choice(("low", "normal", "high", "critical"))
        yield actions.Assess(category=self.dice.choice(CATEGORIES), severity=severity)

    def _waited(self) -> Iterator[Action]:
        until = self.now + timedelta(days=self.dice.randrange(1, 40), minutes=self.dice.randrange(1440))
        yield actions.Wait(until=until, reason="asked", waiting_for="third_party")

    def _extended(self, running: list[Clock]) -> Iterator[Action]:
        if can := [clock for clock in running if clock.reckoning.extendable]:
            clock = self.dice.choice(can)
            furthest = self.desk.policy.extendable_until(clock) - clock.due_at
            yield actions.Extend(
                clock=clock.name, until=clock.due_at + furthest * self.dice.random(), text="The works."
            )

    def _answered(self) -> Iterator[Action]:
        yield actions.Propose(outcome="upheld", remedy="replacement", text="Yes.", finding="looked at it")
        yield actions.Respond()

    def _other(self, reference: str) -> str:
        return self.dice.choice([one for one in self.cases if one != reference])
