"""What a complaint is about, as people read it: parties, points, what is wanted and given, support needed."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING, Final

from complaintkit.case.gap import gap
from complaintkit.case.parties import Party
from complaintkit.case.points import Point
from complaintkit.cli.show import line, moment

if TYPE_CHECKING:
    from complaintkit.app import Complaint

_SUBJECT: Final = (
    "model", "batch", "udi", "serial", "order", "contract", "campaign", "brand", "jurisdiction",
)  # fmt: skip
_TELLING: Final = ("expected", "because", "goal", "expression", "tone", "place")


def about(case: "Complaint", zone: tzinfo) -> Iterator[tuple[str, str]]:
    """Yield what is known of the matter as name and text; nothing where nobody has described it yet."""
    yield from _subject(case)
    yield from _telling(case, zone)
    for party in case.matter.parties:
        yield party.name, _party(party, zone)
    for point in case.matter.points:
        yield point.name, _point(point)
    yield from _wanted(case)
    for value in case.matter.fields:
        yield value.name, str(value)
    for repeat in case.matter.repeats:
        yield "repeat", f"{_words(repeat.kind)}: {', '.join(repeat.earlier)}"
    for need in case.matter.needs:
        whose = "" if need.party == "complainant" else f" of {need.party}"
        until = moment(need.until, zone)
        yield need.name, f"{_words(need.kind)}{whose}: {need.text}; {need.support} (kept until {until})"


def _subject(case: "Complaint") -> Iterator[tuple[str, str]]:
    if case.product:
        yield "product", case.product
    for name in _SUBJECT:
        if value := getattr(case.matter.subject, name):
            yield name, str(value)
    if case.matter.target != "unknown":
        yield "aimed at", _words(case.matter.target)


def _telling(case: "Complaint", zone: tzinfo) -> Iterator[tuple[str, str]]:
    telling = case.matter.telling
    for name in _TELLING:
        if value := getattr(telling, name):
            yield name, str(value)
    if telling.happened_at:
        yield "happened", moment(telling.happened_at, zone)
    for name, figure in (("how often", telling.frequency), ("how many", telling.volume)):
        if figure:
            yield name, str(figure)
    if telling.reach:
        shown = f" ({telling.reach.evidence})" if telling.reach.evidence else ""
        yield "seen by", f"{telling.reach.people} people{shown}"
    for piece in telling.evidence:
        yield "evidence", str(piece)
    if telling.publish is not None:
        yield "publication", "agreed" if telling.publish else "not agreed"
    if restatement := telling.restatement:
        when = moment(restatement.confirmed_at, zone)
        yield "in our words", f"{restatement.text} ({f'confirmed {when}' if when else 'not yet confirmed'})"


def _party(party: Party, zone: tzinfo) -> str:
    who = party.who
    known = [part for part in (who.name, who.email, who.phone, who.handle, who.address, who.customer) if part]
    told = f"{_words(party.role)}: {', '.join(known) or 'unknown'}"
    if party.represents:
        told += f"; speaks for {party.represents}"
        told += f" by {party.authority.evidence}" if party.authority else ", which nobody has shown yet"
        if party.authority and party.authority.until:
            told += f" until {moment(party.authority.until, zone)}"
    return told if party.reachable else f"{told}; not to be written to"


def _point(point: Point) -> str:
    parts = [point.problem, f"about {point.object}" if point.object else ""]
    parts.append("" if point.target == "unknown" else f"aimed at {_words(point.target)}")
    known = ", ".join(part for part in parts if part)
    decided = f" -> {_words(point.outcome)}" if point.outcome else ""
    return f"{point.text}{f' ({known})' if known else ''}{decided}"


def _wanted(case: "Complaint") -> Iterator[tuple[str, str]]:
    for demand in case.matter.demands:
        words = f": {demand.text}" if demand.text else ""
        basis = f", by {demand.legal_basis}" if demand.legal_basis else ""
        end = f" -> {_words(demand.end)}" if demand.end else ""
        yield demand.name, f"{demand}{words}{basis}{end}"
    between = gap(case)
    if between.missing:
        yield "missing", ", ".join(map(str, between.missing))


def _words(code: object) -> str:
    return line(str(code)).replace("_", " ")
