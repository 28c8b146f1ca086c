"""When complaints of which kind arrive: months, weekdays and hours as they are in a shop, and one planted shift."""

import random
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final

from attrs import frozen

from complaintkit.demo.phrases import Channel

# Share of each category before the shift, in per cent.
SHARES: Final[Mapping[str, int]] = MappingProxyType({
    "delivery-late": 13, "delivery-damaged": 9, "delivery-lost": 8, "refund": 11, "billing": 9, "product-quality": 13,
    "product-missing": 8, "staff-conduct": 6, "service-reachability": 8, "website": 6, "privacy": 3, "contract": 4,
    "safety": 2,
})  # fmt: skip
CAUSES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "delivery-late": ("stock-shortage", "route-planning"),
    "delivery-damaged": ("weak-packing", "rough-handling"),
    "delivery-lost": ("left-unattended", "address-mix-up"),
    "refund": ("returns-backlog", "refund-policy"),
    "billing": ("billing-release", "price-error"),
    "product-quality": ("supplier-fault", "description-wrong"),
    "product-missing": ("picking-error", "split-shipment"),
    "staff-conduct": ("driver-manner", "shop-manner"),
    "service-reachability": ("call-centre-understaffed", "mailbox-unattended"),
    "website": ("checkout-bug", "app-release"),
    "privacy": ("mailing-list-sync", "account-mix-up"),
    "contract": ("auto-renewal", "cancellation-refused"),
    "safety": ("charger-overheat", "furniture-tipping"),
})  # fmt: skip
_WEEKDAYS = (1.25, 1.1, 1.0, 1.0, 0.95, 0.6, 0.45)
_CHANNELS: Final[tuple[Channel, ...]] = ("email", "form", "phone", "letter", "social")
_OFTEN = (38, 22, 20, 8, 12)
_HOURS: Final[Mapping[Channel, tuple[int, int]]] = MappingProxyType({
    "email": (7, 22), "form": (7, 23), "phone": (8, 17), "letter": (8, 10), "social": (9, 23),
})  # fmt: skip
# Open days of the week: no calls on Sundays, no post at weekends.
_OFFICE: Final[Mapping[Channel, int]] = MappingProxyType({"phone": 6, "letter": 5})


@frozen
class Shift:
    """A change in what people complain about, planted so that a report or an alarm has something to find.

    Attributes:
        category: The category that grows.
        cause: Why it does; the cause is never seen before.
        factor: How many times as many per month.
        after: Numerator and denominator of the share of the months that pass before it begins.
    """

    category: str
    cause: str
    factor: int
    after: tuple[int, int]

    def month(self, months: int) -> int:
        """Return the number of the first changed month, counted from 1."""
        share, whole = self.after
        return min(round(months * share / whole), months - 1) + 1

    def begins(self, start: datetime, months: int) -> datetime:
        """Return when it begins, in a demo that starts then and lasts so many months."""
        return month_later(start, self.month(months) - 1)


PLANTED_SHIFT: Final = Shift("delivery-late", "carrier-change", factor=3, after=(2, 3))


@frozen
class Slot:
    """A complaint to be told: when, about which category, for which cause."""

    at: datetime
    channel: Channel
    category: str
    cause: str


def month_later(start: datetime, months: int) -> datetime:
    """Return the same day and hour some months later; the last day of a shorter month where there is no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    next_year, next_month = divmod(year * 12 + month + 1, 12)
    last = (date(next_year, next_month + 1, 1) - timedelta(days=1)).day
    return start.replace(year=year, month=month + 1, day=min(start.day, last))


def slots(dice: random.Random, count: int, start: datetime, months: int) -> list[Slot]:
    """Spread complaints over the months, in order of time.

    Categories are dealt out per month by shares that sway a little, so that what is meant to stay flat stays so.
    """
    changed = PLANTED_SHIFT.month(months)
    weights = [_shares(dice, month + 1 >= changed) for month in range(months)]
    found: list[Slot] = []
    for month, number in enumerate(_dealt(dice, count, [sum(shares.values()) for shares in weights])):
        shares = weights[month]
        first, last = month_later(start, month), month_later(start, month + 1)
        for (category, cause), times in zip(shares, _dealt(dice, number, list(shares.values())), strict=True):
            found += [_slot(dice, category, cause, first, last) for _ in range(times)]
    return sorted(found, key=lambda slot: slot.at)


def _shares(dice: random.Random, changed: bool) -> dict[tuple[str, str], float]:
    shares: dict[tuple[str, str], float] = {}
    for category, share in SHARES.items():
        causes = CAUSES[category]
        shares |= {(category, cause): share / len(causes) * dice.uniform(0.75, 1.25) for cause in causes}
    if changed:
        more = SHARES[PLANTED_SHIFT.category] * (PLANTED_SHIFT.factor - 1)
        shares[PLANTED_SHIFT.category, PLANTED_SHIFT.cause] = float(more)
    return shares


def _dealt(dice: random.Random, count: int, weights: list[float]) -> list[int]:
    """Divide a number by weights, each part at most one away from its exact share; the dice decide which."""
    step, place, reached = sum(weights) / count if count else 1.0, dice.random(), 0.0
    parts: list[int] = []
    taken = 0
    for weight in weights:
        reached += weight
        until = min(count, int(reached / step + place))
        parts.append(until - taken)
        taken = until
    parts[-1] += count - taken
    return parts


def _slot(dice: random.Random, category: str, cause: str, first: datetime, last: datetime) -> Slot:
    channel = dice.choices(_CHANNELS, _OFTEN)[0]
    return Slot(moment(dice, channel, first, last), channel, category, cause)


def moment(dice: random.Random, channel: Channel, first: datetime, last: datetime) -> datetime:
    """Return a believable moment for a channel, from the first one on and before the last one."""
    days = [first.date() + timedelta(days=day) for day in range((last.date() - first.date()).days + 1)]
    open_from, open_until = _HOURS[channel]
    for _ in range(200):
        day = dice.choices(days, [_WEEKDAYS[day.weekday()] for day in days])[0]
        if day.weekday() >= _OFFICE.get(channel, 7):
            continue
        # Two throws lean towards the middle of the day, as people do.
        span = 60 * (open_until - open_from)
        minutes = (dice.randrange(span) + dice.randrange(span)) // 2
        opening = datetime.combine(day, time(open_from, second=dice.randrange(60)), first.tzinfo)
        at = opening + timedelta(minutes=minutes)
        if first <= at < last:
            return at
    return first  # a span without any opening hour in it
