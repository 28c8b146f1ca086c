"""Has it stopped happening? Figures worked out by hand, and rules that hold for all of them (K30)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintkit.improving.parts import Verdict
from complaintkit.improving.recurrence import Tally, recurrence

HALF = Decimal("0.5")


def tally(complaints: int, received: int = 100, known: int = 100) -> Tally:
    """Return what was counted in a window."""
    return Tally(complaints=complaints, received=received, known=known)


@pytest.mark.parametrize(
    ("before", "after", "exposures", "required", "verdict", "ratio"),
    [
        # 12 a window, then 3: a quarter of it, and half was allowed.
        (12, 3, (1, 1), "0.5", Verdict.EFFECTIVE, "0.2500"),
        # 12, then 6: exactly half is enough.
        (12, 6, (1, 1), "0.5", Verdict.EFFECTIVE, "0.5000"),
        # 12, then 7: 58.33 %.
        (12, 7, (1, 1), "0.5", Verdict.INEFFECTIVE, "0.5833"),
        # As many as before, but of twice as many parcels: 12/1000 and 12/2000.
        (12, 12, (1000, 2000), "0.5", Verdict.EFFECTIVE, "0.5000"),
        # Fewer, but of far fewer parcels: 12/1000 and 6/400 is more than before.
        (12, 6, (1000, 400), "0.5", Verdict.INEFFECTIVE, "1.2500"),
        # A third of 9/3 is 3/3: 1/3 must not fail by a rounding at the last place.
        (9, 6, (3, 3), "0.3333333333333333333333333333", Verdict.EFFECTIVE, "0.6667"),
        # None at all any more.
        (5, 0, (1, 1), "1", Verdict.EFFECTIVE, "0.0000"),
        # One is one too many where all had to go.
        (50, 1, (1, 1), "1", Verdict.INEFFECTIVE, "0.0200"),
        # Four before prove nothing by becoming none.
        (4, 0, (1, 1), "0.5", Verdict.UNDECIDED, "0.0000"),
        # Four before that stay four are not fewer, whatever four prove.
        (4, 4, (1, 1), "0.5", Verdict.INEFFECTIVE, "1.0000"),
        # Nothing before, nothing after; and nothing before, but something after.
        (0, 0, (1, 1), "0.5", Verdict.UNDECIDED, None),
        (0, 9, (1, 1), "0.5", Verdict.UNDECIDED, None),
    ],
)
def test_figures_by_hand(
    before: int, after: int, exposures: tuple[int, int], required: str, verdict: Verdict, ratio: str | None
) -> None:
    """The rate after as a share of that before decides, to the last place."""
    found = recurrence(
        tally(before), tally(after), required=Decimal(required), least=5,
        exposure_before=Decimal(exposures[0]), exposure_after=Decimal(exposures[1]),
    )  # fmt: skip
    assert (verdict, ratio and Decimal(ratio)) == (found.verdict, found.ratio)
    assert f"{before} complaints before and {after} after" in found.because


@pytest.mark.parametrize(
    ("known_after", "verdict"), [(80, Verdict.EFFECTIVE), (64, Verdict.EFFECTIVE), (63, Verdict.UNDECIDED)]
)
def test_causes_that_are_not_assessed_yet_prove_nothing(known_after: int, verdict: Verdict) -> None:
    """Where the cause is known of 80 % before, it has to be of 64 % after, or fewer may be counted than there are."""
    found = recurrence(tally(12, 100, 80), tally(2, 100, known_after), required=HALF, least=5)
    assert verdict == found.verdict


@pytest.mark.parametrize(
    ("required", "exposure"), [("0", "1"), ("-0.1", "1"), ("1.01", "1"), ("0.5", "0"), ("0.5", "-3")]
)
def test_nonsense_is_refused(required: str, exposure: str) -> None:
    """A share that is none and an exposure of nothing have no answer."""
    with pytest.raises(ValueError, match=r"share|exposure"):
        recurrence(tally(9), tally(3), required=Decimal(required), least=5, exposure_after=Decimal(exposure))


@given(
    before=st.integers(0, 500), after=st.integers(0, 500), more=st.integers(1, 500),
    required=st.decimals(Decimal("0.01"), Decimal(1), places=2),
    exposures=st.tuples(st.integers(1, 10_000), st.integers(1, 10_000)),
)  # fmt: skip
def test_more_complaints_never_look_better(
    before: int, after: int, more: int, required: Decimal, exposures: tuple[int, int]
) -> None:
    """If a measure failed, it fails with more complaints after it, too; and scaling both exposures changes nothing."""
    one, other = map(Decimal, exposures)
    facts = {"required": required, "least": 5}
    found = recurrence(tally(before), tally(after), **facts, exposure_before=one, exposure_after=other)
    worse = recurrence(tally(before), tally(after + more), **facts, exposure_before=one, exposure_after=other)
    scaled = recurrence(tally(before), tally(after), **facts, exposure_before=one * 7, exposure_after=other * 7)
    if found.verdict is Verdict.INEFFECTIVE:
        assert Verdict.INEFFECTIVE == worse.verdict
    assert (found.verdict, found.ratio) == (scaled.verdict, scaled.ratio)
