"""Everything that can be asked of a case. Adding an action: a class here, its rows in `lifecycle`; nothing else."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from complaintkit.case.actions.base import Action, Terms, why_not
from complaintkit.case.actions.deciding import Close, Propose, Reopen, Resolve, Respond, SendBack, Withdraw
from complaintkit.case.actions.handling import Note, Reply, Resume, Wait
from complaintkit.case.actions.opening import Assess, Assign, Dismiss, Register
from complaintkit.case.actions.ties import Forward, LinkTo, Merge, Split, Unlink, Unmerge
from complaintkit.case.lifecycle import LIFE_CYCLE


def _catalogue() -> Mapping[str, type[Action]]:
    """Return all actions by name, in the order of the life cycle's table."""
    found = {action.name: action for action in _all(Action) if action.name}  # type: ignore[type-abstract]  # only its subclasses are taken
    order = list(dict.fromkeys(name for name, _ in LIFE_CYCLE))
    return MappingProxyType(dict(sorted(found.items(), key=lambda one: order.index(one[0]))))


def _all(base: type[Action]) -> Iterator[type[Action]]:
    for action in base.__subclasses__():
        if action.__module__.startswith(__name__):
            yield action
        yield from _all(action)


ACTIONS: Final[Mapping[str, type[Action]]] = _catalogue()

__all__ = [
    "ACTIONS",
    "Action",
    "Assess",
    "Assign",
    "Close",
    "Dismiss",
    "Forward",
    "LinkTo",
    "Merge",
    "Note",
    "Propose",
    "Register",
    "Reopen",
    "Reply",
    "Resolve",
    "Respond",
    "Resume",
    "SendBack",
    "Split",
    "Terms",
    "Unlink",
    "Unmerge",
    "Wait",
    "Withdraw",
    "why_not",
]
