"""When staff is told: in whose hours, and how much of it at once."""

from collections.abc import Collection, Iterable

from attrs import field, frozen, validators

from complaintkit.errors import SettingsError
from complaintkit.policy.staff import Member

# What is about a promise, a task or a case among many, and can wait to be read in one list.
LISTED = (
    "owner", "overdue", "escalation", "cause", "finding", "task_reminder", "promise_owed", "improvement_due",
    "improvement_escalation",
)  # fmt: skip


@frozen(kw_only=True)
class Telling:
    """When staff is told, and how much of it at once.

    Nobody is woken for a reminder, and nobody gets five hundred messages: what waits for the same reader becomes one.
    What is urgent goes out at once, whatever stands here.

    Attributes:
        hours: Name of the calendar in whose hours staff is told; empty for at any time. A member's own goes before it.
        digest: From so many notices on that wait for one reader they go out as one; 0 for never.
        listed: Occasions that may stand in such a list.
        gather: Minutes that those wait for more of their kind before they go out.
        urgent: Occasions that go out at once at any hour, besides notices marked as urgent.
    """

    hours: str = ""
    digest: int = field(default=5, validator=validators.ge(0))
    listed: tuple[str, ...] = LISTED
    gather: int = field(default=0, validator=(validators.ge(0), validators.le(1440)))
    urgent: tuple[str, ...] = ("alarm", "legal_hold")


def check_telling(telling: Telling, staff: Iterable[Member], calendars: Collection[str]) -> None:
    """Refuse hours that are those of no calendar.

    Raises:
        SettingsError: The calendar of the desk, or of a member of staff, is not there.
    """
    places = {"policy.telling.hours": telling.hours, **{f"policy.staff.{one.name}.hours": one.hours for one in staff}}
    for path, name in places.items():
        if name and name not in calendars:
            there = ", ".join(sorted(calendars))
            raise SettingsError(path, f"there is no calendar {name!r}; there are {there}; see [policy.calendars]")
