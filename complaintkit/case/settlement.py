"""How it is answered and put right: reaction and outcome."""

from datetime import datetime

from attrs import field, frozen, validators

from complaintkit.case.commitments import Commitment, FollowUp
from complaintkit.case.external import Dispute, LegalHold, Referral
from complaintkit.case.remedies import Remedy
from complaintkit.case.responses import Response
from complaintkit.case.reviews import Position, Reopening, Review
from complaintkit.case.surveys import Finding, Survey
from complaintkit.checks import aware


@frozen(kw_only=True)
class Settlement:
    """How it is answered and put right: reaction and outcome; one group of a complaint.

    Attributes:
        remedies: What the complainant gets, planned or told; every one there ever was.
        responses: The answers that went out.
        commitments: What the complainant was promised.
        contacts: The times somebody asked after the answer how things are.
        drafted_by: Who drafted the decision that is being worked on.
        positions: What was answered at each stage.
        reviews: The times a decision was looked at again by somebody else.
        reopenings: The times it was opened again.
        surveys, survey_wish: What the complainant was asked after the end; `wanted`, `unwanted` or empty.
        findings: What surveys and talks brought to light.
        external, dispute: Bodies outside that took it up; how far the matter has gone otherwise.
        holds: Orders to keep everything.
        first_resolved_at: When it was settled for the first time; stays whatever comes later.
        holdings: How many holding notices went out of themselves since a person last wrote to the complainant.
    """

    remedies: tuple[Remedy, ...] = ()
    responses: tuple[Response, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    contacts: tuple[FollowUp, ...] = ()
    drafted_by: str = ""
    positions: tuple[Position, ...] = ()
    reviews: tuple[Review, ...] = ()
    reopenings: tuple[Reopening, ...] = ()
    surveys: tuple[Survey, ...] = ()
    survey_wish: str = ""
    findings: tuple[Finding, ...] = ()
    external: tuple[Referral, ...] = ()
    dispute: Dispute = Dispute.INTERNAL
    holds: tuple[LegalHold, ...] = ()
    first_resolved_at: datetime | None = field(default=None, validator=validators.optional(aware))
    holdings: int = 0
