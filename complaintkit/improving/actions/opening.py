"""Openings: one for each kind of improvement. What is opened has an owner and a date from its first entry on."""

from abc import ABC, abstractmethod
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from attrs import frozen

from complaintkit.case.actions.base import asked
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint
from complaintkit.case.parts import Content
from complaintkit.errors import NotAllowed
from complaintkit.improving.actions.telling import tellings
from complaintkit.improving.asking import NEW, Asked, Described, Terms
from complaintkit.improving.entries import Opened
from complaintkit.improving.improvement import Improvement
from complaintkit.improving.lifecycle import BEGINS, Kind
from complaintkit.improving.parts import Circle, Measure, Procedure, Session, Sweep, Training
from complaintkit.improving.reading import rhythm
from complaintkit.improving.rhythm import end_of_day

FORMS = ("correction", "prevention", "process", "product", "information")
UNITS = ("day", "week", "month")


@frozen(kw_only=True)
class Opening(Described, ABC):
    """Opens an improvement."""

    kind: ClassVar[Kind]
    title: str = asked("what it is about, in a line")
    text: str = asked("more about it", default="")
    owner: str = asked("who is responsible; by default who opens it", default="")
    deputy: str = asked("who stands in", default="")
    complaints: tuple[str, ...] = asked("references of complaints it comes from", default=())
    causes: tuple[str, ...] = asked("codes of causes it is to remove", of="known_cause", default=())
    categories: tuple[str, ...] = asked("codes of categories it belongs to", of="category", default=())
    improvements: tuple[str, ...] = asked("references of improvements it follows from", default=())
    source: str = asked("where it comes from: a report, a survey, a circle", default="")

    @property
    def touches(self) -> tuple[str, ...]:
        """Return the improvements it follows from."""
        return self.improvements

    @property
    def mentions(self) -> tuple[str, ...]:
        """Return the complaints it comes from."""
        return self.complaints

    @abstractmethod
    def more(self, ask: Asked) -> dict[str, Any]:
        """Return what this kind has besides: its clocks and its own part.

        Raises:
            NotAllowed: A condition of this kind is not met.
        """

    def opened(
        self,
        reference: str,
        actor: Actor,
        now: datetime,
        terms: Terms,
        others: tuple[Improvement, ...] = (),
        cases: tuple[Complaint, ...] = (),
    ) -> Opened:
        """Return the entry that opens it.

        Args:
            reference: What it will be called.
            actor: Who opens it.
            now: When, with time zone.
            terms: The policy.
            others: Improvements that it names, as far as they are on file.
            cases: Complaints that it names, as far as they are on file.

        Raises:
            NotAllowed: The permissions or a condition forbids it.
        """
        if not actor.name.strip():
            raise NotAllowed(NEW, f"{self.name} needs the name of who opens it")
        if why := terms.improving_refusal(self.name, actor):
            raise NotAllowed(NEW, why)
        ask = Asked(
            action=self.name, reference=reference, actor=actor, now=now, terms=terms, others=others, cases=cases
        )
        owner, deputy = ask.people(self.owner, self.deputy)
        common: dict[str, Any] = {
            "at": now, "by": ask.by, "reference": reference, "of": self.kind, "state": BEGINS[self.kind],
            "title": Content.of(ask.need("title", self.title)), "text": Content.of(self.text.strip()),
            "owner": owner, "deputy": deputy, "source": self.source.strip(),
            "complaints": ask.complaints(self.complaints), "causes": ask.causes(self.causes),
            "categories": ask.categories(self.categories), "improvements": ask.improvements(self.improvements),
        }  # fmt: skip
        return Opened(**{**common, **self.more(ask)})


@frozen(kw_only=True)
class PlanMeasure(Opening):
    """Plan a corrective action: what is changed so that it does not happen again."""

    kind = Kind.CORRECTIVE_ACTION
    name: ClassVar[str] = "corrective_action"
    help: ClassVar[str] = "plan what is changed so that it does not happen again"
    due: datetime = asked("by when it is implemented")
    form: str = asked("what sort of measure", choices=FORMS, default="correction")
    window: int = asked("days of the windows compared by the check; 0 takes the policy's", default=0)
    lag: int = asked("days after implementation left out by the check; -1 takes the policy's", default=-1)
    required: Decimal = asked(
        "share by which the rate must fall, such as 0.5; 0 takes the policy's", default=Decimal(0)
    )

    def more(self, ask: Asked) -> dict[str, Any]:
        """Give it a date, and what its check needs: something that can be counted."""
        if not ask.named((*self.causes, *self.categories)):
            raise ask.refuse("name a cause or a category: otherwise nobody could tell whether it works")
        laid = ask.terms.improving
        required = self.required or Decimal(str(laid.required))
        if not 0 < required <= 1:
            raise ask.refuse(f"the required share is {required}; it must be above 0 and at most 1")
        window, lag = self.window or laid.window, laid.lag if self.lag < 0 else self.lag
        if not 1 <= window <= 3660 or lag > 3660:
            raise ask.refuse("window and lag are days: at least one, and at most ten years")
        form = ask.one_of("form", self.form, FORMS)
        measure = Measure(form=form, window=window, lag=lag, required=required)
        return {"clocks": (ask.clock_at("work", "due", self.due),), "measure": measure}


