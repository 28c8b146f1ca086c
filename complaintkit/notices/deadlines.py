"""Notices of deadlines that change."""

from complaintkit.notices.base import Notices, Occurred, date


def extended(what: Occurred) -> Notices:
    """Return word to the complainant: why it takes longer, what date was told before, and what date holds now."""
    entry = what.entry
    words = str(entry.text)
    return (what.to_complainant("extension", text=words, was_due=date(entry.was_due_at), answer_due=date(entry.until)),)
