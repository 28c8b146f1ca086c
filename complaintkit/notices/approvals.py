"""Notices of decisions: whose second look is asked for and with which figures, what became of it, and the response."""

from collections.abc import Iterator

from complaintkit.case.approvals import BEYOND, Measure, Why
from complaintkit.case.complaint import Complaint
from complaintkit.case.money import digits_of
from complaintkit.case.parts import Content
from complaintkit.case.remedies import MONEY_TYPES, planned
from complaintkit.case.responses import Response
from complaintkit.notices.base import Notices, Occurred, date
from complaintkit.policy import Policy


def asked(what: Occurred) -> Notices:
    """Return the request for a second look: why, what is given, what was given before, and the draft."""
    case, approval, policy = what.case, what.entry.approval, what.policy
    language = policy.languages[0]
    due = max((clock.due_at for clock in what.entry.clocks), default=what.entry.at)
    draft = case.handling.draft
    return (
        what.to_staff(
            "approval",
            approval.who,
            who=approval.who,
            why=_lines(_why(one, policy, language) for one in approval.reasons),
            outcome=policy.deciding.say(f"outcome.{case.outcome}", language),
            remedies=_lines(_remedies(case, policy, language)),
            precedents=_lines(_precedents(approval.precedents, policy, language)),
            author=draft.by if draft else approval.asked_by,
            due=date(due),
            text=policy.deciding.say("withheld", language) if case.secrecy else str(case.proposal or ""),
        ),
    )


def approved(what: Occurred) -> Notices:
    """Return word to the author that the draft was approved."""
    draft = what.case.handling.draft
    words = str(what.entry.approval.words or "")
    return (what.to_staff("approved", draft.by, by=what.entry.by, text=words),) if draft else ()


def sent_back(what: Occurred) -> Notices:
    """Return word to the author, and to the owner of the case, that the draft came back."""
    facts = {"by": what.entry.by, "text": str(what.entry.reason)}
    told = dict.fromkeys(one for one in (what.case.settlement.drafted_by, what.case.owner) if one != what.entry.by)
    return tuple(what.to_staff("sent_back", one, **facts) for one in told if one)


def settled_now(what: Occurred) -> Notices:
    """Return the answer in writing, where the complainant is to have it so."""
    if not what.entry.written:
        return ()
    return (what.to_complainant("response", text=worded(what.case, what.entry.text, what.entry.response, what.policy)),)


def worded(case: Complaint, text: Content, response: Response | None, policy: Policy) -> str:
    """Return the words of a response with the reasons that stand in it besides.

    A complaint that is not upheld is never answered without them.
    """
    language = case.language or policy.languages[0]
    lines = tuple(dict.fromkeys(_reasons(case, response, policy, language))) if response else ()
    if not lines:
        return str(text)
    return f"{text}\n\n{policy.deciding.say('reasons', language)}\n{_lines(iter(lines))}"


def _reasons(case: Complaint, response: Response, policy: Policy, language: str) -> Iterator[str]:
    if response.grounds:
        yield str(response.grounds)
    codes = [*response.codes, *(point.code for point in case.matter.points)]
    for code in dict.fromkeys(code for code in codes if code):
        ground = policy.deciding.ground(code)
        yield ground.words(language) if ground else code
    yield from (str(point.reason) for point in case.matter.points if point.reason)


def _why(why: Why, policy: Policy, language: str) -> str:
    """Return a reason in a language, from its figures and not from its English words."""
    say = policy.deciding.say
    if why.code != BEYOND:
        rule = next((one for one in policy.competence.rules if one.name == why.code), None)
        return (rule.label.get(language) if rule else "") or why.text
    kind = say(f"remedy.{why.remedy}", language) if why.remedy else say("together", language)
    if why.sum:
        limit = str(why.limit) if why.limit else say("nothing", language)
        return say("beyond", language, what=kind, sum=str(why.sum), limit=limit)
    return say("unknown", language, what=kind) if why.remedy in MONEY_TYPES else why.text


def _remedies(case: Complaint, policy: Policy, language: str) -> Iterator[str]:
    remedies = planned(case)
    for one in remedies:
        kind = policy.deciding.say(f"remedy.{one.type}", language)
        yield f"{kind}: {one.amount}" if one.amount else kind
    if not remedies:
        yield policy.deciding.say("no-remedy", language)


def _precedents(measures: tuple[Measure, ...], policy: Policy, language: str) -> Iterator[str]:
    say = policy.deciding.say
    for one in measures:
        kind = say(f"remedy.{one.remedy}", language)
        if one.lowest is None or one.median is None or one.highest is None:
            yield say("no-precedent", language, what=kind, currency=one.currency)
            continue
        figures = (f"{amount:.{digits_of(one.currency)}f}" for amount in (one.lowest, one.median, one.highest))
        lowest, median, highest = figures
        yield say(
            "precedents", language, what=kind, currency=one.currency, count=str(one.count), lowest=lowest,
            median=median, highest=highest,
        )  # fmt: skip
    if not measures:
        yield say("nothing-to-compare", language)


def _lines(lines: Iterator[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
