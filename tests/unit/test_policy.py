"""The policy: standards, categories, languages and texts, as shipped and as a team changes them."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from complaintkit import SettingsError, Severity, Suggestion
from complaintkit.clocks.rules import Span
from complaintkit.policy import UNSORTED, fill
from complaintkit.policy.reading import read
from complaintkit.settings import structure

from .cases import POLICY, T0, hours, registered


@pytest.mark.parametrize(
    ("channel", "first_response"), [("email", 24), ("form", 24), ("social", 1), ("phone", 48), ("carrier-pigeon", 48)]
)
def test_each_channel_has_its_standard(channel: str, first_response: int) -> None:
    """The standard of the channel counts, else the common one; there is one clock of each kind."""
    clocks = registered(channel=channel).clocks
    assert ["acknowledgement", "first_response", "final_response"] == [clock.kind for clock in clocks]
    assert T0 + hours(first_response) == clocks[1].due_at


def test_a_channels_kind_chooses_the_standard() -> None:
    """A channel called `twitter` of the kind `social` has sixty minutes."""
    policy = evolve(POLICY, kinds={"twitter": "social"})
    assert T0 + hours(1) == policy.clocks(registered(channel="twitter"), T0)[1].due_at


def test_the_owner_is_never_nobody() -> None:
    """Every channel has a first owner, also where the table forgets one."""
    assert "desk" == evolve(POLICY, owners={}).owner("email")
    assert "irina" == evolve(POLICY, owners={"letter": "irina", "*": "desk"}).owner("letter")


def test_the_best_known_suggestion_is_chosen_and_the_same_every_time() -> None:
    """Unknown codes do not count, weak ones leave it unsorted, equal ones are settled by the code."""
    assert (UNSORTED, Severity.NORMAL) == POLICY.choose([])
    assert UNSORTED == POLICY.choose([Suggestion("refund", 0.1), Suggestion("no-such", 0.9)])[0]
    pair = [Suggestion("refund", 0.6), Suggestion("billing", 0.6)]
    assert "billing" == POLICY.choose(pair)[0] == POLICY.choose(reversed(pair))[0]


def test_a_suggestion_can_raise_severity_and_never_lower_it() -> None:
    """Safety is grave whatever a suggestion says; a suggestion may make a refund critical."""
    assert Severity.HIGH.rank <= POLICY.choose([Suggestion("safety", 0.9, severity=Severity.LOW)])[1].rank
    assert Severity.CRITICAL is POLICY.choose([Suggestion("refund", 0.9, severity=Severity.CRITICAL)])[1]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The parcel was broken and nobody answered.", "en"),
        ("Посылка пришла разбитой.", "ru"),
        ("Hindi pa rin po dumarating ang order ko.", "fil"),
        ("12345", "en"),
    ],
)
def test_the_language_is_told_by_letters_and_small_words(text: str, language: str) -> None:
    """Enough to answer in the complainant's language; the first language where nothing tells."""
    assert language == POLICY.language(text)


