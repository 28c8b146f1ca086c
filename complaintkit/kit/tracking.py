"""What a kit offers a complainant who has the follow-up code: how it stands, and a way to write, without any name."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime

from complaintkit.case.actions import Action
from complaintkit.case.actor import COMPLAINANT, Actor
from complaintkit.case.reference import read as read_reference
from complaintkit.checks import moment
from complaintkit.desk import Desk
from complaintkit.errors import NotAllowed, NotFound
from complaintkit.receipt import Receipt
from complaintkit.status import Status

# Whoever writes by a code is the complainant; who that is, the code does not say.
BY_CODE = Actor(COMPLAINANT, {COMPLAINANT})


class Tracking(ABC):
    """The part of a kit that follows complaints by their codes."""

    clock: Callable[[], datetime]

    @property
    @abstractmethod
    def desk(self) -> Desk:
        """The desk behind the door."""

    def code(self, reference: str) -> str:
        """Return the follow-up code of a complaint: whoever has it counts as the complainant. Show it to nobody else.

        Raises:
            NotFound: There is no such complaint.
        """
        found = read_reference(reference)
        if found is None:
            raise NotFound(reference)
        return self.desk.code(found)

    def follow_up(self, code: str) -> Status:
        """Return how a complaint stands, for whoever has its code; looking changes nothing.

        Raises:
            NotFound: The code opens no complaint; the answer is the same whatever is wrong with it.
        """
        return self.desk.status(code)

    def write_by_code(self, code: str, text: str, now: datetime | None = None) -> Receipt:
        """Put a message of the complainant on file. If the complaint has ended, it opens another one.

        Args:
            code: The follow-up code.
            text: The words.
            now: The moment.

        Returns:
            The receipt; for a new complaint it holds the code of that one.

        Raises:
            NotFound: The code opens no complaint.
            NotAllowed: There is nothing in the text.
        """
        case = self.desk.opened_by(code)
        if not text.strip():
            raise NotAllowed(case.reference, "there is nothing in the message; write a few words")
        now = moment(now or self.clock())
        return self.desk.write_by_code(case, text.strip(), now)

    def act_by_code(self, code: str, action: Action, now: datetime | None = None) -> Status:
        """Do what the complainant may do with their complaint, such as taking it back.

        Raises:
            NotFound: The code opens no complaint.
            NotAllowed: The action is refused, with the reason.
        """
        case = self.desk.opened_by(code)
        self.desk.act(case.reference, action, BY_CODE, moment(now or self.clock()))
        return self.follow_up(code)
