"""Tokens at the desk: made and checked here, so that the secret they are made from has no way out."""

from complaintkit.case import tasks
from complaintkit.case.complaint import Complaint
from complaintkit.case.surveys import surveyed_by
from complaintkit.case.tasks import Task
from complaintkit.desk.base import Seat
from complaintkit.errors import NotAllowed


class Tokens(Seat):
    """Makes and checks the tokens that go out with links."""

    # A desk that shows somebody what they may see makes none: whether they may have one, their view asks.
    _makes_tokens = True

    def task_token(self, case: Complaint, task: Task) -> str:
        """Return the token by which a task is answered without a seat.

        Raises:
            NotAllowed: This desk is somebody's view.
        """
        self._check_makes(case.reference)
        return tasks.task_token(case, task, self._secret)

    def task_by(self, case: Complaint, token: str) -> Task | None:
        """Return the open task that a token belongs to, or `None`."""
        return tasks.task_by(case, token, self._secret)

    def surveyed_by(self, code: str) -> str:
        """Return the reference of the complaint whose survey a code opens; empty for none."""
        return surveyed_by(code, self._secret)

    def _check_makes(self, reference: str) -> None:
        if not self._makes_tokens:
            raise NotAllowed(reference, "tokens are made for those who may have them; ask the view itself")
