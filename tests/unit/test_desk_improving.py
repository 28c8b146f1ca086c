"""Improvements at the desk and at both doors: who may, whose version, what workers do, what becomes of notices."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from attrs import evolve

from complaintkit import Delivery, NotAllowed, NotFound, Notice, Notifier, Stale
from complaintkit.app import Actor, ComplaintKit, Which, actions, improving
from complaintkit.improving.entries import NoticeSent, NoticeUndelivered
from complaintkit.settings import PluginsSettings, Settings
from tests.house.kits import MONDAY, SENT, kit, said

DAY = timedelta(days=1)
PLAN = improving.PlanMeasure(title="Two boxes", due=MONDAY + 20 * DAY, categories=("delivery-damaged",), owner="oleg")


@pytest.fixture
def desk() -> Iterator[ComplaintKit]:
    """Yield a kit in memory."""
    with kit() as opened:
        yield opened


def kinds(desk: ComplaintKit, reference: str) -> list[str]:
    """Return the kinds of the entries of an improvement."""
    return [filed.entry.kind for filed in desk.improvement_file(reference)]


def test_a_reference_is_read_however_it_is_typed(desk: ComplaintKit) -> None:
    """Case, spaces and dashes do not count; what cannot be one, and what is not on file, is said."""
    one = desk.improve(PLAN, by="irina", now=MONDAY)
    assert one == desk.improvement(one.reference.lower().replace("-", " "))
    with pytest.raises(NotFound, match="IM-EHQ6-7X6D"):
        desk.improvement("CK-7F3K-92DX")
    for look in (desk.improvement, desk.improvement_file):
        with pytest.raises(NotFound):
            look("IM-EHQ6-7X6D" if one.reference != "IM-EHQ6-7X6D" else "IM-7X6D-EHQ6")


def test_a_reference_that_is_taken_is_drawn_again() -> None:
    """Two openings with the same luck get two references."""
    numbers = iter([5, 5, 6])
    with kit(randbelow=lambda _: next(numbers)) as desk:
        first = desk.improve(PLAN, by="irina", now=MONDAY)
        assert first.reference != desk.improve(PLAN, by="irina", now=MONDAY).reference


def test_whoever_saw_an_older_version_is_refused(desk: ComplaintKit) -> None:
    """With the version that was seen, nobody overwrites what somebody else did meanwhile."""
    one = desk.improve(PLAN, by="irina", now=MONDAY)
    desk.act_on(one.reference, improving.Start(), by="oleg", now=MONDAY, version=1)
    with pytest.raises(Stale):
        desk.act_on(one.reference, improving.Remark(text="x"), by="anna", now=MONDAY, version=1)
    assert ["opened", "started"] == kinds(desk, one.reference)


def test_roles_come_from_the_policy_or_from_the_host() -> None:
    """With staff listed an unknown name has no role; a host's actor brings roles of their own."""
    policy = {"staff": {"vera": {"roles": ["quality"]}, "anna": {"roles": ["handler"]}}}
    settings = Settings(plugins=PluginsSettings(disable=("folder",)), policy=policy)
    with kit(settings=settings) as desk:
        for name in ("nobody", "anna"):
            with pytest.raises(NotAllowed, match="corrective_action is for quality"):
                desk.improve(PLAN, by=name, now=MONDAY)
        one = desk.improve(PLAN, by="vera", now=MONDAY)
        desk.act_on(one.reference, improving.Remark(text="x"), by="anna", now=MONDAY)
        with pytest.raises(NotAllowed, match="drop is for quality"):
            desk.act_on(one.reference, improving.Drop(reason="x"), by="anna", now=MONDAY)
        dropped = desk.act_on(one.reference, improving.Drop(reason="x"), by=Actor("zoe", ["executive"]), now=MONDAY)
        assert not dropped.open
        told = {standing.action: standing.why_not for standing in desk.possible_with(one.reference, by="nobody")}
        assert all(told.values())


def test_what_became_of_a_notice_stands_in_the_file(desk: ComplaintKit) -> None:
    """A notice about an improvement finds its file again when it was delivered."""
    one = desk.improve(PLAN, by="irina", now=MONDAY)
    desk.work(MONDAY)
    entry = desk.improvement_file(one.reference)[-1].entry
    assert isinstance(entry, NoticeSent)
    assert ("improvement_owner", "oleg", "sent") == (entry.occasion, entry.audience, entry.notifier)
    assert [] == list(desk.verify())


