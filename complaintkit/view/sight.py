"""Who looks, what exists for them, and what of it they may see."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

import attrs
from attrs import evolve, frozen

from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.needs import NEED, TELLING, without_needs
from complaintkit.case.parts import Content, Severity
from complaintkit.case.readers import read_by, seen_by
from complaintkit.case.secrecy import SEALED, names_of
from complaintkit.errors import NotAllowed, NotFound
from complaintkit.message import Notice
from complaintkit.policy import Policy
from complaintkit.policy.access import subjects
from complaintkit.store.duties import Duty
from complaintkit.store.onlooker import Onlooker
from complaintkit.store.port import Filed, Filter, Store
from complaintkit.withholding import NOBODY, WITHHELD, Withholding, of_sealed, references_in

# By these somebody could find out about a confidential case what its line in a list does not show.
_TELLING: Final = ("channel", "category", "contact", "customer", "product", "due_before", "since", "until")
_ANY: Final = {one.name: one.default for one in attrs.fields(Filter)}


@frozen
class Sight:
    """What exists for somebody, and what of it they may see.

    Attributes:
        actor: Who looks.
        reason: Why; needed for what is confidential.
        policy: The policy.
        store: Where everything is kept.
        now: The moment.
        log: Puts a look at a confidential case on file, and returns the case as it stands then.
    """

    actor: Actor
    reason: str
    policy: Policy
    store: Store
    now: Callable[[], datetime]
    log: Callable[[str, str], Complaint]

    # --- what exists

    @property
    def about(self) -> tuple[str, ...]:
        """Return about whom no complaint exists for this person."""
        return subjects(self.policy.roster, self.actor.name)

    @property
    def onlooker(self) -> Onlooker:
        """Return for whom a store answers: nothing about them, of what is confidential only what they are let into."""
        among = tuple(sorted(names_of(self.actor))) if self.may("look_confidential") else ()
        return Onlooker(about=self.about, among=among)

    def narrowed(self, which: Filter) -> Filter:
        """Return which complaints to list for this person."""
        seen = self.onlooker
        telling = any(getattr(which, one) not in (None, _ANY[one]) for one in _TELLING)
        if telling or which.owner not in ("", self.actor.name):
            seen = evolve(seen, among=())
        return evolve(which, seen_by=seen)

    # --- what they may

    def may(self, what: str, case: Complaint | None = None) -> bool:
        """Say whether this person may look at something."""
        return not self.policy.looking_refusal(what, self.actor, case)

    def check(self, what: str, case: Complaint | None = None) -> None:
        """Refuse what this person may not look at.

        Raises:
            NotAllowed: The text says who may.
        """
        if why := self.policy.looking_refusal(what, self.actor, case):
            raise NotAllowed(case.reference if case else "-", why)

    def case(self, reference: str, what: str = "case") -> Complaint:
        """Return a complaint as it is on file, once this person may look at it; a look at a confidential one is filed.

        Raises:
            NotFound: There is none, or none for this person, in the same words.
            NotAllowed: They may not look, or have not said why.
        """
        self.check("look")
        case = self.store.case(reference)
        if not self.policy.knows_of(case, self.actor):
            raise NotFound(reference)
        self.check("look", case)
        if not case.secrecy:
            return case
        self.check("look_confidential", case)
        if not self.reason.strip():
            raise NotAllowed(reference, "is confidential: say why you look at it; that and your name go on file")
        return self.log(reference, what)

    # --- what is left out

    def withholding(self, case: Complaint, *more: object) -> Withholding:
        """Return what has to be left out of a complaint, and of what belongs to it.

        Args:
            case: The complaint as it is on file.
            more: What belongs to it: its entries, its notices.
        """
        if case.secrecy == SEALED:
            return of_sealed(case, *more)
        mentioned = frozenset(references_in((case, *more))) - {case.reference}
        return Withholding(references=self.unmentionable(mentioned))

    def unmentionable(self, references: Iterable[str]) -> frozenset[str]:
        """Return which of these complaints are not to be mentioned: those that do not exist for this person, and those
        that are confidential, for whatever they are mentioned in could tell what they do not.
        """
        asked = tuple(references)
        if not asked:
            return frozenset()
        return self.store.hidden(asked, Onlooker(about=self.about, among=()))

    def over(self, case: Complaint, file: Iterable[Entry] = ()) -> Complaint:
        """Return a complaint with what has to be left out left out; without its file, that is read."""
        entries = tuple(file) or self._entries(case)
        left = seen_by(self.withholding(case, *entries).over(case), self.actor)
        return left if self.may("look_needs", case) else without_needs(left)

    def read(self, entry: Entry, case: Complaint) -> Entry:
        """Return an entry of a case without what is for others to read."""
        return read_by(entry, case.owner, self.actor)

    def listed(self, cases: Sequence[Complaint]) -> Iterator[Complaint]:
        """Yield complaints as they stand in a list; of confidential ones only reference, stage and receipt stay."""
        others = self.unmentionable(set(references_in(tuple(case for case in cases if not case.secrecy))))
        for case in cases:
            left = Withholding(references=others - {case.reference})
            yield veiled(case) if case.secrecy else without_needs(seen_by(left.over(case), self.actor))

    def told(self, case: Complaint, file: Iterable[Filed]) -> tuple[Filed, ...]:
        """Return the entries of a file, for whom that is not meant without those that tell what support is needed."""
        hidden = frozenset() if self.may("look_needs", case) else TELLING
        return tuple(one for one in file if one.entry.kind not in hidden)

    def owed(self, duties: Iterable[Duty]) -> tuple[Duty, ...]:
        """Return deadlines, without those that tell of such support."""
        may = self.may("look_needs")
        return tuple(one for one in duties if may or one.clock.kind != NEED)

    def _entries(self, case: Complaint) -> tuple[Entry, ...]:
        if case.secrecy != SEALED:
            return ()
        return tuple(one.entry for one in self.store.file(case.reference))


def veiled(case: Complaint) -> Complaint:
    """Return a confidential complaint as it stands in a list: all but reference, stage and receipt is left out."""
    nothing = Content("0" * 64, "")
    nobody = Content("0" * 64, NOBODY)
    return Complaint(
        reference=case.reference, version=case.version, stage=case.stage, channel="", received_at=case.received_at,
        recorded_at=case.recorded_at, person=nobody, title=nothing, narrative=nothing,
        severity=Severity.NORMAL, owner=case.secrecy, secrecy=case.secrecy,
    )  # fmt: skip


def closed(notice: Notice) -> Notice:
    """Return a notice without the token by which it is answered, and without the link made of that."""
    token = notice.reply_token
    if not token:
        return notice
    facts = {name: text.replace(token, WITHHELD) for name, text in notice.facts.items()}
    return evolve(
        notice, reply_token="", facts=facts, subject=notice.subject.replace(token, WITHHELD),
        body=notice.body.replace(token, WITHHELD),
    )  # fmt: skip
