"""What one person may see: a kit with everything left out that is not for them, and every look at secrets on file."""

from complaintkit.view.onlooking import View

__all__ = ["View"]
