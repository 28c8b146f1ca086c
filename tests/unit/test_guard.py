"""One call, one answer or one failure: what the guard catches in our own process, and when the breaker opens."""

import os
import signal
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import attrs
import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit.case.parts import Severity, Suggestion
from complaintkit.counts import Table
from complaintkit.families import CaseView, Customer, Escalation, Unreadable
from complaintkit.guard import Failure, Guarded, in_transaction, no_plugins
from complaintkit.guard.answer import Line, NoAnswer
from complaintkit.guard.breaker import Breaker
from complaintkit.guard.here import Here, said
from complaintkit.guard.shape import Misfit, Shape, checker
from complaintkit.message import Delivery, Envelope, Message, Notice
from complaintkit.testing import builders

NOW = builders.NOON
GOOD = Suggestion("delivery", 0.5)


@frozen
class Heard:
    """Keeps what the guard tells."""

    failures: list[Failure] = attrs.field(factory=list)
    turns: list[tuple[str, str, datetime | None]] = attrs.field(factory=list)
    calls: list[str] = attrs.field(factory=list)

    def failed(self, failure: Failure, now: datetime) -> None:
        """Keep a failure."""
        self.failures.append(failure)

    def turned(self, plugin: str, hook: str, open_until: datetime | None) -> None:
        """Keep a breaker's turn."""
        self.turns.append((plugin, hook, open_until))

    def called(self, plugin: str, hook: str, record: str, seconds: float, kind: str) -> None:
        """Keep how a call ended."""
        self.calls.append(kind)


def guarded(call: Callable[..., Any], heard: Heard | None = None, **changes: Any) -> Guarded[Any]:
    """Return a guarded categoriser with this callable."""
    shape = changes.pop("shape", Shape(takes=CaseView, gives=Suggestion, many=True))
    here = Here(call=call, shape=shape, honest=(Unreadable,))
    line = Line(
        plugin="words", hook="complaintkit_categorisers", record="w", call=here, limit=60.0, breaker=Breaker(),
        told=heard or Heard(),
    )  # fmt: skip
    line = attrs.evolve(line, **changes)
    return Guarded(plugin="words", hook="complaintkit_categorisers", record=None, lines={"suggest": line})


def ask(call: Callable[..., Any], heard: Heard | None = None, **changes: Any) -> Any:
    """Return what a callable's answer becomes."""
    return guarded(call, heard, **changes).ask("suggest", builders.a_case_view(), NOW)


# --- answers


def test_answers_are_collected() -> None:
    """A list, a tuple, a generator and nothing at all become a tuple."""

    def generator(case: CaseView) -> Iterator[Suggestion]:
        yield GOOD
        yield GOOD

    assert (GOOD, GOOD) == ask(generator)
    assert (GOOD,) == ask(lambda case: [GOOD])
    assert () == ask(lambda case: None)


def test_a_generator_that_fails_half_way_is_a_failure() -> None:
    """What a generator raises while it is collected is caught, too: half an answer is none."""

    def generator(case: CaseView) -> Iterator[Suggestion]:
        yield GOOD
        raise ValueError("half way")

    answer = ask(generator)
    assert ("raised", True) == (answer.kind, "half way" in answer.problem)


def test_a_failure_says_who_what_where_and_about_which_case() -> None:
    """Plugin, hook, record, kind, the exception with its place, and the complaint stand in the failure."""
    heard = Heard()

    def suggest(case: CaseView) -> None:
        raise ValueError("no\nsuch\tword")

    answer = ask(suggest, heard)
    assert ("words", "complaintkit_categorisers", "w", "raised", builders.REFERENCE) == (
        answer.plugin,
        answer.hook,
        answer.record,
        answer.kind,
        answer.reference,
    )
    assert answer.problem.startswith("ValueError: no such word (test_guard.py, line ")
    assert [answer] == heard.failures
    assert ["raised"] == heard.calls


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (SystemExit(3), "exited"),
        (MemoryError(), "memory"),
        (RecursionError("too deep"), "raised"),
        (GeneratorExit(), "raised"),
        (StopIteration(), "raised"),
        (KeyboardInterrupt(), "raised"),
        (BaseException("odd"), "raised"),
        (AssertionError(), "raised"),
        (NoAnswer("too_large", "long"), "too_large"),
    ],
)
def test_everything_a_plugin_raises_is_caught(error: BaseException, kind: str) -> None:
    """No exception of a plugin leaves the guard, not even those that mean the end of a program."""

    def suggest(case: CaseView) -> None:
        raise error

    answer = ask(suggest)
    assert (True, kind) == (isinstance(answer, Failure), answer.kind)


