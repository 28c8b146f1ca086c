"""The demo's stories: repeatable, varied, believable, and nobody's."""

import json
import random
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit.builtin.keywords import shipped_words, suggester
from complaintkit.demo import answers, arrivals
from complaintkit.demo.people import People
from complaintkit.demo.phrases import VOICES
from complaintkit.demo.phrases.parts import topics
from complaintkit.demo.phrases.russian import counted
from complaintkit.demo.schedule import month_later
from complaintkit.demo.stories import CAUSES, PLANTED_SHIFT, SHARES, Story, stories

START = datetime(2026, 1, 1, tzinfo=UTC)
MONTHS = 6
STORIES = stories(seed=7, count=400, start=START, months=MONTHS)
MAILS = [(index, story) for index, story in enumerate(STORIES) if story.channel == "email"]


def per_month(told: tuple[Story, ...], category: str) -> list[int]:
    """Count the stories of a category in each month from January on."""
    found = Counter(story.at.month for story in told if story.category == category)
    return [found[month + 1] for month in range(MONTHS)]


def test_the_same_seed_tells_the_same_stories() -> None:
    """Stories depend on the arguments alone; another seed tells others."""
    assert STORIES == stories(seed=7, count=400, start=START, months=MONTHS)
    assert STORIES != stories(seed=8, count=400, start=START, months=MONTHS)


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    count=st.integers(0, 60),
    start=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    months=st.integers(2, 24),
)
def test_as_many_as_asked_for_in_order_within_the_months(seed: int, count: int, start: datetime, months: int) -> None:
    """Whatever is asked for, the number is right, the order is that of time, and all lie within the months."""
    told = stories(seed=seed, count=count, start=start, months=months)
    assert count == len(told)
    assert all(one.at <= next_one.at for one, next_one in pairwise(told))
    assert all(start <= story.at < month_later(start, months) for story in told)


@pytest.mark.parametrize(("start", "months"), [(START, 1), (datetime(2026, 1, 1), 6)])  # noqa: DTZ001
def test_a_span_without_room_or_zone_is_refused(start: datetime, months: int) -> None:
    """One month leaves no room for a shift, and a start without time zone could be anywhere."""
    with pytest.raises(ValueError, match="two months or more and a start with time zone"):
        stories(seed=1, count=1, start=start, months=months)


def test_texts_are_distinct_and_filled_in() -> None:
    """At least 95 in 100 texts differ from all others, and no place or choice is left open in any."""
    texts = [story.text for story in STORIES]
    assert 0.95 <= len(set(texts)) / len(texts)
    later = [follow_up.text for story in STORIES for follow_up in story.follow_ups]
    assert [] == [text for text in [*texts, *later, *(story.subject for story in STORIES)] if re.search(r"[{}|]", text)]


def test_every_fragment_can_be_told() -> None:
    """Over many stories each channel, language, temper, category and cause comes up."""
    told = [story for seed in range(4) for story in stories(seed=seed, count=500, start=START, months=MONTHS)]
    assert {"email", "form", "phone", "letter", "social"} == {story.channel for story in told}
    assert set(VOICES) == {story.language for story in told}
    assert {"calm", "annoyed", "furious"} == {story.temper for story in told}
    planted = (PLANTED_SHIFT.category, PLANTED_SHIFT.cause)
    known = {(category, cause) for category, causes in CAUSES.items() for cause in causes} | {planted}
    assert known == {(story.category, story.cause) for story in told}


def test_languages_tell_the_same_things() -> None:
    """Each language has the same categories, causes and wishes as the others."""
    shapes = {
        language: {(topic.category, topic.wish, tuple(plot.cause for plot in topic.plots)) for topic in voice.topics}
        for language, voice in VOICES.items()
    }
    assert shapes["en"] == shapes["ru"] == shapes["fil"]
    assert set(SHARES) == {topic.category for topic in VOICES["en"].topics}


