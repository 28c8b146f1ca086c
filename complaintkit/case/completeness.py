"""How complete the acceptance of a complaint is: which facts are on file, and which are missing."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from complaintkit.case.complaint import Complaint

# So many signs tell what happened; fewer only that something did.
_A_STORY: Final = 30


def _said(case: Complaint) -> bool:
    return len(str(case.narrative).strip()) >= _A_STORY or bool(case.matter.points)


def _object(case: Complaint) -> bool:
    subject = case.matter.subject
    named = (subject.batch, subject.campaign, subject.udi, subject.serial, subject.order, subject.contract)
    return bool(case.product) or any(named) or any(point.object for point in case.matter.points)


def _wanted(case: Complaint) -> bool:
    return bool(case.matter.demands) or case.matter.telling.goal is not None


def _understood(case: Complaint) -> bool:
    restatement = case.matter.telling.restatement
    return restatement is not None and restatement.confirmed_at is not None


# How to tell whether a fact is on file. Others an organisation may name count as known once their item is ticked.
FACTS: Final[Mapping[str, Callable[[Complaint], bool]]] = MappingProxyType(
    {
        "who": lambda case: not case.complainant.anonymous,
        "reach": lambda case: case.complainant.reachable,
        "what": _said,
        "object": _object,
        "when": lambda case: case.matter.telling.happened_at is not None,
        "wanted": _wanted,
        "expected": lambda case: case.matter.telling.expected is not None,
        "evidence": lambda case: bool(case.matter.telling.evidence),
        "sorted": lambda case: case.confirmed,
        "understood": _understood,
        "needs": lambda case: bool(case.matter.needs),
    }
)


def known(case: Complaint, fact: str) -> bool:
    """Say whether a fact of the acceptance is on file as such; an answer to a guide's item is another way."""
    find = FACTS.get(fact)
    return find is not None and find(case)


@frozen(kw_only=True)
class Fact:
    """A fact of the acceptance: its name, how much of the whole it is, and whether it is on file."""

    name: str
    weight: int
    known: bool


@frozen(kw_only=True)
class Completeness:
    """How complete the acceptance is.

    Attributes:
        score: From 0 to 100.
        facts: What it is made of.
    """

    score: int
    facts: tuple[Fact, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the names of the facts that are not on file, the weightiest first."""
        lacking = sorted((fact for fact in self.facts if not fact.known), key=lambda fact: -fact.weight)
        return tuple(fact.name for fact in lacking)


def completeness(case: Complaint, facts: Iterable[tuple[str, int, bool]]) -> Completeness:
    """Return how complete the acceptance of a case is; 100 where nothing is asked for.

    Args:
        case: The case.
        facts: Name and weight of each fact that counts, and whether its item was ticked.
    """
    found = tuple(Fact(name=name, weight=weight, known=done or known(case, name)) for name, weight, done in facts)
    whole = sum(fact.weight for fact in found)
    # Rounded down: 100 means that nothing is missing.
    have = sum(fact.weight for fact in found if fact.known)
    return Completeness(score=100 * have // whole if whole else 100, facts=found)
