"""What came after an answer, as people read it: promises, reviews, bodies outside, the survey, legal holds."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING

from complaintkit.case.external import Dispute, standing_of
from complaintkit.cli.show import line, moment

if TYPE_CHECKING:
    from complaintkit.app import Complaint


def afterwards(case: "Complaint", zone: tzinfo) -> Iterator[tuple[str, str]]:
    """Yield what was promised and what came after the answer, as name and text; nothing where there is none."""
    for hold in case.settlement.holds:
        if hold.released_at is None:
            yield hold.name, f"LEGAL HOLD since {moment(hold.at, zone)}, nothing may be erased: {hold.reason}"
    if (standing := standing_of(case)) is not Dispute.INTERNAL:
        yield "dispute", _words(standing)
    yield from _external(case, zone)
    for one in case.settlement.commitments:
        end = moment(one.settled_at, zone)
        until = _words(one.state) + f" {end}" if end else f"until {moment(one.due_at, zone)}"
        moved = f", moved {one.moved} x" if one.moved else ""
        yield one.name, f"{one.what} ({one.kind}, {one.who or case.owner}, {until}{moved})"
    yield from _reviews(case, zone)
    yield from _survey(case, zone)


def _external(case: "Complaint", zone: tzinfo) -> Iterator[tuple[str, str]]:
    for one in case.settlement.external:
        told = f"{one.body} ({one.kind}) since {moment(one.since, zone)}, answered {len(one.answers)} x"
        if one.decided_at:
            changed = "changed for the complainant" if one.changed else "nothing changed"
            award = f", {one.award}" if one.award else ""
            told += f"; decided {moment(one.decided_at, zone)}: {_words(one.result)}, {changed}{award}"
        yield one.name, told


def _reviews(case: "Complaint", zone: tzinfo) -> Iterator[tuple[str, str]]:
    for place, one in enumerate(case.settlement.positions, 1):
        notes = "; final" * one.final + "; overturns the one before" * one.overturned
        what = _words(one.outcome or "no outcome")
        yield f"answer {place}", f"{what}, {moment(one.at, zone)}, by {one.decided_by}{notes}"
    for review in case.settlement.reviews:
        end = f", ended {moment(review.ended_at, zone)}" if review.ended_at else ", pending"
        who = review.reviewer or "nobody yet"
        yield review.name, f"asked for {moment(review.asked_at, zone)}, with {who}{end}: {review.text}"


def _survey(case: "Complaint", zone: tzinfo) -> Iterator[tuple[str, str]]:
    for survey in case.settlement.surveys:
        if survey.answered_at:
            figures = ", ".join(f"{one.question} {one.figure}" for one in survey.answers)
            words = f": {survey.text}" if survey.text else ""
            yield survey.name, f"answered {moment(survey.answered_at, zone)} ({figures or 'in words'}){words}"
        elif survey.waived:
            yield survey.name, f"not asked: {_words(survey.waived)}"
        else:
            yield survey.name, f"asked {moment(survey.asked_at, zone)}, no answer yet"
    for found in case.settlement.findings:
        end = f"settled {moment(found.settled_at, zone)}" if found.settled_at else f"until {moment(found.due_at, zone)}"
        yield found.name, f"{_words(found.why)} ({found.who}, {end})"


def _words(code: object) -> str:
    return line(str(code)).replace("_", " ")
