"""What a store refuses, in the same words on every engine."""

from complaintkit.errors import NotFound, Stale, StoreError
from complaintkit.message import Delivery
from complaintkit.store.improving import Improved
from complaintkit.store.port import EnvelopeState, Written


def no_envelope(number: int) -> NotFound:
    """Return the error for an envelope that is not on file."""
    return NotFound(f"#{number}", "is no envelope on file; check the number")


def no_attachment(digest: str) -> NotFound:
    """Return the error for an attachment that is not on file."""
    return NotFound(digest[:12], "is no attachment on file; check the digest")


def no_calendar(identity: str) -> NotFound:
    """Return the error for a calendar that was never kept."""
    return NotFound(identity, "is no calendar on file; restore the database it was kept in, or the settings")


def no_precedent(reference: str) -> NotFound:
    """Return the error for a case that is no precedent."""
    return NotFound(reference, "is no precedent: it is undecided, confidential, about staff, or not on file")


def settled_envelope(number: int, reference: str = "") -> Stale:
    """Return the error for an envelope that another worker has settled meanwhile."""
    return Stale(reference or f"#{number}", f"envelope {number} was settled meanwhile; look at what became of it")


def settled_notice(reference: str, notice: str) -> Stale:
    """Return the error for a notice that another worker has settled meanwhile."""
    return Stale(reference, f"notice {notice} was settled meanwhile; nothing is left to do")


def settled_from(state: EnvelopeState) -> tuple[EnvelopeState, ...]:
    """Return the states from which an envelope can be settled as this one: what was parked can be read again."""
    return ("new", "parked") if state in ("new", "duplicate") else ("new",)


def check_written(written: Written) -> None:
    """Refuse a step that does not add up.

    Raises:
        StoreError: Version and entries do not fit, or a notice is settled by a delivery that settles nothing.
    """
    after = written.before + len(written.entries)
    if written.case.version != after or not after:
        raise StoreError(
            f"complaint {written.case.reference}: {len(written.entries)} entries on version {written.before} "
            f"do not give version {written.case.version}"
        )
    for _, delivery in written.settles:
        check_delivery(delivery)


def check_improved(improved: Improved) -> None:
    """Refuse a step of an improvement that does not add up; see `check_written`.

    Raises:
        StoreError: Version and entries do not fit, or a notice is settled by a delivery that settles nothing.
    """
    after = improved.before + len(improved.entries)
    if improved.improvement.version != after or not improved.entries:
        raise StoreError(
            f"improvement {improved.improvement.reference}: {len(improved.entries)} entries on version "
            f"{improved.before} do not give version {improved.improvement.version}"
        )
    for _, delivery in improved.settles:
        check_delivery(delivery)


def check_delivery(delivery: Delivery) -> None:
    """Refuse a delivery that settles nothing.

    Raises:
        StoreError: It failed, so the notice has to be postponed.
    """
    if delivery.state == "failed":
        raise StoreError("a failed delivery settles no notice; postpone it")