def test_a_notice_that_cannot_be_delivered_is_told() -> None:
    """The file says so, and the owner hears of it; what cannot be delivered about that is not told again for ever."""
    refused: list[Notice] = []

    def send(notice: Notice) -> Delivery:
        refused.append(notice)
        return Delivery("refused", "nobody of this name")

    with kit(plugins=(Notifier("refusing", ["*"], send),)) as desk:
        one = desk.improve(PLAN, by="irina", now=MONDAY)
        desk.work(MONDAY)
        entries = [filed.entry for filed in desk.improvement_file(one.reference)]
    assert ["opened", "notice_undelivered", "notice_undelivered"] == [entry.kind for entry in entries]
    assert isinstance(entries[1], NoticeUndelivered)
    assert "nobody of this name" == str(entries[1].problem)
    assert ["improvement_owner", "improvement_news"] == [notice.occasion for notice in refused]


def test_the_worker_counts_what_it_looked_at(desk: ComplaintKit) -> None:
    """A round tells how many improvements were due, and goes on until nothing is."""
    desk.improve(PLAN, by="irina", now=MONDAY)
    desk.improve(improving.Suggest(title="Ask"), by="irina", now=MONDAY)
    assert 0 == desk.work(MONDAY).improved
    done = desk.work(MONDAY + 6 * DAY)
    assert (1, True) == (done.improved, done.total >= 1)
    assert 0 == desk.work(MONDAY + 6 * DAY).improved


def test_one_that_cannot_be_worked_on_stops_no_other(desk: ComplaintKit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is told of it, and the others are looked at all the same."""
    bad = desk.improve(PLAN, by="irina", now=MONDAY)
    good = desk.improve(PLAN, by="irina", now=MONDAY)
    whole = desk.store.improvement

    def broken(reference: str) -> object:
        if reference == bad.reference:
            raise NotFound(reference, "cannot be read")
        return whole(reference)

    monkeypatch.setattr(desk.store, "improvement", broken)
    desk.desk.sweep_improvements(MONDAY + 16 * DAY)
    assert "warned" in kinds(desk, good.reference)
    assert any(f"improvement {bad.reference}" in due.notice.facts["text"] for due in desk.store.outbox("waiting", 50))


def test_a_confidential_complaint_cannot_be_tied_to_an_improvement(desk: ComplaintKit) -> None:
    """Neither at the opening nor later; an ordinary one can."""
    open_, secret = (desk.open(said(text), now=MONDAY).reference for text in ("late", "the manager shouted"))
    desk.act(secret, actions.NameStaff(names=("boss",), reason="it is about him"), by="irina", now=MONDAY)
    one = desk.improve(PLAN, by="irina", now=MONDAY)
    assert (open_,) == desk.act_on(one.reference, improving.Link(complaints=(open_,)), by="irina").complaints
    with pytest.raises(NotAllowed, match="is confidential"):
        desk.act_on(one.reference, improving.Link(complaints=(secret,)), by="irina")
    assert [one.reference] == [found.reference for found in desk.improvements(Which(complaint=open_))]


def test_inside_a_hosts_transaction_nothing_is_committed(tmp_path: Path) -> None:
    """A bound kit opens and acts on improvements; the host's rollback takes them back."""
    with kit(database=f"sqlite:///{tmp_path / 'x.db'}", plugins=(SENT,)) as desk:
        desk.upgrade()
        engine = desk.store.engine  # type: ignore[attr-defined]
        with engine.connect() as connection:
            with desk.bind(connection) as bound:
                one = bound.improve(PLAN, by="irina", now=MONDAY)
                bound.act_on(one.reference, improving.Start(), by="oleg", now=MONDAY)
                assert "in_progress" == bound.improvement(one.reference).state
            connection.rollback()
        assert () == desk.improvements(Which())


def test_a_complaint_that_is_not_for_somebody_is_as_one_that_never_was() -> None:
    """Naming it in an improvement is refused in the words for what is not on file, as acting on it is."""
    staff = {"irina": {"roles": ["quality"]}, "oleg": {"roles": ["handler", "team-lead"]}}
    settings = Settings(plugins=PluginsSettings(disable=("folder",)), policy={"staff": staff})
    with kit(settings=settings) as desk:
        reference = desk.open(said("They cheat."), by="oleg", now=MONDAY).reference
        opened = desk.improve(PLAN, by="irina", now=MONDAY).reference
        desk.act(reference, actions.Restrict(reason="names a colleague"), by="oleg", now=MONDAY)
        with pytest.raises(NotFound):
            desk.act(reference, actions.Note(text="x"), by="irina", now=MONDAY)
        plan = evolve(PLAN, complaints=(reference,))
        with pytest.raises(NotAllowed, match="is no complaint on file"):
            desk.improve(plan, by="irina", now=MONDAY)
        with pytest.raises(NotAllowed, match="is no complaint on file"):
            desk.act_on(opened, improving.Link(complaints=(reference,)), by="irina", now=MONDAY)
        with pytest.raises(NotAllowed, match="is confidential"):
            desk.improve(plan, by="oleg", now=MONDAY)
