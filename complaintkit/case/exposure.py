"""What a late refund may cost: the penalty that consumer law lets grow by the day (K39)."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo


def days_late(due: datetime, done: datetime, zone: ZoneInfo) -> int:
    """Return by how many calendar days something came too late; 0 if it came in time.

    Args:
        due: The last moment at which it would have been in time, with time zone.
        done: When it was done; the present moment while it is not.
        zone: Place whose calendar counts the days.
    """
    return max((done.astimezone(zone).date() - due.astimezone(zone).date()).days, 0)


def penalty_exposure(late: int, price: Decimal, rate: Decimal, cap: Decimal | None = None) -> Decimal:
    """Return the penalty that may be claimed for a late payment: days late x rate x price, capped where the law caps.

    Rates and caps are data of the country and the kind of demand: under Russian consumer law 1 % of the price a day for
    goods (art. 23), 3 % a day for services, capped at the price of the work (art. 28).

    Args:
        late: Days late, 0 or more; see `days_late`.
        price: Price of the goods or of the work.
        rate: Share of the price for each day: 0.01 for 1 %.
        cap: Most that can be claimed, as an amount; `None` where the law sets none.

    Raises:
        ValueError: A figure is below nothing.
    """
    if late < 0 or price < 0 or rate < 0 or (cap is not None and cap < 0):
        raise ValueError("days, price, rate and cap are 0 or more")
    penalty = late * rate * price
    return penalty if cap is None else min(penalty, cap)
