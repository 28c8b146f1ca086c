"""Notices of deadlines: that one nears or has passed, who is called because of that, and that one changes."""

from collections.abc import Iterable

from complaintkit.case.tasks import TASK_CLOCKS
from complaintkit.notices import tasks
from complaintkit.notices.base import Notices, Occurred, date, kind_of


def warned(what: Occurred) -> Notices:
    """Remind whoever has to keep a promise; or those whom a step of its chain names, and nobody else."""
    entry = what.entry
    return _others(what, (entry.to, *entry.also)) if entry.to else _keeping(what)


def overdue(what: Occurred) -> Notices:
    """Tell whoever had to keep a promise that it is broken, and those whom nobody reminded in time."""
    return (*_keeping(what), *_others(what, what.entry.told))


def escalated(what: Occurred) -> Notices:
    """Tell those whose attention is called for."""
    entry = what.entry
    facts = {"clock": kind_of(what.case, entry.clock), "level": str(entry.level)}
    return tuple(what.to_staff("escalation", one, **facts) for one in (entry.to, *entry.also))


def held(what: Occurred) -> Notices:
    """Tell the complainant what was promised, that it was missed, and by when there is an answer now."""
    entry = what.entry
    return (what.to_complainant("holding", was_due=date(entry.was_due_at), answer_due=date(entry.until)),)


def writing_owed(what: Occurred) -> Notices:
    """Tell the owner that nothing more goes out of itself, so that a person has to write."""
    entry = what.entry
    return (what.to_owner("write", clock=kind_of(what.case, entry.clock), due=date(entry.due_at)),)


def _keeping(what: Occurred) -> Notices:
    entry = what.entry
    clock = what.case.named(entry.clock)
    if clock and clock.kind in TASK_CLOCKS:
        return tasks.running_out(what, clock.name)
    to = (clock.who if clock else "") or what.case.owner
    told = _others(what, (to,))
    # Whose case it is has to know that others are late with it.
    return told if to == what.case.owner else (*told, *_others(what, (what.case.owner,)))


def _others(what: Occurred, names: Iterable[str]) -> Notices:
    facts = {"clock": kind_of(what.case, what.entry.clock), "due": date(what.entry.due_at)}
    return tuple(what.to_staff("overdue", one, **facts) for one in names)


def extended(what: Occurred) -> Notices:
    """Return word to the complainant: why it takes longer, what date was told before, and what date holds now."""
    entry = what.entry
    words = str(entry.text)
    return (
        what.to_complainant(
            "extension", clock=entry.clock, text=words, was_due=date(entry.was_due_at), answer_due=date(entry.until)
        ),
    )