def test_a_team_changes_what_it_names_and_keeps_the_rest() -> None:
    """A standard list replaces the shipped one; categories and texts that are not named stay."""
    policy = read(
        {
            "organisation": "Northlight",
            "zone": "Asia/Manila",
            "standards": [{"name": "fast", "clock": "first_response", "within": {"hours": 2}}],
            "templates": {"acknowledgement": {"en": {"subject": "Got it {reference}", "body": "We have it."}}},
        },
        structure,
    )
    assert ["first_response"] == [clock.kind for clock in policy.clocks(registered(), T0)]
    assert (ZoneInfo("Asia/Manila"), "Northlight") == (policy.zone, policy.organisation)
    assert "Got it {reference}" == policy.template("acknowledgement", "en").subject
    assert "{reference}" in policy.template("acknowledgement", "ru").subject
    assert POLICY.categories == policy.categories


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ({"zone": "Mars/Olympus"}, "policy.zone"),
        ({"treshold": 0.5}, "policy.treshold"),
        ({"templates": {"reply": {"en": {"subject": "x"}}}}, "policy.templates.reply.en"),
        ({"standards": [{"name": "x", "clock": "y", "within": {"hours": "two"}}]}, "policy.standards"),
        ({"categories": [{"code": "x", "colour": "red"}]}, "policy.categories"),
        ({"categories": 5}, "policy.categories"),
        ({"categories": {"code": "x"}}, "policy.categories"),
        ({"categories": ["roads"]}, "policy.categories[0]"),
        ({"categories": [{"name": "roads"}]}, "policy.categories[0].name"),
        ({"categories": [{"label": {"en": "Roads"}}]}, "policy.categories[0].code"),
        ({"categories": [{"code": "x", "label": "Roads"}]}, "policy.categories[0].labels"),
        ({"categories": [{"code": "x", "words": ["late"]}]}, "policy.categories[0].words"),
        ({"categories": [{"code": "x", "words": {"en": "late"}}]}, "policy.categories[0].words.en"),
        ({"categories": [{"code": "x", "words": {"en": [["a", 1], "b"]}}]}, "policy.categories[0].words.en[1]"),
        ({"categories": [{"code": "x", "words": {"en": [["late", "4"]]}}]}, "policy.categories[0].words.en[0]"),
        ({"categories": [{"code": "x", "words": {"en": [[" ", 4]]}}]}, "policy.categories[0].words.en[0]"),
        ({"categories": [{"code": "x", "words": {"en": [["late", True]]}}]}, "policy.categories[0].words.en[0]"),
        ({"templates": 5}, "policy.templates"),
        ({"templates": {"reply": "y"}}, "policy.templates.reply"),
        ({"templates": {"reply": {"en": "y"}}}, "policy.templates.reply.en"),
        ({"templates": {"reply": {"en": {"subject": "x", "body": 5}}}}, "policy.templates.reply.en.body"),
        ({"threshold": 1.01}, "policy.threshold"),
        ({"threshold": -0.01}, "policy.threshold"),
        ({"threshold": float("nan")}, "policy.threshold"),
        ({"languages": []}, "policy.languages"),
        ({"permissions": {"take_over": []}}, "policy.permissions.take_over"),
        ({"permissions": {"respond": ["complainant", "guest"]}}, "policy.permissions.respond"),
        ({"staff": {"ana": {"roles": ["handler"]}}, "owners": {"*": "anna"}}, "policy.owners.*"),
        ({"staff": {"ana": {}}, "owners": {"*": "Ana", "letter": "post-room"}}, "policy.owners.letter"),
        ({"zone": "Europe"}, "policy.zone"),
        ({"zone": 5}, "policy.zone"),
        ({"standards": [{"name": "x", "clock": "answer", "within": {"hours": 2}}]}, "policy.standards[0].clock"),
        ({"standards": 5}, "policy.standards"),
        ({"ladder": ["team-lead"]}, "policy.ladder[0]"),
    ],
)
def test_a_mistake_in_the_policy_is_named_with_its_path(raw: dict[str, object], path: str) -> None:
    """Where it stands and what is wrong."""
    with pytest.raises(SettingsError) as caught:
        read(raw, structure)
    assert caught.value.path.startswith(path)


@pytest.mark.parametrize("owner", [" ANA", "handler", "desk", "post-room", "quality"])
def test_an_owner_is_of_the_staff_or_a_role(owner: str) -> None:
    """However the name is written; and where no staff is listed, anybody may be named."""
    listed = {"staff": {"Ana": {"roles": ["handler"]}}, "roles": ["desk", "post-room"], "owners": {"*": owner}}
    assert owner == read(listed, structure).owner("letter")
    assert "anybody" == read({"owners": {"*": "anybody"}}, structure).owner("letter")


@pytest.mark.parametrize(
    ("raw", "path", "says"),
    [
        ({"standards": []}, "policy.standards", "clock = 'final_response'"),
        (
            {"standards": [{"name": "x", "clock": "acknowledgement", "within": {"hours": 2}}]},
            "policy.standards",
            "promises no answer",
        ),
        ({"ladder": []}, "policy.ladder", 'after = "0h"'),
    ],
)
def test_settings_by_which_nothing_is_ever_overdue_are_refused(raw: dict[str, Any], path: str, says: str) -> None:
    """Without a deadline for an answer, or anybody who hears of a broken one, complaints would lie."""
    with pytest.raises(SettingsError, match=says) as caught:
        read(raw, structure)
    assert path in str(caught.value)


