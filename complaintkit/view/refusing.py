"""What of a store is nobody's to look at, or changes something: refused, whoever asks."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import NoReturn

from complaintkit.case.complaint import Complaint
from complaintkit.errors import NotAllowed
from complaintkit.improving.recurrence import Tally
from complaintkit.store.onlooker import Onlooker
from complaintkit.store.port import Finding, PluginRecord, Thread, Unit


class Refusing:
    """The part of a store that a person who looks does not have. Each of its methods raises `NotAllowed`."""

    __slots__ = ()

    def begin(self) -> AbstractContextManager[Unit]:
        """Refuse: whoever looks changes nothing."""
        raise NotAllowed("-", "cannot be changed by looking; act through `act`, or through the kit itself")

    def hidden(self, references: Iterable[str], seen_by: Onlooker) -> frozenset[str]:
        """Refuse: what does not exist for somebody is not told to them."""
        self.refuse()

    def cases_of(self, references: Sequence[str]) -> tuple[Complaint, ...]:
        """Refuse."""
        self.refuse()

    def due(self, now: datetime, limit: int) -> tuple[str, ...]:
        """Refuse."""
        self.refuse()

    def unassessed(self, limit: int) -> tuple[str, ...]:
        """Refuse."""
        self.refuse()

    def threads(self, message_ids: Sequence[str]) -> tuple[Thread, ...]:
        """Refuse."""
        self.refuse()

    def improvements_due(self, now: datetime, limit: int) -> tuple[str, ...]:
        """Refuse."""
        self.refuse()

    def tally(self, causes: Sequence[str], categories: Sequence[str], since: datetime, until: datetime) -> Tally:
        """Refuse."""
        self.refuse()

    def plugin_records(self) -> tuple[PluginRecord, ...]:
        """Refuse."""
        self.refuse()

    def verify(self) -> Iterator[Finding]:
        """Refuse."""
        self.refuse()

    def secret(self) -> bytes:
        """Refuse."""
        self.refuse()

    def refuse(self) -> NoReturn:
        """Refuse.

        Raises:
            NotAllowed: Always.
        """
        raise NotAllowed("-", "this is for whoever runs complaintkit, not for somebody who looks; ask the kit itself")
