"""How a replay and a shadow run are told: a line of what was looked at, tables, and the complaints that differ."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Final

from complaintkit.cli.show import counted, line, moment, say, say_table, talk

if TYPE_CHECKING:
    from complaintkit.replay import Figure, Moved, Replay, Shadow

_OURS: Final = "ours"
_NONE: Final = "-"
_WHO: Final = ("today", "the new alone", "both together")


def say_replay(found: "Replay", zone: tzinfo, policy: str, *, cases: bool) -> None:
    """Print what would have happened.

    Args:
        found: What would have happened.
        zone: In which moments are told.
        policy: What is tried, as it was named; empty where only plugins are, or nothing.
        cases: Whether the complaints are named.
    """
    say(f"{counted(found.cases, 'complaint')} gone through, up to {moment(found.now, zone)}; nothing was written.")
    say("on file: what happened; today: what your settings make of it" + _tried(found, policy) + ".")
    say("\nDeadlines kept and broken", bold=True)
    _say_deadlines(found)
    for title, heads, figures in (
        ("Escalations", ("level", "calls"), found.escalations),
        ("Messages called for", ("occasion", "for"), found.messages),
        ("Messages that go out, many for one reader at once as one", ("for",), found.sent),
        ("Times that staff is called when they do not work", ("who",), found.called_out),
        ("Plugins that failed, times", ("plugin",), found.failures),
    ):
        if figures:
            say(f"\n{title}", bold=True)
            say_table((*heads, *_heads(found)), [(*one.of, *_cells(found, one)) for one in _with_total(figures)])
    say(f"\nNotices to complainants that it takes longer: {_told(found, found.interim)}.")
    _say_moved(found, zone, cases)
    _say_misfits(found, cases)


def _tried(found: "Replay", policy: str) -> str:
    if not found.tried:
        return ""
    return f"; new: what {policy or 'they and the plugin'} makes of it"


def _heads(found: "Replay") -> tuple[str, ...]:
    return ("on file", "today", "new") if found.tried else ("on file", "today")


def _cells(found: "Replay", figure: "Figure") -> tuple[int | None, ...]:
    figures = (figure.on_file, figure.today, figure.tried)
    return figures if found.tried else figures[:2]


def _told(found: "Replay", figure: "Figure") -> str:
    return ", ".join(f"{number} {head}" for head, number in zip(_heads(found), _cells(found, figure), strict=True))


def _with_total(figures: Sequence["Figure"]) -> Iterator["Figure"]:
    yield from figures
    if len(figures) > 1:
        yield total(figures, ("total", *[""] * (len(figures[0].of) - 1)))


def total(figures: Iterable["Figure"], of: tuple[str, ...]) -> "Figure":
    """Return the sum of figures.

    Args:
        figures: Those to add up.
        of: What the sum is called.
    """
    from complaintkit.replay import Figure

    found = tuple(figures)
    tried = [one.tried for one in found if one.tried is not None]
    return Figure(
        of=of, on_file=sum(one.on_file for one in found), today=sum(one.today for one in found),
        tried=sum(tried) if tried else None,
    )  # fmt: skip


def _say_deadlines(found: "Replay") -> None:
    kept, broken = ({one.of: one for one in figures} for figures in (found.kept, found.broken))
    heads = [f"{what} {head}" for head in _heads(found) for what in ("kept", "broken")]
    rows = []
    for of in sorted({*kept, *broken}):
        rows.append((of[0], of[1] or _OURS, *_pairs(found, kept.get(of), broken.get(of))))
    rows.append(("total", "", *_pairs(found, total(found.kept, ()), total(found.broken, ()))))
    say_table(("deadline", "rules", *heads), rows)
    if gone := dropped(found):
        say(f"Promised no longer, for the new policy has no standard for it: {', '.join(gone)}.")


def dropped(found: "Replay") -> tuple[str, ...]:
    """Return the kinds of deadline that are there today and not in what is tried: a list of standards left them out."""
    today, tried = Counter[str](), Counter[str]()
    for one in (*found.kept, *found.broken):
        today[one.of[0]] += one.today
        tried[one.of[0]] += one.tried or 0
    return tuple(sorted(kind for kind in today if found.tried and today[kind] and not tried[kind]))


def _pairs(found: "Replay", kept: "Figure | None", broken: "Figure | None") -> Iterator[int]:
    none = (0,) * len(_heads(found))
    for pair in zip(_cells(found, kept) if kept else none, _cells(found, broken) if broken else none, strict=True):
        yield from (number or 0 for number in pair)


def _say_moved(found: "Replay", zone: tzinfo, cases: bool) -> None:
    before, after = ("today", "new") if found.tried else ("on file", "today")
    lists: tuple[tuple[str, Sequence[Moved]], ...] = (
        (f"Broken {before} and not {after}", found.avoided),
        (f"Broken {after} and not {before}", found.added),
    )
    say("")
    for title, moved in lists:
        complaints = len({one.reference for one in moved})
        say(f"{title}: {counted(len(moved), 'deadline')} of {counted(complaints, 'complaint')}.", bold=True)
        if cases and moved:
            say_table(
                ("reference", "deadline", f"due {before}", before, f"due {after}", after),
                [_row(one, zone) for one in sorted(moved, key=lambda one: (one.reference, one.clock))],
            )
    if not cases and (found.avoided or found.added):
        talk("--cases names them.")


def _row(one: "Moved", zone: tzinfo) -> tuple[str, ...]:
    due = [moment(at, zone) if at else _NONE for at in (one.before, one.after)]
    return one.reference, one.clock, due[0], one.was or _NONE, due[1], one.becomes or _NONE


def _say_misfits(found: "Replay", cases: bool) -> None:
    if found.misfits:
        complaints = len({one.reference for one in found.misfits})
        say(
            f"\n{counted(len(found.misfits), 'entry', 'entries')} of {counted(complaints, 'complaint')} "
            "would have met the case otherwise than on file."
        )
        if cases:
            say_table(
                ("reference", "entry", "what", "why"),
                [(one.reference, one.seq, one.kind, line(one.why)) for one in found.misfits],
            )
    if found.cut:
        say(f"\nGiven up, for a rule wanted to look again and again: {', '.join(found.cut)}.")
    if found.unreadable:
        say(f"\nLeft out, for they cannot be read; `complaintkit verify` tells more: {', '.join(found.unreadable)}.")


def say_shadow(found: "Shadow", *, cases: bool) -> None:
    """Print how a categoriser would have done.

    Args:
        found: How it would have done.
        cases: Whether the complaints are named in which it differs.
    """
    new = ", ".join(found.names)
    say(f"\n{new} beside {', '.join(found.beside) or 'nothing'}", bold=True)
    say(f"{counted(found.total.decided, 'complaint')} whose category a person decided; nothing was learned.")
    if found.left_out:
        say(f"{counted(found.left_out, 'complaint')} left out: confidential, or without words.")
    heads = ("category", "decided", "today right", "new right", "both right", "today named", "new named")
    rows = [
        (one.category, one.decided, one.today, one.alone, one.together, one.named_today, one.named_alone)
        for one in found.categories
    ]
    whole = found.total
    rows.append(
        ("total", whole.decided, whole.today, whole.alone, whole.together, whole.named_today, whole.named_alone)
    )
    say_table(heads, rows)
    if whole.decided:
        right, named = (
            ", ".join(f"{100 * part / whole.decided:.1f} % {who}" for part, who in zip(parts, _WHO, strict=True))
            for parts in (
                (whole.today, whole.alone, whole.together),
                (whole.named_today, whole.named_alone, whole.named_together),
            )
        )
        say(f"Right: {right}. Named any: {named}.")
    for plugin, times in found.failures:
        say(f"{plugin} failed {counted(times, 'time')}.")
    say(f"They differ in {counted(len(found.differing), 'complaint')}.")
    if cases and found.differing:
        say_table(
            ("reference", "decided", "today", "new", "both"),
            [(one.reference, one.decided, one.today, one.alone, one.together) for one in found.differing],
        )
