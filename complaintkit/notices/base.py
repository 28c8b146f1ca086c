"""What every notice is made of: to whom, by which way, with which facts."""

from datetime import datetime
from typing import Any, Final

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.reference import reply_token
from complaintkit.message import Notice, Occasion
from complaintkit.policy import Policy

STAFF: Final = "staff"
Notices = tuple[Notice, ...]


def complainant(
    case: Complaint, entry: Entry, occasion: Occasion, policy: Policy, secret: bytes, **more: str
) -> Notice:
    """Return a notice to the complainant, by the best way known; to the owner, to pass it on, where none is.

    Args:
        case: The case.
        entry: What happened.
        occasion: Which template words it.
        policy: The policy.
        secret: The kit's secret, for the token by which an answer finds the case.
        more: Facts that the template asks for.
    """
    person = case.complainant
    routes = (("email", person.email), ("phone", person.phone), ("social", person.handle))
    medium, recipient = next(((medium, to) for medium, to in routes if to.strip()), (STAFF, case.owner))
    if policy.kind(case.channel) == "letter" and medium != "email" and person.name:
        medium, recipient = "letter", person.name
    return Notice(
        id="-",
        reference=case.reference,
        occasion=occasion,
        audience="complainant",
        recipient=recipient.strip(),
        medium=medium,
        language=case.language or policy.languages[0],
        created_at=entry.at,
        facts=facts_of(case, policy, **more),
        reply_token=reply_token(case.reference, secret),
    )


def staff(case: Complaint, entry: Entry, occasion: Occasion, to: str, policy: Policy, **more: str) -> Notice:
    """Return a notice to a member of staff, or to a role."""
    return Notice(
        id="-",
        reference=case.reference,
        occasion=occasion,
        audience=to,
        recipient=to,
        medium=STAFF,
        language=policy.languages[0],
        created_at=entry.at,
        facts=facts_of(case, policy, **more),
    )


def facts_of(case: Complaint, policy: Policy, **more: str) -> dict[str, str]:
    """Return the facts that every template may ask for."""
    answer = case.clock("final_response") or case.clock("first_response")
    return {
        "reference": case.reference,
        "owner": case.owner,
        "organisation": policy.organisation,
        "contact": policy.contact,
        "stage": case.stage.value,
        "level": str(case.level),
        "text": "",
        "clock": "",
        "due": "",
        "answer_due": date(answer.due_at) if answer else "",
        **more,
    }


def kind_of(case: Complaint, clock: str) -> str:
    """Return the kind of a clock, by its name."""
    found = case.named(clock)
    return found.kind if found else clock


def date(moment: datetime) -> str:
    """Return the day of a moment as it stands in a notice."""
    return moment.strftime("%Y-%m-%d")


@frozen
class Occurred:
    """An entry of which somebody may have to be told.

    Attributes:
        case: The case after it.
        entry: The entry.
        policy: The policy.
        secret: The kit's secret.
        quiet: Do not acknowledge; see `called_for`.
    """

    case: Complaint
    entry: Any
    policy: Policy
    secret: bytes
    quiet: bool = False

    def to_owner(self, occasion: Occasion = "owner", **more: str) -> Notice:
        """Return a notice to the owner of the case."""
        return staff(self.case, self.entry, occasion, self.case.owner, self.policy, **more)

    def to_staff(self, occasion: Occasion, to: str, **more: str) -> Notice:
        """Return a notice to a member of staff, or to a role."""
        return staff(self.case, self.entry, occasion, to, self.policy, **more)

    def to_complainant(self, occasion: Occasion, **more: str) -> Notice:
        """Return a notice to the complainant."""
        return complainant(self.case, self.entry, occasion, self.policy, self.secret, **more)
