"""What would have happened: past cases gone through once more, under another policy or with another plugin.

Nothing is written and nothing is sent. What came from outside stays as it is on file; what follows from policy and time
is worked out anew, by the same code that works it out for the living.
"""

from complaintkit.replay.comparison import Figure, Moved, Replay, Which, replayed
from complaintkit.replay.course import Course, Misfit, Regime, taken
from complaintkit.replay.facts import Record
from complaintkit.replay.shadow import Shadow, Trial, shadowed
from complaintkit.replay.tally import Promise

__all__ = [
    "Course", "Figure", "Misfit", "Moved", "Promise", "Record", "Regime", "Replay", "Shadow", "Trial", "Which",
    "replayed", "shadowed", "taken",
]  # fmt: skip
