"""The desk: the only writer. It walks a complaint through the stages, and only here a transaction is opened.

No plugin is called while one is open. Work is found from what is stored (envelopes unread, cases unassessed, notices
undelivered, clocks due), so a crash loses nothing and a worker needs no memory.
"""

from datetime import datetime
from typing import Final

from complaintkit import notices
from complaintkit.desk.attendance import Attendance
from complaintkit.desk.base import BATCH, LEASE, UNSAID
from complaintkit.desk.following import SWEPT, Following
from complaintkit.desk.looking import Looking
from complaintkit.desk.outgoing import OUTBOX_LEASE, Outgoing
from complaintkit.desk.remembering import Remembering
from complaintkit.guard import Failure
from complaintkit.receipt import Done

__all__ = ["LEASE", "OUTBOX_LEASE", "Desk"]

# What is called here gets nothing that a person wrote: what it says of its trouble may be kept as it is.
_IMPERSONAL: Final = frozenset({"complaintkit_channels.fetch"})


class Desk(Looking, Following, Outgoing, Attendance, Remembering):
    """Receives, assesses, acts, delivers, sweeps."""

    def work(self, now: datetime, limit: int = BATCH) -> Done:
        """Do one round of everything that is waiting."""
        return Done(
            read=self.read_waiting(now, limit),
            assessed=self.assess(now, limit),
            swept=self.sweep(now, SWEPT // BATCH * limit),
            improved=self.sweep_improvements(now, limit),
            delivered=self.deliver(now, limit),
            told=self.tell(now, limit),
        )

    def plugin_failed(self, failure: Failure, now: datetime) -> None:
        """Put a plugin's failure where all workers and `plugins doctor` see it."""
        problem = failure.problem if failure.hook in _IMPERSONAL else UNSAID
        with self.store.begin() as unit:
            unit.record_failure(failure.plugin, failure.hook, f"{failure.kind}: {problem}", failure.reference, now)

    def breaker_changed(self, plugin: str, hook: str, open_until: datetime | None, now: datetime) -> None:
        """Put a breaker's state where all workers see it, and tell somebody when a plugin is out."""
        with self.store.begin() as unit:
            unit.set_breaker(plugin, hook, open_until)
            if open_until is not None:
                unit.add_notice(notices.plugin_out(plugin, hook, open_until, self.policy, now))
