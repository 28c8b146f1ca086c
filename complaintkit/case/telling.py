"""How it is told: what the complainant expected and wants to achieve, in which manner, who else has heard of it."""

from datetime import datetime
from enum import StrEnum

from attrs import field, frozen, validators

from complaintkit.case.parts import Content
from complaintkit.checks import aware


class Goal(StrEnum):
    """What somebody complains for."""

    TELL = "tell"
    EXPLANATION = "explanation"
    APOLOGY = "apology"
    MONEY = "money"
    REPAIR = "repair"
    CHANGE = "change"
    PUNISH = "punish"
    NONE = "none"


class Expression(StrEnum):
    """The mood in which it is put forward."""

    CALM = "calm"
    ANNOYED = "annoyed"
    ANGRY = "angry"
    THREATENING = "threatening"
    SARCASTIC = "sarcastic"
    DESPERATE = "desperate"


class Tone(StrEnum):
    """The manner towards us; somebody may be angry and polite."""

    POLITE = "polite"
    PLAIN = "plain"
    RUDE = "rude"
    ABUSIVE = "abusive"


@frozen(kw_only=True)
class Reach:
    """How many people have seen it in public, and what shows that."""

    people: int
    evidence: Content | None = None


@frozen(kw_only=True)
class Restatement:
    """The complaint in our words, to make sure we have understood it.

    Attributes:
        text: Our words, sealed.
        confirmed_at: When the complainant said that this is it; `None` if not yet.
        evidence: How, sealed.
    """

    text: Content
    confirmed_at: datetime | None = field(default=None, validator=validators.optional(aware))
    evidence: Content | None = None


@frozen(kw_only=True)
class Telling:
    """How a complaint is told.

    Attributes:
        expected, because: What the complainant expected, and why; sealed.
        goal, expression, tone: What for, in which mood, in which manner.
        happened_at, place: When and where it happened; the place is sealed.
        frequency: How often it has happened; 0 if unknown.
        volume: How many pieces or accounts it touches; 0 if unknown.
        reach: Who else has heard of it.
        evidence: What there is to show for it, each sealed.
        restatement: The complaint in our words.
        publish: Whether the complainant agrees to its publication; `None` if not asked.
    """

    expected: Content | None = None
    because: Content | None = None
    goal: Goal | None = None
    expression: Expression | None = None
    tone: Tone | None = None
    happened_at: datetime | None = field(default=None, validator=validators.optional(aware))
    place: Content | None = None
    frequency: int = 0
    volume: int = 0
    reach: Reach | None = None
    evidence: tuple[Content, ...] = ()
    restatement: Restatement | None = None
    publish: bool | None = None
