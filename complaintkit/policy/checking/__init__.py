"""Whether a policy is whole: gaps, contradictions, and data that has grown old. Reading it has refused what is wrong
by itself; here its parts are held against each other.
"""

from datetime import datetime

from complaintkit.policy.checking.ageing import ageing
from complaintkit.policy.checking.finding import LEVELS, Level, PolicyFinding
from complaintkit.policy.checking.people import people
from complaintkit.policy.checking.promises import promises
from complaintkit.policy.policy import Policy

__all__ = ["LEVELS", "Level", "PolicyFinding", "check"]


def check(policy: Policy, now: datetime) -> tuple[PolicyFinding, ...]:
    """Return what is the matter with a policy, the gravest first.

    Args:
        policy: The policy, with its rule packs and the kinds of channels that plugins bring.
        now: By which packs, and calendars with their holidays, are current or old.
    """
    found = (*promises(policy, now), *people(policy), *ageing(policy, now))
    return tuple(sorted(found, key=lambda one: LEVELS.index(one.level)))
