"""What becomes of improvements as time goes by: what is due, who is told, how well it is done, and a calendar of it."""

from complaintkit.review.due import due
from complaintkit.review.notices import called_for, rightly

__all__ = ["called_for", "due", "rightly"]