@pytest.mark.skipif(not hasattr(signal, "raise_signal"), reason="needs signals")
def test_a_person_s_interrupt_gets_through() -> None:
    """Who presses Ctrl-C while a plugin runs is obeyed, and the plugin's breaker does not count it."""
    breaker = Breaker()

    def suggest(case: CaseView) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(10_000_000):
            pass

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a suite in the background ignores it
    try:
        with pytest.raises(KeyboardInterrupt):
            ask(suggest, breaker=breaker)
    finally:
        signal.signal(signal.SIGINT, before)
    assert breaker.lets_through(NOW)


def test_an_exception_that_cannot_be_shown_is_still_told() -> None:
    """An exception whose text raises does not break the guard."""

    class Nasty(Exception):
        def __str__(self) -> str:
            raise RuntimeError("no")

    assert "Nasty: (it cannot be shown)" == said(Nasty())
    assert "ValueError" == said(ValueError())
    assert len(said(ValueError("x" * 10_000))) < 500


def test_an_honest_unreadable_is_no_failure() -> None:
    """A channel that says an item cannot be read gets it parked; its breaker and its record stay clean."""
    heard = Heard()

    def parse(envelope: Envelope) -> Message:
        raise Unreadable("an empty form")

    line = guarded(parse, heard, shape=Shape(takes=Envelope, gives=Message))
    for _ in range(20):
        answer = line.ask("suggest", builders.an_envelope(), NOW)
    assert ("unreadable", "an empty form") == (answer.kind, answer.problem)  # type: ignore[attr-defined]
    assert ([], []) == (heard.failures, heard.turns)


def test_a_late_answer_is_a_failure_but_a_late_deed_is_done() -> None:
    """Here a late answer can only be noticed: it is not used, unless it tells what was done outside."""
    heard = Heard()
    assert "timeout" == ask(lambda case: [GOOD], heard, limit=-1.0).kind
    shape = Shape(takes=Notice, gives=Delivery)
    sent = ask(lambda notice: Delivery("sent"), heard, limit=-1.0, acts=True, shape=shape)
    assert Delivery("sent") == sent
    assert ["timeout", "timeout"] == [failure.kind for failure in heard.failures]


def test_no_plugin_is_called_in_a_transaction() -> None:
    """House rule 2: while a transaction is open, asking a plugin is the caller's mistake."""
    one = guarded(lambda case: [GOOD])
    with no_plugins():
        assert in_transaction()
        with pytest.raises(AssertionError, match="words: a plugin must not be called while a transaction is open"):
            one.ask("suggest", builders.a_case_view(), NOW)
        with pytest.raises(AssertionError, match="transaction is open"):
            one.stream("suggest", NOW)
    assert not in_transaction()
    assert (GOOD,) == one.ask("suggest", builders.a_case_view(), NOW)


# --- wrong answers


class Liar:
    """Says it is a suggestion."""

    @property
    def __class__(self) -> type:  # type: ignore[override]
        return Suggestion

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("touched")

    __hash__ = None  # type: ignore[assignment]


class Loud(str):
    """A text that runs code when it is compared."""

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("touched")

    def __hash__(self) -> int:
        return 1


def forged(**fields: Any) -> Suggestion:
    """Return a suggestion with fields that its class would refuse."""
    one = Suggestion("delivery", 0.5)
    for name, value in fields.items():
        object.__setattr__(one, name, value)
    return one


async def later(case: CaseView) -> list[Suggestion]:
    """Answer asynchronously."""
    return [GOOD]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (42, "gave int where several Suggestion are expected"),
        ("delivery", "gave str where several Suggestion"),
        ({"delivery": 0.5}, "gave dict where several Suggestion"),
        ([GOOD, "delivery"], "gave str where Suggestion is expected"),
        ([None], "gave nothing where Suggestion is expected"),
        ([Liar()], "gave Liar where Suggestion is expected"),
        ([forged(because=b"x")], "gave bytes at because where str is expected"),
        ([forged(category=Loud("x"))], "gave Loud at category where str is expected"),
        ([forged(severity="high")], "gave str at severity where Severity or nothing is expected"),
        ([object.__new__(Suggestion)], "gave nothing at category where a value is expected"),
    ],
)
def test_a_wrong_answer_is_named(answer: object, says: str) -> None:
    """An answer of another type, however deep, is refused with what was expected where."""
    failure = ask(lambda case: answer)
    assert ("wrong_answer", True) == (failure.kind, says in failure.problem), failure.problem


def test_a_coroutine_is_no_answer() -> None:
    """An asynchronous callable is refused with what to write instead, and nothing is left unawaited."""
    assert "write `def`, not `async def`" in ask(later).problem


