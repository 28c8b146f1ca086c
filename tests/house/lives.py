"""Lives of cases in which anything may happen: whoever asks for whatever, messages between, workers at any time.

A life follows from its seed alone, so one that went wrong can be lived again: `live(desk, seed)`.
"""

from datetime import datetime, timedelta
from random import Random

from attrs import frozen

from complaintkit import NotAllowed, NotFound
from complaintkit.app import ACTIONS, Actor, ComplaintKit
from complaintkit.case.complaint import Complaint
from complaintkit.case.entries import Assessed, Forwarded, Merged, Registered, Resolved
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content
from complaintkit.message import Message, Person
from complaintkit.store.port import Filed
from tests.house.acting import WAYS
from tests.house.kits import MONDAY, folded

HANDLER = Actor("irina", {"handler"})
LEAD = Actor("oleg", {"handler", "team-lead", "department"})
CHIEF = Actor("chief", {"handler", "executive", "legal", "quality", "support", "marketing"})
COMPLAINANT = Actor("the complainant", {"complainant"})
PEOPLE = (HANDLER, HANDLER, HANDLER, LEAD, LEAD, CHIEF, COMPLAINANT)
LONGEST = 24


@frozen
class Life:
    """What happened in one life: how many actions were taken, how many refused, and where it ended."""

    taken: int
    refused: int
    stage: Stage


def live(desk: ComplaintKit, seed: int) -> Life:
    """Let a case live, checking after every step what must hold whatever happens; return what happened.

    Args:
        desk: A kit; its clock is not asked.
        seed: From which everything follows.
    """
    dice = Random(seed)
    now = MONDAY + timedelta(days=seed % 300)
    first = f"<{seed}@example.org>"
    sender = Person(name=f"Anna {seed}", email=f"anna{seed}@example.org") if seed % 7 else Person()
    opened = Message(text="It broke.", sender=sender, message_id=first)
    reference = desk.open(opened, channel=dice.choice(("email", "phone", "social")), now=now).reference
    taken = refused = 0
    for place in range(dice.randrange(2, LONGEST)):
        now += timedelta(minutes=dice.choice((1, 60, 60 * 24, 60 * 24 * 9)))
        roll = dice.random()
        if roll < 0.15:
            desk.work(now)
        elif roll < 0.22:
            desk.open(
                Message(text=f"And {place}", sender=sender, message_id=f"<{seed}.{place}@a>", answers=(first,)), now=now
            )
        else:
            done = _act(desk, reference, dice, now)
            taken += done
            refused += not done
        check(desk.case(reference))
    case, file = desk.case(reference), desk.file(reference)
    assert case == folded(file)
    if not case.open:
        assert_ended_for_a_reason(case, file)
    return Life(taken, refused, desk.case(reference).stage)


def _act(desk: ComplaintKit, reference: str, dice: Random, now: datetime) -> bool:
    """Let somebody ask for something, mostly for what seems possible; say whether it was done."""
    actor = dice.choice(PEOPLE)
    before, file = desk.case(reference), len(desk.file(reference))
    able = [one.action for one in desk.possible(reference, by=actor) if one.possible]
    name = dice.choice(able) if able and dice.random() < 0.85 else dice.choice(tuple(ACTIONS))
    try:
        after = desk.act(reference, WAYS[name](before, now), by=actor, now=now)
    except (NotAllowed, NotFound) as refusal:
        why = refusal.problem
    else:
        assert after.version > before.version, f"{name} was done and is not on file"
        return True
    assert before == desk.case(reference), f"{name} was refused and left a trace"
    assert file == len(desk.file(reference))
    assert len(why) > 10, f"the refusal of {name} does not say why: {why}"
    return False


def check(case: Complaint) -> None:
    """Fail unless everything holds that must hold of a case at any time."""
    assert case.owner.strip()
    assert not case.concerns(case.owner)
    assert not case.open or case.due_at is not None, f"{case.stage} and nothing planned"
    names = [clock.name for clock in case.clocks]
    assert len(set(names)) == len(names), f"two clocks of one name: {names}"


def assert_ended_for_a_reason(case: Complaint, file: tuple[Filed, ...]) -> None:
    """Fail for a case that ended without an answer or a recorded reason."""
    entries = [one.entry for one in file]
    if case.stage is Stage.CLOSED:
        assert case.answered_at or case.responded_at or any(isinstance(one, Resolved) for one in entries)
        assert case.unanswered_since is None
        return
    last = next(one for one in reversed(entries) if getattr(one, "stage", None) is case.stage and _ends(one))
    words = [
        value for name in ("reason", "evidence", "text") if isinstance(value := getattr(last, name, None), Content)
    ]
    assert any(words), f"{case.stage} by {last.kind} without a reason"


def _ends(entry: object) -> bool:
    return not isinstance(entry, Registered | Assessed) or isinstance(entry, Forwarded | Merged)
