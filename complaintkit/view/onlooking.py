"""A kit as it is for one person."""

from collections.abc import Callable, Iterable
from datetime import datetime

from attrs import evolve

from complaintkit.case.actions import ACTIONS, Action, HandOver
from complaintkit.case.actions.describing import Standing, standings
from complaintkit.case.actor import Actor, same
from complaintkit.case.complaint import Complaint
from complaintkit.case.reference import read as read_reference
from complaintkit.case.secrecy import SEALED
from complaintkit.case.tasks import may_hand_on
from complaintkit.counts import Table
from complaintkit.desk import Desk
from complaintkit.errors import NotAllowed, NotFound
from complaintkit.families import Report
from complaintkit.improving.actions import Action as ImprovingAction
from complaintkit.improving.actions import Opening
from complaintkit.improving.improvement import Improvement
from complaintkit.kit.aftercare import Aftercare
from complaintkit.kit.explaining import Explaining
from complaintkit.kit.improvements import Improvements
from complaintkit.kit.recall import Recall
from complaintkit.kit.staffing import HandedOver, Staffing
from complaintkit.kit.working import Working, open_task
from complaintkit.message import Person
from complaintkit.policy import Policy
from complaintkit.receipt import Receipt
from complaintkit.registry import Registry
from complaintkit.reports import compile_report, exported
from complaintkit.store.port import Due, Figures, Filed, Filter, Kept, NoticeState
from complaintkit.view.offered import OFFERED, only
from complaintkit.view.seen import SeenStore
from complaintkit.view.sight import Sight, veiled

_FEWER = "Complaints that you may not look at one by one count only where there are at least {} of them in a cell."


