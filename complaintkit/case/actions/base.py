"""What every action shares: it names itself, describes its fields, and decides entries or refuses with a reason."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final, Protocol

import attrs
from attrs import field, frozen

from complaintkit.case.actor import Actor, same
from complaintkit.case.afterwards import Afterwards
from complaintkit.case.approvals import Authority
from complaintkit.case.asking import Asking
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries.base import CORE
from complaintkit.case.escalations import EscalationTerms
from complaintkit.case.fields import OwnFields
from complaintkit.case.lifecycle import LIFE_CYCLE, Stage, possible, stages_for
from complaintkit.case.ownership import Colleagues
from complaintkit.case.parts import Clock
from complaintkit.case.precedent import Range
from complaintkit.case.wording import unfilled
from complaintkit.case.work import WorkTerms
from complaintkit.errors import NotAllowed

# Signs of a name of an organisation or a topic at most; what is longer is text, and belongs into a sealed field.
LABEL: Final = 80
# So many parts of a case are named where none of them will do.
_LATEST: Final = 3
_MAILED: Final = re.compile(r"[^\s@]@[^\s@]")


class Terms(Protocol):
    """What an action has to know of the policy."""

    @property
    def authority(self) -> Authority:
        """Return who may decide how much."""

    @property
    def roster(self) -> Colleagues:
        """Return the people who work here."""

    @property
    def work(self) -> WorkTerms:
        """Return what is laid down about tasks, guides and special situations."""

    @property
    def fields(self) -> OwnFields:
        """Return the organisation's own fields."""

    @property
    def after(self) -> Afterwards:
        """Return what is laid down for the time after an answer."""

    @property
    def escalating(self) -> EscalationTerms:
        """Return what is laid down about calling somebody higher up."""

    def clocks(self, case: Complaint, start: datetime, registered_at: datetime | None = None) -> tuple[Clock, ...]:
        """Return the clocks that start for a case."""

    def clock(self, kind: str, case: Complaint, start: datetime, *, name: str = "", who: str = "") -> tuple[Clock, ...]:
        """Return the clock of a kind by its standard; none where the policy has no such standard."""

    def clock_until(
        self, kind: str, case: Complaint, start: datetime, due: datetime, *, name: str = "", who: str = ""
    ) -> Clock:
        """Return a clock that runs until a given moment."""

    def reckoned(self, clock: Clock) -> Clock:
        """Return a running clock with the moment at which it is due by its start, promise and history."""

    def recalculated(self, case: Complaint) -> tuple[Clock, ...]:
        """Return the running clocks that today's policy counts otherwise than they count, under what it says."""

    def under(self, clock: Clock, into: Clock, now: datetime) -> Clock:
        """Return a clock under the standard of another one from a moment on."""

    def extendable_until(self, clock: Clock) -> datetime:
        """Return the moment beyond which a clock may not be extended."""

    def rules(self, case: Complaint) -> tuple[str, ...]:
        """Return the names of the rule packs that hold for a case."""

    def rule_clocks(self, case: Complaint, rules: str) -> tuple[Clock, ...]:
        """Return the clocks that a rule pack runs for a case from its receipt on and that it lacks."""

    def duties(self, case: Complaint) -> tuple[str, ...]:
        """Return the duties towards somebody outside that a person can start for a case."""

    def knows_category(self, category: str) -> bool:
        """Say whether a category is in the policy."""

    def known(self, kind: str) -> tuple[str, ...]:
        """Return the words of a kind that the policy knows: `category`, `staff`, `role` ...; none for another kind."""

    def refusal(self, action: str, actor: Actor, case: Complaint) -> str:
        """Return why this person may not do this with this case; empty if they may."""

    def unsealed_for(self) -> timedelta:
        """Return how long two people may look at a sealed identity at most."""


def _no_file(reference: str) -> tuple[Entry, ...]:
    raise NotAllowed(reference, "its file cannot be read from here")


def _no_past(category: str, remedy: str, currency: str) -> Range | None:
    return None


def _no_reference() -> str:
    raise NotAllowed("-", "no new case can be opened from here")


@frozen(kw_only=True)
class Asked(Asking):
    """An action that somebody asks for, with everything it is decided by.

    Attributes:
        case: The case as it stands.
        stage: Where the life cycle leads.
        terms: The policy.
        others: Other cases that the action touches.
        new_reference: Gives the reference for a case that the action opens; the same at every call.
        file: Gives the entries of a case, from the beginning.
        past: Gives what a remedy cost in past decisions, by category, type of remedy and currency; `None` for nothing.
    """

    case: Complaint
    stage: Stage
    terms: Terms
    others: tuple[Complaint, ...] = ()
    new_reference: Callable[[], str] = field(default=_no_reference, repr=False)
    file: Callable[[str], tuple[Entry, ...]] = field(default=_no_file, repr=False)
    past: Callable[[str, str, str], Range | None] = field(default=_no_past, repr=False)

    @property
    def called(self) -> str:
        """Return the reference of the case."""
        return self.case.reference

    def other(self, reference: str) -> Complaint | None:
        """Return one of the other cases that the action touches, or `None`."""
        return next((case for case in self.others if case.reference == reference), None)

    def words(self, name: str, value: str) -> str:
        """Return the trimmed words of a field that go to the complainant.

        Raises:
            NotAllowed: There are none, or a place of a template is not filled in; each is named.
        """
        words = self.need(name, value)
        if places := unfilled(words):
            raise self.refuse(f"{', '.join(places)} {'is' if len(places) == 1 else 'are'} not filled in; do that first")
        return words

    def label(self, name: str, value: str) -> str:
        """Return the trimmed value of a field that stands unsealed in the file, where nobody can erase it.

        Raises:
            NotAllowed: There is nothing in it, it is too long for a name, or it holds an e-mail address.
        """
        label = self.need(name, value)
        if len(label) > LABEL:
            raise self.refuse(f"the {name} has {len(label)} signs; at most {LABEL} are for its name, the rest is text")
        if _MAILED.search(label):
            raise self.refuse(f"the {name} holds an e-mail address, which nobody could erase there; name no person")
        return label


