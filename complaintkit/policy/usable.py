"""Whether a policy leaves anybody to work: settings that are in order one by one, and let no complaint be answered."""

from collections.abc import Mapping
from typing import Final

from complaintkit.case.actor import COMPLAINANT, GUEST
from complaintkit.errors import SettingsError
from complaintkit.policy.policy import Policy
from complaintkit.policy.staff import STAFF_ROLES

# Without these no complaint ever gets an owner who may act, or an answer.
NEEDED: Final[Mapping[str, str]] = {"take_over": "take a complaint over", "respond": "answer a complaint"}

# Without a standard for one of these no complaint is ever overdue, whatever becomes of it.
ANSWERED: Final = ("first_response", "final_response")


def check_usable(policy: Policy) -> None:
    """Refuse a policy by which nobody can work.

    Args:
        policy: The policy, with the roles of its departments.

    Raises:
        SettingsError: Nobody of the staff may take over or respond, no answer has a deadline, nobody hears of a broken
            promise, or complaints come to an owner who is not there.
    """
    if not any(one.clock in ANSWERED for one in policy.standards):
        raise SettingsError(
            "policy.standards",
            "promises no answer: no complaint would ever be overdue; add a standard with clock = 'final_response' and, "
            "say, within = { days = 14 }, or leave the list out for the shipped one",
        )
    if not policy.ladder:
        raise SettingsError(
            "policy.ladder",
            "is empty: nobody would hear of a broken promise; write one step at least, such as "
            '{ after = "0h", to = "team-lead" }, or leave it out for the shipped one',
        )
    for action, told in NEEDED.items():
        if not {*policy.permissions.get(action, ())} - {COMPLAINANT, GUEST}:
            raise SettingsError(
                f"policy.permissions.{action}",
                f'is empty: nobody of the staff could {told}; name roles, such as ["handler"], or leave it out',
            )
    if not policy.staff:
        return
    roles = {*policy.roles, *STAFF_ROLES, *(role for one in policy.staff for role in one.roles)}
    for channel, owner in policy.owners.items():
        if policy.member(owner) is None and owner not in roles:
            names = ", ".join((*(one.name for one in policy.staff), *sorted(policy.roles)))
            raise SettingsError(
                f"policy.owners.{channel}",
                f"{owner!r} is neither of the staff nor a role: complaints would wait for nobody; there are {names}",
            )
