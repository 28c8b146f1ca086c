"""The parts a case is made of: sealed content, clocks, suggestions. All frozen; equal when their fields are."""

import hashlib
import json
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain, count
from typing import Final

from attrs import asdict, field, frozen, validators

from complaintkit.changing import evolve
from complaintkit.checks import aware
from complaintkit.clocks.reckoning import Change, Extension, History, Reckoning, Rest
from complaintkit.message import Person

_moment = validators.optional(aware)
# The chance to settle a matter early, for which some rules ask less of the answer; and being put on file in time.
SUMMARY: Final = "summary_resolution"
REGISTRATION: Final = "registration"
# Kinds of clock that ask for an answer to the complainant: the final response stops them all.
ANSWERS: Final = frozenset(
    {"acknowledgement", "first_response", "final_response", "follow_up", "interim", "review", "review_acknowledgement"}
)
# Kinds that go on after the case has ended.
LASTING: Final = frozenset(
    {
        "commitment", "cause", "contact", "finding", "referral_window", "referral", "lasting_task", "survey",
        "survey_reminder", "need",
    }
)  # fmt: skip
# Kinds whose moment breaks no promise of ours: the complainant's time to object or to go elsewhere, and the survey.
NO_PROMISE: Final = frozenset({"acceptance", "referral_window", "survey", "survey_reminder", SUMMARY})
# Kinds that another case has, too, where two are one matter, or one is two.
SHARED: Final = ANSWERS | {SUMMARY}
# Kinds that a case has once, whatever becomes of it: opened again, nobody owes them anew.
ONCE: Final = frozenset({"acknowledgement", REGISTRATION, SUMMARY})
# Duties towards somebody outside, such as a report to an authority: each kind has this before its own name.
DUTY: Final = "duty_"


class Basis(StrEnum):
    """What a deadline rests on: the law, the organisation's own standard, a promise to somebody, a look again."""

    STATUTORY = "statutory"
    SERVICE = "service"
    PROMISE = "promise"
    REVIEW = "review"


class Severity(StrEnum):
    """How grave the consequence is (safety, law, money, reach), whoever the customer is."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """Return 0 for the least grave upwards, so that severities can be compared."""
        return list(Severity).index(self)


class Outcome(StrEnum):
    """What was decided about a complaint or a point of it. The upheld rate counts the first two, of all that closed."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"
    WITHDRAWN = "withdrawn"
    OUT_OF_SCOPE = "out_of_scope"


