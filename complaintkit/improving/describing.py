"""What openings and actions tell of themselves, and whether somebody may ask for an action now; if not, why not."""

from collections.abc import Mapping
from typing import Any, Final

from attrs import evolve, frozen

from complaintkit.case.actions.describing import FieldOfAction, Standing, fields_of
from complaintkit.case.actor import Actor
from complaintkit.improving.actions import ACTIONS
from complaintkit.improving.asking import Described, Terms, why_not
from complaintkit.improving.improvement import Improvement
from complaintkit.improving.lifecycle import LIFE_CYCLE, STATES, Kind, states_for

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


@frozen(kw_only=True)
class Row:
    """A line of the catalogue: an action, and for which kinds it is the same.

    Attributes:
        action, help: Its name, and what it does.
        kinds: The kinds that know it.
        moves: In which states it is possible, and where it leads.
        roles: Who may ask for it.
    """

    action: str
    help: str
    kinds: tuple[str, ...]
    moves: tuple[str, ...]
    roles: tuple[str, ...]


def table(permissions: Mapping[str, tuple[str, ...]]) -> tuple[Row, ...]:
    """Return the catalogue of actions; kinds for which one is the same stand together."""
    found: list[Row] = []
    for name, action in ACTIONS.items():
        same: dict[tuple[str, ...], list[str]] = {}
        for kind in Kind:
            if moves := _moves(kind, name):
                same.setdefault(moves, []).append(str(kind))
        roles = tuple(permissions.get(f"improving.{name}", ()))
        for moves, kinds in same.items():
            found.append(Row(action=name, help=action.help, kinds=tuple(kinds), moves=moves, roles=roles))
    return tuple(found)


def _moves(kind: Kind, name: str) -> tuple[str, ...]:
    """Return where an action leads, in short where it is possible throughout and leads nowhere."""
    found = {state: to for (here, action, state), to in LIFE_CYCLE.items() if (here, action) == (kind, name)}
    if found and all(to is state for state, to in found.items()):
        if found.keys() == STATES[kind]:
            return ("always",)
        if found.keys() == {state for state in STATES[kind] if state.open}:
            return ("while it is open",)
    return tuple(str(state) if to is state else f"{state} → {to}" for state, to in found.items())
