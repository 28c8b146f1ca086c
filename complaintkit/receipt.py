"""What the desk tells of its work: a receipt for what arrived, and how much a round did."""

from typing import Literal

from attrs import evolve, field, frozen

from complaintkit.store.port import Kept


@frozen(kw_only=True)
class Receipt:
    """What became of something that arrived: `accepted` into a case, `parked` for a person, a proven `duplicate`, or
    `waiting` on file to be read later.

    `code` is the follow-up code of a new complaint whose complainant cannot be written to: hand it to them.
    """

    outcome: Literal["accepted", "parked", "duplicate", "waiting"]
    number: int
    reference: str = ""
    reason: str = ""
    code: str = field(default="", repr=False)


@frozen(kw_only=True)
class Done:
    """How much one round of work did; `improved` counts the improvements that were looked at."""

    read: int = 0
    assessed: int = 0
    swept: int = 0
    improved: int = 0
    delivered: int = 0
    told: int = 0

    @property
    def total(self) -> int:
        """Return how many things were done; 0 means idle."""
        return self.read + self.assessed + self.swept + self.improved + self.delivered + self.told

    def __add__(self, other: "Done") -> "Done":
        return Done(
            read=self.read + other.read,
            assessed=self.assessed + other.assessed,
            swept=self.swept + other.swept,
            improved=self.improved + other.improved,
            delivered=self.delivered + other.delivered,
            told=self.told + other.told,
        )


def known(kept: Kept) -> Receipt:
    """Return the receipt for an item that came again and was on file already."""
    now = standing(kept)
    if now.outcome != "accepted":
        return now
    return evolve(now, outcome="duplicate", reason="the same item is on file")


def standing(kept: Kept) -> Receipt:
    """Return the receipt for an item as it stands on file, whoever read it."""
    if kept.state == "new":
        return Receipt(outcome="waiting", number=kept.number, reason="on file; it is read when work runs")
    return Receipt(outcome=kept.state, number=kept.number, reference=kept.reference, reason=kept.reason)
