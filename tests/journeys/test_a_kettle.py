"""The whole life of one complaint, told as a story: the kettle of Anna Kramer.

She rings the shop. The shop passes it to the claims desk, which asks the lawyers, offers more than it may, has that
approved, and answers. She disputes it; somebody else decides anew; she accepts; the money comes late. The cause is
found, a measure is taken, does not help, and is taken up again.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from complaintkit import Message, NotAllowed, Person
from complaintkit.app import Actor, ComplaintKit, actions
from complaintkit.case.complaint import Complaint
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Outcome
from complaintkit.improving.actions import Implement, PlanMeasure, Start
from complaintkit.improving.lifecycle import State
from complaintkit.settings import PluginsSettings, Settings
from tests.house.kits import MONDAY, folded, kit

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
ANNA = Person(name="Anna Kramer", phone="+44 20 7946 0958", email="anna@example.org")
STAFF = {
    "maria": {"roles": ["handler"]},
    "igor": {"roles": ["handler"], "reports_to": "olga"},
    "boris": {"roles": ["handler"], "reports_to": "olga"},
    "olga": {"roles": ["handler", "team-lead"], "reports_to": "viktor"},
    "viktor": {"roles": ["department", "executive"]},
    "lena": {"roles": ["legal"]},
    "quirin": {"roles": ["quality"]},
}
SETTINGS = Settings(
    plugins=PluginsSettings(disable=("folder",)), policy={"staff": STAFF, "owners": {"*": "desk"}, "version": "story"}
)


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def desk(request: pytest.FixtureRequest, tmp_path: Any) -> Iterator[ComplaintKit]:
    """Yield a kit with staff, on each kind of store."""
    more: dict[str, Any] = {}
    if request.param == "sqlite":
        more["database"] = f"sqlite:///{tmp_path / 'story.db'}"
    elif request.param == "postgresql":
        more["database"] = request.getfixturevalue("fresh_postgres")
    with kit(settings=SETTINGS, **more) as opened:
        if more:
            opened.upgrade()
        yield opened


class Story:
    """One case, and a calendar that only goes forward."""

    def __init__(self, desk: ComplaintKit) -> None:
        self.desk = desk
        self.now = MONDAY
        self.reference = ""

    @property
    def case(self) -> Complaint:
        """Return the case as it stands."""
        return self.desk.case(self.reference)

    def later(self, span: timedelta) -> None:
        """Let time pass, with the worker at its work."""
        self.now += span
        self.desk.work(self.now)

    def does(self, who: str | Actor, action: actions.Action) -> Complaint:
        """Let somebody do something."""
        return self.desk.act(self.reference, action, by=who, now=self.now)

    def refused(self, who: str, action: actions.Action, why: str) -> None:
        """Let somebody try what they may not; nothing must come of it."""
        before = self.case
        with pytest.raises(NotAllowed, match=why):
            self.does(who, action)
        assert before == self.case

    def notices(self, occasion: str) -> list[str]:
        """Return to whom notices of an occasion went or wait to go."""
        found = [one for state in ("waiting", "sent") for one in self.desk.store.outbox(state, 1000)]  # type: ignore[arg-type]
        return [one.notice.audience for one in found if one.notice.occasion == occasion]


def test_the_kettle(desk: ComplaintKit) -> None:
    """A complaint goes its whole way, with everything that can come between, and nothing gets lost on it."""
    story = Story(desk)
    she_rings_the_shop(story)
    the_shop_hands_it_to_claims(story)
    the_lawyers_are_asked(story)
    more_than_he_may_is_approved_by_another(story)
    she_disputes_and_somebody_else_decides(story)
    she_accepts_and_the_money_comes_late(story)
    measure = the_cause_is_found_and_something_is_done(story)
    it_does_not_help(story, measure)
    assert story.case == folded(desk.file(story.reference))
    assert [] == list(desk.verify())


def she_rings_the_shop(story: Story) -> None:
    """Whoever hears it first owns it from the first second; she gets a reference and a date."""
    told = Message(text="The kettle I bought for 400 euros leaks. I want my money back.", sender=ANNA)
    story.reference = story.desk.open(told, channel="phone", by="maria", now=story.now).reference
    story.later(HOUR)
    case = story.case
    assert ("maria", Stage.REGISTERED, "phone") == (case.owner, case.stage, case.channel)
    assert case.due_at
    assert "complainant" in story.notices("acknowledgement")


def the_shop_hands_it_to_claims(story: Story) -> None:
    """The shop stays responsible until claims accepts."""
    story.does("maria", actions.HandOver(to="igor", reason="refunds are for claims"))
    assert "maria" == story.case.owner
    story.later(2 * HOUR)
    story.does("igor", actions.TakeOver())
    assert "igor" == story.case.owner
    story.does("igor", actions.Assess(category="refund", severity="high"))
    story.does("igor", actions.AddDemand(kind="refund", amount=Decimal("400.00"), currency="EUR"))
    story.does("igor", actions.Reply(text="We look into it and come back to you by Friday."))


def the_lawyers_are_asked(story: Story) -> None:
    """A question to another department has its own date; the owner stays the owner, and no answer goes out before."""
    story.does("igor", actions.AddTask(who="legal", kind="opinion", text="Must we refund?", blocking=True))
    assert "igor" == story.case.owner
    story.later(DAY)
    (task,) = story.case.handling.tasks
    story.does("lena", actions.AnswerTask(task=task.name, text="Yes: it leaked within two years."))


def more_than_he_may_is_approved_by_another(story: Story) -> None:
    """An amount beyond his competence needs somebody else, who may; his own word does not count."""
    story.does("igor", actions.RecordFinding(text="The seal is missing."))
    story.does("igor", actions.OfferRemedy(type="refund", amount=Decimal("300.00"), currency="EUR"))
    story.does(
        "igor",
        actions.Propose(outcome="partly_upheld", text="You get 300 euros: you used it for a year.", reason="use"),
    )
    assert Stage.DECISION_PENDING is story.case.stage
    story.refused("igor", actions.Respond(), "approv")
    story.refused("igor", actions.Approve(), "own|igor")
    story.does("olga", actions.Approve())
    story.does("igor", actions.Respond())
    assert (Stage.RESPONDED, Outcome.PARTLY_UPHELD) == (story.case.stage, story.case.outcome)
    assert story.case.due_at
    story.later(HOUR)
    assert "complainant" in story.notices("response")


def she_disputes_and_somebody_else_decides(story: Story) -> None:
    """The review is decided by somebody who had no part in the first decision; that decision stays on file."""
    story.later(3 * DAY)
    story.does("igor", actions.Dispute(reason="I used it twice."))
    assert Stage.IN_REVIEW is story.case.stage
    story.refused("olga", actions.TakeReview(reviewer="igor"), "igor")
    story.does("olga", actions.TakeReview(reviewer="boris"))
    (remedy,) = story.case.settlement.remedies
    story.does("boris", actions.AnswerRemedy(remedy=remedy.name, taken="declined", evidence="her letter"))
    more = actions.OfferRemedy(type="refund", amount=Decimal("400.00"), currency="EUR", reason="hardly used")
    story.does("boris", more)
    story.does("boris", actions.Propose(outcome="upheld", text="You are right: 400 euros.", reason="hardly used"))
    story.refused("boris", actions.Approve(), "own|boris")
    story.does("viktor", actions.Approve())
    story.does("boris", actions.Respond())
    assert (Stage.RESPONDED, Outcome.UPHELD) == (story.case.stage, story.case.outcome)


def she_accepts_and_the_money_comes_late(story: Story) -> None:
    """What was promised is tracked after the case is closed, until it is kept; late, it escalates."""
    story.later(DAY)
    story.does("boris", actions.Resolve(evidence="she rang and said yes"))
    (commitment,) = [one for one in story.case.settlement.commitments if one.open]
    story.does("boris", actions.Close(reason="answered and accepted", despite="the money is on its way"))
    assert Stage.CLOSED is story.case.stage
    assert story.case.due_at
    before = story.case.level
    story.later(commitment.due_at - story.now + 3 * DAY)
    after = [one.entry for one in story.desk.file(story.reference) if one.entry.at == story.now]
    late = {one.kind for one in after if getattr(one, "clock", "").startswith("commitment")}
    assert {"overdue", "escalated"} <= late
    assert story.case.level >= max(before, 1)
    story.does("boris", actions.Keep(commitment=commitment.name, evidence="bank statement of today"))
    assert not [one for one in story.case.settlement.commitments if one.open]


def the_cause_is_found_and_something_is_done(story: Story) -> str:
    """The cause is kept apart from the problem; a measure with an owner and a date follows from it."""
    story.does(
        "quirin", actions.AssessCause(cause="product-making", evidence="batch 7 has no seal", confidence="proven")
    )
    measure = story.desk.improve(
        PlanMeasure(
            title="Check the seal before packing", owner="quirin", complaints=(story.reference,),
            causes=("product-making",), due=story.now + 14 * DAY, window=30, lag=0, required=Decimal("0.5"),
        ),
        by="quirin",
        now=story.now,
    )  # fmt: skip
    story.does("quirin", actions.TakeMeasure(improvement=measure.reference))
    story.desk.act_on(measure.reference, Start(), by="quirin", now=story.now)
    story.later(5 * DAY)
    done = story.desk.act_on(measure.reference, Implement(evidence="new step in the plan"), by="quirin", now=story.now)
    assert State.IMPLEMENTED is done.state
    return measure.reference


def it_does_not_help(story: Story, measure: str) -> None:
    """As many kettles leak after the measure as before: the core takes it up again and tells its owner."""
    for number in range(3):
        story.later(5 * DAY)
        another(story, f"Bert {number}", story.now)
    story.later(20 * DAY)
    again = story.desk.improvement(measure)
    assert (State.PLANNED, 1) == (again.state, again.reopened)
    assert again.due_at
    assert "quirin" in story.notices("improvement_reopened")


def another(story: Story, name: str, now: datetime) -> None:
    """File one more complaint with the same cause."""
    message = Message(
        text="My kettle leaks, too.", sender=Person(name=name, email=f"{name}@example.org".replace(" ", ""))
    )
    reference = story.desk.open(message, channel="email", now=now).reference
    story.desk.act(reference, actions.AssessCause(cause="product-making", evidence="batch 7"), by="quirin", now=now)
