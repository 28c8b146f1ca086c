"""What openings and actions tell of themselves, and whether somebody may ask for an action now; if not, why not."""

from collections.abc import Mapping
from typing import Any, Final

from attrs import evolve

from complaintkit.case.actions.describing import FieldOfAction, Standing, fields_of
from complaintkit.case.actor import Actor
from complaintkit.improving.actions import ACTIONS
from complaintkit.improving.asking import Described, Terms, why_not
from complaintkit.improving.improvement import Improvement
from complaintkit.improving.lifecycle import LIFE_CYCLE, Kind, states_for

# What a field may name without being held to it: an organisation has topics of its own.
_FREE: Final = frozenset({"topic"})


def fields(described: type[Described]) -> tuple[FieldOfAction, ...]:
    """Return what an opening or an action asks for, in order."""
    known: Any = described
    return fields_of(known)


def standings(improvement: Improvement, actor: Actor, terms: Terms) -> tuple[Standing, ...]:
    """Return for every action that its kind knows whether this person may ask for it now, and what it would ask for.

    Conditions that depend on what is filled in show only when the action is asked for.
    """
    kind, state = improvement.kind, improvement.state
    found = []
    for name, action in ACTIONS.items():
        if not states_for(kind, name):
            continue
        why = "" if (kind, name, state) in LIFE_CYCLE else why_not(name, kind, state)
        why = why or terms.improving_refusal(name, actor)
        asked = tuple(_fitting(one, improvement, terms) for one in fields(action))
        found.append(Standing(action=name, help=action.help, why_not=why, fields=asked))
    return tuple(found)


def _fitting(one: FieldOfAction, improvement: Improvement, terms: Terms) -> FieldOfAction:
    if one.choices or not one.of or one.of in _FREE:
        return one
    own = improvement.circle.outputs if improvement.circle and one.of == "output" else ()
    return evolve(one, choices=own or tuple(terms.known(one.of)))


def table(permissions: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, str, str, str, str], ...]:
    """Return the catalogue: kind, action, help, in which states and where it leads, which roles may."""
    found = []
    for kind in Kind:
        for name, action in ACTIONS.items():
            moves = [
                str(state) if to is state else f"{state} → {to}"
                for (here, asked, state), to in LIFE_CYCLE.items()
                if (here, asked) == (kind, name)
            ]
            if moves:
                roles = ", ".join(permissions.get(f"improving.{name}", ()))
                found.append((str(kind), name, action.help, ", ".join(moves), roles))
    return tuple(found)
