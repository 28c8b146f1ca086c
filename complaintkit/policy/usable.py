"""Whether a policy leaves anybody to work: settings that are in order one by one, and let no complaint be answered."""

from collections.abc import Mapping
from typing import Final

from complaintkit.case.actor import COMPLAINANT, GUEST
from complaintkit.errors import SettingsError
from complaintkit.policy.policy import Policy
from complaintkit.policy.staff import STAFF_ROLES

# Without these no complaint ever gets an owner who may act, or an answer.
NEEDED: Final[Mapping[str, str]] = {"take_over": "take a complaint over", "respond": "answer a complaint"}


def check_usable(policy: Policy) -> None:
    """Refuse a policy by which nobody can work.

    Args:
        policy: The policy, with the roles of its departments.

    Raises:
        SettingsError: Nobody of the staff may take over or respond, or complaints come to an owner who is not there.
    """
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
