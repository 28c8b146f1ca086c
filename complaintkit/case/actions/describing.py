"""What an action tells of itself: its fields, and whether this person may ask for it now; if not, why not.

Command line, interface and screens are drawn from this, so that nothing about an action is written down twice.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, Final, get_type_hints

import attrs
from attrs import frozen

from complaintkit.case.actions.base import Action, Terms, lacking, why_not
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint
from complaintkit.case.lifecycle import LIFE_CYCLE, Stage

# How people and interfaces call the types that a field of an action may have.
TYPES: Final[Mapping[Any, str]] = MappingProxyType(
    {
        str: "text", bool: "yes_no", int: "number", Decimal: "amount", datetime: "moment",
        tuple[str, ...]: "texts", datetime | None: "moment", Decimal | None: "amount", int | None: "number",
    }
)  # fmt: skip
_GROUPS: Final = ("matter", "handling", "settlement", "learning", "ties")


@frozen(kw_only=True)
class FieldOfAction:
    """What an action asks for.

    Attributes:
        name: Its name.
        type: `text`, `texts`, `yes_no`, `number`, `amount` or `moment`.
        required: Whether it has to be given.
        default: What is taken otherwise, as text; empty for nothing.
        help: What it asks for, in words.
        choices: The only words it takes; empty where any will do.
        of: What kind of thing it names, such as `task` or `category`; empty for none.
    """

    name: str
    type: str
    required: bool
    default: str
    help: str
    choices: tuple[str, ...] = ()
    of: str = ""


@frozen(kw_only=True)
class Standing:
    """Whether somebody may ask for an action now.

    Attributes:
        action: Its name.
        help: What it does, in words.
        why_not: Why it cannot be asked for; empty if it can.
        fields: What it asks for, with the words that fit this case.
        subject: What it belongs to, such as `ownership` or `tasks`.
    """

    action: str
    help: str
    why_not: str = ""
    fields: tuple[FieldOfAction, ...] = ()
    subject: str = ""

    @property
    def possible(self) -> bool:
        """Say whether it can be asked for."""
        return not self.why_not


@cache
def fields_of(action: type[Action]) -> tuple[FieldOfAction, ...]:
    """Return what an action asks for, in order."""
    hints = get_type_hints(action)
    return tuple(_field(one, hints[one.name]) for one in attrs.fields(action))


def _field(one: "attrs.Attribute[Any]", hint: Any) -> FieldOfAction:
    required = one.default is attrs.NOTHING
    return FieldOfAction(
        name=one.name,
        type=TYPES[hint],
        required=required,
        default="" if required else _told(one.default),
        help=one.metadata["help"],
        choices=tuple(map(str, one.metadata.get("choices", ()))),
        of=one.metadata.get("of", ""),
    )


def _told(default: Any) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    return "" if default is None or default == () else str(default)


def standings(actions: Mapping[str, type[Action]], case: Complaint, actor: Actor, terms: Terms) -> tuple[Standing, ...]:
    """Return for every action whether this person may ask for it in this case now, and what it would ask for.

    Conditions that depend on what is filled in, such as the amount of a remedy, show only when the action is asked for.
    """
    return tuple(_standing(action, case, actor, terms) for action in actions.values())


def _standing(action: type[Action], case: Complaint, actor: Actor, terms: Terms) -> Standing:
    why = "" if (action.name, case.stage) in LIFE_CYCLE else why_not(action.name, case.stage)
    why = why or terms.refusal(action.name, actor, case) or lacking(action.name, case, terms)
    why = why or action.hindered(case, actor, terms)
    fields = tuple(fitting(one, case, terms) for one in fields_of(action))
    if not why:
        missing = next((one.of for one in fields if one.required and one.of in NAMED and not one.choices), "")
        if missing:
            word = missing.replace("_", " ")
            why = f"there is no {word} in this case yet" if missing in IN_CASE else f"the policy has no {word}"
    subject = action.__module__.rpartition(".")[2]
    return Standing(action=action.name, help=action.help, why_not=why, fields=fields, subject=subject)


# Kinds of thing that a field can name and that stand in the case itself, under names such as `task-1`.
IN_CASE: Final = frozenset(
    {
        "task", "point", "party", "demand", "remedy", "commitment", "need", "cause", "link",
        "external", "unsealing", "finding", "hold", "clock", "escalation",
    }
)  # fmt: skip

# Kinds of thing that a field can name and that stand in the policy, where no other word is taken than those.
IN_POLICY: Final = frozenset({"field", "situation", "guide_item", "rules"})
NAMED: Final = IN_CASE | IN_POLICY


def fitting(one: FieldOfAction, case: Complaint, terms: Terms) -> FieldOfAction:
    """Return a field with the words that fit a case: its open tasks, the categories of the policy."""
    if one.choices or not one.of:
        return one
    words = names_in(case, one.of) if one.of in IN_CASE else tuple(terms.known(one.of))
    # What is taken without an answer may be said, too: `complainant` where a party is asked for.
    return attrs.evolve(one, choices=words if one.default in ("", *words) else (one.default, *words))


def names_in(case: Complaint, kind: str) -> tuple[str, ...]:
    """Return the names of the parts of a kind in a case, such as `task-1`, in the order they came."""
    return tuple(dict.fromkeys(_names(case, kind)))


def _names(case: Complaint, kind: str) -> Iterator[str]:
    if kind == "clock":
        yield from (clock.name for clock in case.clocks if not clock.settled)
    for group in _GROUPS:
        held = getattr(case, group)
        for one in attrs.fields(type(held)):
            parts = getattr(held, one.name)
            if isinstance(parts, tuple):
                yield from (part.name for part in parts if str(getattr(part, "name", "")).startswith(f"{kind}-"))


def table(
    actions: Mapping[str, type[Action]], permissions: Mapping[str, Sequence[str]]
) -> tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]:
    """Return the catalogue of actions: name, help, stages in which it is possible with where it leads, roles."""
    return tuple(
        (name, action.help, tuple(_moves(name)), tuple(permissions.get(name, ()))) for name, action in actions.items()
    )


def _moves(name: str) -> Iterator[str]:
    for (action, stage), to in LIFE_CYCLE.items():
        if action == name:
            yield str(stage) if to is stage else f"{stage} → {to}"


def diagram() -> str:
    """Return the life cycle as a Mermaid state diagram: each move between stages, with the actions that make it."""
    moves: dict[tuple[Stage, Stage], list[str]] = {}
    for (action, stage), to in LIFE_CYCLE.items():
        if to is not stage:
            moves.setdefault((stage, to), []).append(action)
    lines = ["stateDiagram-v2", f"    [*] --> {Stage.RECEIVED}"]
    lines += [f"    {here} --> {to}: {', '.join(names)}" for (here, to), names in moves.items()]
    lines += [f"    {stage} --> [*]" for stage in Stage if not stage.open]
    return "\n".join(lines)
