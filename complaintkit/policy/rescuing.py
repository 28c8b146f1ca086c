"""Confidential cases that a person has to be called to from outside: nobody who may know of one works here any more, or
a second person has to allow that an identity is looked at.
"""

from typing import Final

from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint
from complaintkit.case.secrecy import SEALED, Called, initiated, names_of
from complaintkit.policy.access import subjects
from complaintkit.policy.policy import Policy

LOST: Final = "nobody who may know of this confidential complaint works here any more; name_handlers lets somebody in"
# For these somebody may be let in whom nobody has named.
ACTIONS: Final = frozenset({"name_handlers", "unseal"})


def lost(case: Complaint, policy: Policy) -> bool:
    """Say whether a confidential case has nobody left: neither owner nor handler is on the list of staff.

    Where nobody is listed, everybody works here.
    """
    people = policy.staff
    return bool(case.secrecy and people) and not any(
        initiated(case, Actor(one.name, one.roles)) and not policy.roster.in_conflict(case, one.name) for one in people
    )


def rescuers(case: Complaint, policy: Policy) -> tuple[str, ...]:
    """Return who is called to a case that has nobody left, by name: whoever is designated, or of the highest rank.

    Whom the case is about is not called; where only they are left, nobody is.
    """
    free = [one for one in policy.staff if not policy.roster.in_conflict(case, one.name)]
    return tuple(one.name for one in free if _may_rescue(Actor(one.name, one.roles), policy))


def called(case: Complaint, actor: Actor, action: str, policy: Policy) -> Actor:
    """Return who acts, let into a confidential case for one action where that is what they are needed for.

    Args:
        case: The case.
        actor: Who asks.
        action: What they ask for: to name handlers of a case that has nobody left, or to unseal an identity that
            somebody asks to see.
        policy: The policy.
    """
    if not case.secrecy or initiated(case, actor) or any(map(case.concerns, subjects(policy.roster, actor.name))):
        return actor
    if action == "unseal":
        wanted = _asked(case)
    else:
        wanted = action in ACTIONS and _may_rescue(actor, policy) and lost(case, policy)
    if not wanted or policy.refusal(action, actor, case):
        return actor
    return Called(actor.name, actor.roles, to=case.reference)


def seconds(case: Complaint, policy: Policy) -> tuple[str, ...]:
    """Return who may allow what somebody asks to see in a sealed case though it is not known to them, by name."""
    people = (Actor(one.name, one.roles) for one in policy.staff) if _asked(case) else ()
    return tuple(
        one.name for one in people if not policy.knows_of(case, one) and called(case, one, "unseal", policy) != one
    )


def _asked(case: Complaint) -> bool:
    return case.secrecy == SEALED and any(not one.granted_by for one in case.handling.unsealings)


def _may_rescue(actor: Actor, policy: Policy) -> bool:
    able = Actor("", (*policy.secrecy.designated, *policy.ownership.seniors[-1:]))
    return not names_of(actor).isdisjoint(names_of(able))
