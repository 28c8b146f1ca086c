"""A case as one page to be printed or handed to a body outside: complete, readable without us, with what proves it.

The page holds everything it shows: no script, no picture, no address from which anything would be fetched.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo
from html import escape
from typing import Any, Final

import attrs
from attrs import frozen

from complaintkit import notices
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import Linked, MessageFiled, Noted, Received, SplitOff, Unlinked
from complaintkit.case.external import standing_of
from complaintkit.case.parts import Content
from complaintkit.message import Person
from complaintkit.policy import Policy
from complaintkit.store.port import Filed

LEFT_OUT: Final = "left out"
# What goes out to be answered with a code: the code is the complainant's alone.
_SURVEYS: Final = frozenset({"survey", "survey_reminder"})
_STYLE: Final = """
body { font: 11pt/1.4 sans-serif; margin: 2em auto; max-width: 50em; color: #000; background: #fff; }
h1 { font-size: 1.5em; } h2 { font-size: 1.15em; margin-top: 2em; border-bottom: 1px solid #888; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .2em .6em; }
th { white-space: nowrap; font-weight: normal; color: #444; } tr { border-bottom: 1px solid #ddd; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: .2em 0 .2em 1em; }
.proof { font: 8pt monospace; color: #555; overflow-wrap: anywhere; } .alert { border: 2px solid #000; padding: .5em; }
@media print { body { margin: 0; max-width: none; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
"""


@frozen(kw_only=True)
class Bundle:
    """What a page is made of.

    Attributes:
        case: The case, with everything left out already that is to be left out.
        file: Its entries with the links of their chain, likewise.
        policy: The policy.
        now: When the page is made.
        redacted: Whether people were made unrecognisable; said on the page.
        notes: Whether notes for colleagues and restricted opinions are in it.
    """

    case: Complaint
    file: Sequence[Filed]
    policy: Policy
    now: datetime
    redacted: bool = False
    notes: bool = True

    def page(self) -> str:
        """Return the page as HTML."""
        title = escape(f"Case file {self.case.reference}")
        parts = (
            f"<h1>{title}</h1>",
            *self._warnings(),
            "<h2>The case</h2>", _table(self._facts()),
            "<h2>Positions of the organisation</h2>", _table(self._positions()),
            "<h2>What was promised</h2>", _table(self._promises()),
            "<h2>Bodies outside</h2>", _table(self._external()),
            "<h2>Deadlines</h2>", _table(self._deadlines()),
            "<h2>Messages</h2>", *self._messages(),
            "<h2>Attachments</h2>", _table(self._attachments()),
            "<h2>File, entry by entry</h2>", *self._entries(),
        )  # fmt: skip
        head = f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
        return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>\n' + "\n".join(parts) + "\n</body></html>\n"

    def _warnings(self) -> Iterator[str]:
        zone = self.policy.zone
        made = f"{_moment(self.now, zone)} ({zone})"
        yield f"<p>{escape(self.policy.organisation)}, put together on {escape(made)}.</p>"
        if self.case.legal_hold:
            yield '<p class="alert">Legal hold: nothing that belongs to this case may be erased.</p>'
        if self.redacted:
            yield '<p class="alert">Redacted: who complains, and other people outside, are left out.</p>'
        if not self.notes:
            yield '<p class="alert">Notes for colleagues and restricted opinions are left out; their digests stand.</p>'

    def _facts(self) -> Iterator[tuple[str, str]]:
        case, zone = self.case, self.policy.zone
        yield "reference", case.reference
        yield "complainant", LEFT_OUT if self.redacted else _person(case.complainant)
        yield "received", f"{_moment(case.received_at, zone)} by {case.channel}"
        yield "stage", str(case.stage)
        yield "owner", case.owner
        yield "category and severity", f"{case.category or 'not sorted'}, {case.severity}"
        yield "dispute", str(standing_of(case))
        for name in ("acknowledged_at", "answered_at", "responded_at", "resolved_at", "closed_at"):
            if moment := getattr(case, name):
                yield name.removesuffix("_at"), _moment(moment, zone)
        if case.reopened:
            yield "opened again", f"{case.reopened} x"

    def _positions(self) -> Iterator[tuple[str, str]]:
        for one in self.case.settlement.positions:
            what = f"{one.outcome or 'no outcome'}, {one.remedy or 'no remedy'}; sent by {one.decided_by}"
            more = " (final)" * one.final + " (overturns the one before)" * one.overturned
            yield f"{one.round}. on {_moment(one.at, self.policy.zone)}", f"{what}{more}\n{one.text}"

    def _promises(self) -> Iterator[tuple[str, str]]:
        for one in self.case.settlement.commitments:
            first = f"{one.kind} until {_moment(one.due_at, self.policy.zone)}, {one.state}"
            yield one.name, "\n".join(str(line) for line in (first, one.what, one.evidence) if line)

    def _external(self) -> Iterator[tuple[str, str]]:
        for one in self.case.settlement.external:
            yield one.name, f"{one.body} ({one.kind}), since {_moment(one.since, self.policy.zone)}, by {one.by_whom}"
            for sent in one.answers:
                yield f"sent {_moment(sent.at, self.policy.zone)}", str(sent.text)
            if one.decided_at:
                changed = "changed for the complainant" if one.changed else "nothing changed for the complainant"
                yield f"decided {_moment(one.decided_at, self.policy.zone)}", f"{one.result}, {changed}\n{one.text}"

    def _deadlines(self) -> Iterator[tuple[str, str]]:
        zone = self.policy.zone
        for clock in self.case.clocks:
            end = clock.met_at or clock.ended_at
            how = ("met" if clock.met_at else "ended") + f" {_moment(end, zone)}" if end else "running"
            late = ", LATE" if clock.late_at(self.now) else ""
            yield clock.name, f"due {_moment(clock.due_at, zone)}; {how}{late}; by: {clock.standard}"

    def _messages(self) -> Iterator[str]:
        case: Complaint | None = None
        for filed in self.file:
            entry = filed.entry
            case = entry.open() if isinstance(entry, Received) else self._after(case, entry)
            if isinstance(entry, Received):
                yield self._message(entry.at, f"from the complainant, by {entry.channel}", entry.title, entry.narrative)
            elif isinstance(entry, MessageFiled):
                who = "from the complainant" if entry.verified else "from somebody of whom nothing proves who it is"
                yield self._message(entry.at, f"{who}, by {entry.channel}", entry.title, entry.text)
            for notice in notices.called_for(case, (entry,), self.policy, b"") if case else ():
                if notice.audience == "complainant" and notice.occasion not in _SURVEYS:
                    text = notice.facts.get("text") or f"[{notice.occasion}, as worded by its template]"
                    yield self._message(entry.at, f"to the complainant: {notice.occasion}", text)

    def _after(self, case: Complaint | None, entry: Entry) -> Complaint | None:
        """Return the case after an entry; as it was where the entry leads to a case that is left out."""
        return case if case is None or _leads_nowhere(entry) else case.apply(entry)

    def _message(self, at: datetime, what: str, *texts: object) -> str:
        words = "".join(f"<pre>{escape(str(text))}</pre>" for text in texts if str(text))
        return f"<p><b>{_moment(at, self.policy.zone)}</b> {escape(what)}</p>{words}"

    def _attachments(self) -> Iterator[tuple[str, str]]:
        for filed in self.file:
            for one in getattr(filed.entry, "attachments", ()):
                name = LEFT_OUT if self.redacted else str(one.name)
                yield name, f"{one.media_type}, {one.size} bytes, SHA-256 {one.digest}"
            response = getattr(filed.entry, "response", None)
            for one in getattr(response, "enclosures", ()):
                yield str(one.name or "enclosure"), f"enclosed with the response, SHA-256 {one.digest}"

    def _entries(self) -> Iterator[str]:
        for filed in self.file:
            # A part that went elsewhere is told of all the same; of a tie to what is left out nothing stays to tell.
            if isinstance(filed.entry, SplitOff) or not _leads_nowhere(filed.entry):
                yield from self._entry(filed)

    def _entry(self, filed: Filed) -> Iterator[str]:
        entry = filed.entry
        facts = {one.name: getattr(entry, one.name) for one in attrs.fields(type(entry))}
        shown = {name: _said(value, self.policy.zone) for name, value in facts.items()}
        phrase = (entry.said or entry.kind.replace("_", " ")).format_map(shown)
        yield f"<p><b>{filed.seq}</b> {_moment(entry.at, self.policy.zone)} [{escape(entry.by)}] {escape(phrase)}</p>"
        told: set[str] = set()
        for name, content in _contents(facts.items()):
            words = LEFT_OUT if self._withheld(entry, name) else str(content)
            if content.digest not in told and words:
                yield f"<pre>{escape(words)}</pre>"
            told.add(content.digest)
            yield f'<div class="proof">{escape(name)}: sealed as {content.digest}</div>'
        yield f'<div class="proof">{escape(entry.kind)}, link {filed.hash}</div>'

    def _withheld(self, entry: Entry, name: str) -> bool:
        if name == "person" or name.endswith(".person"):
            return True  # it stands above, readable, where it may stand
        return not self.notes and (isinstance(entry, Noted) or bool(getattr(entry, "readers", ())))


def _leads_nowhere(entry: Entry) -> bool:
    """Say whether an entry ties the case to one that is left out."""
    if isinstance(entry, SplitOff):
        return not entry.into
    return isinstance(entry, Linked | Unlinked) and not entry.reference


def _contents(facts: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Content]]:
    for name, value in facts:
        if isinstance(value, Content):
            yield name, value
        elif isinstance(value, tuple):
            yield from _contents((f"{name}.{place}", one) for place, one in enumerate(value, 1))
        elif attrs.has(type(value)):
            yield from _contents((f"{name}.{one.name}", getattr(value, one.name)) for one in attrs.fields(type(value)))


def _table(rows: Iterable[tuple[str, str]]) -> str:
    lines = [f"<tr><th>{escape(name)}</th><td><pre>{escape(value)}</pre></td></tr>" for name, value in rows]
    return f"<table>{''.join(lines)}</table>" if lines else "<p>None.</p>"


def _person(person: Person) -> str:
    known = (getattr(person, one.name) for one in attrs.fields(Person))
    return "\n".join(str(one) for one in known if one) or "not known"


def _moment(moment: datetime | None, zone: tzinfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else ""


def _said(value: Any, zone: tzinfo) -> str:
    if isinstance(value, datetime):
        return _moment(value, zone)
    return str(value).replace("_", " ") if value not in (None, "") else "none"
