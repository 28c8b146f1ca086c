"""The life cycle of a complaint as one table: which action is possible in which stage, and where it leads."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Stage(StrEnum):
    """Where a complaint stands. Milestones such as an acknowledgement are moments on the case, not stages."""

    RECEIVED = "received"
    REGISTERED = "registered"
    NOT_A_COMPLAINT = "not_a_complaint"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    DECISION_PENDING = "decision_pending"
    RESPONDED = "responded"
    IN_REVIEW = "in_review"
    RESOLVED = "resolved"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    FORWARDED = "forwarded"
    DUPLICATE = "duplicate"

    @property
    def open(self) -> bool:
        """Say whether the organisation still has to do something for the complainant."""
        return self not in ENDED


ENDED: Final = frozenset({Stage.NOT_A_COMPLAINT, Stage.CLOSED, Stage.WITHDRAWN, Stage.FORWARDED, Stage.DUPLICATE})

_NEW = (Stage.RECEIVED, Stage.REGISTERED)
_WORK = (Stage.IN_PROGRESS, Stage.WAITING)
_ANSWERED = (Stage.RESPONDED, Stage.RESOLVED)
_ACTIVE = (*_NEW, *_WORK, Stage.DECISION_PENDING, Stage.IN_REVIEW, *_ANSWERED)
# What can be learned from a complaint does not end with it.
_LEARNING = (*_ACTIVE[1:], Stage.CLOSED, Stage.WITHDRAWN, Stage.FORWARDED)
# Ends after which the complainant can be asked how it went; a duplicate goes on elsewhere.
_OVER = (Stage.CLOSED, Stage.WITHDRAWN, Stage.FORWARDED, Stage.NOT_A_COMPLAINT)
# What is promised does not end with the case, and something may be promised after it has ended.
_PROMISING = (*_ACTIVE, Stage.CLOSED, Stage.WITHDRAWN, Stage.FORWARDED)
_STAYS: Final = None

# action -> stages in which it is possible -> stage it leads to (None: the stage stays).
_ROWS: Final[tuple[tuple[str, tuple[Stage, ...], Stage | None], ...]] = (
    ("register", (Stage.RECEIVED, Stage.NOT_A_COMPLAINT), Stage.REGISTERED),
    ("dismiss", _NEW, Stage.NOT_A_COMPLAINT),
    ("assess", (Stage.REGISTERED,), Stage.IN_PROGRESS),
    ("assess", (*_WORK, Stage.DECISION_PENDING), _STAYS),
    ("hand_over", _ACTIVE, _STAYS),
    ("take_over", _ACTIVE, _STAYS),
    ("decline", _ACTIVE, _STAYS),
    ("take_back", _ACTIVE, _STAYS),
    ("find_responsible", (*_ACTIVE, Stage.CLOSED), _STAYS),
    ("name_staff", tuple(Stage), _STAYS),
    ("clear_staff", tuple(Stage), _STAYS),
    ("reply", (Stage.REGISTERED,), Stage.IN_PROGRESS),
    ("reply", (*_WORK, Stage.DECISION_PENDING, Stage.RESPONDED, Stage.RESOLVED), _STAYS),
    ("wait", (Stage.IN_PROGRESS,), Stage.WAITING),
    ("resume", (Stage.WAITING,), Stage.IN_PROGRESS),
    ("propose", (Stage.IN_PROGRESS,), Stage.DECISION_PENDING),
    ("settle_now", (Stage.REGISTERED, Stage.IN_PROGRESS), Stage.RESOLVED),
    ("approve", (Stage.DECISION_PENDING,), _STAYS),
    ("ask_approval", (Stage.DECISION_PENDING,), _STAYS),
    ("send_back", (Stage.DECISION_PENDING,), Stage.IN_PROGRESS),
    ("respond", (Stage.DECISION_PENDING,), Stage.RESPONDED),
    ("resolve", (Stage.REGISTERED, Stage.IN_PROGRESS, Stage.RESPONDED), Stage.RESOLVED),
    ("close", (Stage.RESOLVED,), Stage.CLOSED),
    ("reopen", (Stage.RESPONDED, Stage.RESOLVED, Stage.CLOSED, Stage.WITHDRAWN), Stage.IN_PROGRESS),
    ("withdraw", _ACTIVE, Stage.WITHDRAWN),
    ("reopen", (Stage.FORWARDED,), Stage.IN_PROGRESS),
    ("extend", _ACTIVE, _STAYS),
    ("recalculate", _ACTIVE, _STAYS),
    ("apply_rules", _ACTIVE, _STAYS),
    ("lift_rules", _ACTIVE, _STAYS),
    ("start_duty", tuple(Stage), _STAYS),
    ("finish_duty", tuple(Stage), _STAYS),
    ("ask_escalation", _ACTIVE, _STAYS),
    ("grant_escalation", _ACTIVE, _STAYS),
    ("refuse_escalation", _ACTIVE, _STAYS),
    ("escalate", _ACTIVE, _STAYS),
    ("acknowledge_escalation", _ACTIVE, _STAYS),
    ("de_escalate", _ACTIVE, _STAYS),
    ("link", tuple(Stage), _STAYS),
    ("unlink", tuple(Stage), _STAYS),
    ("merge", (*_NEW, *_WORK), Stage.DUPLICATE),
    ("unmerge", (Stage.DUPLICATE,), Stage.IN_PROGRESS),
    ("split", (*_NEW, *_WORK, Stage.DECISION_PENDING, Stage.IN_REVIEW), _STAYS),
    ("forward", (*_NEW, *_WORK, Stage.DECISION_PENDING), Stage.FORWARDED),
    ("plan_cause", _LEARNING, _STAYS),
    ("assess_cause", _LEARNING, _STAYS),
    ("drop_cause", _LEARNING, _STAYS),
    ("find_no_cause", _LEARNING, _STAYS),
    ("take_measure", _LEARNING, _STAYS),
    ("take_no_measure", _LEARNING, _STAYS),
    ("need_training", _LEARNING, _STAYS),
    ("learn", _LEARNING, _STAYS),
    ("describe", (*_ACTIVE, Stage.CLOSED), _STAYS),
    ("add_point", (*_NEW, *_WORK, Stage.IN_REVIEW), _STAYS),
    ("change_point", (*_NEW, *_WORK, Stage.IN_REVIEW), _STAYS),
    ("drop_point", (*_NEW, *_WORK, Stage.IN_REVIEW), _STAYS),
    ("add_demand", _ACTIVE, _STAYS),
    ("end_demand", (*_ACTIVE, Stage.CLOSED), _STAYS),
    ("restate", (*_NEW, *_WORK, Stage.IN_REVIEW), _STAYS),
    ("confirm_restatement", (*_NEW, *_WORK, Stage.DECISION_PENDING, Stage.IN_REVIEW), _STAYS),
    ("set_field", (*_ACTIVE, Stage.CLOSED), _STAYS),
    ("add_party", _ACTIVE, _STAYS),
    ("change_party", tuple(Stage), _STAYS),
    ("remove_party", tuple(Stage), _STAYS),
    ("represent", _ACTIVE, _STAYS),
    ("add_need", _ACTIVE, _STAYS),
    ("remove_need", tuple(Stage), _STAYS),
    ("add_task", _ACTIVE, _STAYS),
    ("answer_task", tuple(Stage), _STAYS),
    ("return_task", tuple(Stage), _STAYS),
    ("remind_task", tuple(Stage), _STAYS),
    ("cancel_task", tuple(Stage), _STAYS),
    ("tick", tuple(Stage), _STAYS),
    ("flag_tension", _ACTIVE, _STAYS),
    ("flag_situation", _ACTIVE, _STAYS),
    ("record_finding", _LEARNING, _STAYS),
    ("waive_investigation", _LEARNING, _STAYS),
    ("decide_point", (Stage.REGISTERED, *_WORK, Stage.IN_REVIEW), _STAYS),
    ("offer_remedy", (Stage.REGISTERED, *_WORK, Stage.DECISION_PENDING, Stage.IN_REVIEW), _STAYS),
    ("change_remedy", (Stage.REGISTERED, *_WORK, Stage.DECISION_PENDING, Stage.IN_REVIEW), _STAYS),
    ("drop_remedy", (Stage.REGISTERED, *_WORK, Stage.DECISION_PENDING, Stage.IN_REVIEW), _STAYS),
    ("answer_remedy", _LEARNING, _STAYS),
    ("deliver_remedy", _LEARNING, _STAYS),
    ("attribute", _LEARNING, _STAYS),
    ("add_cost", tuple(Stage), _STAYS),
    ("promise", _PROMISING, _STAYS),
    ("request_contact", _PROMISING, _STAYS),
    ("keep", tuple(Stage), _STAYS),
    ("move_commitment", tuple(Stage), _STAYS),
    ("cancel_commitment", tuple(Stage), _STAYS),
    ("hold", (Stage.REGISTERED,), Stage.IN_PROGRESS),
    ("hold", (*_WORK, Stage.DECISION_PENDING, Stage.IN_REVIEW), _STAYS),
    ("follow_up", (*_ANSWERED, Stage.CLOSED, Stage.WITHDRAWN), _STAYS),
    ("accept", (Stage.RESPONDED, Stage.IN_REVIEW), Stage.RESOLVED),
    ("resolve", (Stage.IN_REVIEW,), Stage.RESOLVED),
    ("dispute", (*_ANSWERED, Stage.CLOSED), Stage.IN_REVIEW),
    ("ask_review", _ANSWERED, Stage.IN_REVIEW),
    ("take_review", (Stage.IN_REVIEW, *_WORK, Stage.DECISION_PENDING), _STAYS),
    ("assess", (Stage.IN_REVIEW,), _STAYS),
    ("reply", (Stage.IN_REVIEW,), _STAYS),
    ("wait", (Stage.IN_REVIEW,), Stage.WAITING),
    ("propose", (Stage.IN_REVIEW,), Stage.DECISION_PENDING),
    ("ask_survey", _OVER, _STAYS),
    ("waive_survey", (Stage.RESOLVED, *_OVER), _STAYS),
    ("record_survey_wish", tuple(Stage), _STAYS),
    ("answer_survey", tuple(Stage), _STAYS),
    ("report_finding", tuple(Stage), _STAYS),
    ("settle_finding", tuple(Stage), _STAYS),
    ("refer_out", tuple(Stage), _STAYS),
    ("record_external_question", tuple(Stage), _STAYS),
    ("answer_external", tuple(Stage), _STAYS),
    ("record_external_result", tuple(Stage), _STAYS),
    ("mark_dispute", tuple(Stage), _STAYS),
    ("hold_legally", tuple(Stage), _STAYS),
    ("release_hold", tuple(Stage), _STAYS),
    ("note", tuple(Stage), _STAYS),
    ("restrict", tuple(Stage), _STAYS),
    ("name_handlers", tuple(Stage), _STAYS),
    ("seal", tuple(Stage), _STAYS),
    ("lift", tuple(Stage), _STAYS),
    ("ask_unseal", tuple(Stage), _STAYS),
    ("unseal", tuple(Stage), _STAYS),
    ("renew_code", tuple(Stage), _STAYS),
)

LIFE_CYCLE: Final[Mapping[tuple[str, Stage], Stage]] = MappingProxyType(
    {(action, stage): to or stage for action, stages, to in _ROWS for stage in stages}
)


def possible(stage: Stage) -> tuple[str, ...]:
    """Return the names of the actions that are possible in a stage, in the order of the table."""
    return tuple(dict.fromkeys(action for (action, here) in LIFE_CYCLE if here is stage))


def stages_for(action: str) -> tuple[Stage, ...]:
    """Return the stages in which an action is possible."""
    return tuple(stage for (name, stage) in LIFE_CYCLE if name == action)
