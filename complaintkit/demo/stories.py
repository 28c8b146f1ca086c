"""The stories of the demo: who complains when, about what, in which words, and what they do later.

The shop Larkenfield sells things for the home and brings them. Complaints come in three languages, by five channels.
About one complainant in twelve complains two to four times. One thing changes, `PLANTED_SHIFT`: after two thirds of the
months (from month 5 of 6, say) Larkenfield has a new carrier, Swiftmile, and complaints of the category `delivery-late`
become about three times as many, all the additional ones for the cause `carrier-change`, while everything else stays as
it was.
"""

import random
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from attrs import field, frozen

from complaintkit.checks import aware
from complaintkit.demo import wording
from complaintkit.demo.people import People, Somebody
from complaintkit.demo.phrases import VOICES, Channel, Language, Temper
from complaintkit.demo.schedule import CAUSES, PLANTED_SHIFT, SHARES, Shift, Slot, slots
from complaintkit.message import Person

__all__ = ["CAUSES", "ORGANISATION", "PLANTED_SHIFT", "SHARES", "FollowUp", "Shift", "Story", "stories"]

ORGANISATION: Final = "Larkenfield"
_LANGUAGES: Final[tuple[Language, ...]] = ("en", "ru", "fil")
_TEMPERS: Final[tuple[Temper, ...]] = ("calm", "annoyed", "furious")
_REPEATERS = 0.092  # of the new complainants; some of them mean to come again after the last month, so fewer do
_PATIENCE = timedelta(days=30)  # after that a repeater complains about something else


@frozen(kw_only=True)
class FollowUp:
    """What the complainant does later on about the same complaint; each is a further message through the same channel.

    Attributes:
        after: How long after the story.
        kind: Adds something to the file (`adds`), asks where it stands (`asks`), does not accept the answer
            (`disagrees`, to be read after a response), accepts it (`thanks`, likewise), takes the complaint back
            (`withdraws`).
        text: The words.
    """

    after: timedelta
    kind: Literal["adds", "asks", "disagrees", "thanks", "withdraws"]
    text: str


@frozen(kw_only=True)
class Story:
    """One complaint as it will arrive, and the truth about it that no message tells.

    Attributes:
        at: When it arrives, UTC.
        channel, language, person, subject, text: What arrives; telephone notes, letters and posts have their own tone.
        category, cause: What it is about and why it happened.
        repeat_of: Place in the tuple of an earlier story of the same person about the same matter.
        follow_ups: What comes later in the same conversation, in order of time.
        temper: How the complainant feels.
    """

    at: datetime = field(validator=aware)
    channel: Channel
    language: Language
    person: Person
    subject: str
    text: str
    category: str
    cause: str
    repeat_of: int | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    temper: Temper = "calm"


@frozen
class _Pending:
    """A complainant who will complain again: about what so far, where that stands, from when, how many times more."""

    matter: wording.Matter
    place: int
    slot: Slot
    ready: datetime
    left: int


def stories(*, seed: int, count: int, start: datetime, months: int) -> tuple[Story, ...]:
    """Tell stories, sorted by time; the same arguments give the same stories.

    Args:
        seed: Any whole number.
        count: How many.
        start: First moment of the first month, with time zone.
        months: How many months they spread over, at least two.

    Raises:
        ValueError: There are too few months for a shift, or `start` has no time zone.
    """
    if months < 2 or start.tzinfo is None:
        raise ValueError(f"stories need two months or more and a start with time zone, not {months} and {start}")
    dice = random.Random(seed)  # noqa: S311 - made-up data has to be repeatable, nothing here is secret
    people = People(dice)
    told: list[Story] = []
    pending: list[_Pending] = []
    for place, slot in enumerate(slots(dice, count, start.astimezone(UTC), months)):
        known = next((one for one in pending if _comes_back(one, slot)), None)
        if known is None:
            about, repeat_of = _first_time(dice, people, slot), None
            left = dice.choice((1, 1, 1, 2, 2, 3)) if about.who.person.contact and dice.random() < _REPEATERS else 0
        else:
            pending.remove(known)
            about, left = _once_more(dice, known, slot), known.left - 1
            repeat_of = known.place if about.earlier else None
        if left:
            ready = slot.at + timedelta(days=dice.randint(6, 16))
            pending.append(_Pending(about, place, slot, ready, left))
        told.append(_story(dice, about, slot, repeat_of))
    return tuple(told)


def _comes_back(one: _Pending, slot: Slot) -> bool:
    if slot.at < one.ready or (slot.channel == "social") != (one.slot.channel == "social"):
        return False
    return slot.category == one.matter.category or slot.at > one.ready + _PATIENCE


def _first_time(dice: random.Random, people: People, slot: Slot) -> wording.Matter:
    language = dice.choices(_LANGUAGES, (50, 28, 22))[0]
    anonymous = slot.channel in ("form", "letter") and dice.random() < 0.05
    who = people.somebody(VOICES[language], social=slot.channel == "social", anonymous=anonymous)
    return _matter(dice, who, slot)


def _matter(dice: random.Random, who: Somebody, slot: Slot) -> wording.Matter:
    temper = dice.choices(_TEMPERS, (46, 40, 14))[0]
    return wording.matter(dice, who, slot.category, slot.cause, slot.at, temper)


def _once_more(dice: random.Random, known: _Pending, slot: Slot) -> wording.Matter:
    if slot.category != known.matter.category:
        return _matter(dice, known.matter.who, slot)
    temper: Temper = "furious" if known.matter.temper != "calm" else "annoyed"
    return known.matter.repeated(known.slot.at, slot.at, temper)


def _story(dice: random.Random, about: wording.Matter, slot: Slot, repeat_of: int | None) -> Story:
    return Story(
        at=slot.at, channel=slot.channel, language=about.who.language, person=about.who.person,
        subject=wording.subject(dice, slot.channel, about), text=wording.text(dice, slot.channel, about),
        category=about.category, cause=about.cause, repeat_of=repeat_of, temper=about.temper,
        follow_ups=_follow_ups(dice, slot.channel, about),
    )  # fmt: skip


def _follow_ups(dice: random.Random, channel: Channel, about: wording.Matter) -> tuple[FollowUp, ...]:
    if about.who.person.anonymous or dice.random() > 0.35:
        return ()
    voice = about.voice
    if dice.random() < 0.1:
        return (_later(dice, channel, about, "withdraws", voice.withdraws, 2, 6),)
    found = []
    if dice.random() < 0.5:
        found.append(_later(dice, channel, about, "adds", voice.adds, 1, 3))
    if dice.random() < 0.5:
        found.append(_later(dice, channel, about, "asks", voice.asks, 6, 12))
    if dice.random() < 0.35:
        found.append(_later(dice, channel, about, "disagrees", voice.disagrees, 24, 36))
    elif about.temper != "furious" or not found:
        found.append(_later(dice, channel, about, "thanks", voice.thanks, 20, 30))
    return tuple(found)


def _later(
    dice: random.Random,
    channel: Channel,
    about: wording.Matter,
    kind: Literal["adds", "asks", "disagrees", "thanks", "withdraws"],
    texts: tuple[str, ...],
    first: int,
    last: int,
) -> FollowUp:
    after = timedelta(days=dice.randint(first, last), minutes=dice.randrange(180))
    words = about.say(dice.choice(texts))
    text = about.say(about.voice.quoted, words=words) if channel == "phone" else words
    return FollowUp(after=after, kind=kind, text=text)
