"""What every notice is made of: to whom, by which way, with which facts."""

from datetime import datetime
from typing import Any, Final

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.parties import Addressee, addressee
from complaintkit.case.reference import reply_token
from complaintkit.message import Notice, Occasion
from complaintkit.policy import Policy

STAFF: Final = "staff"
Notices = tuple[Notice, ...]


def complainant(
    case: Complaint, entry: Entry, occasion: Occasion, policy: Policy, secret: bytes, **more: str
) -> Notice:
    """Return a notice to the complainant, or to the representative who gets the notices in that one's place.

    It goes by the way the person prefers, else by the best one known; to the owner, to pass it on, where none is.

    Args:
        case: The case.
        entry: What happened.
        occasion: Which template words it.
        policy: The policy.
        secret: The kit's secret, for the token by which an answer finds the case.
        more: Facts that the template asks for.
    """
    to = addressee(case, entry.at)
    medium, recipient = route(to, policy.kind(case.channel) == "letter") or (STAFF, case.owner)
    return Notice(
        id="-",
        reference=case.reference,
        occasion=occasion,
        audience="complainant",
        recipient=recipient.strip(),
        medium=medium,
        language=to.language or policy.languages[0],
        created_at=entry.at,
        facts=facts_of(case, policy, **more),
        reply_token=reply_token(case.reference, secret),
    )


def route(to: Addressee, by_letter: bool = False) -> tuple[str, str] | None:
    """Return the way to write to somebody, and the address there; `None` where there is no way.

    Args:
        to: Whom to write to.
        by_letter: Whether the person wrote a letter: then a name is enough to send one back.
    """
    person = to.person
    known = {"email": person.email.strip(), "phone": person.phone.strip(), "social": person.handle.strip()}
    if person.address.strip() or (by_letter and person.name.strip()):
        known["letter"] = ", ".join(part for part in (person.name.strip(), person.address.strip()) if part)
    order = (to.prefers, "email", *(("letter",) if by_letter else ()), "phone", "social", "letter")
    return next(((way, known[way]) for way in order if known.get(way)), None)


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
    answer = case.strictest("final_response") or case.strictest("first_response")
    return {
        "reference": case.reference,
        "owner": case.owner,
        "organisation": policy.organisation,
        "contact": policy.contact,
        "stage": case.stage.value,
        "level": str(case.level),
        "tone": policy.tone(case),
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
