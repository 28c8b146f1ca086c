"""A complaint as people read it: who, where it stands, its deadlines, and its file as a story."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Final

import attrs

from complaintkit.case.complaint import Entry
from complaintkit.case.needs import NEED
from complaintkit.case.parts import NO_PROMISE, Clock, Content
from complaintkit.cli.about import about
from complaintkit.cli.afterwards import afterwards
from complaintkit.cli.escalated import escalated
from complaintkit.cli.show import clean, line, moment, say

if TYPE_CHECKING:
    from complaintkit.app import Complaint, Filed

_WIDE: Final = 14
_CORE: Final = "complaintkit"
_WORDS: Final = ("title", "narrative", "text", "reason", "evidence")


def say_case(case: "Complaint", file: "Iterable[Filed]", zone: tzinfo, now: datetime) -> None:
    """Print a complaint with its file.

    Args:
        case: The complaint.
        file: Its entries, in order.
        zone: In which time zone moments are shown.
        now: The moment by which deadlines are judged.
    """
    say(f"{case.reference}  {str(case.stage).replace('_', ' ')}", bold=True)
    if case.title:
        say(line(str(case.title)))
    say()
    for name, value in _facts(case, zone):
        say(f"{name:{_WIDE}}{line(value)}")
    if matter := tuple(about(case, zone)):
        say("\nWhat it is about", bold=True)
        for name, value in matter:
            say(f"{name:{_WIDE}}{line(value)}")
    if later := tuple(afterwards(case, zone)):
        say("\nWhat was promised and answered", bold=True)
        for name, value in later:
            say(f"{name:{_WIDE}}{line(value)}")
    if called := tuple(escalated(case, zone)):
        say("\nWho else was called", bold=True)
        for name, value in called:
            say(f"{name:{_WIDE}}{line(value)}")
    if promises := [clock for clock in case.clocks if clock.kind != NEED]:
        say("\nPromises", bold=True)
        wide = max(24, 2 + max(len(clock.name) for clock in promises))
        for clock in promises:
            standing, style = _standing(case, clock, zone, now)
            say(f"{clock.name.replace('_', ' '):{wide}}{moment(clock.due_at, zone)}  {standing}", **style)
        say(f"Why each is due then: complaintkit cases explain {case.reference}")
    say(f"\nFile (times in {zone})", bold=True)
    drafted = ""
    for filed in file:
        for text in told(filed.entry, zone, drafted):
            say(text)
        drafted = str(getattr(filed.entry, "text", "")) if filed.entry.kind == "proposed" else drafted


def _facts(case: "Complaint", zone: tzinfo) -> Iterator[tuple[str, str]]:
    person = case.complainant
    known = [part for part in (person.name, person.email, person.phone, person.handle, person.customer) if part]
    yield "complainant", (", ".join(known) or "unknown") + (f" ({case.language})" if case.language else "")
    if case.customer:
        yield "customer", ", ".join(part for part in (case.customer, case.segment) if part)
    yield "owner", case.owner
    yield "received", f"{moment(case.received_at, zone)} by {case.channel}"
    confirmed = " (confirmed)" if case.confirmed else ""
    yield "about", f"{case.category or 'not yet sorted'}{confirmed}, severity {case.severity}"
    if case.outcome:
        yield "decision", f"{case.outcome}, {case.remedy or 'no remedy'}"
    if case.waiting_for:
        yield "waits for", f"{case.waiting_for} until {moment(case.waiting_until, zone)}"
    if case.level:
        yield "level", str(case.level)
    if case.repeat_of:
        yield "repeat of", case.repeat_of
    if case.reopened:
        yield "opened again", f"{case.reopened} times" if case.reopened > 1 else "once"
    yield "version", str(case.version)


def _standing(case: "Complaint", clock: Clock, zone: tzinfo, now: datetime) -> tuple[str, dict[str, Any]]:
    if clock.met_at:
        late = f", {length(clock.met_at - clock.due_at)} late" if clock.met_at > clock.due_at else ""
        return f"kept {moment(clock.met_at, zone)}" if not late else f"met {moment(clock.met_at, zone)}{late}", {}
    if clock.ended_at:
        late = f", {length(clock.ended_at - clock.due_at)} late" if clock.ended_at > clock.due_at else ""
        return f"ended {moment(clock.ended_at, zone)}{late}", {}
    if clock.paused_at:
        return f"stands still since {moment(clock.paused_at, zone)}", {}
    if now > clock.due_at and clock.kind not in NO_PROMISE:
        return f"BROKEN, {length(now - clock.due_at)} late", {"fg": "red"}
    return f"{length(clock.due_at - now)} left" if clock.due_at >= now else "over", {}


def length(span: timedelta) -> str:
    """Return a length of time in its two largest units."""
    minutes = int(span.total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def phrase_of(entry: Entry, zone: tzinfo) -> str:
    """Return in a few words what an entry says.

    Args:
        entry: The entry.
        zone: In which time zone moments are shown.
    """
    shown = {one.name: _shown(getattr(entry, one.name), zone) for one in attrs.fields(type(entry))}
    return line((entry.said or entry.kind.replace("_", " ")).format_map(shown))


def told(entry: Entry, zone: tzinfo, drafted: str = "") -> Iterator[str]:
    """Yield the lines of an entry: what happened, then the words that belong to it.

    Args:
        entry: The entry.
        zone: In which time zone moments are shown.
        drafted: Words that were shown already as a draft; a response that says the same only says so.
    """
    facts = {one.name: getattr(entry, one.name) for one in attrs.fields(type(entry))}
    phrase = phrase_of(entry, zone)
    by = "" if entry.by == _CORE else f"  [{entry.by}]"
    yield f"{moment(entry.at, zone)}  {line(phrase)}{line(by) and '  ' + line(by)}"
    for category, because in _suggestions(facts):
        yield f"{'':18}{line(f'{category}: {because}')}"
    for name in _WORDS:
        if drafted and entry.kind == "responded" and str(facts.get(name)) == drafted:
            yield f"{'':18}| (as drafted)"
        elif isinstance(facts.get(name), Content) and facts[name].text != "":
            yield from (f"{'':18}| {part}" for part in clean(str(facts[name])).strip().split("\n"))
    for name, words in _facts_told(entry, facts):
        yield f"{'':18}| {name}: {line(words)}"
    yield from _besides(facts)


def _facts_told(entry: Entry, facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the sealed texts that are neither the words of an entry nor in its phrase; who it was stands above."""
    for name, value in facts.items():
        several = value if isinstance(value, tuple) else () if name in (*_WORDS, "person") else (value,)
        for one in several if f"{{{name}}}" not in entry.phrase else ():
            if isinstance(one, Content) and one.text != "":
                yield name.replace("_", " "), str(one)


def _besides(facts: Mapping[str, Any]) -> Iterator[str]:
    for attachment in facts.get("attachments", ()):
        yield f"{'':18}with {line(str(attachment.name))} ({line(attachment.media_type)}, {attachment.size} bytes)"
    for problem in facts.get("problems", ()):
        yield f"{'':18}not read cleanly: {line(problem)}"
    if facts.get("verified") is False:
        yield f"{'':18}nothing proves that the sender belongs to this case; nothing follows from it"
    if facts.get("automatic"):
        yield f"{'':18}an automatic message"


def _suggestions(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if facts.get("confirmed"):
        yield "confirmed", "by a person"
    for one in facts.get("opinions", ()):
        yield f"{one.categoriser} suggests {one.category} ({one.score:.0%})", str(one.because)


def _shown(value: Any, zone: tzinfo) -> str:
    if isinstance(value, datetime):
        return moment(value, zone)
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ") if value not in (None, "") else "none"
