"""Looks at the desk: whoever looks at a confidential case is on file, and the follow-up code opens one."""

from collections.abc import Callable
from copy import copy
from datetime import datetime
from secrets import token_hex
from typing import Self

from complaintkit import recorded
from complaintkit.case import reference as references
from complaintkit.case.actor import Actor
from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.entries import IdentitySeen, Looked
from complaintkit.case.parts import Content
from complaintkit.case.reference import reply_token
from complaintkit.case.secrecy import SEALED
from complaintkit.desk.base import RETRIES
from complaintkit.desk.incoming import Incoming
from complaintkit.desk.tokens import Tokens
from complaintkit.errors import NotAllowed, NotFound, Stale
from complaintkit.message import Envelope, Message, Person
from complaintkit.policy import rescuing
from complaintkit.receipt import Receipt
from complaintkit.status import Status, status_of
from complaintkit.store.port import Store, Written


def _unopened() -> NotFound:
    return NotFound("-", "no complaint is opened by this code; check it sign by sign")


class Looking(Incoming, Tokens):
    """Keeps who looked, and files what comes by a code."""

    def through(self, store: Store) -> Self:
        """Return this desk with another store in the place of its own."""
        other = copy(self)
        other.store = store
        other._makes_tokens = False
        return other

    def called(self, reference: str, action: str, by: str | Actor) -> Actor:
        """Return who acts, let into a confidential case for this one action where that is what they are needed for.

        Args:
            reference: The complaint.
            action: Name of the action.
            by: Who asks: a name, whose roles the policy knows, or somebody with roles from the host.

        Raises:
            NotFound: There is no such complaint.
        """
        actor = self.policy.actor(by) if isinstance(by, str) else by
        if action not in rescuing.ACTIONS:
            return actor
        return rescuing.called(self.store.case(reference), actor, action, self.policy)

    def looked(self, reference: str, by: Actor, what: str, reason: str, now: datetime) -> Complaint:
        """Put on file that somebody looked at a complaint; return it as it stands then.

        Args:
            reference: The complaint.
            by: Who looked.
            what: At what of it.
            reason: Why.
            now: The moment, with time zone.
        """
        return self._filed(reference, lambda case: Looked(at=now, by=by.name, what=what, reason=Content.of(reason)))

    def identity(self, reference: str, by: Actor, reason: str, now: datetime) -> Person:
        """Return who complains in a sealed case, to one of the two people who agreed on it; each of them may look once.

        Raises:
            NotAllowed: Nobody has allowed it, it is over, or they have looked already.
        """

        def seen(case: Complaint) -> Entry:
            if case.secrecy != SEALED:
                raise NotAllowed(case.reference, "the identity is not sealed; look at the case")
            for one in case.handling.unsealings:
                if one.open_to(by.name, now):
                    return IdentitySeen(at=now, by=by.name, unsealing=one.name, reason=Content.of(reason))
            problem = (
                f"the identity is sealed, and there is no look for {by.name}: ask_unseal, then let another unseal it"
            )
            raise NotAllowed(case.reference, problem)

        return self._filed(reference, seen).complainant

    def code(self, reference: str) -> str:
        """Return the follow-up code of a complaint as it is now.

        Raises:
            NotAllowed: This desk is somebody's view.
        """
        self._check_makes(reference)
        return references.code(reference, self._secret, self.store.case(reference).handling.codes)

    def opened_by(self, code: str) -> Complaint:
        """Return the complaint that a follow-up code opens.

        Raises:
            NotFound: It opens none, in the same words whatever is wrong with it.
        """
        found = references.opened_by(code, self._secret)
        if found is None:
            raise _unopened()
        try:
            case = self.store.case(found[0])
        except NotFound:
            raise _unopened() from None
        if case.handling.codes != found[1]:
            raise _unopened()
        return case

    def status(self, code: str) -> Status:
        """Return how the complaint stands that a follow-up code opens; see `opened_by`."""
        case = self.opened_by(code)
        file = (one.entry for one in self.store.file(case.reference))
        return status_of(case, file, self.policy, self._secret)

    def write_by_code(self, case: Complaint, text: str, now: datetime) -> Receipt:
        """Put a message of the complainant on file who has shown the follow-up code; raw bytes first, as ever."""
        # The token leads it to its case even if a worker reads it again; that it is verified, only this call knows.
        message = Message(text=text, language=case.language, reply_tokens=(reply_token(case.reference, self._secret),))
        envelope = Envelope(
            channel=case.channel, source_id=f"code:{token_hex(16)}", raw=recorded.dump(message), received_at=now,
            media_type=recorded.MEDIA_TYPE,
        )  # fmt: skip
        return self.record(message, envelope, now, verified=True)

    def _filed(self, reference: str, entry_for: Callable[[Complaint], Entry]) -> Complaint:
        for _ in range(RETRIES):
            case = self.store.case(reference)
            entry = entry_for(case)
            after = case.apply(entry)
            try:
                self.write(Written(before=case.version, case=after, entries=(entry,)))
            except Stale:
                continue
            return after
        raise Stale(reference)
