"""The plugins that come with complaintkit."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintkit import CaseView, Count, Counted, Delivery, Envelope, Message, ReportRequest, Review, Unreadable
from complaintkit.builtin import folder, form, keywords, ladder, promises, voices, volume
from complaintkit.notices import worded

from .cases import POLICY, T0, hours, registered
from .test_notices import acknowledgement

SUGGEST = keywords.suggester(keywords.shipped_words())


def view(text: str, title: str = "") -> CaseView:
    """Return what a plugin sees of a complaint with this text."""
    from attrs import evolve

    return evolve(CaseView.of(registered()), text=text, title=title)


def envelope(raw: bytes, media_type: str = "") -> Envelope:
    """Return an envelope of the form channel."""
    return Envelope("form", "x", raw, T0, media_type)


def test_a_form_is_read_whole() -> None:
    """Every known key of the JSON form reaches the message; an unknown one is told."""
    raw = json.dumps(
        {
            "text": "Сломано",
            "subject": "Чайник",
            "name": "Anna",
            "email": "a@example.org",
            "language": "ru",
            "fields": {"order": "A-1", "count": 2},
            "sent_at": "2026-03-01T10:00:00+03:00",
            "nonsense": 1,
        }
    ).encode()
    message = form.parse(envelope(raw))
    assert ("Сломано", "Чайник", "a@example.org") == (message.text, message.subject, message.sender.email)
    assert (("order", "A-1"), ("count", "2")) == message.fields
    assert "nonsense" in message.problems[0]


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"{", "no valid JSON"),
        (b"{" * 3, "no valid JSON"),
        (b'{"text": 5}', "must be a text"),
        (b'{"text": "a", "text": "b"}', "twice"),
        (b'{"fields": {"a": NaN}}', "no JSON value"),
        (b'{"fields": []}', "object of names"),
        (b'{"answers": "x"}', "list"),
        (b"\x00\x01\x02", "no text"),
        (b'{"a":' * 100_000, "no valid JSON"),
    ],
)
def test_a_bad_form_is_parked_with_the_reason(raw: bytes, word: str) -> None:
    """What cannot be read is refused in words a person can act on."""
    with pytest.raises(Unreadable, match=word):
        form.parse(envelope(raw))


def test_plain_text_is_read_in_its_charset() -> None:
    """UTF-8 with or without mark, and the Russian code page of older machines."""
    for charset in ("utf-8", "utf-8-sig", "cp1251"):
        assert "Жалоба" == form.parse(envelope("Жалоба\n".encode(charset))).text


@given(st.binary(max_size=300))
def test_whatever_the_bytes_the_form_answers_or_says_why(raw: bytes) -> None:
    """Nothing but a message or a reason comes out."""
    try:
        answer: object = form.parse(envelope(raw))
    except Unreadable as reason:
        answer = str(reason)
    assert isinstance(answer, Message | str)
    assert answer


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("My parcel has not arrived, two weeks late.", "delivery-late"),
        ("Верните деньги за чайник, возврат не пришёл.", "refund"),
        ("Hindi pa rin dumarating ang order ko, ang tagal.", "delivery-late"),
        ("The kettle caught fire and burned my hand.", "safety"),
    ],
)
def test_keywords_find_the_category_and_say_why(text: str, category: str) -> None:
    """The best suggestion is the right one, with its evidence."""
    first = SUGGEST(view(text))[0]
    assert category == first.category
    assert first.because.startswith("says ")


def test_keywords_abstain_where_nothing_tells() -> None:
    """No word, no suggestion."""
    assert () == SUGGEST(view("Xyzzy 12345."))


def test_a_stem_matches_only_at_the_start_of_a_word() -> None:
    """`late` finds neither `chocolate` nor `plate`; ё counts as е; a phrase may span a line break."""
    suggest = keywords.suggester([("late", "late", 3.0), ("bill", "счет", 3.0), ("money", "money back", 3.0)])
    assert () == suggest(view("chocolate plate"))
    assert ["bill", "late", "money"] == sorted(one.category for one in suggest(view("Счёт, later, MONEY\nback")))


@given(st.text(max_size=400))
def test_keywords_give_the_same_answer_twice(text: str) -> None:
    """Whatever the text, suggestions are in order, within bounds and repeatable."""
    answer = SUGGEST(view(text))
    assert answer == SUGGEST(view(text))
    assert sorted((one.score for one in answer), reverse=True) == [one.score for one in answer]


def test_a_critical_case_is_called_one_level_higher_than_its_chain_has_it() -> None:
    """Severity calls for the next level at once, never beyond the last, and never before the promise is broken."""
    from attrs import evolve

    from complaintkit import Level, Severity

    rule = next(iter(ladder.complaintkit_escalation_rules(ladder.Settings())))
    case = CaseView.of(registered())
    levels = (
        Level(level=1, to="team-lead", at=T0, taken=True),
        Level(level=2, to="department", at=T0 + hours(48)),
        Level(level=3, to="executive", at=T0 + hours(168)),
    )
    review = Review(case=case, clock="first_response", due_at=T0, level=1, now=T0, levels=levels)
    assert rule.check(review) is None
    critical = evolve(review, case=evolve(case, severity=Severity.CRITICAL))
    higher = rule.check(critical)
    assert higher is not None
    assert (2, "department", T0 + hours(48)) == (higher.level, higher.to, higher.again_at)
    taken = (levels[0], evolve(levels[1], taken=True), levels[2])
    assert rule.check(evolve(critical, levels=taken)) is None
    assert "executive" == rule.check(evolve(critical, levels=taken, now=T0 + hours(50))).to  # type: ignore[union-attr]
    assert rule.check(evolve(critical, now=T0 + timedelta(days=90))) is None
    assert rule.check(evolve(critical, now=T0 - hours(1))) is None


def test_the_folder_notifier_writes_each_notice_once(tmp_path: Path) -> None:
    """Delivering twice leaves one file, and its name cannot leave the folder."""
    from attrs import evolve

    notice = evolve(worded(acknowledgement(), POLICY), id="../../CK-1")
    send = folder.into_folder(tmp_path / "outgoing")
    assert ["sent", "sent"] == [send(notice).state, send(notice).state]
    assert ["CK-1.txt"] == [path.name for path in (tmp_path / "outgoing").iterdir()]
    assert isinstance(send(notice), Delivery)


def request(*counts: Counted) -> ReportRequest:
    """Return a request with figures."""
    return ReportRequest(since=T0, until=T0 + timedelta(days=90), counts=counts)


def test_the_backlog_adds_up_or_says_that_it_does_not() -> None:
    """Open at the start plus received plus reopened minus ended is open at the end."""
    by_month = ("month",)
    figures = [
        Counted(Count("open_before"), (((), 5),)),
        Counted(Count("received", by_month), ((("2026-03",), 10), (("2026-04",), 7))),
        Counted(Count("ended", by_month), ((("2026-03",), 8),)),
        Counted(Count("reopened", by_month), ((("2026-04",), 1),)),
        Counted(Count("overdue"), (((), 2),)),
    ]
    table = volume.volume(request(*figures, Counted(Count("open"), (((), 15),))))
    assert (("2026-03", 5, 10, 0, 8, 7), ("2026-04", 7, 7, 1, 0, 15)) == table.rows
    assert "NOT VALID" not in table.note
    assert "NOT VALID" in volume.volume(request(*figures, Counted(Count("open"), (((), 14),)))).note


def test_a_jump_in_a_category_is_pointed_out() -> None:
    """A category that doubled in the last two full months is named; a flat one is not."""
    months = [f"2026-0{month}" for month in range(1, 8)]
    rows = [(("late", month), 20 if month >= "2026-05" else 5) for month in months]
    rows += [(("refund", month), 9) for month in months]
    counts = (Counted(Count("received", ("category", "month")), tuple(rows)), Counted(Count("open", ("category",)), ()))
    assert "Look at late: 4.0 times" in volume.categories(request(*counts)).note
    flat = (Counted(counts[0].count, tuple(rows[7:])), counts[1])
    assert "" == volume.categories(request(*flat)).note


def test_voices_tell_what_was_described_from_what_was_not() -> None:
    """Each answer has its share of what was described, the most frequent first; the rest is no answer."""
    figures = {"goal": {"money": 3, "apology": 1, "": 6}, "channel": {"email": 10}}
    table = voices.voices(
        request(
            *(
                Counted(Count("received", (by,)), tuple(((value,), n) for value, n in figures.get(by, {}).items()))
                for by, _ in voices.ASKED
            )
        )
    )
    assert (
        ("by which way", "email", 10, 100.0),
        ("to achieve", "money", 3, 75.0),
        ("to achieve", "apology", 1, 25.0),
        ("to achieve", "not described", 6, None),
    ) == table.rows


def test_promises_count_what_fell_due_not_only_what_is_finished() -> None:
    """The share is kept of due; a clock without any due has no row."""
    both = ("clock", "channel")
    table = promises.promises(
        request(
            Counted(Count("due", both), ((("first_response", "email"), 4), (("first_response", "form"), 1))),
            Counted(Count("kept", both), ((("first_response", "email"), 3),)),
            Counted(Count("held"), (((), 2),)),
        )
    )
    assert (("first_response", "email", 4, 3, 75.0), ("first_response", "form", 1, 0, 0.0)) == table.rows
    assert table.note.endswith("Holding notices that went out of themselves: 2.")