@pytest.mark.parametrize("seed", range(5))
def test_the_planted_shift_is_there_and_alone(seed: int) -> None:
    """From month 5 of 6 late deliveries are two and a half to three and a half times as many; nothing else grows so."""
    told = stories(seed=seed, count=400, start=START, months=MONTHS)
    assert 5 == PLANTED_SHIFT.month(MONTHS)
    assert datetime(2026, 5, 1, tzinfo=UTC) == PLANTED_SHIFT.begins(START, MONTHS)
    for category in SHARES:
        counts = per_month(told, category)
        before, after = sum(counts[:4]) / 4, sum(counts[4:]) / 2
        if category == PLANTED_SHIFT.category:
            assert 2.5 <= after / before <= 3.5
        else:
            assert after <= before + 2.5
    begins = PLANTED_SHIFT.begins(START, MONTHS)
    early = [story for story in told if story.cause == PLANTED_SHIFT.cause and story.at < begins]
    assert [] == early


def test_repeats_point_to_the_same_person_and_matter() -> None:
    """A repeat names an earlier story of the same person, category and cause."""
    repeats = [(story, place, story.repeat_of) for place, story in enumerate(STORIES) if story.repeat_of is not None]
    assert repeats
    for story, place, repeat_of in repeats:
        earlier = STORIES[repeat_of]
        assert repeat_of < place
        assert (story.person, story.category, story.cause) == (earlier.person, earlier.category, earlier.cause)
        assert timedelta(days=5) < story.at - earlier.at


def test_some_complain_two_to_four_times() -> None:
    """Over several seeds about 8 in 100 complainants come back, none more than four times."""
    shares = []
    for seed in range(8):
        told = stories(seed=seed, count=400, start=START, months=MONTHS)
        times = Counter(story.person.contact for story in told if story.person.contact)
        assert max(times.values()) <= 4
        shares.append(sum(number > 1 for number in times.values()) / len(times))
    assert 0.06 <= sum(shares) / len(shares) <= 0.11


def test_addresses_and_numbers_are_fiction() -> None:
    """E-mail domains are reserved ones, numbers lie in ranges kept for fiction, and no two people share one."""
    crowd = People(random.Random(2))
    people = [crowd.somebody(VOICES[language]).person for language in ("en", "ru") for _ in range(9000)]
    emails = [person.email for person in people if person.email]
    phones = [person.phone for person in people if person.phone]
    fiction = r"\+44 (7700 900|20 7946 0|1632 960|11[34] 496 0|191 498 0)\d{3}|\+1 [23]\d\d 555 01\d\d"
    assert [] == [
        email for email in emails if not re.fullmatch(r"[a-z.]+\d*@(example\.(org|com|net)|\w+\.example)", email)
    ]
    assert [] == [phone for phone in phones if not re.fullmatch(fiction, phone)]
    assert 18_000 == len(emails) == len(set(emails))
    assert 9_000 < len(phones) == len(set(phones))


def test_hours_and_weekdays_are_those_of_a_shop() -> None:
    """Nobody rings on Sunday or at night, no post comes at weekends."""
    assert all(8 <= story.at.hour < 17 and story.at.weekday() < 6 for story in STORIES if story.channel == "phone")
    assert all(story.at.weekday() < 5 for story in STORIES if story.channel == "letter")
    assert all(7 <= story.at.hour < 23 for story in STORIES)


def test_posts_are_short_and_have_handles() -> None:
    """A public post fits into 280 characters, and all that is known of its writer is a name and a handle."""
    posts = [story for story in STORIES if story.channel == "social"]
    assert posts
    assert max(len(story.text) for story in posts) <= 280
    assert all(story.person.handle and not story.person.email and not story.person.phone for story in posts)


def test_a_keyword_categoriser_mostly_finds_the_category() -> None:
    """The shipped words put at least 85 in 100 stories of each language under the true category."""
    suggest = suggester(shipped_words())
    right, all_of = Counter[str](), Counter[str]()
    for story in STORIES:
        found = suggest(SimpleNamespace(title=story.subject, text=story.text))  # type: ignore[arg-type]
        all_of[story.language] += 1
        right[story.language] += bool(found) and found[0].category == story.category
    assert {} == {language: right[language] for language in all_of if right[language] < 0.85 * all_of[language]}


