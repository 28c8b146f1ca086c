"""Whom a complaint is about and who may know of it, as rows beside it: the part of a transaction that keeps them."""

import json

from complaintkit.store.line import Line
from complaintkit.store.onlooker import rows, sides
from complaintkit.store.port import Written
from complaintkit.store.statements import Statements

# About whom a complaint was, as it stood in its row, and its secrecy.
Before = tuple[str, str]


class SightUnit:
    """The part of a transaction that keeps what lists and counts are narrowed by."""

    _line: Line
    _sql: Statements

    def send_sides(self, written: Written, before: Before | None) -> None:
        """Send what a step changes about either; most steps change nothing.

        Args:
            written: The step.
            before: How the row was; `None` for a new case.
        """
        reference = written.case.reference
        about, let_in = sides(written.case)
        was_about, was_secret = (tuple(json.loads(before[0])), before[1]) if before else ((), "")
        if set(was_about) != set(about):
            if was_about:
                self._line.run(self._sql.drop_subjects, (reference,))
            self._line.many(self._sql.add_subject, list(rows(reference, about)))
        if was_secret:
            self._line.run(self._sql.drop_confidants, (reference,))
        self._line.many(self._sql.add_confidant, list(rows(reference, let_in)))
