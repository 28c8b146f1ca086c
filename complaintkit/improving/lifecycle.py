"""The life cycles of improvements as one table: of which kind, which action, in which state, and where it leads.

An improvement is what an organisation owes itself because of complaints; it goes on after the last of them is closed.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Kind(StrEnum):
    """What sort of improvement it is."""

    CORRECTIVE_ACTION = "corrective_action"
    REVIEW_CIRCLE = "review_circle"
    SUGGESTION = "suggestion"
    OTHERS_AFFECTED = "others_affected"
    TRAINING = "training"
    FINDING = "finding"
    PROCEDURE = "procedure"


class State(StrEnum):
    """Where an improvement stands."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    IMPLEMENTED = "implemented"
    RUNNING = "running"
    EFFECTIVE = "effective"
    DONE = "done"
    NO_MEASURE = "no_measure"
    DECLINED = "declined"
    ENDED = "ended"

    @property
    def open(self) -> bool:
        """Say whether something is still to be done."""
        return self not in OVER


OVER: Final = frozenset({State.EFFECTIVE, State.DONE, State.NO_MEASURE, State.DECLINED, State.ENDED})
BEGINS: Final[Mapping[Kind, State]] = MappingProxyType(
    {
        Kind.CORRECTIVE_ACTION: State.PLANNED,
        Kind.REVIEW_CIRCLE: State.RUNNING,
        Kind.SUGGESTION: State.PROPOSED,
        Kind.OTHERS_AFFECTED: State.PLANNED,
        Kind.TRAINING: State.PLANNED,
        Kind.FINDING: State.PROPOSED,
        Kind.PROCEDURE: State.RUNNING,
    }
)

_EVERY = tuple(Kind)
_OPEN = tuple(state for state in State if state.open)
_TASKS = (Kind.CORRECTIVE_ACTION, Kind.OTHERS_AFFECTED, Kind.TRAINING)
_IDEAS = (Kind.SUGGESTION, Kind.FINDING)
_BEFORE = (State.PLANNED, State.IN_PROGRESS)
_STAYS: Final = None

# kinds -> action -> states in which it is possible -> state it leads to (None: the state stays, or the action says).
_ROWS: Final[tuple[tuple[tuple[Kind, ...], str, tuple[State, ...], State | None], ...]] = (
    (_TASKS, "start", (State.PLANNED,), State.IN_PROGRESS),
    ((Kind.CORRECTIVE_ACTION,), "implement", _BEFORE, State.IMPLEMENTED),
    ((Kind.CORRECTIVE_ACTION,), "expose", (*_BEFORE, State.IMPLEMENTED), _STAYS),
    ((Kind.CORRECTIVE_ACTION,), "judge", (State.IMPLEMENTED,), _STAYS),
    ((Kind.OTHERS_AFFECTED,), "trace", _BEFORE, State.IN_PROGRESS),
    ((Kind.TRAINING,), "complete", _BEFORE, State.IN_PROGRESS),
    ((Kind.OTHERS_AFFECTED, Kind.TRAINING), "finish", _BEFORE, State.DONE),
    (_IDEAS, "accept", (State.PROPOSED,), State.IN_PROGRESS),
    (_IDEAS, "finish", (State.IN_PROGRESS,), State.DONE),
    (_IDEAS, "decline", (State.PROPOSED, State.IN_PROGRESS), State.DECLINED),
    (_TASKS, "drop", _BEFORE, State.NO_MEASURE),
    ((Kind.REVIEW_CIRCLE,), "hold", (State.RUNNING,), _STAYS),
    ((Kind.REVIEW_CIRCLE,), "deliver", (State.RUNNING,), _STAYS),
    ((Kind.REVIEW_CIRCLE,), "reschedule", (State.RUNNING,), _STAYS),
    ((Kind.PROCEDURE,), "publish", (State.RUNNING,), _STAYS),
    ((Kind.REVIEW_CIRCLE, Kind.PROCEDURE), "retire", (State.RUNNING,), State.ENDED),
    ((*_TASKS, *_IDEAS), "postpone", (*_BEFORE,), _STAYS),
    (_EVERY, "assign", _OPEN, _STAYS),
    (_EVERY, "link", tuple(State), _STAYS),
    (_EVERY, "attach", tuple(State), _STAYS),
    (_EVERY, "tell", tuple(State), _STAYS),
    (_EVERY, "confirm", tuple(State), _STAYS),
    (_EVERY, "answer", tuple(State), _STAYS),
    (_EVERY, "remark", tuple(State), _STAYS),
)


def _states(kind: Kind) -> frozenset[State]:
    """Return the states an improvement of a kind can come into."""
    found = {BEGINS[kind]}
    for kinds, _, _, to in _ROWS:
        found |= {to} if to and kind in kinds else set()
    return frozenset(found | ({State.EFFECTIVE} if kind is Kind.CORRECTIVE_ACTION else set()))


STATES: Final[Mapping[Kind, frozenset[State]]] = MappingProxyType({kind: _states(kind) for kind in Kind})
LIFE_CYCLE: Final[Mapping[tuple[Kind, str, State], State]] = MappingProxyType(
    {
        (kind, action, state): to or state
        for kinds, action, states, to in _ROWS
        for kind in kinds
        for state in states
        if state in STATES[kind]
    }
)


def possible(kind: Kind, state: State) -> tuple[str, ...]:
    """Return the names of the actions that are possible, in the order of the table."""
    return tuple(dict.fromkeys(action for here, action, at in LIFE_CYCLE if (here, at) == (kind, state)))


def states_for(kind: Kind, action: str) -> tuple[State, ...]:
    """Return the states in which an action is possible with a kind; none if it is nothing for that kind."""
    return tuple(state for here, name, state in LIFE_CYCLE if (here, name) == (kind, action))
