"""Has it stopped happening? Complaints per exposure before and after a measure, in windows of the same length (K30)."""

from decimal import Decimal
from typing import Final

from attrs import field, frozen, validators

from complaintkit.improving.parts import Verdict

_PLACES: Final = Decimal("0.0001")
# Where the cause of later complaints is known less often by so much, fewer of them are counted and nothing is proved.
COMPARABLE: Final = Decimal("0.8")


@frozen(kw_only=True)
class Tally:
    """What was counted in one window.

    Attributes:
        complaints: Complaints with the cause, or in the category.
        received: All complaints of the window.
        known: Those of them whose cause is known; as many as were received where categories are counted.
    """

    complaints: int = field(validator=validators.ge(0))
    received: int = field(default=0, validator=validators.ge(0))
    known: int = field(default=0, validator=validators.ge(0))


@frozen(kw_only=True)
class Recurrence:
    """What the two windows say.

    Attributes:
        verdict: Effective, ineffective, or undecided: then a person has to judge.
        ratio: Rate after as a share of the rate before, to four places; `None` where there was nothing before.
        because: Why, in one sentence.
    """

    verdict: Verdict
    ratio: Decimal | None
    because: str


def recurrence(
    before: Tally,
    after: Tally,
    *,
    required: Decimal,
    least: int,
    exposure_before: Decimal = Decimal(1),
    exposure_after: Decimal = Decimal(1),
) -> Recurrence:
    """Return whether the rate of complaints has fallen by the required share.

    (complaints after / exposure after) / (complaints before / exposure before); the caller sees to it that the windows
    are equally long and that the lag is in neither of them.

    Args:
        before, after: What was counted in the windows.
        required: By what share the rate must fall, above 0 and at most 1: 0.5 asks for half of it.
        least: Fewer complaints before than this prove nothing by becoming fewer.
        exposure_before, exposure_after: How much could have gone wrong, more than 0; equal windows have equal days.

    Raises:
        ValueError: A share or an exposure is not in its range.
    """
    if not 0 < required <= 1:
        raise ValueError(f"the required share is {required}; it must be above 0 and at most 1")
    if exposure_before <= 0 or exposure_after <= 0:
        raise ValueError("an exposure of nothing gives no rate")
    figures = f"{before.complaints} complaints before and {after.complaints} after"
    if before.complaints == 0:
        return Recurrence(
            verdict=Verdict.UNDECIDED, ratio=None, because=f"{figures}: there was nothing that could fall"
        )
    now, then = after.complaints * exposure_before, before.complaints * exposure_after
    shown = (now / then).quantize(_PLACES)
    said = f"{figures}: the rate is {_percent(shown)} of what it was"
    if now > (1 - required) * then:
        return Recurrence(
            verdict=Verdict.INEFFECTIVE, ratio=shown, because=f"{said}, {_percent(1 - required)} were allowed"
        )
    if before.complaints < least:
        because = f"{said}, but fewer than {least} before prove nothing"
        return Recurrence(verdict=Verdict.UNDECIDED, ratio=shown, because=because)
    if after.known * before.received < COMPARABLE * before.known * after.received:
        because = (
            f"{said}, but the cause is known of {after.known} of {after.received} complaints after, "
            f"and was of {before.known} of {before.received} before"
        )
        return Recurrence(verdict=Verdict.UNDECIDED, ratio=shown, because=because)
    return Recurrence(verdict=Verdict.EFFECTIVE, ratio=shown, because=said)


def _percent(share: Decimal) -> str:
    return f"{(share * 100).quantize(Decimal('0.1')):f} %"
