"""`complaintkit cases`: list complaints and show one."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from attrs import evolve

from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import NO_PROMISE
from complaintkit.case.secrecy import SEALED
from complaintkit.cli.kit import shown_to
from complaintkit.cli.lazy import Lazy, Told
from complaintkit.cli.options import Day, Look, looking, moment_of, timed
from complaintkit.cli.precedents import say_best
from complaintkit.cli.show import line, moment, plain, say, say_json, say_table, talk
from complaintkit.cli.timeline import say_case
from complaintkit.errors import NotAllowed
from complaintkit.policy.categories import UNSORTED

if TYPE_CHECKING:
    from complaintkit.app import Complaint, ComplaintKit, Filter, View
    from complaintkit.case.parts import Clock

PAGE: Final = 200
# What others still wait for when a case has ended.
OUTLASTING: Final = ("commitment", "referral")
COLUMNS: Final = ("reference", "due", "", "stage", "category", "severity", "owner", "channel", "received", "what")
# What a narrow terminal can do without, first of all what matters least for today's work.
DROPPED: Final = ("channel", "received", "severity", "category", "what", "owner")


@click.group(
    cls=Lazy,
    lazy={
        "act": ("complaintkit.cli.acting:act", "Do something with a complaint; shows what is possible now."),
        "new": ("complaintkit.cli.taking:new", "Take a complaint down that somebody tells."),
        "status": ("complaintkit.cli.taking:status", "Tell whoever has the code how a complaint stands."),
        "explain": ("complaintkit.cli.explain:explain", "Tell why each deadline of a complaint is when it is."),
        "bundle": ("complaintkit.cli.bundle:bundle", "Put a case together as one page, to print or hand on."),
    },
    examples=("complaintkit cases list --owner irina", "complaintkit cases show CK-EHQ6-7X6D"),
)
def cases() -> None:
    """List complaints, show one, act on one."""


@cases.command("list", cls=Told, examples=("complaintkit cases list --category refund --overdue",))
@click.option(
    "--open/--ended", "is_open", default=True, help="Those being worked on (default), or those that are over."
)
@click.option("--all", "both", is_flag=True, help="Both.")
@click.option(
    "--stage",
    "stages",
    multiple=True,
    type=click.Choice([str(one) for one in Stage]),
    help="In this stage; may be repeated.",
)
@click.option("--channel", default="", metavar="NAME", help="That came by this channel.")
@click.option("--category", metavar="CODE", help="About this.")
@click.option("--owner", default="", metavar="NAME", help="Of this owner.")
@click.option("--overdue", is_flag=True, help="With a promise that is broken now.")
@click.option("--due-before", type=Day(), metavar="DAY", help="On which something is due before.")
@click.option("--since", type=Day(), metavar="DAY", help="Received from this day on.")
@click.option("--until", type=Day(), metavar="DAY", help="Received before this day.")
@click.option("--newest", is_flag=True, help="Newest first, instead of most urgent first.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many at most.")
@click.option("--offset", type=click.IntRange(0), default=0, help="How many to leave out first.")
@looking
@timed
def list_(
    is_open: bool,
    both: bool,
    overdue: bool,
    limit: int,
    offset: int,
    look: Look,
    now: datetime | None,
    settings: Path | None,
    as_json: bool,
    **narrow: Any,
) -> None:
    """List complaints, the open ones with the most urgent first."""
    with shown_to(settings, look, now) as kit:
        now = now or kit.clock()
        _check_names(kit, narrow["channel"], narrow["category"])
        which = _filter(kit, None if both or narrow["stages"] else is_open, **narrow)
        found = list(_found(kit, which, overdue, now, offset, limit + 1))
        zone = kit.policy.zone
    shown = found[:limit]
    if as_json:
        say_json([_row(case, now) for case in shown])
        return
    say_table(COLUMNS, [_cells(case, now, zone) for case in shown], drop=DROPPED, shorten=("owner", "what"))
    if len(found) > limit:
        talk(f"There are more; see them with --offset {offset + limit} or a higher --limit.")
    elif not found:
        talk("None.")


@cases.command("show", cls=Told, examples=("complaintkit cases show CK-EHQ6-7X6D",))
@click.argument("reference")
@looking
@timed
def show(reference: str, look: Look, now: datetime | None, settings: Path | None, as_json: bool) -> None:
    """Show a complaint: who, where it stands, its deadlines, and its file from the beginning."""
    with shown_to(settings, look, now) as kit:
        case, file = kit.case(reference), kit.file(reference)
        if as_json:
            entries = [{"seq": one.seq, "kind": one.entry.kind, **plain(one.entry)} for one in file]
            say_json({**whole(case, now or kit.clock()), "file": entries})
        else:
            say_case(case, file, kit.policy.zone, now or kit.clock())
            say_best(kit, case)


@cases.command("code", cls=Told, examples=("complaintkit cases code CK-EHQ6-7X6D --by irina",))
@click.argument("reference")
@looking
@timed
def code(reference: str, look: Look, now: datetime | None, settings: Path | None, as_json: bool) -> None:
    """Print the follow-up code of a complaint, to be given to the complainant and to nobody else.

    Whoever has it reads how the complaint stands and writes as the complainant, without any name; so the code of a
    sealed complaint is printed for nobody.
    """
    with shown_to(settings, look, now) as kit:
        if not look.by and kit.case(reference).secrecy == SEALED:
            raise NotAllowed(reference, "the identity is sealed: its code is for the complainant alone")
        found = kit.code(reference)
    if as_json:
        say_json({"code": found})
    else:
        say(found)
        talk("Give it to the complainant alone. Action renew_code makes a new one, if somebody else has seen it.")


def whole(case: "Complaint", now: datetime) -> dict[str, Any]:
    """Return all of a complaint as JSON-able data."""
    told = {**plain(case), "person": plain(case.complainant), "open": case.open}
    told["overdue"] = [clock.kind for clock in case.overdue_at(now)]
    return told


def title(case: "Complaint") -> str:
    """Return what to call a complaint: its heading, else how it begins."""
    return line(str(case.title)) or line(str(case.narrative)[:120])


def nearest(case: "Complaint") -> "Clock | None":
    """Return the clock of the promise to keep next, or to have kept: unmet, and running if there is one that runs.

    `Complaint.due_at` is another moment: a reminder comes before its promise.
    """
    asked = (clock for clock in case.clocks if not clock.settled and clock.kind not in NO_PROMISE)
    unmet = [clock for clock in asked if case.open or clock.kind in OUTLASTING]
    return min(unmet, key=lambda clock: (not clock.running, clock.due_at), default=None)


def _cells(case: "Complaint", now: datetime, zone: tzinfo) -> tuple[object, ...]:
    clock = nearest(case)
    standing = ""
    if clock:
        standing = "late" if clock.late_at(now) else "" if clock.running else "paused"
    if case.legal_hold:
        standing = f"{standing} hold".strip()
    return (
        case.reference,
        moment(clock.due_at if clock else None, zone),
        standing,
        case.stage,
        case.category,
        case.severity,
        case.owner,
        case.channel,
        moment(case.received_at, zone),
        title(case),
    )


def _row(case: "Complaint", now: datetime) -> dict[str, Any]:
    names = (
        "reference",
        "version",
        "stage",
        "channel",
        "language",
        "category",
        "confirmed",
        "severity",
        "owner",
        "level",
        "received_at",
        "due_at",
        "repeat_of",
        "legal_hold",
    )
    row = {name: plain(getattr(case, name)) for name in names}
    clock = nearest(case)
    row["promise"] = clock and {"clock": clock.name, "due_at": plain(clock.due_at), "late": clock.late_at(now)}
    return {**row, "title": title(case), "overdue": [clock.kind for clock in case.overdue_at(now)]}


def _filter(
    kit: "ComplaintKit | View",
    is_open: bool | None,
    *,
    stages: Iterable[str],
    channel: str,
    category: str | None,
    owner: str,
    due_before: date | None,
    since: date | None,
    until: date | None,
    newest: bool,
) -> "Filter":
    from complaintkit.app import Filter

    zone = kit.policy.zone
    return Filter(
        open=is_open,
        stages=tuple(Stage(one) for one in stages),
        channel=channel,
        category=category,
        owner=owner,
        due_before=moment_of(due_before, zone),
        since=moment_of(since, zone),
        until=moment_of(until, zone),
        order="received" if newest else "due",
    )


def _check_names(kit: "ComplaintKit | View", channel: str, category: str | None) -> None:
    """Refuse a name that neither the settings nor any complaint on file knows; hosts have channels of their own."""
    from complaintkit.app import Filter

    channels = [one.record.name for one in kit.registry.channels]
    if channel and channel not in channels and not kit.cases(Filter(open=None, channel=channel, limit=1)):
        raise click.UsageError(f"there is no channel {channel!r}; there are: {', '.join(sorted(channels)) or 'none'}")
    codes = [*(one.code for one in kit.policy.categories), UNSORTED]
    if category and category not in codes and not kit.cases(Filter(open=None, category=category, limit=1)):
        raise click.UsageError(f"there is no category {category!r}; there are: {', '.join(sorted(codes))}")


def _found(
    kit: "ComplaintKit | View", which: "Filter", overdue: bool, now: datetime, offset: int, limit: int
) -> "Iterator[Complaint]":
    """Yield what is found; whether a promise is broken is worked out from the moments, so all of them are looked at."""
    if not overdue:
        yield from kit.cases(evolve(which, offset=offset, limit=limit))
        return
    seen, place = 0, 0
    while page := kit.cases(evolve(which, offset=place, limit=PAGE)):
        for case in page:
            if case.overdue_at(now):
                seen += 1
                if offset < seen <= offset + limit:
                    yield case
        place += len(page)