@frozen(kw_only=True)
class PlanCircle(Opening):
    """Set up a review circle: who looks at the complaints, how often, and what has to come of it."""

    kind = Kind.REVIEW_CIRCLE
    name: ClassVar[str] = "review_circle"
    help: ClassVar[str] = "set up a circle that looks at complaints in a rhythm, and has to show results"
    first: datetime = asked("the day of the first session, or the day from which on it meets")
    every: int = asked("every so many units", default=1)
    unit: str = asked("what is counted", choices=UNITS, default="month")
    on: str = asked("weeks: mon,thu; months: 15, last, or such as 'last fri'; by default as the first", default="")
    time: str = asked("time of day", default="10:00")
    outputs: tuple[str, ...] = asked("names of the results that each session owes beside its notes", default=())
    recipients: tuple[str, ...] = asked("who gets the results and has to confirm it", default=())
    channels: tuple[str, ...] = asked("channels whose complaints it looks at; by default all", default=())
    grace: int = asked("days after a session its results may still come in; -1 takes the policy's", default=-1)

    def more(self, ask: Asked) -> dict[str, Any]:
        """Plan its first session. A circle without a deputy would fall silent with its owner."""
        ask.need("deputy", self.deputy)
        grace = ask.terms.improving.grace if self.grace < 0 else self.grace
        if grace > 366:
            raise ask.refuse("grace is days: at most a year")
        read = rhythm(ask, self.every, self.unit, self.on, self.time, self.first)
        planned = read.after(ask.now)
        session = Session(number=1, planned_at=planned, due_at=end_of_day(planned, grace, read.zone))
        circle = Circle(
            rhythm=read, outputs=ask.named(self.outputs), recipients=ask.named(self.recipients),
            channels=ask.named(self.channels), grace=grace, session=session,
        )  # fmt: skip
        clock = ask.clock("session", session.due_at, name="session-1", because=str(read))
        return {"clocks": (clock,), "circle": circle}


@frozen(kw_only=True)
class Suggest(Opening):
    """Hand in a suggestion of the staff; whoever had the idea is credited."""

    kind = Kind.SUGGESTION
    name: ClassVar[str] = "suggestion"
    help: ClassVar[str] = "hand in an idea; whoever had it is credited and told what becomes of it"
    credit: str = asked("whose idea it is; by default of who hands it in", default="")

    def more(self, ask: Asked) -> dict[str, Any]:
        """Somebody has to decide on it by a date."""
        clock = ask.clock_in("decision", ask.terms.improving.decision)
        return {"clocks": (clock,), "credit": self.credit.strip() or ask.by}


@frozen(kw_only=True)
class FindOthers(Opening):
    """Search for those who have the same fault and did not complain."""

    kind = Kind.OTHERS_AFFECTED
    name: ClassVar[str] = "others_affected"
    help: ClassVar[str] = "search for those who have the same fault and did not complain, and put it right"
    due: datetime = asked("by when all of them are put right")
    criterion: str = asked("by what they are found: a batch, a period, a tariff")

    def more(self, ask: Asked) -> dict[str, Any]:
        """Give it a date and a criterion."""
        sweep = Sweep(criterion=Content.of(ask.need("criterion", self.criterion)))
        return {"clocks": (ask.clock_at("work", "due", self.due),), "sweep": sweep}


@frozen(kw_only=True)
class PlanTraining(Opening):
    """Plan a training."""

    kind = Kind.TRAINING
    name: ClassVar[str] = "training"
    help: ClassVar[str] = "plan a training: topics, who takes part, by when"
    due: datetime = asked("by when everybody has completed it")
    topics: tuple[str, ...] = asked("what it is about: product, communication, conflict, stress ...", of="topic")
    participants: tuple[str, ...] = asked("who takes part", default=())

    def more(self, ask: Asked) -> dict[str, Any]:
        """Give it a date and topics."""
        topics = ask.named(self.topics)
        if not topics:
            raise ask.refuse(f"name a topic, such as {', '.join(ask.terms.improving.topics)}")
        training = Training(topics=topics, participants=ask.named(self.participants))
        return {"clocks": (ask.clock_at("work", "due", self.due),), "training": training}


@frozen(kw_only=True)
class ReportFinding(Opening):
    """File a finding of a survey or a report, so that it is not shelved."""

    kind = Kind.FINDING
    name: ClassVar[str] = "finding"
    help: ClassVar[str] = "file a finding of a survey or a report; it waits for somebody who takes it on by a date"

    def more(self, ask: Asked) -> dict[str, Any]:
        """Somebody has to take it on by a date; where it comes from is part of it."""
        ask.need("source", self.source)
        return {"clocks": (ask.clock_in("decision", ask.terms.improving.decision),)}


@frozen(kw_only=True)
class LayDown(Opening):
    """Lay down a procedure, its first version in force at once."""

    kind = Kind.PROCEDURE
    name: ClassVar[str] = "procedure"
    help: ClassVar[str] = "lay down a procedure; those who need it confirm reading it"
    review: datetime = asked("when it is looked at again")
    readers: tuple[str, ...] = asked("who has to confirm reading it", default=())

    def more(self, ask: Asked) -> dict[str, Any]:
        """Put its words in force, and ask its readers to confirm."""
        words = Content.of(ask.need("text", self.text))
        readers = ask.named(self.readers)
        procedure = Procedure(number=1, text=words, since=ask.now, readers=readers)
        told, clocks = tellings(ask, "version-1", readers, words=None)
        return {
            "text": words, "procedure": procedure, "told": told,
            "clocks": (ask.clock_at("review", "review", self.review), *clocks),
        }  # fmt: skip
