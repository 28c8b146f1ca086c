"""Who has to be told what: notices that follow from entries, their texts, and what becomes of their delivery."""

from complaintkit.notices.alarms import parked, plugin_out, stuck
from complaintkit.notices.base import STAFF
from complaintkit.notices.calling import called_for
from complaintkit.notices.delivery import deliver, enough, next_try, settled, threads, worded
from complaintkit.notices.listing import joins, listed, told_from
from complaintkit.notices.ownership import away, rightly

__all__ = [
    "STAFF", "away", "called_for", "deliver", "enough", "joins", "listed", "next_try", "parked", "plugin_out",
    "rightly", "settled", "stuck", "threads", "told_from", "worded",
]  # fmt: skip
