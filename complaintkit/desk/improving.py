"""Improvements at the desk: opened, acted on, looked at when they are due; what became of their notices."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from complaintkit import notices, review
from complaintkit.case import reference as references
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import NoticeUndelivered as CaseNoticeUndelivered
from complaintkit.desk.base import BATCH, RETRIES, Seat
from complaintkit.errors import ComplaintKitError, NotFound, Stale
from complaintkit.improving.actions import Action, Opening
from complaintkit.improving.entries import NoticeSent, NoticeUndelivered
from complaintkit.improving.improvement import PREFIX, Improvement, ImprovementEntry
from complaintkit.message import Delivery, Notice
from complaintkit.policy.access import subjects
from complaintkit.store.improving import Improved
from complaintkit.store.onlooker import Onlooker

OURS: Final = f"{PREFIX}-"


class Improving(Seat):
    """Opens improvements, acts on them, looks at those that are due."""

    def improve(self, opening: Opening, by: str | Actor, now: datetime) -> Improvement:
        """Open an improvement.

        Args:
            opening: What is opened.
            by: Who opens it: a name, whose roles the policy knows, or somebody with roles from the host.
            now: The moment, with time zone.

        Raises:
            NotAllowed: It is refused, with the reason.
        """
        actor = self.policy.actor(by) if isinstance(by, str) else by
        others, cases, reference = self._named(opening.touches), self._cases(opening.mentions, actor), ""
        for _ in range(RETRIES):
            reference = references.new(self._randbelow, PREFIX)
            entry = opening.opened(reference, actor, now, self.policy, others, cases)
            improvement = entry.open()
            try:
                self._write(0, improvement, (entry,))
            except Stale:  # the reference is taken
                continue
            return improvement
        raise Stale(reference)

    def act_on(
        self, reference: str, action: Action, by: str | Actor, now: datetime, version: int | None = None
    ) -> Improvement:
        """Do something with an improvement.

        Args:
            reference: The improvement.
            action: What is asked.
            by: Who asks: a name, whose roles the policy knows, or somebody with roles from the host.
            now: The moment, with time zone.
            version: The version the person saw; `None` acts on it as it stands.

        Raises:
            NotFound: There is no such improvement.
            NotAllowed: The action is refused, with the reason.
            Stale: Somebody else changed it meanwhile.
        """
        actor = self.policy.actor(by) if isinstance(by, str) else by
        for attempt in range(RETRIES):
            improvement = self.store.improvement(reference)
            if version is not None and version != improvement.version:
                raise Stale(reference)
            others, cases = self._named(action.touches), self._cases(action.mentions, actor)
            entries = action.decide(improvement, actor, now, self.policy, others, cases)
            after = improvement.apply_all(entries)
            try:
                self._write(improvement.version, after, entries)
            except Stale:
                if version is not None or attempt == RETRIES - 1:
                    raise
                continue
            return after
        raise Stale(reference)

    def sweep_improvements(self, now: datetime, limit: int = BATCH) -> int:
        """Look at the improvements whose next moment has come: reminders, checks, passed dates; return how many."""
        done = 0
        for reference in self.store.improvements_due(now, limit):
            try:
                done += self._look_at(reference, now)
            except ComplaintKitError as error:
                # The others must not wait for this one; whoever looks after the desk is told once a day.
                with self.store.begin() as unit:
                    unit.add_notice(notices.stuck(reference, str(error), self.policy, now))
        return done

    def _look_at(self, reference: str, now: datetime) -> bool:
        for _ in range(RETRIES):
            improvement = self.store.improvement(reference)
            entries = review.due(improvement, self.policy, now, self.store.tally)
            if not entries:
                return False
            try:
                self._write(improvement.version, improvement.apply_all(entries), entries)
            except Stale:
                continue
            return True
        return False

    def settle_improvement(self, notice: Notice, ended: Entry, delivery: Delivery) -> None:
        """Put on file what became of a notice about an improvement.

        Args:
            notice: The notice.
            ended: What was found out: that it was sent, or cannot be delivered.
            delivery: How it ended.
        """
        entry = _told(notice, ended, delivery)
        for _ in range(RETRIES):
            improvement = self.store.improvement(notice.reference)
            try:
                self._write(improvement.version, improvement.apply(entry), (entry,), ((notice.id, delivery),))
            except Stale:
                continue
            return

    def rightly_improving(self, notice: Notice, now: datetime) -> Notice:
        """Return a notice about an improvement for whom it may reach now: for nobody whom its complaints are about.

        Args:
            notice: The notice.
            now: When it is to go out.
        """
        improvement = self.store.improvement(notice.reference)
        roster = self.policy.roster

        def concerned(name: str) -> bool:
            about = Onlooker(about=subjects(roster, name))
            return bool(improvement.complaints and self.store.hidden(improvement.complaints, about))

        return review.rightly(notice, improvement, self.policy, concerned, now)

    def _named(self, touches: Iterable[str]) -> tuple[Improvement, ...]:
        """Return the improvements that are named and on file; what is missing is refused by whoever needs it."""
        read = (references.read(typed, PREFIX) or "" for typed in touches)
        return tuple(one for reference in read if (one := self._improvement(reference)))

    def _improvement(self, reference: str) -> Improvement | None:
        try:
            return self.store.improvement(reference)
        except NotFound:
            return None

    def _cases(self, mentions: Iterable[str], actor: Actor) -> tuple[Complaint, ...]:
        """Return the complaints that are named and exist for who asks; what is missing is refused by whoever needs it.

        What is not for them is missing, too: the refusal must not tell that there is something.
        """
        read = (references.read(typed) or "" for typed in mentions)
        return tuple(one for reference in read if (one := self._complaint(reference, actor)))

    def _complaint(self, reference: str, actor: Actor) -> Complaint | None:
        try:
            return self.for_acting(reference, actor)
        except NotFound:
            return None

    def _write(
        self,
        before: int,
        improvement: Improvement,
        entries: tuple[ImprovementEntry, ...],
        settles: tuple[tuple[str, Delivery], ...] = (),
    ) -> None:
        told = review.called_for(improvement, entries, self.policy)
        with self.store.begin() as unit:
            unit.improve(
                Improved(before=before, improvement=improvement, entries=entries, notices=told, settles=settles)
            )


def _told(notice: Notice, ended: Entry, delivery: Delivery) -> ImprovementEntry:
    if isinstance(ended, CaseNoticeUndelivered):
        return NoticeUndelivered(
            at=ended.at, by=ended.by, notice=notice.id, occasion=notice.occasion, audience=notice.audience,
            problem=ended.problem,
        )  # fmt: skip
    return NoticeSent(
        at=ended.at, by=ended.by, notice=notice.id, occasion=notice.occasion, audience=notice.audience,
        notifier=getattr(ended, "notifier", ""),
    )  # fmt: skip