@pytest.mark.parametrize(
    "answer",
    [
        [Suggestion("delivery", 0.5, "x" * 70_000)],
        [Suggestion("delivery", 0.5, "x" * 1000)] * 100,
        [GOOD] * 1001,
    ],
)
def test_a_large_answer_is_refused(answer: list[Suggestion]) -> None:
    """One long text, many short ones, or too many answers are too large."""
    assert "too_large" == ask(lambda case: answer).kind


def test_an_endless_answer_ends() -> None:
    """A generator that never stops is stopped."""

    def endless(case: CaseView) -> Iterator[Suggestion]:
        while True:
            yield GOOD

    assert "too_large" == ask(endless).kind


def test_an_answer_nobody_looks_at_is_not_looked_at() -> None:
    """Where nothing is expected, whatever comes is dropped."""
    assert ask(lambda case: Liar(), shape=Shape(takes=CaseView, gives=None)) is None


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Escalation | None, [None, Escalation(level=1, to="head", reason="late")], [1, Liar()]),
        (Customer | None, [None, Customer("7", value=1.5), Customer("7", value=None)], [forged()]),
        (Table, [builders.a_table()], [None]),
        (bytes, [b"", b"x"], ["x", bytearray(b"x"), None]),
        (Message, [builders.a_message()], [builders.an_envelope()]),
        (Notice, [builders.a_notice()], [Delivery("sent")]),
        (tuple[int, str], [(1, "a")], [(1,), ("a", 1), [1, "a"]]),
        (float, [0.5], [1, True]),
        (bool, [True], [1]),
        (datetime, [NOW], ["2026-01-01"]),
    ],
)
def test_types_are_checked_exactly(kind: Any, good: list[Any], bad: list[Any]) -> None:
    """Every type that an answer may have is told from its neighbours."""
    check = checker(kind)
    assert all(check(value) >= 0 for value in good)
    for value in bad:
        with pytest.raises(Misfit):
            check(value)


# --- arguments


def test_a_changed_argument_is_put_back() -> None:
    """Who changes what it was given, at any depth, is found out, and the next one sees it as it was."""
    review = builders.a_review()
    before = attrs.evolve(review, case=attrs.evolve(review.case))

    def check(given: Any) -> None:
        object.__setattr__(given, "level", 7)
        object.__setattr__(given.case, "severity", Severity.LOW)

    one = guarded(check, shape=Shape(takes=None, gives=None))
    failure = one.ask("suggest", review, NOW)
    assert isinstance(failure, Failure)
    assert ("mutated", True) == (failure.kind, "level, severity" in failure.problem)
    assert before == review


def test_a_changed_argument_is_put_back_after_a_failure_too() -> None:
    """The same where the plugin raises after it changed something."""
    view = builders.a_case_view()

    def suggest(case: CaseView) -> None:
        object.__setattr__(case, "text", "spoilt")
        raise ValueError

    assert isinstance(guarded(suggest).ask("suggest", view, NOW), Failure)
    assert builders.a_case_view() == view


# --- streams


def streamed(call: Callable[[], Any], heard: Heard | None = None, **changes: Any) -> Iterator[Any]:
    """Return the stream of a callable that fetches."""
    shape = Shape(takes=None, gives=Envelope, most=1000)
    return guarded(call, heard, shape=shape, **changes).stream("suggest", NOW)


def test_a_stream_gives_one_at_a_time() -> None:
    """The next item is made only when it is asked for, so that the one before is safe first."""
    made = []

    def fetch() -> Iterator[Envelope]:
        for number in range(3):
            made.append(number)
            yield builders.an_envelope(source_id=str(number))

    stream = streamed(fetch)
    assert "0" == next(stream).source_id
    assert [0] == made
    assert ["1", "2"] == [item.source_id for item in stream]


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (lambda: 1 / 0, "raised"),
        (lambda: "no envelope", "wrong_answer"),
        (lambda: builders.an_envelope(raw=b"x" * 2000), "too_large"),
    ],
)
def test_a_stream_that_fails_keeps_what_came_before(spoil: Callable[[], Any], kind: str) -> None:
    """Items before a failure are given; the failure is the last."""

    def fetch() -> Iterator[Any]:
        yield builders.an_envelope()
        yield spoil()
        yield builders.an_envelope()

    first, last = streamed(fetch)
    assert builders.an_envelope() == first
    assert kind == last.kind


def test_a_stream_is_not_asked_on_in_a_transaction() -> None:
    """The next item may not be asked for while the one before is being put on file."""
    stream = streamed(lambda: [builders.an_envelope(), builders.an_envelope()])
    next(stream)
    with no_plugins(), pytest.raises(AssertionError, match="while a transaction is open"):
        next(stream)


