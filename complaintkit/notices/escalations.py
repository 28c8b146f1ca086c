"""Notices of escalations: who is asked or called, and that the owner and whoever asked hear what becomes of it."""

from collections.abc import Iterable, Iterator

from complaintkit.case.actor import plain, same
from complaintkit.case.entries import CORE
from complaintkit.case.escalations import Escalation, EscalationState, escalation_of
from complaintkit.changing import evolve
from complaintkit.message import Notice, Occasion
from complaintkit.notices.base import Notices, Occurred
from complaintkit.notices.ownership import moment


def raised(what: Occurred) -> Notices:
    """Ask whoever is to decide, or call whoever is called; tell the owner."""
    one = _escalation(what)
    return (_to_called(what, one), *_others(what, one, "escalation_told", (what.case.owner,)))


def granted(what: Occurred) -> Notices:
    """Call whoever is called and has not seen it by granting it; tell the owner, and who asked."""
    one = _escalation(what)
    told = (
        *((_to_called(what, one),) if one.waiting else ()),
        *_others(what, one, "escalation_told", (what.case.owner, *_callers(one))),
    )
    return (*told, what.to_complainant("escalation_granted")) if one.complainant else told


def refused(what: Occurred) -> Notices:
    """Tell who asked that nobody higher up is called: a complainant with the reason, for it is in words to them."""
    one = _escalation(what)
    if one.complainant:
        return (what.to_complainant("escalation_refused", text=str(what.entry.reason)),)
    return tuple(_others(what, one, "escalation_turned_down", (one.by,)))


def acknowledged(what: Occurred) -> Notices:
    """Tell the owner, and who asked or called, that it was seen."""
    one = _escalation(what)
    return tuple(_others(what, one, "escalation_acknowledged", (what.case.owner, *_callers(one))))


def passed(what: Occurred) -> Notices:
    """Call whoever is called now; tell the owner, and who was called before, that it went on."""
    one = _escalation(what)
    previous = () if same(what.entry.previous, one.to) else (what.entry.previous,)
    return (_to_called(what, one), *_others(what, one, "escalation_passed", (what.case.owner, *previous)))


def ended(what: Occurred) -> Notices:
    """Tell the owner, who asked or called, and who was called, that it has ended."""
    one = _escalation(what)
    return tuple(_others(what, one, "escalation_ended", (what.case.owner, one.to, *_callers(one))))


def _escalation(what: Occurred) -> Escalation:
    found = escalation_of(what.case, what.entry.escalation)
    assert found is not None
    return found


def _callers(one: Escalation) -> tuple[str, ...]:
    """Return who of the staff asked or called; nobody where it was a rule or the complainant."""
    return () if one.complainant or same(one.by, CORE) else (one.by,)


def _to_called(what: Occurred, one: Escalation) -> Notice:
    return _told(what, one, "escalation_asked" if one.state is EscalationState.ASKED else "escalation_called", one.to)


def _others(what: Occurred, one: Escalation, occasion: Occasion, names: Iterable[str]) -> Iterator[Notice]:
    """Yield word to people, each once, but not to who did it."""
    told = {plain(name): name for name in names if not same(name, what.entry.by)}
    yield from (_told(what, one, occasion, name) for name in told.values())


def _told(what: Occurred, one: Escalation, occasion: Occasion, to: str) -> Notice:
    """Return word of an escalation; the reason is left to the case file, for it may be in the complainant's words."""
    policy, clock = what.policy, what.case.named(one.clock)
    notice = what.to_staff(
        occasion, to, escalation=one.name, called=one.to, level=str(one.level), by=what.entry.by,
        why=policy.escalations.why(one, policy.languages[0]), due=moment(clock.due_at, policy) if clock else "",
    )  # fmt: skip
    return evolve(notice, urgent=one.urgent)
