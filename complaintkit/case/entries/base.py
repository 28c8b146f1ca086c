"""What several kinds of entry share."""

from typing import Final

from attrs import frozen

from complaintkit.case.complaint import Complaint, Entry
from complaintkit.case.lifecycle import Stage
from complaintkit.changing import evolve

CORE: Final = "complaintkit"


@frozen(kw_only=True)
class Staged(Entry):
    """An entry that moves the case to a stage; the stage is part of the fact, so an old file always reads the same."""

    stage: Stage

    def change(self, case: Complaint) -> Complaint:
        """Move the case."""
        return evolve(case, stage=self.stage)