def test_a_misspelt_clock_is_told_the_nearest_one() -> None:
    """A promise on a clock that nothing ever stops would only ever be broken."""
    raw = {"standards": [{"name": "x", "clock": "first-response", "within": {"hours": 2}}]}
    with pytest.raises(SettingsError, match="did you mean 'first_response'"):
        read(raw, structure)


def test_a_team_may_name_a_language_without_texts() -> None:
    """The texts of the next language that has some serve until the team writes its own."""
    policy = read({"languages": ["de", "en"]}, structure)
    assert POLICY.template("acknowledgement", "en") == policy.template("acknowledgement", "de")


def test_the_bounds_of_the_threshold_are_possible() -> None:
    """0 takes every suggestion, 1 only what is certain."""
    assert [0.0, 1.0] == [read({"threshold": bound}, structure).threshold for bound in (0, 1)]


def test_texts_have_named_places_and_nothing_else() -> None:
    """What is filled in is never read again, braces in it stay; an unknown place is an error, not a gap."""
    assert "Dear {owner}, 7*7" == fill("Dear {name}, 7*7", {"name": "{owner}", "owner": "x"})
    with pytest.raises(SettingsError, match="no such fact"):
        fill("{secret}", {})


def test_a_language_without_text_falls_back() -> None:
    """A complainant in a language without text is written to in the first language."""
    assert POLICY.template("acknowledgement", POLICY.languages[0]) == POLICY.template("acknowledgement", "xx")
    with pytest.raises(SettingsError, match="no text for this occasion"):
        POLICY.template("no-such-occasion", "en")


@pytest.mark.parametrize(
    ("start", "span", "zone", "end"),
    [
        ("2026-03-28T12:00+00:00", Span(hours=24), "Europe/London", "2026-03-29T13:00+01:00"),
        ("2026-10-25T00:30+01:00", Span(hours=2), "Europe/London", "2026-10-25T01:30+00:00"),
        ("2026-01-15T09:00+11:00", Span(days=30), "Australia/Sydney", "2026-02-14T23:59:59.999999+11:00"),
        ("2026-03-02T23:30+00:00", Span(days=1), "Asia/Manila", "2026-03-04T23:59:59.999999+08:00"),
    ],
)
def test_spans_end_where_a_person_would_say(start: str, span: Span, zone: str, end: str) -> None:
    """Exact hours are exact over a clock change; days end with the local day."""
    assert datetime.fromisoformat(end) == evolve(POLICY, zone=ZoneInfo(zone)).until(span, datetime.fromisoformat(start))


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001 - hypothesis wants bounds without zone
    st.integers(1, 400),
    st.sampled_from(["UTC", "Europe/London", "Asia/Manila", "America/New_York"]),
)
def test_days_end_on_the_day_that_many_later(start: datetime, days: int, zone: str) -> None:
    """Whatever the day and place, day N after receipt is day N of the local calendar."""
    at = start.replace(tzinfo=UTC)
    end = evolve(POLICY, zone=ZoneInfo(zone)).until(Span(days=days), at).astimezone(ZoneInfo(zone))
    assert days == (end.date() - at.astimezone(ZoneInfo(zone)).date()).days


@pytest.mark.parametrize("span", [{}, {"hours": 1, "days": 1}, {"hours": -1}])
def test_a_span_of_nothing_or_of_both_is_refused(span: dict[str, int]) -> None:
    """A promise has one length, and more than none."""
    with pytest.raises(ValueError, match=r"span|>="):
        Span(**span)  # type: ignore[arg-type]


def test_a_desk_in_a_language_without_texts_still_writes() -> None:
    """Where none of the policy's languages has a text, any text is better than none."""
    german = evolve(POLICY, languages=("de",))
    assert "{reference}" in german.template("acknowledgement", "de").subject


@pytest.mark.parametrize("categories", [["roads"], [{"name": "roads"}], 5, [{"code": "x", "words": {"en": [3]}}]])
def test_a_mistake_in_the_categories_is_named_at_the_front_door(categories: object) -> None:
    """Putting a kit together says where the mistake is, whoever looks at the categories first."""
    from complaintkit.kit.assembly import plugin_settings
    from complaintkit.settings import Settings

    with pytest.raises(SettingsError, match="categories"):
        plugin_settings(evolve(Settings(), policy={"categories": categories}))
