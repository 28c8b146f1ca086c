"""Tells what happened in the way of the channel: a mail, a form, a note taken on the telephone, a letter, a post."""

import random
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType

from attrs import evolve, frozen

from complaintkit.demo.people import Somebody
from complaintkit.demo.phrases import VOICES, Channel, Plot, Temper, Topic, Voice

_CHOICE = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
_KIND = re.compile(r"\b(electric|fragile|furniture|textile)(?:_acc|_gen)?\}")
_POST_LENGTH = 280


@frozen(kw_only=True)
class Matter:
    """What a complaint is about: its category and cause, and what fills the places of the fragments.

    `kind` is the kind of goods, so that a fragment about furniture is not told of a kettle. `days`, `weeks` and `times`
    are how late, how long and how often, as far as the fragments speak of it.
    """

    category: str
    cause: str
    who: Somebody
    kind: str
    places: Mapping[str, str]
    temper: Temper
    days: int
    weeks: int
    times: int
    earlier: date | None = None

    @property
    def voice(self) -> Voice:
        """Return the complainant's language."""
        return VOICES[self.who.language]

    @property
    def topic(self) -> Topic:
        """Return what the category sounds like in it."""
        return self.voice.topic(self.category)

    def fitting(self, fragments: Sequence[str]) -> Sequence[str]:
        """Return the fragments that speak of this kind of goods, or of none in particular."""
        return [one for one in fragments if set(_KIND.findall(one)) <= {self.kind}]

    def say(self, fragment: str, **more: str) -> str:
        """Return a fragment with its places filled and its choices made."""
        chosen = _CHOICE.sub(r"\1" if self.who.gender == "m" else r"\2", fragment)
        voice = self.voice
        counts = {"days": voice.days(self.days), "weeks": voice.weeks(self.weeks), "times": voice.times(self.times)}
        text = chosen.format_map({**self.places, **counts, **more})
        return text[:1].upper() + text[1:]

    def repeated(self, before: datetime, at: datetime, temper: Temper) -> "Matter":
        """Return the same matter as it is told when it comes up again: time has gone on."""
        gone = (at - before).days
        places = MappingProxyType({**self.places, "earlier": self.voice.day(before.date())})
        return evolve(
            self, temper=temper, earlier=before.date(), places=places,
            days=self.days + gone, weeks=self.weeks + gone // 7, times=self.times + 1,
        )  # fmt: skip


