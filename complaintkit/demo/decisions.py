"""How the people of the demo decide: what they draft, what it is worth, and who looks at it besides."""

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from complaintkit.case.actions import Action, AnswerTask, Approve, Propose
from complaintkit.case.approvals import waiting
from complaintkit.case.complaint import Complaint
from complaintkit.case.remedies import MONEY_TYPES
from complaintkit.case.tasks import open_tasks
from complaintkit.demo.handlers import LEAD, PEOPLE
from complaintkit.demo.spoken import APOLOGY, REMEDIES, words

CURRENCY: Final = "EUR"
# Who answers and looks for the legal department.
LAWYER: Final = "nadia"
OPINION: Final = "The risk is small. Say plainly what we do and by when; name nobody, and offer to talk."
# A refund in five is more than a handler may give alone.
_PRICES: Final = (12, 19, 24, 39, 85)


def drafted(dice: random.Random, index: int, case: Complaint) -> Propose:
    """Return the draft of a decision.

    Args:
        dice: Where chance comes from.
        index: Number of the story; tells what the thing had cost.
        case: The complaint.
    """
    outcome = dice.choices(("upheld", "partly_upheld", "not_upheld"), (55, 25, 20))[0]
    if case.reopened:
        outcome = "partly_upheld" if outcome == "not_upheld" else "upheld"
    remedy = "" if outcome == "not_upheld" else dice.choice(REMEDIES.get(case.category, (APOLOGY,)))
    paid = remedy in MONEY_TYPES
    return Propose(
        outcome=outcome,
        remedy=remedy,
        amount=Decimal(_PRICES[index % len(_PRICES)]) if paid else None,
        currency=CURRENCY if paid else "",
        text=words(outcome, case.language, remedy),
        codes=("as-agreed",) if outcome == "not_upheld" else (),
        finding="looked at the order and its papers, and asked who had worked on it",
    )


def before_release(case: Complaint) -> Iterator[tuple[Action, str]]:
    """Yield what is done before a draft goes out, and by whom: legal answers what it was asked, others look at it."""
    for task in open_tasks(case):
        yield AnswerTask(task=task.name, text=OPINION), LAWYER
    for approval in waiting(case):
        yield Approve(), LAWYER if approval.who == "legal" else second(case)


def second(case: Complaint) -> str:
    """Return who looks at a draft besides its author: the lead, or somebody else where it is hers."""
    author = case.handling.draft.by if case.handling.draft else ""
    return LEAD if author != LEAD else next(name for name in PEOPLE if name != LEAD)
