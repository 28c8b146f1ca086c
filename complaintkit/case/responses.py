"""Responses: what went to the complainant as the answer, of which type, with which enclosures, and the proof of it."""

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import field, frozen, validators

from complaintkit.case.parts import Content, Outcome
from complaintkit.case.remedies import MONEY_TYPES, SAID, Remedy, with_remedies
from complaintkit.changing import evolve
from complaintkit.checks import aware

if TYPE_CHECKING:
    from complaintkit.case.approvals import Used
    from complaintkit.case.complaint import Complaint, Entry

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


class ResponseType(StrEnum):
    """What kind of answer it is.

    The first four follow the public response categories of consumer finance regulators (closed with explanation, with
    monetary relief, with non-monetary relief); `refusal` and `referral` are ours.
    """

    EXPLANATION = "explanation"
    MONETARY_RELIEF = "monetary_relief"
    NON_MONETARY_RELIEF = "non_monetary_relief"
    PROCESS_CHANGE = "process_change"
    REFUSAL = "refusal"
    REFERRAL = "referral"


class Style(StrEnum):
    """In which form and tone it is written."""

    INDIVIDUAL = "individual"
    STANDARD = "standard"
    FORMAL = "formal"
    SPOKEN = "spoken"


@frozen(kw_only=True)
class Enclosure:
    """A file that goes with a response: the SHA-256 of its bytes, and its name, sealed."""

    digest: str = field(validator=validators.min_len(1))
    name: Content | None = None


@frozen(kw_only=True)
class Response:
    """An answer as it went out.

    Attributes:
        name: `response-1`, `response-2` ...
        at: When it was released.
        by: By whom.
        outcome: What it decided.
        text: Its words, sealed.
        grounds, codes: The reasons that stand in it besides: words, sealed, and reason codes.
        kind: Its type.
        style: The style it is written in.
        template: Name and version of the wording it was made from; empty for free words.
        enclosures: The list of what went with it.
        remedies: Names of the remedies it offers.
    """

    name: str
    at: datetime = field(validator=aware)
    by: str
    outcome: Outcome | None = None
    text: Content
    grounds: Content | None = None
    codes: tuple[str, ...] = ()
    kind: str = ""
    style: str = ""
    template: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    remedies: tuple[str, ...] = ()


def sent(case: "Complaint", response: Response, used: "Used", *, taken: bool = False) -> "Complaint":
    """Return the complaint with a response on its way, and everything that was planned told with it; for entries only.

    Args:
        case: The complaint.
        response: What went out.
        used: The competence it went out with.
        taken: Whether the complainant accepted it at once.
    """

    def told(one: Remedy) -> Remedy:
        if not one.planned:
            return one
        at = response.at
        arrived = at if one.type in SAID else None
        return evolve(one, offered_at=at, accepted_at=at if taken else None, delivered_at=arrived, with_draft=False)

    offered = with_remedies(case, told)
    settlement = evolve(offered.settlement, responses=(*offered.settlement.responses, response))
    return evolve(offered, settlement=settlement, handling=evolve(offered.handling, used=used, draft=None))


def type_of(outcome: Outcome | None, remedies: tuple[Remedy, ...]) -> ResponseType:
    """Return the type of response that follows from an outcome and what is offered with it."""
    if any(one.type in MONEY_TYPES for one in remedies):
        return ResponseType.MONETARY_RELIEF
    if any(one.type not in SAID and one.type != "process_change" for one in remedies):
        return ResponseType.NON_MONETARY_RELIEF
    if any(one.type == "process_change" for one in remedies):
        return ResponseType.PROCESS_CHANGE
    if outcome is Outcome.OUT_OF_SCOPE:
        return ResponseType.REFERRAL
    return ResponseType.REFUSAL if outcome is Outcome.NOT_UPHELD else ResponseType.EXPLANATION


def enclosed(written: str) -> Enclosure:
    """Return an enclosure from the way people write it: the digest, then a name if they want.

    Raises:
        ValueError: It does not begin with a digest.
    """
    digest, _, name = written.strip().partition(" ")
    if not _DIGEST.fullmatch(digest):
        raise ValueError(f"{written!r} does not begin with a SHA-256: 64 digits and letters a to f")
    return Enclosure(digest=digest, name=Content.maybe(name))


def proof(file: Iterable["Entry"], response: Response) -> "Entry | None":
    """Return the entry that shows what became of sending a response; `None` while it is on its way.

    Args:
        file: The entries of the case, in order.
        response: The response.
    """
    told = False
    for entry in file:
        if entry.kind in ("responded", "settled_now") and entry.at == response.at:
            told = True
        elif told and entry.kind in ("notice_sent", "notice_undelivered") and _is_response(entry):
            return entry
    return None


def _is_response(entry: "Entry") -> bool:
    to_them = getattr(entry, "audience", "") == "complainant"
    return to_them and getattr(entry, "occasion", "") in ("response", "review_decision")
