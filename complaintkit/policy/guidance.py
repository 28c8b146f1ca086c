"""The guide for a case as it stands: what to ask, say and do, how complete it is, and what was overlooked."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from complaintkit.case.actions.outstanding import STEPS, Missing, missing
from complaintkit.case.complaint import IDLE, Complaint
from complaintkit.case.completeness import Completeness, completeness
from complaintkit.case.guides import tension_of, tick_of
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content
from complaintkit.policy.guides import Guide, Item, guides_for, seen_to

if TYPE_CHECKING:
    from complaintkit.policy.policy import Policy

_PLACE: Final = re.compile(r"\{([a-z_]+)\}")
# The first and the last of the steps that are near in a stage.
_NEXT: Final[Mapping[Stage, tuple[str, str]]] = MappingProxyType(
    {
        Stage.RECEIVED: ("assess", "respond"),
        Stage.REGISTERED: ("assess", "respond"),
        Stage.RESPONDED: ("resolve", "close"),
        Stage.RESOLVED: ("close", "close"),
    }
)
# So long somebody may wait for an answer to a further message before it looks as if it had been overlooked.
_WAITS: Final = timedelta(days=2)


@frozen(kw_only=True)
class Advice:
    """One item of a guide, as whoever handles the case reads it.

    Attributes:
        item: Its name in case files, such as `telephone.restate`.
        question, help: What to ask or do, and how.
        wording: Words to say or write, in the language of the complainant; what stands in braces is yours to fill in.
        mandatory, before: Whether it has to be seen to, and by when: `assess`, `respond`, `resolve` or `close`.
        done: Whether it was seen to, or what it asks for is on file already.
        answer, by, at: What was noted, by whom, when.
        outdated: Whether it was noted when the guide was another one.
    """

    item: str
    question: str
    help: str = ""
    wording: str = ""
    mandatory: bool = False
    before: str = ""
    done: bool = False
    answer: Content | None = None
    by: str = ""
    at: datetime | None = None
    outdated: bool = False


@frozen(kw_only=True)
class Section:
    """A guide that applies: its code, version and title, and what it advises."""

    guide: str
    version: str
    title: str
    advice: tuple[Advice, ...]


@frozen(kw_only=True)
class Overlooked:
    """Something that looks as if it had been forgotten: a word for it, and the sentence."""

    what: str
    text: str


@frozen(kw_only=True)
class Guidance:
    """The guide for a case.

    Attributes:
        reference, stage: The case.
        sections: The guides that apply, those about people's safety first.
        completeness: How complete the acceptance is, and which facts are missing.
        questions: By which question each missing fact is asked for.
        tension: How tense it is, from 0 to 4.
        situations: Special situations, by what people call them.
        overlooked: What looks forgotten.
        before: Per step that comes next, what is open before it.
    """

    reference: str
    stage: Stage
    sections: tuple[Section, ...] = ()
    completeness: Completeness = Completeness(score=100)
    questions: tuple[tuple[str, str], ...] = ()
    tension: int = 0
    situations: tuple[str, ...] = ()
    overlooked: tuple[Overlooked, ...] = ()
    before: tuple[tuple[str, tuple[Missing, ...]], ...] = field(default=())


def guidance(
    case: Complaint, policy: "Policy", now: datetime, language: str = "", touched_at: datetime | None = None
) -> Guidance:
    """Return the guide for a case.

    Args:
        case: The case.
        policy: The policy.
        now: The moment by which it is judged what was overlooked.
        language: Language of whoever handles it; empty for the first one of the policy.
        touched_at: When a person last did something about it, where that is known.
    """
    language = language or policy.languages[0]
    applying = guides_for(policy, case)
    facts = {
        item.fact: (item.fact, item.weight, tick_of(case, guide.name_of(item)) is not None, item)
        for guide, items in applying
        for item in items
        if item.fact and item.weight
    }
    whole = completeness(case, [(name, weight, done) for name, weight, done, _ in facts.values()])
    return Guidance(
        reference=case.reference,
        stage=case.stage,
        sections=tuple(_section(guide, items, case, policy, language) for guide, items in applying),
        completeness=whole,
        questions=tuple((name, text_in(facts[name][3].question, language)) for name in whole.missing),
        tension=tension_of(case),
        situations=tuple(_situation(name, policy, language) for name in case.handling.situations),
        overlooked=tuple(_overlooked(case, now, touched_at)),
        before=tuple((step, found) for step in _ahead(case) if (found := missing(case, step, policy))),
    )


def _section(guide: Guide, items: tuple[Item, ...], case: Complaint, policy: "Policy", language: str) -> Section:
    return Section(
        guide=guide.code, version=guide.version, title=text_in(guide.label, language),
        advice=tuple(_advice(guide, item, case, policy, language) for item in items),
    )  # fmt: skip


def _advice(guide: Guide, item: Item, case: Complaint, policy: "Policy", language: str) -> Advice:
    name = guide.name_of(item)
    tick = tick_of(case, name)
    return Advice(
        item=name,
        question=text_in(item.question, language),
        help=text_in(item.help, language),
        wording=worded(text_in(item.wording, case.language or language), case, policy),
        mandatory=item.mandatory,
        before=item.before,
        done=seen_to(guide, item, case),
        answer=tick.answer if tick else None,
        by=tick.by if tick else "",
        at=tick.at if tick else None,
        outdated=tick is not None and tick.version != guide.version,
    )


def text_in(texts: Mapping[str, str], language: str) -> str:
    """Return a text in a language, in English, or in any there is; empty where there is none."""
    found = texts.get(language) or texts.get("en") or next(iter(texts.values()), "")
    return found.strip()


def worded(text: str, case: Complaint, policy: "Policy") -> str:
    """Return words for the complainant with what is known filled in; other places stay for whoever writes."""
    final = case.strictest("final_response")
    facts = {
        "name": case.complainant.name.strip(), "reference": case.reference, "owner": case.owner,
        "organisation": policy.organisation, "contact": policy.contact,
        "answer_due": f"{final.due_at.astimezone(policy.zone):%Y-%m-%d}" if final and not final.settled else "",
    }  # fmt: skip
    return _PLACE.sub(lambda place: facts.get(place.group(1), "") or place.group(), text)


def _situation(name: str, policy: "Policy", language: str) -> str:
    situation = policy.work.situation(name)
    return text_in(situation.label, language) or name if situation else name


def _ahead(case: Complaint) -> tuple[str, ...]:
    """Return the steps that come next, as far as the stage tells; what later ones ask for would only distract."""
    if not case.open:
        return ()
    first, last = _NEXT.get(case.stage, ("respond", "respond"))
    return STEPS[STEPS.index(first) : STEPS.index(last) + 1]


def _overlooked(case: Complaint, now: datetime, touched_at: datetime | None) -> Iterator[Overlooked]:
    if not case.open:
        return
    if case.unanswered_since and now - case.unanswered_since >= _WAITS:
        days = (now - case.unanswered_since).days
        yield Overlooked(what="unanswered", text=f"the complainant has waited for a word from us for {days} days")
    if touched_at and now - touched_at >= IDLE:
        yield Overlooked(what="stale", text=f"nobody has worked on it for {(now - touched_at).days} days")
    for clock in case.overdue_at(now):
        whose = f", asked of {clock.who}," if clock.who else ""
        yield Overlooked(what="promise", text=f"{clock.name}{whose} was due {clock.due_at:%Y-%m-%d %H:%M} UTC")
    for point in case.matter.points:
        if not point.decided and case.outcome is not None:
            yield Overlooked(what="point", text=f"{point.name} has no decision, though the complaint has one")
