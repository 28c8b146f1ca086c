"""The office of the demo: what arrives, who does what about it, and when. Everything is done through the kit's door."""

import heapq
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from attrs import evolve

from complaintkit.app import Actor, Complaint, ComplaintKit, Filter
from complaintkit.case.actions import (
    Action,
    Assess,
    Close,
    Dismiss,
    HandOver,
    Note,
    Reopen,
    Reply,
    Resolve,
    Respond,
    SendBack,
    TakeOver,
    Wait,
    Withdraw,
)
from complaintkit.case.lifecycle import Stage
from complaintkit.case.ownership import standing
from complaintkit.demo import arrivals
from complaintkit.demo.aftercare import owed_after
from complaintkit.demo.called import seen
from complaintkit.demo.decisions import before_release, drafted
from complaintkit.demo.handlers import CHIEF, LEAD, PEOPLE, Roster, morning
from complaintkit.demo.spoken import words
from complaintkit.demo.stories import FollowUp, Story
from complaintkit.message import Envelope

MAIL: Final = "email"
NO_MAIL: Final = "form"
LAPSES: Final = timedelta(days=15)
_ACCEPTS: Final = ("thanks", "disagrees")


class Office:
    """Lets stories arrive and people handle them, moment by moment.

    Args:
        kit: The desk.
        told: The stories, in order of time.
        dice: Where chance comes from.
        roster: Who works when.
    """

    def __init__(self, kit: ComplaintKit, told: tuple[Story, ...], dice: random.Random, roster: Roster) -> None:
        self.kit = kit
        self.acts = 0
        self.arrived = 0
        self._dice = dice
        self._roster = roster
        self._mail = any(channel.record.name == MAIL for channel in kit.registry.channels)
        self._told = told if self._mail else tuple(map(_without_mail, told))
        self._references: dict[int, str] = {}
        self._said: dict[int, str] = {}
        self._plans: dict[int, int] = {}
        self._owners: dict[int, str] = {}
        self._interesting: dict[str, int] = {}
        self._ahead: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._number = 0
        for index, story in enumerate(self._told):
            self._at(story.at, partial(self._arrive, index))
        if told:
            self._at(morning(roster.start), self._round)

    # --- time

    def next_at(self, end: datetime) -> datetime:
        """Return the next moment at which something happens, or falls due; `end` if nothing does before."""
        moments = [self._ahead[0][0]] if self._ahead else []
        moments += [case.due_at for case in self.kit.cases(Filter(open=True, limit=1)) if case.due_at]
        return min([*moments, end])

    def until(self, moment: datetime) -> None:
        """Let everything happen that happens before a moment."""
        while self._ahead and self._ahead[0][0] < moment:
            at, _, happen = heapq.heappop(self._ahead)
            happen(at)

    def _at(self, moment: datetime, happen: Callable[[datetime], None]) -> int:
        self._number += 1
        heapq.heappush(self._ahead, (moment, self._number, happen))
        return self._number

    def _plan(self, index: int, moment: datetime) -> None:
        """Plan the next look at a case; the plan before it is dropped."""

        def look(now: datetime) -> None:
            if self._plans.get(index) == number:
                self._look(index, now)

        number = self._at(moment, look)
        self._plans[index] = number

    def telling(self) -> str:
        """Return the reference of a case in which much has happened."""
        return max(sorted(self._interesting), key=lambda reference: self._interesting[reference], default="")

    # --- in

    def _arrive(self, index: int, now: datetime) -> None:
        story = self._told[index]
        raw, media_type = arrivals.raw(story, index)
        recorder = self._roster.on_the_telephone(now) if story.channel == "phone" else ""
        receipt = self.kit.receive(
            Envelope(story.channel, arrivals.source_id(index), raw, now, media_type, recorder), now
        )
        self.arrived += 1
        if receipt.outcome != "accepted":
            return
        self._references[index] = receipt.reference
        owner = self._case(index).owner
        self._owned(index, owner)
        if owner in PEOPLE:
            self._plan(index, self._roster.step(owner, now, 0.3))
        else:
            self._at(CHIEF.after(now, 0.1 + self._dice.random(), self._roster.start), partial(self._offer, index))
        for number, later in enumerate(story.follow_ups, 1):
            if later.kind not in _ACCEPTS:
                self._follow(index, number, later, story.at + later.after)

    def _follow(self, index: int, number: int, later: FollowUp, moment: datetime) -> None:
        self._at(moment, partial(self._write_again, index, number, later))

    def _write_again(self, index: int, number: int, later: FollowUp, now: datetime) -> None:
        case = self._case(index)
        if later.kind != "disagrees" and not case.open:
            return
        story = self._told[index]
        raw, media_type = arrivals.raw_follow_up(story, index, number, case.reference)
        if media_type == arrivals.JSON:
            raw = arrivals.quoting(raw, case.reference)
        envelope = Envelope(story.channel, arrivals.source_id(index, number), raw, now, media_type)
        receipt = self.kit.receive(envelope, now)
        self._said[index] = later.kind
        if receipt.outcome == "accepted" and receipt.reference != case.reference:
            # It came after the end: a complaint of its own, linked to the first one.
            self._references[index] = receipt.reference
            self._at(CHIEF.after(now, 0.5, self._roster.start), partial(self._offer, index))
            return
        self._plan(index, self._roster.step(case.owner, now, 0.4))

    # --- people

    def _offer(self, index: int, now: datetime) -> None:
        """Let the lead offer a case to a handler, who accepts once at work; she offers again if nobody does."""
        case = self._case(index)
        if standing(case):
            return
        if case.stage is Stage.REGISTERED and self._dice.random() < 0.02:
            self._do(index, Dismiss(reason="a question about opening hours; answered"), LEAD, now)
            return
        owner = self._roster.for_case(case.channel, now)
        if case.open and owner != case.owner:
            self._do(index, HandOver(to=owner, reason="has least to do of those who know this channel"), LEAD, now)
            self._at(self._roster.step(owner, now, 0.1), partial(self._accept, index, owner))

    def _accept(self, index: int, owner: str, now: datetime) -> None:
        case = self._case(index)
        offer = standing(case)
        if offer and offer.to == owner:
            self._do(index, TakeOver(), owner, now)
            self._plan(index, self._roster.step(owner, now, 0.3))
        elif offer is None and case.open and case.owner not in PEOPLE:
            self._at(CHIEF.after(now, 0.1, self._roster.start), partial(self._offer, index))

    def _round(self, now: datetime) -> None:
        """Go through what is late, as the lead does every working morning: who is away loses it, others get a word."""
        self._at(morning(now + timedelta(days=1)), self._round)
        if not CHIEF.works(now, self._roster.start):
            return
        known = {reference: index for index, reference in self._references.items()}
        for case in self.kit.cases(Filter(open=True, due_before=now + timedelta(days=7), limit=200)):
            index = known.get(case.reference)
            if index is None or not (case.level or case.owner not in PEOPLE):
                continue
            for action, by in seen(case):
                self._do(index, action, by, now)
            owner = PEOPLE.get(case.owner, CHIEF)
            if case.owner not in PEOPLE:
                self._offer(index, now)
            elif owner.absent(now, self._roster.start) and not standing(case):
                self._do(index, Note(text=f"{case.owner} is away; I offer it to somebody who is here."), LEAD, now)
                self._offer(index, now)
            elif self._dice.random() < 0.25 * case.level:
                self._plan(index, owner.after(now, self._dice.random() * 4, self._roster.start))

    def _look(self, index: int, now: datetime) -> None:
        """Do the next thing about a case, whatever it is by now; then plan the one after."""
        case = self._case(index)
        if not case.open and self._said.get(index) != "disagrees":
            return
        if case.owner not in PEOPLE:
            self._offer(index, now)
            return
        steps = {
            Stage.REGISTERED: self._assess, Stage.IN_PROGRESS: self._go_on, Stage.WAITING: self._go_on,
            Stage.DECISION_PENDING: self._release, Stage.RESPONDED: self._settle, Stage.RESOLVED: self._close,
            Stage.CLOSED: self._settle,
        }  # fmt: skip
        if self._said.get(index) == "withdraws" and case.open:
            self._do(index, Withdraw(evidence="wrote so"), case.owner, now)
            return
        step = steps.get(case.stage)
        if step is not None:
            step(index, case, now)

    def _assess(self, index: int, case: Complaint, now: datetime) -> None:
        story = self._told[index]
        category = case.category
        wrong = category in ("", "unsorted") or (category != story.category and self._dice.random() < 0.4)
        if wrong and self.kit.policy.knows_category(story.category):
            category = story.category
        severity = "high" if story.temper == "furious" and case.severity in ("low", "normal") else ""
        self._do(index, Assess(category=category, severity=severity), case.owner, now)
        if self._dice.random() < 0.8:
            self._do(index, Reply(text=words("first", case.language)), case.owner, now)
        self._plan(index, self._roster.step(case.owner, now))

    def _go_on(self, index: int, case: Complaint, now: datetime) -> None:
        said = self._said.pop(index, "")
        if case.stage is Stage.WAITING:
            self._plan(index, self._roster.step(case.owner, max(now, case.waiting_until or now)))
            return
        if case.answered_at is None or said in ("adds", "asks", "disagrees"):
            what = {"adds": "more", "asks": "standing", "disagrees": "standing"}.get(said, "first")
            self._do(index, Reply(text=words(what, case.language)), case.owner, now)
            self._plan(index, self._roster.step(case.owner, now, 2.0))
        elif self._dice.random() < 0.12 and not case.reopened and not case.unanswered_since:
            self._do(index, Reply(text=words("question", case.language)), case.owner, now)
            until = now + timedelta(days=self._dice.randint(3, 6))
            self._do(index, Wait(until=until, reason="a photo or the receipt"), case.owner, now)
            self._plan(index, self._roster.step(case.owner, until))
        else:
            self._do(index, drafted(self._dice, index, case), case.owner, now)
            self._plan(index, self._roster.step(LEAD, now, 1.5))

    def _release(self, index: int, case: Complaint, now: datetime) -> None:
        if self._dice.random() < 0.07:
            self._do(index, SendBack(reason="Say what we do so that it does not happen again."), LEAD, now)
            self._plan(index, self._roster.step(case.owner, now))
            return
        for action, by in before_release(case):
            self._do(index, action, by, now)
        self._do(index, Respond(), LEAD, now)
        self._at(now + timedelta(days=2 + index % 4), partial(self._afterwards, index))
        self._said.pop(index, None)
        story = self._told[index]
        for number, later in enumerate(story.follow_ups, 1):
            if later.kind in _ACCEPTS and not case.reopened:
                soon = now + timedelta(hours=self._dice.randint(4, 60))
                self._follow(index, number, later, max(story.at + later.after, soon))
        self._plan(index, self._roster.step(case.owner, now + LAPSES))

    def _afterwards(self, index: int, now: datetime) -> None:
        """Do what is owed after an answer."""
        for action, by in owed_after(self._dice, self._case(index), now):
            self._do(index, action, by, now)

    def _settle(self, index: int, case: Complaint, now: datetime) -> None:
        said = self._said.pop(index, "")
        if said == "disagrees":
            self._do(index, Reopen(reason="does not accept the answer"), case.owner, now)
            self._said[index] = said
            self._plan(index, self._roster.step(case.owner, now))
        elif said in ("adds", "asks"):
            self._do(index, Reply(text=words("explained", case.language)), case.owner, now)
            self._plan(index, self._roster.step(case.owner, now + LAPSES))
        elif case.stage is Stage.RESPONDED:
            if said == "thanks":
                self._do(index, Resolve(evidence="wrote so"), case.owner, now)
                self._plan(index, self._roster.step(case.owner, now, 0.5))
                return
            if case.unanswered_since:
                self._do(index, Reply(text=words("more", case.language)), case.owner, now)
            # The worker settles it once the complainant has been silent for long enough.
            self._plan(index, self._roster.step(case.owner, now + LAPSES))

    def _close(self, index: int, case: Complaint, now: datetime) -> None:
        if case.unanswered_since:
            self._do(index, Reply(text=words("more", case.language)), case.owner, now)
        self._do(index, Close(reason="settled; nothing left to do"), case.owner, now)
        self._at(now + timedelta(days=4 + index % 9), partial(self._afterwards, index))

    # --- common

    def _case(self, index: int) -> Complaint:
        return self.kit.case(self._references[index])

    def _do(self, index: int, action: Action, by: str | Actor, now: datetime) -> None:
        case = self.kit.act(self._references[index], action, by=by, now=now)
        self.acts += 1
        self._interesting[case.reference] = (
            3 * case.level + 4 * case.reopened + 2 * bool(case.repeat_of) + case.version // 8
        )
        self._owned(index, case.owner if case.open else "")

    def _owned(self, index: int, owner: str) -> None:
        before = self._owners.get(index, "")
        if before != owner:
            load = self._roster.load
            load[before] = load.get(before, 0) - 1
            load[owner] = load.get(owner, 0) + 1
            self._owners[index] = owner


def _without_mail(story: Story) -> Story:
    return evolve(story, channel=NO_MAIL) if story.channel == MAIL else story
