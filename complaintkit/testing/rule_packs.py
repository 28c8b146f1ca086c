"""What every plugin with rule packs has to pass; reached through `complaintkit.testing.suites`."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from complaintkit.case.complaint import Complaint
from complaintkit.case.parts import Basis, Clock
from complaintkit.changing import evolve
from complaintkit.guard import Guarded
from complaintkit.policy.packs import RulePack, Wanted
from complaintkit.policy.standards import Standard
from complaintkit.policy.timing import Timing
from complaintkit.testing import builders
from complaintkit.testing.suite import PluginSuite

# Days on which counting goes wrong where it does: leap days, ends of months and years, changes of clocks, holidays.
_DAYS: Final = (
    "2000-02-29", "2019-12-31", "2024-01-31", "2024-02-29", "2025-03-30", "2025-10-26", "2026-03-08", "2026-04-02",
    "2026-11-01", "2026-12-24", "2026-12-31", "2027-02-28", "2031-05-01", "2049-12-31",
)  # fmt: skip
_TIMES: Final = ("00:00:00", "00:30:00", "12:00:00", "16:59:59", "23:59:59.999999")
RECEIPTS: Final = tuple(
    datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=UTC) for day in _DAYS for time in _TIMES
)  # fmt: skip
# A promise that takes longer was written down wrongly.
_LONGEST: Final = timedelta(days=366)


class RulePackSuite(PluginSuite):
    """For rule packs."""

    @classmethod
    def families(cls) -> tuple[str, ...]:
        """Return the one family tested."""
        return ("rule_packs",)

    def test_every_figure_has_a_source(self, here: tuple[Guarded[Any], ...]) -> None:
        """Each deadline says where its figure stands, so that whoever uses it can look there."""
        bare = [f"{pack.name}: {one.name}" for pack in _packs(here) for one in pack.standards if not one.source.strip()]
        assert [] == bare

    def test_every_standard_has_a_name_of_its_own(self, here: tuple[Guarded[Any], ...]) -> None:
        """The name of a standard stands on every clock that comes from it; no two packs share one."""
        names = [one.name for pack in _packs(here) for one in pack.standards]
        assert [] == sorted({name for name in names if names.count(name) > 1})

    def test_its_dates_are_in_order(self, here: tuple[Guarded[Any], ...]) -> None:
        """Nobody compares a pack with its source on a day when the source no longer holds."""
        for pack in _packs(here):
            assert pack.ends is None or pack.checked <= pack.ends, f"{pack.name}: checked after it had ended"

    def test_any_receipt_has_a_due_moment(self, here: tuple[Guarded[Any], ...]) -> None:
        """From any moment each deadline ends after it, within a year, and never sooner for what came later."""
        for pack, standard, policy in _counted(here):
            last = {at: _clock(pack, standard, policy, at).due_at for at in RECEIPTS}
            for at, due in last.items():
                assert at < due <= at + _LONGEST, f"{pack.name}: {standard.name} from {at} is due {due}"
            for before, after in pairwise(RECEIPTS):
                assert last[before] <= last[after], f"{pack.name}: {standard.name} ends sooner from {after}"

    def test_an_extension_prolongs(self, here: tuple[Guarded[Any], ...]) -> None:
        """Where a deadline may be extended, the last moment lies after the one it ends at anyway."""
        for pack, standard, policy in _counted(here):
            if standard.longest is None and standard.more is None:
                continue
            for at in RECEIPTS:
                clock = _clock(pack, standard, policy, at)
                assert clock.due_at < policy.extendable_until(clock), f"{pack.name}: {standard.name} from {at}"

    def test_a_deadline_of_the_law_is_told_from_a_promise(self, here: tuple[Guarded[Any], ...]) -> None:
        """What a pack brings is set by others, or is a custom; it is never what somebody promised in a case."""
        for pack in _packs(here):
            for one in pack.standards:
                assert one.basis in (Basis.STATUTORY, Basis.SERVICE), f"{pack.name}: {one.name} is {one.basis}"

    def test_it_says_the_same_apart(self, here: tuple[Guarded[Any], ...], apart: tuple[Guarded[Any], ...]) -> None:
        """In a process of its own it offers the same rule packs."""
        assert _packs(here) == _packs(apart)


def _packs(offered: tuple[Guarded[Any], ...]) -> list[RulePack]:
    return [one.record for one in offered]


def _counted(offered: tuple[Guarded[Any], ...]) -> Iterator[tuple[RulePack, Standard, Timing]]:
    """Yield each standard of each pack, with a policy that has put just this pack to use."""
    for pack in _packs(offered):
        policy = Timing(version="suite", wanted=(Wanted(name=pack.name),)).with_packs([pack])
        for one in pack.standards:
            alone = evolve(pack, standards=(one,))
            yield alone, one, evolve(policy, packs=(alone,))


def _clock(pack: RulePack, standard: Standard, policy: Timing, at: datetime) -> Clock:
    (clock,) = policy.clock(standard.clock, _under(pack, standard, at), at)
    return clock


def _under(pack: RulePack, standard: Standard, at: datetime) -> Complaint:
    """Return a complaint that was received at a moment and is under a pack, as one of its standards asks for."""
    case = builders.a_case(received_at=at, recorded_at=at, clocks=())
    return evolve(
        case,
        handling=evolve(case.handling, rules=(pack.name,), registered_at=at),
        channel=(*standard.channels, case.channel)[0],
        category=(*standard.categories, case.category)[0],
        severity=(*standard.severities, case.severity)[0],
        segment=(*standard.segments, case.segment)[0],
        product=(*standard.products, case.product)[0],
    )