def test_a_stream_that_cannot_begin_is_a_failure() -> None:
    """A callable that raises, or gives what cannot be gone through, ends in one failure; `None` is an empty one."""

    def fetch() -> None:
        raise OSError("no route")

    assert ["raised"] == [item.kind for item in streamed(fetch)]
    assert ["wrong_answer"] == [item.kind for item in streamed(lambda: 42)]
    assert [] == list(streamed(lambda: None))


def test_a_stream_given_up_is_closed() -> None:
    """Who stops listening lets the plugin tidy up, even if that fails."""
    closed = []

    def fetch() -> Iterator[Envelope]:
        try:
            yield builders.an_envelope()
            yield builders.an_envelope()
        finally:
            closed.append(True)
            raise ValueError("while closing")

    stream = streamed(fetch)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert [True] == closed


def test_a_late_item_is_kept() -> None:
    """A slow source is told of, and its items are not lost."""
    heard = Heard()
    items = list(streamed(lambda: [builders.an_envelope()], heard, limit=-1.0))
    assert builders.an_envelope() == items[0]
    assert "timeout" == heard.failures[0].kind


# --- the breaker


def test_five_in_a_row_open_it_and_three_good_calls_close_it() -> None:
    """Open, nothing is called; then one at a time; after three good ones everything is as before. Each turn is told."""
    heard, broken, calls = Heard(), [True], []

    def suggest(case: CaseView) -> list[Suggestion]:
        calls.append(1)
        if broken[0]:
            raise ValueError("down")
        return [GOOD]

    one = guarded(suggest, heard)

    def at(minutes: float) -> Any:
        return one.ask("suggest", builders.a_case_view(), NOW + timedelta(minutes=minutes))

    assert ["raised"] * 5 + ["open"] * 2 == [at(0).kind for _ in range(7)]
    assert 5 == len(calls)
    assert [("words", "complaintkit_categorisers", NOW + timedelta(minutes=1))] == heard.turns
    assert "left alone until 2026-03-02 12:01 UTC" in at(0.9).problem
    broken[0] = False
    assert [(GOOD,)] * 3 == [at(1), at(1), at(1)]
    assert ("words", "complaintkit_categorisers", None) == heard.turns[-1]
    assert 5 == len(heard.failures)


def test_the_pause_doubles_up_to_an_hour() -> None:
    """A trial that fails opens it again for twice as long, and never for more than an hour."""
    breaker, now, pauses = Breaker(), NOW, []
    for _ in range(5):
        assert breaker.lets_through(now)
        breaker.failed(now)
    for _ in range(8):
        assert breaker.open_until is not None
        pauses.append((breaker.open_until - now) / timedelta(minutes=1))
        now = breaker.open_until
        assert breaker.lets_through(now)
        assert breaker.failed(now)
    assert [1, 2, 4, 8, 16, 32, 60, 60] == pauses


def test_half_of_twenty_calls_open_it() -> None:
    """Good ones in between do not help where half of at least twenty calls within ten minutes failed."""
    breaker = Breaker()
    turns = [breaker.failed(NOW) if place % 2 else breaker.succeeded(NOW) for place in range(20)]
    assert [False] * 19 + [True] == turns


def test_old_failures_are_forgotten() -> None:
    """What happened more than ten minutes ago does not count."""
    breaker = Breaker()
    for place in range(19):
        _ = breaker.failed(NOW) if place % 2 else breaker.succeeded(NOW)
    later_on = NOW + timedelta(minutes=10)
    assert [False, False] == [breaker.failed(later_on), breaker.succeeded(later_on)]


def test_only_one_call_is_tried_at_a_time() -> None:
    """While a trial is under way nobody else gets through; one that was given up by a person makes room again."""
    breaker = Breaker(open_until=NOW)
    assert [True, False] == [breaker.lets_through(NOW), breaker.lets_through(NOW)]
    breaker.given_up()
    assert breaker.lets_through(NOW)


def test_what_another_worker_found_holds_here() -> None:
    """A breaker that starts open lets nothing through until then."""
    breaker = Breaker(open_until=NOW + timedelta(minutes=5))
    assert not breaker.lets_through(NOW)
    assert breaker.lets_through(NOW + timedelta(minutes=5))


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 400)), max_size=80))
@settings(deadline=None)
def test_a_breaker_never_locks_for_good(steps: list[tuple[bool, int]]) -> None:
    """After any history there is a moment, an hour later at most, from which three good calls close it."""
    breaker, now = Breaker(), NOW
    for good, seconds in steps:
        now += timedelta(seconds=seconds)
        if breaker.lets_through(now):
            _ = breaker.succeeded(now) if good else breaker.failed(now)
    now += timedelta(hours=1)
    for _ in range(3):
        assert breaker.lets_through(now)
        breaker.succeeded(now)
    assert breaker.open_until is None