@frozen(kw_only=True)
class Action(ABC):
    """Something a person or a rule wants done with a case."""

    name: ClassVar[str] = ""
    help: ClassVar[str] = ""

    @abstractmethod
    def entries(self, ask: Asked) -> tuple[Entry, ...]:
        """Return the entries that follow in this case.

        Raises:
            NotAllowed: A condition of this action is not met.
        """

    @classmethod
    def hindered(cls, case: Complaint, actor: Actor, terms: Terms) -> str:
        """Return why this person cannot ask for it in this case, whatever is filled in; empty if they can.

        What depends on what is filled in belongs into `entries`.
        """
        return ""

    @property
    def touches(self) -> tuple[str, ...]:
        """Return the references of other cases that have to be read for it."""
        return ()

    def beside(self, ask: Asked) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """Return the entries that follow in other cases, by reference; a new case begins with `Received`."""
        return ()

    def asked(
        self,
        case: Complaint,
        actor: Actor,
        now: datetime,
        terms: Terms,
        others: tuple[Complaint, ...] = (),
        new_reference: Callable[[], str] = _no_reference,
        file: Callable[[str], tuple[Entry, ...]] = _no_file,
        past: Callable[[str, str, str], Range | None] = _no_past,
    ) -> Asked:
        """Return everything the action is decided by, once it is possible at all.

        Raises:
            NotAllowed: The life cycle, the permissions or the moment forbid it; the text says what is possible.
        """
        stage = LIFE_CYCLE.get((self.name, case.stage))
        if stage is None:
            raise NotAllowed(case.reference, why_not(self.name, case.stage))
        if not actor.name.strip():
            raise NotAllowed(case.reference, f"{self.name} needs the name of who acts")
        if same(actor.name, CORE):
            raise NotAllowed(case.reference, f"{CORE} is the name of the core itself; act under a name of your own")
        if now < case.received_at:
            raise NotAllowed(case.reference, f"{self.name} at {now.isoformat()} would lie before its receipt")
        if why := terms.refusal(self.name, actor, case) or lacking(self.name, case, terms):
            raise NotAllowed(case.reference, why)
        if why := self.hindered(case, actor, terms):
            raise NotAllowed(case.reference, f"{self.name}: {why}")
        return Asked(
            action=self.name, case=case, stage=stage, actor=actor, now=now, terms=terms, others=others,
            new_reference=new_reference, file=file, past=past,
        )  # fmt: skip

    def decide(self, case: Complaint, actor: Actor, now: datetime, terms: Terms) -> tuple[Entry, ...]:
        """Return the entries that follow from this action in a case.

        Args:
            case: The case as it stands.
            actor: Who acts.
            now: When, with time zone.
            terms: The policy.

        Raises:
            NotAllowed: The life cycle, the permissions or a condition forbids it; the text says what is possible.
        """
        return self.entries(self.asked(case, actor, now, terms))


def lacking(action: str, case: Complaint, terms: Terms) -> str:
    """Return which fields of the organisation's own have to be filled before an action; empty for none."""
    names = ", ".join(terms.fields.wanting(action, case))
    return f"{action} needs {names} to be filled in; set_field does that" if names else ""


def why_not(action: str, stage: Stage) -> str:
    """Return why an action is not possible in a stage, and what is."""
    stages = ", ".join(stages_for(action))
    moves = [one for one in possible(stage) if LIFE_CYCLE[one, stage] is not stage]
    there = [one for one in moves if (action, LIFE_CYCLE[one, stage]) in LIFE_CYCLE]
    leads = f"; {' or '.join(there)} leads there" if there else ""
    return (
        f"is {stage}; {action} is possible only when it is {stages}{leads}. "
        f"Possible now: {', '.join(moves) or 'note'} and more"
    )


def none_will_do(whys: Iterable[str]) -> str:
    """Return why no part of a kind will do, the latest each with its reason; empty if one will do, or there is none.

    Args:
        whys: For each part of a kind, why it will not do; empty if it will.
    """
    found = tuple(whys)
    return "" if "" in found else "; ".join(found[-_LATEST:])


def asked(help: str, *, choices: tuple[str, ...] = (), of: str = "", **more: Any) -> Any:
    """Return a field that tells people what it asks for.

    Args:
        help: What it asks for.
        choices: The only words it takes, where they are always the same.
        of: What kind of thing in the case or the policy it names, such as `task`; see `complaintkit.case.describing`.
        more: What `attrs.field` takes.
    """
    return attrs.field(metadata={"help": help, "choices": choices, "of": of}, **more)