@only(OFFERED)
class View(Improvements, Staffing, Recall, Working, Aftercare, Explaining):
    """What one person may see, and may do with it. Made by `ComplaintKit.seen_by`, for one sitting.

    A complaint about this person, and a confidential one that they are not let into, does not exist here: not in lists,
    counts or searches, and asking for it gives the same answer as for one that never was. Every look at a confidential
    complaint is an entry in its file. Who complains in a sealed case is left out of everything.

    Args:
        desk: The desk.
        actor: Who looks.
        reason: Why; needed for what is confidential.
        clock: Gives the time.
    """

    def __init__(self, desk: Desk, actor: Actor, reason: str, clock: Callable[[], datetime]) -> None:
        self.actor = actor
        self.clock = clock
        self._whole = desk
        self._sight = Sight(actor, reason, desk.policy, desk.store, clock, self._log)
        self._store = SeenStore(desk.store, self._sight)
        self._seen = desk.through(self._store)

    @property
    def desk(self) -> Desk:
        """The desk as it is for this person: it tells nothing else, and changes nothing."""
        return self._seen

    @property
    def policy(self) -> Policy:
        """How complaints are handled here."""
        return self._whole.policy

    @property
    def registry(self) -> Registry:
        """The plugins."""
        return self._whole.registry

    def _log(self, reference: str, what: str) -> Complaint:
        return self._whole.looked(reference, self.actor, what, self._sight.reason, self.clock())

    # --- complaints

    def case(self, reference: str) -> Complaint:
        """Return a complaint as it stands.

        Raises:
            NotFound: There is none with this reference, or none for this person.
            NotAllowed: They may not look, or have not said why.
        """
        return self._store.case(_checked(reference))

    def file(self, reference: str) -> tuple[Filed, ...]:
        """Return a case file, entry by entry; refused as `case`."""
        return self._store.file(_checked(reference))

    def cases(self, which: Filter | None = None) -> tuple[Complaint, ...]:
        """List complaints, by default the open ones with the most urgent first.

        Of a confidential one, reference, stage and receipt are all that is told; and it is left out where the list is
        narrowed by what could tell more.
        """
        return self._store.cases(which or Filter(open=True))

    def attachment(self, reference: str, digest: str) -> bytes:
        """Return the bytes of an attachment that belongs to a complaint.

        Raises:
            NotFound: There is no such complaint for this person, or no such attachment in it.
            NotAllowed: As `case`; and in a sealed case, for what came with it may tell who complains.
        """
        return self._store.attachment_of(_checked(reference), digest)

    def identity(self, reference: str) -> Person:
        """Return who complains in a sealed case, to one of two people who agreed on it; each of them may look once.

        Raises:
            NotFound: There is no such complaint for this person.
            NotAllowed: Nobody has allowed it, it is over, or they have looked already.
        """
        case = self._sight.case(_checked(reference), "case")
        return self._whole.identity(case.reference, self.actor, self._sight.reason, self.clock())

    def possible(self, reference: str, *, by: str | Actor = "") -> tuple[Standing, ...]:
        """Return every action: whether this person can ask for it in this case now, or why they cannot."""
        self._only_me(by)
        return standings(ACTIONS, self.case(reference), self.actor, self.policy)

    def act(
        self,
        reference: str,
        action: Action,
        *,
        by: str | Actor = "",
        now: datetime | None = None,
        version: int | None = None,
    ) -> Complaint:
        """Do something with a complaint; see `ComplaintKit.act`. What comes back is what this person may see of it.

        Of a confidential one that is a look, and on file; without a reason to look, only stage and owner come back.
        """
        self._only_me(by)
        reference = _checked(reference)
        actor = self._whole.called(reference, action.name, self.actor)
        case = self._whole.act(reference, action, actor, now or self.clock(), version)
        if actor != self.actor:
            return veiled(case)
        if not self.policy.knows_of(case, self.actor):
            raise NotFound(case.reference)
        if not case.secrecy:
            return self._sight.over(case)
        if not (self._sight.reason.strip() and self._sight.may("look_confidential", case)):
            return evolve(veiled(case), owner=case.owner)
        return self.case(case.reference)

    def _hand_over(self, reference: str, action: HandOver, by: str | Actor, now: datetime) -> HandedOver:
        self._only_me(by)
        try:
            self._whole.act(reference, action, self.actor, now)
        except (NotAllowed, NotFound) as error:
            return HandedOver(reference=reference, why_not=error.problem)
        return HandedOver(reference=reference)

    def _entering(self, by: str | Actor) -> tuple[Desk, str | Actor]:
        self._only_me(by)
        return self._whole, self.actor

    def code(self, reference: str) -> str:
        """Return the follow-up code of a complaint, to hand it to the complainant; that is on file.

        Raises:
            NotFound: There is no such complaint for this person.
            NotAllowed: They may not; nobody may where the identity is sealed, for it would make them the complainant.
        """
        self._sight.check("code")
        case = self._sight.case(_checked(reference), "case")
        if case.secrecy == SEALED:
            raise NotAllowed(case.reference, "the identity is sealed: its code is for the complainant alone")
        self._sight.check("code", case)
        reason = self._sight.reason.strip() or "for the complainant"
        self._whole.looked(case.reference, self.actor, "follow-up code", reason, self.clock())
        return self._whole.code(case.reference)

    def task_token(self, reference: str, task: str) -> str:
        """Return the token by which an open task is answered, to hand it on; that is on file.

        Raises:
            NotFound: There is no such complaint for this person.
            NotAllowed: It has no such task, or this person is none of those who may answer it.
        """
        self._sight.check("task_link")
        case = self._sight.case(_checked(reference), "case")
        self._sight.check("task_link", case)
        found = open_task(case, task)
        if case.secrecy:
            raise NotAllowed(case.reference, "is confidential: no link leads out of it; answer_task answers here")
        if not may_hand_on(case, found, self.actor):
            raise NotAllowed(case.reference, f"{found.name} is asked of {found.who}, and its link is for them alone")
        reason = self._sight.reason.strip() or f"for {found.who}"
        self._whole.looked(case.reference, self.actor, f"link to {found.name}", reason, self.clock())
        return self._whole.task_token(case, found)

    def bundle(self, reference: str, *, redacted: bool = False, notes: bool = True, now: datetime | None = None) -> str:
        """Return a case as one page, as far as this person may see it; to hand it on is to export it."""
        self.check_export()
        return super().bundle(reference, redacted=redacted, notes=notes, now=now)

    # --- what could not be read, what goes out

    def parked(self, *, limit: int = 50, offset: int = 0) -> tuple[Kept, ...]:
        """List what could not be read and waits for a person, oldest first; what would be sealed is the operator's."""
        return self._store.envelopes("parked", limit, offset)

    def envelope(self, number: int) -> Kept:
        """Return something parked; `NotFound` for anything else."""
        return self._store.envelope(number)

    def retry(self, number: int, now: datetime | None = None, *, as_complaint: bool = False) -> Receipt:
        """Read something parked again; see `ComplaintKit.retry`."""
        self._store.envelope(number)
        receipt = self._whole.retry(number, now or self.clock(), as_complaint)
        return self._store.receipt(receipt)

    def outbox(self, state: NoticeState, *, limit: int = 50, offset: int = 0) -> tuple[Due, ...]:
        """List notices in a state, oldest first, without those of confidential complaints."""
        return self._store.outbox(state, limit, offset)

    # --- figures

    def report(self, name: str, since: datetime, until: datetime, language: str = "en") -> Table:
        """Compile a report for a half-open period; see `ComplaintKit.report`.

        What this person may not look at one by one counts only where there is enough of it in a cell, and not at all
        among promises; so figures may not add up.
        """
        self._sight.check("report")
        table = compile_report(self.registry, self._store, name, since, until, language)
        fewer = _FEWER.format(self.policy.secrecy.least)
        return evolve(table, note=f"{table.note} {fewer}".strip())

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports on offer."""
        return tuple(report.record for report in self.registry.reports)

    def export(self, table: Table, ending: str, now: datetime | None = None) -> bytes:
        """Return a report in the format of an exporter, given by its file ending.

        Raises:
            NotFound: No plugin writes it.
            NotAllowed: This person may not export.
            PluginError: The plugin failed; the text says how.
        """
        self.check_export()
        return exported(self.registry, table, ending, now or self.clock())

    def check_export(self) -> None:
        """Refuse whoever may not write reports to files.

        Raises:
            NotAllowed: The text says who may.
        """
        self._sight.check("export")

    def figures(self) -> Figures:
        """Return the balance of what exists for this person."""
        return self._store.figures()

    # --- improvements

    def improve(self, opening: Opening, *, by: str | Actor = "", now: datetime | None = None) -> Improvement:
        """Open an improvement; see `ComplaintKit.improve`."""
        self._only_me(by)
        self._all_exist(opening.mentions)
        return self._whole.improve(opening, self.actor, now or self.clock())

    def act_on(
        self,
        reference: str,
        action: ImprovingAction,
        *,
        by: str | Actor = "",
        now: datetime | None = None,
        version: int | None = None,
    ) -> Improvement:
        """Do something with an improvement; see `ComplaintKit.act_on`."""
        self._only_me(by)
        reference = self.improvement(reference).reference
        self._all_exist(action.mentions)
        self._whole.act_on(reference, action, self.actor, now or self.clock(), version)
        return self.improvement(reference)

    def possible_with(self, reference: str, *, by: str | Actor = "") -> tuple[Standing, ...]:
        """Return every action on an improvement: whether this person can ask for it now, or why they cannot."""
        self._only_me(by)
        return super().possible_with(reference, by=self.actor)

    def _all_exist(self, references: Iterable[str]) -> None:
        for typed in references:
            reference = _checked(typed)
            if not self.policy.knows_of(self._whole.store.case(reference), self.actor):
                raise NotFound(reference)

    def _only_me(self, by: str | Actor) -> None:
        name = by if isinstance(by, str) else by.name
        if name and not same(name, self.actor.name):
            raise NotAllowed("-", f"this is what {self.actor.name} sees and does; for {name}, ask seen_by anew")


def _checked(typed: str) -> str:
    reference = read_reference(typed)
    if reference is None:
        raise NotFound(typed, "is no reference: check it letter by letter; it looks like CK-EHQ6-7X6D")
    return reference