def test_a_mail_can_be_read_back() -> None:
    """Sender, subject, time and words of a story survive the way through a mail; identifiers are all different."""
    identifiers = set()
    for index, story in MAILS:
        data, media_type = arrivals.raw(story, index)
        mail = message_from_bytes(data, policy=policy.default)
        assert arrivals.MAIL == media_type
        assert story.subject == mail["Subject"]
        assert story.person.email == mail["From"].addresses[0].addr_spec
        assert story.person.name == mail["From"].addresses[0].display_name
        assert story.at == mail["Date"].datetime
        assert story.text.split() == mail.get_content().split()
        identifiers.add(mail["Message-ID"])
    assert len(MAILS) == len(identifiers)
    assert arrivals.raw(MAILS[0][1], 3) == arrivals.raw(MAILS[0][1], 3)


def test_a_follow_up_by_mail_answers_the_first_mail() -> None:
    """A follow-up has its own identifier and refers to the story's; a repeat is a new mail."""
    index, story = next((index, story) for index, story in MAILS if story.follow_ups)
    mail = message_from_bytes(arrivals.raw_follow_up(story, index, 1)[0], policy=policy.default)
    assert arrivals.source_id(index) == mail["In-Reply-To"] == mail["References"]
    assert arrivals.source_id(index, 1) == mail["Message-ID"]
    index, repeat = next((index, story) for index, story in MAILS if story.repeat_of is not None)
    assert message_from_bytes(arrivals.raw(repeat, index)[0])["In-Reply-To"] is None


def test_other_channels_arrive_as_json() -> None:
    """What is no mail is a JSON object with the agreed keys; a follow-up may quote the reference."""
    index, story = next((i, one) for i, one in enumerate(STORIES) if one.channel == "phone" and one.follow_ups)
    data, media_type = arrivals.raw(story, index)
    told = json.loads(data)
    assert arrivals.JSON == media_type
    assert {"subject", "text", "name", "email", "phone", "handle", "language"} == set(told)
    assert (story.text, story.person.name, story.language) == (told["text"], told["name"], told["language"])
    again = json.loads(arrivals.raw_follow_up(story, index, 1, "K7-M2")[0])
    assert "K7-M2" == again["reference"]
    assert story.person.name in again["text"]


@pytest.mark.parametrize(
    ("number", "said"), [(1, "1 день"), (3, "3 дня"), (5, "5 дней"), (11, "11 дней"), (14, "14 дней"), (22, "22 дня")]
)
def test_russian_counts_as_russians_do(number: int, said: str) -> None:
    """The noun takes the form its number asks for."""
    assert said == counted(number, "день", "дня", "дней")


def test_a_mistyped_phrase_is_refused() -> None:
    """A line without a known mark stops the reading and is shown."""
    with pytest.raises(ValueError, match="x: nonsense"):
        topics("== refund / money\ns: heading\nx: nonsense\n")


@pytest.mark.parametrize("language", sorted(VOICES))
def test_the_shop_has_words_for_every_category(language: str) -> None:
    """Each category has its own reply, question and answers, different for each outcome."""
    said: list[str] = []
    for category in SHARES:
        said += [answers.reply(language, category), answers.question(language, category)]
        said += [answers.response(language, category, outcome) for outcome in answers.OUTCOMES]
    assert len(said) == len(set(said))
    assert "" != answers.note(random.Random(1), language)
    assert answers.thanks_for_more(language) != answers.where_it_stands(language)


def test_decisions_follow_their_shares() -> None:
    """Late deliveries are mostly upheld; what is not upheld is given nothing."""
    dice = random.Random(5)
    made = Counter(answers.decide(dice, "delivery-late") for _ in range(1000))
    assert 650 < made["upheld"] < 850
    assert "" == answers.remedy("refund", "not_upheld")
    assert "refund" == answers.remedy("refund", "partly_upheld")
