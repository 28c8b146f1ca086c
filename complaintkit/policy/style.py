"""Looks over a text before it goes to the complainant: what a careful colleague would say about it."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from attrs import field, frozen, validators

from complaintkit.case import reference as references
from complaintkit.case.complaint import Complaint
from complaintkit.case.parties import PartyRole
from complaintkit.case.parts import Outcome
from complaintkit.case.wording import gaps, unfilled
from complaintkit.checks import frozen_mapping
from complaintkit.message import Person
from complaintkit.policy.situations import normal
from complaintkit.words import words

if TYPE_CHECKING:
    from complaintkit.policy.policy import Policy

REFUSED: Final = "refused"
WARNING: Final = "warning"
# A name of fewer signs stands in too many other words; a text of fewer tells no language.
_SHORTEST_NAME: Final = 3
_TELLING: Final = 40
# Of a point's words a third has to come back, of a long one no more than of so many.
_ENOUGH: Final = 8
_DIGITS: Final = re.compile(r"\D")
# As long as amounts get; what is endless takes no time for that.
_FIGURE: Final = r"(?<!\d)\d{1,12}(?:[ .,']\d{1,3}){0,5}"
_CODE: Final = 4
_SIGNS: Final = r"[$£€¥₱₽]"
_MINE: Final = (PartyRole.COMPLAINANT, PartyRole.REPRESENTATIVE)


@frozen(kw_only=True)
class Style:
    """What is looked for in a text.

    Attributes:
        blame: By language, phrases that put the fault on whoever complains.
        hollow: By language, apologies that are none, and phrases that say nothing.
        vague: By language, promises without a date.
        apology: By language, stems of a real apology; asked for where the complaint is upheld.
        money: By language, stems of currencies, of which those of up to four signs are whole words; a figure beside one
            is an amount of money.
        shortest, longest: Length of a final response in signs, within which nothing is remarked.
    """

    blame: Mapping[str, tuple[str, ...]] = field(factory=dict, converter=frozen_mapping)
    hollow: Mapping[str, tuple[str, ...]] = field(factory=dict, converter=frozen_mapping)
    vague: Mapping[str, tuple[str, ...]] = field(factory=dict, converter=frozen_mapping)
    apology: Mapping[str, tuple[str, ...]] = field(factory=dict, converter=frozen_mapping)
    money: Mapping[str, tuple[str, ...]] = field(factory=dict, converter=frozen_mapping)
    shortest: int = field(default=0, validator=validators.ge(0))
    longest: int = field(default=100_000, validator=validators.ge(1))


@frozen(kw_only=True)
class Remark:
    """Something about a text that is to go out.

    Attributes:
        rule: What was looked for: `place`, `gap`, `language`, `reference`, `point`, `blame`, `hollow`, `vague`,
            `apology`, `amount`, `others`, `length`.
        level: `refused` (it cannot be sent like this) or `warning`.
        text: The remark, and what to do.
    """

    rule: str
    level: str
    text: str


def look_over(text: str, case: Complaint, policy: "Policy", occasion: str = "response") -> tuple[Remark, ...]:
    """Return the remarks on a text to the complainant; only an unfilled place keeps it from being sent.

    Args:
        text: The text, without what the template puts around it.
        case: The case.
        policy: The policy.
        occasion: `response` for the decision, `promise` for a promise, `reply` for anything else.
    """
    found = [_refused("place", f"{place} is not filled in") for place in unfilled(text)]
    found += [_warning("gap", f"{gap} looks like a gap that was to be filled") for gap in gaps(text)]
    found += _language(text, case, policy)
    found += _reference(text, case, policy, occasion)
    found += _phrases(text, policy.style)
    found += _others(text, case)
    if occasion == "response":
        found += _points(text, case)
        found += _decision(text, case, policy.style)
        found += _length(text, policy.style)
    else:
        found += _amounts(text, case, policy.style)
    return tuple(found)


def _refused(rule: str, text: str) -> Remark:
    return Remark(rule=rule, level=REFUSED, text=text)


def _warning(rule: str, text: str) -> Remark:
    return Remark(rule=rule, level=WARNING, text=text)


def _language(text: str, case: Complaint, policy: "Policy") -> Iterator[Remark]:
    if len(text.strip()) >= _TELLING and case.language in policy.languages:
        found = policy.language(text)
        if found != case.language:
            yield _warning("language", f"it reads as {found}; the complainant writes {case.language}")


def _reference(text: str, case: Complaint, policy: "Policy", occasion: str) -> Iterator[Remark]:
    template = policy.template(occasion, case.language)
    named = "{reference}" in template.subject + template.body
    if not named and case.reference not in references.mentioned(text):
        yield _warning("reference", f"neither the text nor its template names the reference {case.reference}")
    for other in references.mentioned(text):
        if other != case.reference:
            yield _warning("others", f"it names {other}, which is another complaint")


def _phrases(text: str, style: Style) -> Iterator[Remark]:
    plain = normal(text)
    advice = {
        "blame": "puts the fault on the complainant; say what happened without it",
        "hollow": "says nothing; name what went wrong, or leave it out",
        "vague": "promises without a date; give one",
    }
    lists = {"blame": style.blame, "hollow": style.hollow, "vague": style.vague}
    for rule, by_language in lists.items():
        for phrase in (phrase for phrases in by_language.values() for phrase in phrases):
            if re.search(rf"(?<!\w){re.escape(normal(phrase))}", plain):
                yield _warning(rule, f"{phrase!r} {advice[rule]}")


def _others(text: str, case: Complaint) -> Iterator[Remark]:
    """Remark on names and addresses of people who are not the one written to."""
    mine = _traces(case.complainant)
    for party in case.matter.parties:
        if party.role in _MINE:
            mine |= _traces(party.who)
    plain, digits = normal(text), _DIGITS.sub("", text)
    for party in case.matter.parties:
        if party.role not in _MINE:
            for trace in sorted(_traces(party.who) - mine):
                if _stands(trace, plain, digits):
                    yield _warning("others", f"it names {trace!r}, which belongs to {party.name} ({party.role})")
    for name in case.about:
        if _stands(normal(name), plain, digits):
            yield _warning("others", f"it names {name!r}, a member of staff the complaint is about")


def _traces(person: Person) -> set[str]:
    known = {normal(person.name), normal(person.email), normal(person.handle), _DIGITS.sub("", person.phone)}
    known |= {part for part in normal(person.name).split() if len(part) > _SHORTEST_NAME}
    return {one for one in known if len(one) >= _SHORTEST_NAME}


def _stands(trace: str, plain: str, digits: str) -> bool:
    if trace.isdigit():
        return len(trace) > 2 * _SHORTEST_NAME and trace in digits
    return re.search(rf"(?<!\w){re.escape(trace)}(?!\w)", plain) is not None


def _points(text: str, case: Complaint) -> Iterator[Remark]:
    """Remark on points of which the text does not seem to speak: it has too few of their words."""
    said = set(words(text))
    for point in case.matter.points:
        asked = set(words(str(point.text)))
        if asked and len(asked & said) <= min(len(asked), _ENOUGH) / 3:
            yield _warning("point", f"it does not seem to answer {point.name}: {str(point.text).strip()[:60]!r}")


def _decision(text: str, case: Complaint, style: Style) -> Iterator[Remark]:
    stems = [stem for stems in style.apology.values() for stem in stems]
    if case.outcome in (Outcome.UPHELD, Outcome.PARTLY_UPHELD) and stems:
        plain = normal(text)
        if not any(re.search(rf"(?<!\w){re.escape(normal(stem))}", plain) for stem in stems):
            yield _warning("apology", f"the complaint is {case.outcome.replace('_', ' ')}, and nobody says sorry")


def _amounts(text: str, case: Complaint, style: Style) -> Iterator[Remark]:
    """Remark on amounts of money outside a decision, where they are held against nobody's limit.

    What a remedy of the case is worth may be named.
    """
    known = {_figures(f"{one.due.amount:f}") for one in case.settlement.remedies if one.due and one.counts}
    unit = "|".join((_SIGNS, *(_currency(normal(one)) for ones in style.money.values() for one in ones)))
    for found in re.finditer(rf"(?:{unit})\s?({_FIGURE})|({_FIGURE})\s?(?:{unit})", normal(text)):
        if _figures(found[1] or found[2]) not in known:
            yield _warning(
                "amount",
                f"{found[0]!r} is money: decide it as a remedy (offer_remedy), within limits; the answer tells it",
            )


def _currency(stem: str) -> str:
    """Return the pattern of a currency; a short stem stands for itself, for too many words begin with it."""
    end = r"s?(?![^\W\d])" if len(stem) <= _CODE else r"\w*"
    return rf"(?<![^\W\d]){re.escape(stem)}{end}"


def _figures(amount: str) -> str:
    """Return the figures of an amount, without grouping and without hundredths that are none."""
    return _DIGITS.sub("", re.sub(r"[.,]00$", "", amount))


def _length(text: str, style: Style) -> Iterator[Remark]:
    signs = len(text.strip())
    if signs < style.shortest:
        yield _warning("length", f"it has {signs} signs; a decision with its reasons rarely fits into {style.shortest}")
    elif signs > style.longest:
        yield _warning("length", f"it has {signs} signs; beyond {style.longest} few people read to the end")