def matter(dice: random.Random, who: Somebody, category: str, cause: str, at: datetime, temper: Temper) -> Matter:
    """Make up what happened: an order, goods, amounts and days before the complaint."""
    voice = VOICES[who.language]
    weeks = dice.randint(2, 6)
    ordered = at - timedelta(weeks=weeks, days=dice.randint(3, 9))
    promised = at - timedelta(days=dice.randint(3, 13))
    amount = dice.randrange(1_500, 30_000, 5)
    places = {
        "order": f"LF-{dice.randint(20_000, 99_999)}", "name": who.person.name, "date": voice.day(ordered.date()),
        "promised": voice.day(promised.date()),
        "minutes": voice.minutes(5 * dice.randint(4, 12)),
        "amount": voice.money(amount), "part": voice.money(amount // dice.randint(4, 9)),
    }  # fmt: skip
    kind = dice.choice(_kinds(voice.topic(category).plot(cause)) or [one.kind for one in voice.products])
    it = dice.choice([one for one in voice.products if one.kind == kind])
    for key in (kind, "product"):
        places |= {key: it.name, f"{key}_acc": it.accusative, f"{key}_gen": it.genitive, f"a_{key}": it.genitive}
    return Matter(
        category=category, cause=cause, who=who, kind=kind, places=MappingProxyType(places), temper=temper,
        days=(at - promised).days, weeks=weeks, times=dice.randint(2, 6),
    )  # fmt: skip


def _kinds(plot: Plot) -> list[str]:
    """Return the kinds of goods for which a plot has something to tell, to note and to post."""
    ways = (plot.told, plot.noted, plot.posted)
    named = sorted({kind for way in ways for fragment in way for kind in _KIND.findall(fragment)})
    return [kind for kind in named if all(any(set(_KIND.findall(one)) <= {kind} for one in way) for way in ways)]


def subject(dice: random.Random, channel: Channel, about: Matter) -> str:
    """Return the heading the complainant gives the message, or staff the telephone note; a post has none."""
    if channel == "phone":
        return about.say("{name}, {order}")
    return "" if channel == "social" else about.say(dice.choice(about.fitting(about.topic.subjects)))


def text(dice: random.Random, channel: Channel, about: Matter) -> str:
    """Return the words as they come through a channel."""
    return {"email": _mail, "form": _form, "phone": _note, "letter": _letter, "social": _post}[channel](dice, about)


def _story(dice: random.Random, about: Matter) -> list[str]:
    plot = about.topic.plot(about.cause)
    told = [about.say(dice.choice(about.fitting(plot.told)))]
    told += [about.say(one) for one in dice.sample(about.fitting(about.topic.details), dice.choice((1, 1, 2)))]
    if about.earlier:
        told.insert(0, about.say(dice.choice(about.voice.again)))
    return told


def _end(dice: random.Random, about: Matter) -> list[str]:
    mood = about.say(dice.choice(about.voice.moods[about.temper]))
    wish = about.say(dice.choice(about.voice.wishes[about.topic.wish]))
    return [wish] if about.temper == "calm" and dice.random() < 0.4 else [mood, wish]


def _mail(dice: random.Random, about: Matter) -> str:
    voice = about.voice
    opening = [about.say(dice.choice(voice.openings))] if dice.random() < 0.6 and not about.earlier else []
    parts = [dice.choice(voice.greetings), " ".join(opening + _story(dice, about)), " ".join(_end(dice, about))]
    sign = [dice.choice(voice.closings), about.who.person.name]
    if about.who.person.phone and dice.random() < 0.5:
        sign.append(about.who.person.phone)
    return "\n\n".join([*parts, "\n".join(line for line in sign if line)]) + "\n"


def _form(dice: random.Random, about: Matter) -> str:
    return " ".join(_story(dice, about) + _end(dice, about))


def _letter(dice: random.Random, about: Matter) -> str:
    voice = about.voice
    demands = (dice.choice(voice.wishes[about.topic.wish]), dice.choice(voice.letter_demands))
    return "\n\n".join((
        about.say(dice.choice(voice.letter_heads)),
        " ".join([about.say(dice.choice(voice.letter_openings)), *_story(dice, about)]),
        " ".join(about.say(demand) for demand in demands),
        f"{dice.choice(voice.letter_closings)}\n{about.who.person.name}".strip(),
    ))  # fmt: skip


def _note(dice: random.Random, about: Matter) -> str:
    voice = about.voice
    happened = dice.choice(about.fitting(about.topic.plot(about.cause).noted))
    noted = [about.say(dice.choice(voice.note_heads)), about.say(happened)]
    if about.earlier:
        noted.insert(1, about.say(dice.choice(voice.noted_again)))
    if dice.random() < 0.8:
        noted.append(voice.noted_wishes[about.topic.wish])
    noted.append(about.say(dice.choice(voice.noted_moods[about.temper])))
    if dice.random() < 0.6:
        noted.append(dice.choice(voice.note_ends))
    return " ".join(noted)


def _post(dice: random.Random, about: Matter) -> str:
    voice = about.voice
    again = [about.say(dice.choice(voice.posted_again))] if about.earlier else []
    posted = [*again, about.say(dice.choice(about.fitting(about.topic.plot(about.cause).posted)))]
    mood = about.say(dice.choice(voice.posted_moods[about.temper]))
    whole = " ".join([*posted, mood])
    return whole if len(whole) <= _POST_LENGTH else " ".join(posted)
