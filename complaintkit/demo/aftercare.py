"""What the people of the demo do after an answer: deliver, ask how things are, find causes, answer surveys."""

import random
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from complaintkit.app import Actor
from complaintkit.case.actions import Action, AnswerSurvey, AssessCause, DeliverRemedy, FollowUp
from complaintkit.case.complaint import Complaint
from complaintkit.case.lifecycle import LIFE_CYCLE, Stage
from complaintkit.case.surveys import may_answer
from complaintkit.demo.handlers import LEAD

# Who looks for causes; and the one who complains, as the file names them.
QUALITY: Final = "hana"
COMPLAINANT: Final = Actor("the complainant", {"complainant"})
_CAUSES: Final = {
    "delivery-late": ("supplier-carrier", "capacity-staff"),
    "delivery-damaged": ("product-packing", "supplier-carrier"),
    "delivery-lost": ("supplier-carrier", "process-handover"),
    "refund": ("process-handover", "people-slip"),
    "billing": ("system-data", "people-slip"),
    "product-quality": ("product-making", "product-design"),
    "product-missing": ("product-packing", "people-slip"),
    "staff-conduct": ("people-conduct", "capacity-staff"),
    "service-reachability": ("capacity-staff", "system-outage"),
    "website": ("system-defect", "system-outage"),
    "contract": ("information-terms", "information-advice"),
}
_ANSWERING: Final = 0.3


def owed_after(dice: random.Random, case: Complaint, now: datetime) -> Iterator[tuple[Action, str | Actor]]:
    """Yield what is done about an answered complaint by now, and by whom.

    Args:
        dice: Where chance comes from.
        case: The complaint.
        now: The moment.
    """
    for remedy in case.settlement.remedies:
        if remedy.outstanding and (DeliverRemedy.name, case.stage) in LIFE_CYCLE:
            yield DeliverRemedy(remedy=remedy.name, evidence=f"{case.reference}/{remedy.name} in the books"), LEAD
    if case.stage is not Stage.CLOSED:
        return
    running = {clock.kind for clock in case.clocks if clock.running}
    if "contact" in running:
        yield FollowUp(result=dice.choices(("content", "not_reached"), (85, 15))[0]), case.owner
    if "cause" in running:
        cause = dice.choice(_CAUSES.get(case.category, ("outside",)))
        yield AssessCause(cause=cause, evidence="the order, its papers, and who worked on it"), QUALITY
    if dice.random() < _ANSWERING and not may_answer(case, now):
        yield AnswerSurvey(answers=tuple(f"{one}={dice.randint(3, 5)}" for one in ("overall", "result"))), COMPLAINANT