@frozen
class Content:
    """Personal or free text, kept apart from the entry that refers to it.

    An entry holds only the digest, and the chain of entries commits to that. Erasing the text and its salt later leaves
    the chain whole, and without the salt nobody can guess a short text back from its digest.

    Attributes:
        digest: SHA-256 over salt and text, in hexadecimal.
        text: The words; `None` once erased.
        salt: Sixteen random bytes in hexadecimal; empty once erased.
    """

    digest: str
    text: str | None = field(default=None, repr=False)
    salt: str = field(default="", repr=False)

    @classmethod
    def of(cls, text: str) -> "Content":
        """Seal a text."""
        salt = secrets.token_hex(16)
        return cls(digest_of(salt, text), text, salt)

    @classmethod
    def maybe(cls, text: str) -> "Content | None":
        """Seal a text without the space around it; `None` where there is nothing in it."""
        return cls.of(text.strip()) if text.strip() else None

    @property
    def intact(self) -> bool:
        """Say whether the text is still the one that was sealed, or was properly erased."""
        return self.text is None or digest_of(self.salt, self.text) == self.digest

    def __str__(self) -> str:
        return "[erased]" if self.text is None else self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def digest_of(salt: str, text: str) -> str:
    """Return the digest of a sealed text."""
    return hashlib.sha256(f"{salt}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()


def sealed_person(person: Person) -> Content:
    """Seal what is known of a person."""
    return Content.of(json.dumps(asdict(person), ensure_ascii=False, sort_keys=True))


def person_of(content: Content) -> Person:
    """Return the person again; nobody known, once erased."""
    return Person(**json.loads(content.text)) if content.text else Person()


@frozen
class Suggestion:
    """A categoriser's opinion: this category, this sure, because of this.

    Attributes:
        category: Code of a category of the policy.
        score: How sure, from 0 to 1.
        because: The evidence in words, for the person who confirms or corrects it.
        severity: How grave the text reads; may raise the severity of the case, never lower it.
    """

    category: str = field(validator=(validators.instance_of(str), validators.min_len(1)))
    score: float = field(converter=float, validator=(validators.ge(0.0), validators.le(1.0)))
    because: str = field(default="", validator=validators.instance_of(str))
    severity: Severity | None = field(default=None, validator=validators.optional(validators.instance_of(Severity)))


@frozen(kw_only=True)
class Clock:
    """One deadline of one case.

    Attributes:
        kind: `acknowledgement`, `first_response`, `final_response`, `follow_up`, `task`, `commitment` ...
        name: Its name within the case, for several may be of one kind: `first_response`, `first_response-2`.
        standard: Name of the service standard it comes from, with the version of the policy.
        started_at: From when it counts.
        due_at: The promised moment; moves only by a pause, an extension or another standard.
        warn_at: When somebody is reminded next; `None` for never, or never again.
        pausable: Whether it stands still while the case waits for somebody.
        met_at: When what it asks for was done.
        ended_at: When the case ended otherwise (withdrawn, not a complaint): nothing is asked for any more.
        paused_at: Since when it stands still, or stood still as it was settled; `None` while it runs.
        warned, overdue: Whether the last reminder, the breach is on file already. Which steps were taken, its history
            says.
        level: Highest escalation level reached because of it.
        next_level_at: When the ladder looks at it again after the breach.
        who: Whose duty it is: a person or a role; empty for the owner of the case.
        basis: What it rests on.
        reckoning: How it is reckoned, pinned.
        history: When it stood still, how it was extended, what it was under before.
        broken_at: When it was due as it was broken, where another standard has moved its due moment since.
    """

    kind: str = field(validator=validators.min_len(1))
    standard: str
    started_at: datetime = field(validator=aware)
    due_at: datetime = field(validator=aware)
    warn_at: datetime | None = field(default=None, validator=_moment)
    pausable: bool = False
    met_at: datetime | None = field(default=None, validator=_moment)
    ended_at: datetime | None = field(default=None, validator=_moment)
    paused_at: datetime | None = field(default=None, validator=_moment)
    warned: bool = False
    overdue: bool = False
    level: int = 0
    next_level_at: datetime | None = field(default=None, validator=_moment)
    who: str = ""
    name: str = field()
    basis: Basis = Basis.SERVICE
    reckoning: Reckoning = Reckoning()
    history: History = History()
    broken_at: datetime | None = field(default=None, validator=_moment)

    @name.default
    def _first_of_its_kind(self) -> str:
        return self.kind

    @property
    def rules(self) -> str:
        """Return the rule pack it comes from, which runs its clocks beside ours; empty for our own."""
        return self.name.partition(":")[2]

    @property
    def lasting(self) -> bool:
        """Say whether it goes on after the case has ended: what was promised or is to be learned does not end then."""
        return self.kind in LASTING or self.kind.startswith(DUTY)

    @property
    def settled(self) -> bool:
        """Say whether nothing is asked for any more: it was done, or the case ended otherwise."""
        return self.met_at is not None or self.ended_at is not None

    @property
    def running(self) -> bool:
        """Say whether time counts against it now."""
        return not self.settled and self.paused_at is None

    @property
    def next_at(self) -> datetime | None:
        """Return the next moment at which something has to happen because of this clock; `None` while it rests."""
        if not self.running:
            return None
        if self.overdue:
            return self.next_level_at
        if self.broken_at:
            return self.broken_at
        return self.due_at if self.warned or self.warn_at is None else min(self.warn_at, self.due_at)

    def late_at(self, now: datetime) -> bool:
        """Say whether the promise was broken, worked out from the moments alone and so right without any worker."""
        return self.broken_at is not None or (self.met_at or self.ended_at or self.paused_at or now) > self.due_at

    @property
    def recalculated(self) -> bool:
        """Say whether it is broken only because it came under another standard when that moment had passed."""
        last = next(reversed(self.history.changes), None)
        return last is not None and self.broken_at is None and self.due_at < last.at <= last.due_at

    def pause(self, at: datetime) -> "Clock":
        """Return the clock standing still from a moment on; one that may not pause, or is late already, runs on."""
        able = self.pausable and self.running and not (self.overdue or self.late_at(at))
        return evolve(self, paused_at=at) if able else self

    def resume(self, at: datetime) -> "Clock":
        """Return the clock running again, its due moment later by the time it stood still.

        Where it counts days or working time, the policy reckons the moment anew, and another entry says so.
        """
        if self.paused_at is None or self.settled:
            return self
        still = max(at - self.paused_at, timedelta())
        # A reminder that was missed before the clock stood still stays missed.
        warn_at = self.warn_at + still if self.warn_at and self.warn_at >= self.paused_at else self.warn_at
        history = evolve(self.history, rests=(*self.history.rests, Rest(self.paused_at, self.paused_at + still)))
        return evolve(self, paused_at=None, due_at=self.due_at + still, warn_at=warn_at, history=history)

    @property
    def stood(self) -> timedelta:
        """Return how long it stood still as it was settled: until then nothing counted against it."""
        end = self.met_at or self.ended_at
        return max(end - self.paused_at, timedelta()) if end and self.paused_at else timedelta()

    def extend(self, at: datetime, until: datetime) -> "Clock":
        """Return the clock with a later due moment, of which the complainant was told at a moment."""
        history = evolve(self.history, extensions=(*self.history.extensions, Extension(at, until)))
        return evolve(self, due_at=until, history=history)

    def reminding(self, at: datetime | None) -> "Clock":
        """Return the clock with another moment for its next reminder; `None` where none is left to give."""
        return evolve(self, warn_at=at, warned=self.warned and at is None)

    def stepped(self, *steps: str) -> "Clock":
        """Return the clock with steps of its chain taken."""
        new = tuple(one for one in steps if one not in self.history.steps)
        return evolve(self, history=evolve(self.history, steps=self.history.steps + new)) if new else self

    def under(self, other: "Clock", at: datetime) -> "Clock":
        """Return the clock under the standard of another one from a moment on; a breach by then stays on record.

        What was counted, and every rest, counts on: the moment is reckoned from the start that the standard names
        (domain rule 8). Under one that never pauses it runs on.
        """
        change = Change(at, self.standard, self.due_at)
        going = self if other.pausable else self.resume(at)
        return evolve(
            going,
            standard=other.standard,
            started_at=other.started_at,
            reckoning=other.reckoning,
            basis=other.basis,
            pausable=other.pausable,
            history=evolve(going.history, changes=(*self.history.changes, change)),
            broken_at=self.broken_at or (self.due_at if self.late_at(at) else None),
        )

    def meet(self, at: datetime) -> "Clock":
        """Return the clock stopped because what it asks for was done; while it stood still it was not late for it."""
        return self if self.settled else _stood_still(evolve(self, met_at=at))

    def end(self, at: datetime) -> "Clock":
        """Return the clock stopped because the case ended without what it asks for; likewise."""
        return self if self.settled else _stood_still(evolve(self, ended_at=at))


def _stood_still(clock: Clock) -> Clock:
    return evolve(clock, due_at=clock.due_at + clock.stood) if clock.stood else clock


def free_name(kind: str, taken: Collection[str], rules: str = "") -> str:
    """Return the first name of a kind that no clock of a case has yet: the kind itself, then numbered from 2.

    Args:
        kind: The kind.
        taken: The names there are.
        rules: The rule pack whose clock it is, which stands behind the name.
    """
    suffix = f":{rules}" if rules else ""
    names = chain((f"{kind}{suffix}",), (f"{kind}-{number}{suffix}" for number in count(2)))
    return next(name for name in names if name not in taken)
