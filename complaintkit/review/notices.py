"""Who is told what of an improvement: one table, a function for each kind of entry."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from attrs import evolve, frozen

from complaintkit.improving import entries as of
from complaintkit.improving.improvement import Improvement, ImprovementEntry
from complaintkit.improving.lifecycle import Kind
from complaintkit.improving.parts import Verdict
from complaintkit.message import Notice, Occasion
from complaintkit.policy import Policy

STAFF: Final = "staff"
Notices = tuple[Notice, ...]


@frozen
class Occurred:
    """An entry of which somebody may have to be told: the improvement after it, the entry, the policy."""

    improvement: Improvement
    entry: Any
    policy: Policy

    def to(self, people: Iterable[str], occasion: Occasion, **more: str) -> Notices:
        """Return a notice to each of these, once, but not to whoever did it."""
        names = dict.fromkeys(name for name in people if name and name != self.entry.by)
        return tuple(self._notice(name, occasion, more) for name in names)

    def to_owners(self, occasion: Occasion, **more: str) -> Notices:
        """Return a notice to the owner and one to the deputy."""
        return self.to((self.improvement.owner, self.improvement.deputy), occasion, **more)

    def _notice(self, to: str, occasion: Occasion, more: Mapping[str, str]) -> Notice:
        one = self.improvement
        facts = {
            "reference": one.reference, "title": " ".join(str(one.title).split()), "owner": one.owner,
            "organisation": self.policy.organisation, "contact": self.policy.contact, "text": "", "clock": "",
            "level": str(one.level), "state": one.state.value, "due": self.day(_next(one)),
        }  # fmt: skip
        return Notice(
            id="-", reference=one.reference, occasion=occasion, audience=to, recipient=to, medium=STAFF,
            language=self.policy.languages[0], created_at=self.entry.at, facts={**facts, **more},
        )  # fmt: skip

    def day(self, moment: datetime | None) -> str:
        """Return a day as it stands in a notice, in the zone of the policy; a dash for none."""
        return moment.astimezone(self.policy.zone).strftime("%Y-%m-%d") if moment else "-"


def _next(one: Improvement) -> datetime | None:
    """Return the next date to keep, which is not the next reminder."""
    return min((clock.due_at for clock in one.clocks if one.runs(clock)), default=None)


def called_for(improvement: Improvement, entries: Iterable[ImprovementEntry], policy: Policy) -> tuple[Notice, ...]:
    """Return the notices that follow from new entries of an improvement.

    Their identifiers follow from the place of the entry in the file, so the same step never tells anybody twice.

    Args:
        improvement: The improvement after the entries.
        entries: The new entries, the last ones of the file.
        policy: The policy.
    """
    new = tuple(entries)
    found: list[Notice] = []
    for seq, entry in enumerate(new, improvement.version - len(new) + 1):
        calls = CALLS.get(type(entry))
        told = calls(Occurred(improvement, entry, policy)) if calls else ()
        found += (
            evolve(notice, id=f"{improvement.reference}-{seq}" + (f"-{place}" if place else ""))
            for place, notice in enumerate(told)
        )
    return tuple(found)


def rightly(
    notice: Notice, improvement: Improvement, policy: Policy, concerned: Callable[[str], bool], now: datetime
) -> Notice:
    """Return a notice as it may go out now: whom it was for may have turned out to be whom its complaints are about.

    Then the other of owner and deputy gets it, else a superior of theirs, else somebody senior; in the last resort
    whoever is told of alarms.

    Args:
        notice: A notice about an improvement.
        improvement: The improvement as it stands.
        policy: The policy.
        concerned: Says of a member of staff whether a complaint that led to the improvement is about them.
        now: When it is to go out.
    """
    roster = policy.roster
    having = roster.members_of(notice.recipient) if roster.is_role(notice.recipient) else ()
    if not any(map(concerned, (notice.recipient, *(one.name for one in having)))):
        return notice
    able = (*(one.name for one in having), *_instead(notice.recipient, improvement, policy))
    people = [one for one in dict.fromkeys(able) if not concerned(one)]
    present = [one for one in people if roster.absence(one, now) is None]
    to = next(iter([*present, *people]), policy.owner("alarm"))
    audience = to if notice.audience == notice.recipient else notice.audience
    return evolve(notice, recipient=to, audience=audience)


def _instead(name: str, improvement: Improvement, policy: Policy) -> Iterator[str]:
    roster = policy.roster
    yield from filter(None, (improvement.owner, improvement.deputy))
    yield from roster.above(name)
    for role in (roster.rules.superior, *roster.rules.seniors):
        yield from (one.name for one in policy.staff if role in one.roles)


def _opened(what: Occurred) -> Notices:
    return (*what.to_owners("improvement_owner"), *_read(what, what.entry.told, str(what.entry.text)))


def _reassigned(what: Occurred) -> Notices:
    return what.to_owners("improvement_owner")


def _read(what: Occurred, told: Iterable[Any], text: str) -> Notices:
    """Return the notices to those who have to read something and confirm it; also to whoever filed it."""
    due = {clock.name: what.day(clock.due_at) for clock in what.improvement.clocks}
    facts = (({"text": text, "due": due.get(one.name, "-")}, one.to) for one in told)
    return tuple(what._notice(to, "improvement_results", more) for more, to in facts)


def _published(what: Occurred) -> Notices:
    return _read(what, what.entry.told, str(what.entry.procedure.text))


def _completed(what: Occurred) -> Notices:
    results = "\n\n".join(f"{output.name}: {output.text}" for output in what.entry.outputs)
    notes = f"{what.entry.notes}\n\n{results}" if what.entry.notes else results
    return _read(what, what.entry.told, notes.strip())


def _told(what: Occurred) -> Notices:
    telling = what.entry.telling
    due = next((what.day(clock.due_at) for clock in what.entry.clocks), "-")
    return what.to((telling.to,), "improvement_told", text=str(telling.text), due=due)


def _answered(what: Occurred) -> Notices:
    return what.to_owners("improvement_news", text=f"{what.entry.by}: {what.entry.text}")


def _running_out(what: Occurred) -> Notices:
    clock = what.improvement.named(what.entry.clock)
    facts = {"clock": clock.kind if clock else what.entry.clock, "due": what.day(what.entry.due_at)}
    one = what.improvement
    return what.to((clock.who if clock else "", one.owner, one.deputy), "improvement_due", **facts)


def _missed(what: Occurred) -> Notices:
    if what.entry.next.due_at < what.entry.at:
        return ()  # of a circle that lags behind, the last one speaks for all
    return what.to_owners("improvement_due", clock="session", due=what.day(what.entry.due_at))


def _escalated(what: Occurred) -> Notices:
    clock = what.improvement.named(what.entry.clock)
    return what.to(
        (what.entry.to,), "improvement_escalation", clock=clock.kind if clock else what.entry.clock,
        due=what.day(clock.due_at if clock else None), level=str(what.entry.level),
    )  # fmt: skip


def _checked(what: Occurred) -> Notices:
    if what.entry.check.verdict is Verdict.INEFFECTIVE:
        return ()  # what follows from it tells
    return what.to_owners("improvement_news", text=f"{what.entry.check.verdict}: {what.entry.check.because}")


def _reopened(what: Occurred) -> Notices:
    due = next((what.day(clock.due_at) for clock in what.entry.clocks), "-")
    return what.to_owners("improvement_reopened", text=str(what.entry.reason), due=due)


def _accepted(what: Occurred) -> Notices:
    credit = what.improvement.credit
    news = what.to((credit,), "improvement_news", text="accepted") if credit else ()
    return (*what.to_owners("improvement_owner"), *news)


def _over(what: Occurred) -> Notices:
    one = what.improvement
    ideas = (one.credit,) if one.kind is Kind.SUGGESTION else ()
    return what.to((*ideas, one.owner, one.deputy), "improvement_news", text=f"{one.state}: {what.entry.text}")


def _undelivered(what: Occurred) -> Notices:
    if what.entry.occasion == "improvement_news":
        return ()
    text = f"not delivered to {what.entry.audience}: {what.entry.problem}"
    return what.to_owners("improvement_news", text=text)


def _looked_at(what: Occurred) -> Notices:
    return what.to_owners("improvement_owner")


CALLS: Final[Mapping[type[ImprovementEntry], Callable[[Occurred], Notices]]] = MappingProxyType(
    {
        of.Opened: _opened,
        of.Reassigned: _reassigned,
        of.Published: _published,
        of.SessionCompleted: _completed,
        of.SessionMissed: _missed,
        of.Told: _told,
        of.Answered: _answered,
        of.Warned: _running_out,
        of.Overdue: _running_out,
        of.Escalated: _escalated,
        of.Checked: _checked,
        of.MeasureReopened: _reopened,
        of.Accepted: _accepted,
        of.Finished: _over,
        of.Declined: _over,
        of.Dropped: _over,
        of.Retired: _over,
        of.NoticeUndelivered: _undelivered,
        of.LookedAt: _looked_at,
    }
)
