"""Exit codes: every error has one, from one table; and moments as people type them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import click
import pytest

from complaintkit import errors
from complaintkit.cli import ending
from complaintkit.cli.options import Day, Moment


def family(kind: type[BaseException]) -> Iterator[type[BaseException]]:
    """Yield an error class and all below it."""
    yield kind
    for below in kind.__subclasses__():
        yield from family(below)


EXPECTED = {
    "ComplaintKitError": 1, "SettingsError": 4, "PluginError": 1, "StoreError": 4, "ComplaintError": 1, "NotFound": 1,
    "NotAllowed": 1, "Stale": 1,
}  # fmt: skip


def test_every_error_of_ours_has_its_code() -> None:
    """The whole tree is in the table, also what is added to it later."""
    ours = [kind for kind in family(errors.ComplaintKitError) if kind.__module__ == errors.__name__]
    assert EXPECTED == {kind.__name__: ending.code_of(kind.__new__(kind)) for kind in ours}


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (click.UsageError("x"), 2), (click.BadParameter("x"), 2), (click.ClickException("x"), 1), (click.Abort(), 130),
        (KeyboardInterrupt(), 130), (BrokenPipeError(), 141), (PermissionError(13, "no"), 1), (KeyError("x"), None),
    ],
)  # fmt: skip
def test_other_errors_have_theirs(error: BaseException, code: int | None) -> None:
    """Wrong use, interruption and the system's refusals have codes; a mistake in the program has none and is raised."""
    assert code == ending.code_of(error)


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (errors.NotAllowed("CK-1", "is closed"), 1, "Error: complaint CK-1: is closed"),
        (PermissionError(13, "Permission denied", "a.txt"), 1, "Error: Permission denied: a.txt"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)
def test_an_error_is_told_in_one_line(
    error: BaseException, code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Errors end a command with their code and a sentence; there is no traceback."""

    @click.command()
    def breaks() -> None:
        raise error

    assert code == ending.ended(breaks, [])
    told = capsys.readouterr()
    assert words in told.err
    assert "Traceback" not in told.err
    assert "" == told.out


def test_a_mistake_in_the_program_is_not_hidden() -> None:
    """What is no refusal of ours keeps its traceback: somebody has to see it."""

    @click.command()
    def breaks() -> None:
        raise KeyError("a mistake")

    with pytest.raises(KeyError):
        ending.ended(breaks, [])


def read(kind: click.ParamType, text: str) -> object:  # type: ignore[type-arg]  # generic only in newer releases of click
    """Return what a type of option reads."""
    return kind.convert(text, None, None)


def test_a_moment_has_a_zone() -> None:
    """A moment with zone is read exactly; Z stands for UTC."""
    moment = read(Moment(), "2026-03-01T10:00+03:00")
    assert datetime.fromisoformat("2026-03-01T07:00+00:00") == moment
    assert timedelta(hours=3) == moment.utcoffset()  # type: ignore[attr-defined]
    assert datetime.fromisoformat("2026-03-01T10:00+00:00") == read(Moment(), "2026-03-01T10:00Z")


@pytest.mark.parametrize("text", ["", "yesterday", "2026-03-01", "2026-03-01T10:00", "2026-13-01T10:00Z"])
def test_a_moment_without_zone_is_refused(text: str) -> None:
    """What could be anywhere, or is no moment, is refused with a moment that would do."""
    with pytest.raises(click.BadParameter, match="write"):
        read(Moment(), text)


def test_a_day_is_a_day_or_a_moment() -> None:
    """A period may be given in days; the zone of the settings says when they begin."""
    assert date(2026, 3, 1) == read(Day(), "2026-03-01")
    assert read(Moment(), "2026-03-01T10:00Z") == read(Day(), "2026-03-01T10:00Z")
    with pytest.raises(click.BadParameter):
        read(Day(), "2026-03-01T10:00")
