"""Who may do what and who may know of what: one check for every action and every look, which a host can replace.

Two things stand whatever the check says. A complaint about somebody does not exist for them; and a confidential one
exists only for its owner and its named handlers.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final, Protocol

from complaintkit.case.actions import ACTIONS
from complaintkit.case.actor import COMPLAINANT, GUEST, Actor, plain
from complaintkit.case.complaint import Complaint
from complaintkit.case.secrecy import initiated
from complaintkit.errors import SettingsError
from complaintkit.improving.actions import ACTIONS as OF_IMPROVEMENTS
from complaintkit.improving.actions import OPENINGS
from complaintkit.policy.roster import Roster
from complaintkit.policy.staff import STAFF_ROLES

# What may be looked at; each has a row in the table of permissions, beside those of the actions.
LOOKS: Final = (
    "look", "look_confidential", "look_needs", "report", "export", "figures", "outbox", "parked", "code", "task_link",
)  # fmt: skip
# What is asked of the desk itself, and of no complaint.
OF_THE_DESK: Final = ("away",)
# Permissions for improvements have this before the name of their action.
IMPROVING: Final = "improving."
# A word for every role of staff but those that only look on.
ANY_OF_STAFF: Final = "staff"
OUTSIDERS: Final = frozenset({COMPLAINANT, GUEST, "auditor"})
# Who comes by a link or a code of one complaint, and not as one of the staff.
BY_LINK: Final = frozenset({COMPLAINANT, GUEST})


class Access(Protocol):
    """A host's own check. A plain function of the same arguments does as well."""

    def refusal(self, what: str, actor: Actor, case: Complaint | None) -> str:
        """Return why this person may not; an empty text if they may. Anything else, or an error, refuses.

        Args:
            what: The action, such as `reply`, or the look, one of `LOOKS`.
            actor: Who asks.
            case: The complaint; `None` where it is about no single one.
        """


Check = Callable[[str, Actor, Complaint | None], object]


def check_of(access: Any) -> Check:
    """Return the function that a host's check comes down to.

    Raises:
        SettingsError: It is neither a function nor has a method `refusal`.
    """
    check = getattr(access, "refusal", access)
    if not callable(check):
        raise SettingsError("access", "is no function (what, actor, case) -> str, and has no method `refusal` like it")
    return check  # type: ignore[no-any-return]  # what it answers is looked at, each time


def asked(check: Check, what: str, actor: Actor, case: Complaint | None) -> str:
    """Return what a host's check says; where it fails or answers nonsense, the refusal that says so."""
    try:
        answer = check(what, actor, case)
    except Exception as error:  # noqa: BLE001 - whatever a host's check raises, it has not said that they may
        return f"{what} is refused: the host's access check failed with {type(error).__name__}"
    if isinstance(answer, str):
        return answer
    kind = type(answer).__name__
    return f"{what} is refused: the host's access check answered with {kind} instead of a reason or an empty text"


def by_table(what: str, allowed: Iterable[str], actor: Actor, known: Collection[str]) -> str:
    """Return why the table of permissions refuses somebody; empty if it does not. In doubt it does.

    Args:
        what: An action or a look.
        allowed: The roles that may.
        actor: Who asks.
        known: Every role of staff that the policy knows: a role that nobody has laid down opens nothing.
    """
    roles = tuple(allowed)
    staff = actor.roles & frozenset(known) - OUTSIDERS
    if actor.roles & frozenset(roles) or (ANY_OF_STAFF in roles and staff):
        return ""
    has = ", ".join(sorted(actor.roles)) or "no role here: a name that is not in [policy.staff] has none"
    return f"{what} is for {', '.join(roles) or 'nobody'}; {actor.name} has {has}"


def subjects(roster: Roster, name: str) -> tuple[str, ...]:
    """Return about whom no complaint exists for somebody, as names are compared: themselves, and their superiors too
    where the rules keep a complaint from those who report to whom it is about.
    """
    return tuple(_line(roster, name)) if roster.rules.conflict_line else (plain(name),)


def _line(roster: Roster, name: str) -> Iterator[str]:
    seen: set[str] = set()
    while name and plain(name) not in seen:
        seen.add(plain(name))
        yield plain(name)
        member = roster.member(name)
        name = member.reports_to if member else ""


def knows_of(case: Complaint, actor: Actor, roster: Roster) -> bool:
    """Say whether a complaint exists for somebody: it is not about them, and if it is confidential they are let in.

    Who comes by a link or code of their own complaint has been let in by that.
    """
    if any(map(case.concerns, subjects(roster, actor.name))):
        return False
    return (bool(actor.roles) and actor.roles <= BY_LINK) or initiated(case, actor)


def things() -> tuple[str, ...]:
    """Return everything that has a row in the table of permissions: actions, looks, what is asked of improvements."""
    return (*ACTIONS, *LOOKS, *OF_THE_DESK, *(f"{IMPROVING}{name}" for name in (*OPENINGS, *OF_IMPROVEMENTS)))


def check_permissions(
    permissions: Mapping[str, Iterable[str]], staff: Mapping[str, Iterable[str]], roles: Iterable[str]
) -> None:
    """Refuse names in the table of permissions, or in the list of staff, that mean nothing.

    A role of one's own is known if it is one of `roles`, or if both the table and somebody of the staff have it.

    Args:
        permissions: The table.
        staff: Roles by name of the person.
        roles: Roles that the policy names.

    Raises:
        SettingsError: An action or role is unknown; the text says which one is near.
    """
    common = {*STAFF_ROLES, *roles}
    named = {role for allowed in permissions.values() for role in allowed}
    held = {role for having in staff.values() for role in having}
    for what, allowed in permissions.items():
        if what not in things():
            raise _unknown(f"policy.permissions.{what}", "action", what, things())
        for role in allowed:
            if role not in common | held | {COMPLAINANT, GUEST, ANY_OF_STAFF}:
                known = {*common, *held, COMPLAINANT, GUEST, ANY_OF_STAFF}
                raise _unknown(f"policy.permissions.{what}", "role", role, known)
    for name, having in staff.items():
        for role in having:
            if role not in common | named - {COMPLAINANT, GUEST, ANY_OF_STAFF}:
                raise _unknown(f"policy.staff.{name}.roles", "role", role, common | named)


def _unknown(path: str, kind: str, word: str, known: Iterable[str]) -> SettingsError:
    names = sorted(known)
    near = get_close_matches(word, names, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(names)}"
    return SettingsError(path, f"there is no {kind} {word!r}; {hint}")
