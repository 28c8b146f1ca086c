"""What every store does with notices, changes, and the record of plugins."""

import attrs
import pytest

from complaintkit.case.entries import NoticeSent
from complaintkit.checks import FrozenMapping
from complaintkit.errors import Stale, StoreError
from complaintkit.families import Change
from complaintkit.guard import in_transaction
from complaintkit.message import Delivery
from complaintkit.store.port import Due, Store
from tests.contract.cases import DAY, HOUR, LEASE, NOON, REFERENCE, changes, note, notice, opened, opening, step, write

SENT = Delivery("sent", message_id="<out@x>")


class OutgoingSuite:
    """The outbox: stored with the step that called for it, leased to one worker, ended once."""

    def take(self, store: Store, after: object = HOUR, limit: int = 9) -> tuple[Due, ...]:
        """Take waiting notices."""
        with store.begin() as unit:
            return unit.take_notices(NOON + after, LEASE, limit)  # type: ignore[operator]

    def test_a_notice_comes_back_equal(self, store: Store) -> None:
        """Every field of a notice survives the outbox, odd text in it replaced visibly."""
        whole = notice(
            reference=REFERENCE, subject="Re: жалоба", body="Здравствуйте 😀", facts=FrozenMapping({"a": "б", "c": ""}),
            answers=("<1@x>", "<2@x>"), reply_token="t",
        )  # fmt: skip
        odd = notice("n-2", body="a\0b", facts=FrozenMapping({"x": "\0"}))
        write(store, attrs.evolve(opening(), notices=(whole, odd)))
        first, second = self.take(store)
        assert (whole, "waiting", 1, NOON + HOUR + LEASE) == (first.notice, first.state, first.attempts, first.next_at)
        assert ("a␀b", "␀") == (second.notice.body, second.notice.facts["x"])

    def test_a_notice_is_stored_once(self, store: Store) -> None:
        """The same identifier again is the same notice, whoever adds it."""
        with store.begin() as unit:
            unit.add_notice(notice())
            unit.add_notice(notice(body="again"))
        write(store, attrs.evolve(opening(), notices=(notice(body="again"),)))
        (due,) = store.outbox("waiting", 9)
        assert "" == due.notice.body

    def test_notices_are_taken_oldest_first_and_leased(self, store: Store) -> None:
        """Nobody else gets a taken notice before the lease ends; nobody gets one before its moment."""
        with store.begin() as unit:
            for number, after in ((1, 2), (2, 1), (3, 3)):
                unit.add_notice(notice(f"n-{number}", at=NOON + after * HOUR))
        assert ["n-2"] == [due.notice.id for due in self.take(store, 2 * HOUR, 1)]
        assert ["n-1"] == [due.notice.id for due in self.take(store, 2 * HOUR)]
        assert [] == [due.notice.id for due in self.take(store, 2 * HOUR)]
        again = self.take(store, 2 * HOUR + LEASE)
        assert [("n-2", 2), ("n-1", 2)] == [(due.notice.id, due.attempts) for due in again] or [
            ("n-1", 2),
            ("n-2", 2),
        ] == [(due.notice.id, due.attempts) for due in again]

    def test_a_postponed_notice_waits(self, store: Store) -> None:
        """Put back, it is taken again from its new moment on and says why it waits."""
        with store.begin() as unit:
            unit.add_notice(notice())
        self.take(store)
        with store.begin() as unit:
            unit.postpone_notice("n-1", NOON + DAY, "mailbox full")
        assert () == self.take(store, DAY - HOUR)
        (due,) = self.take(store, DAY)
        assert ("mailbox full", 2) == (due.detail, due.attempts)

    def test_a_settled_notice_has_ended(self, store: Store) -> None:
        """Sent or refused, it is taken no more, put back no more, and settled no second time."""
        with store.begin() as unit:
            unit.add_notice(notice())
            unit.settle_notice("n-1", Delivery("refused", "no such address"))
            unit.settle_notice("n-1", SENT)
            unit.postpone_notice("n-1", NOON, "again")
        assert () == self.take(store, DAY)
        (due,) = store.outbox("refused", 9)
        assert "no such address" == due.detail
        assert () == store.outbox("sent", 9) == store.outbox("waiting", 9)

    def test_a_failed_delivery_settles_nothing(self, store: Store) -> None:
        """What failed is to be postponed, and a store says so."""
        with store.begin() as unit:
            unit.add_notice(notice())
        with pytest.raises(StoreError, match="postpone"), store.begin() as unit:
            unit.settle_notice("n-1", Delivery("failed"))

    def test_entry_and_settling_are_one_step(self, store: Store) -> None:
        """That a notice went out is put on file once: the second worker is refused, its entry with it."""
        write(store, attrs.evolve(opening(), notices=(notice(reference=REFERENCE),)))

        def told() -> None:
            case = store.case(REFERENCE)
            entry = NoticeSent(
                at=NOON, by="complaintkit", notice="n-1", occasion="owner", audience="desk", notifier="test"
            )
            write(store, step(case, entry, settles=(("n-1", SENT),)))

        told()
        with pytest.raises(Stale, match="notice n-1 was settled meanwhile"):
            told()
        assert 4 == store.case(REFERENCE).version
        assert 1 == len(store.outbox("sent", 9))

    def test_the_outbox_is_listed_oldest_first(self, store: Store) -> None:
        """A list shows no more than asked for, first stored first."""
        with store.begin() as unit:
            for number in (3, 1, 2):
                unit.add_notice(notice(f"n-{number}"))
        assert ["n-3", "n-1"] == [due.notice.id for due in store.outbox("waiting", 2)]

    def test_changes_are_told_until_settled(self, store: Store) -> None:
        """Each change is leased, comes again while it is not settled, and goes when it is."""
        first = opening(title="with \0")
        (told,) = changes(first.case, first.entries[:1])
        write(store, attrs.evolve(first, changes=(told,)))
        write(
            store, step(store.case(REFERENCE), note(), changes=changes(store.case(REFERENCE), [note(at=NOON + HOUR)]))
        )

        def take(after: object) -> list[tuple[int, Change, int]]:
            with store.begin() as unit:
                return list(unit.take_changes(NOON + after, LEASE, 9))  # type: ignore[operator]

        ((number, change, attempts),) = take(0 * HOUR)
        assert (attrs.evolve(told, case=attrs.evolve(told.case, title="with ␀")), 1) == (change, attempts)
        assert [] == take(0 * HOUR)
        with store.begin() as unit:
            unit.settle_change(number, NOON + 2 * HOUR)
        ((other, _, _),) = take(HOUR)
        with store.begin() as unit:
            unit.settle_change(other, None)
        assert [(number, 2)] == [(one, attempts) for one, _, attempts in take(2 * HOUR)]
        with store.begin() as unit:
            unit.settle_change(number, None)
            unit.settle_change(number, None)
        assert [] == take(9 * DAY)

    def test_failures_of_plugins_are_counted(self, store: Store) -> None:
        """Each plugin's hook has one record: how often, what last, where last."""
        with store.begin() as unit:
            unit.record_failure("b", "hook", "first", "", NOON)
            unit.record_failure("b", "hook", "second\0", REFERENCE, NOON + HOUR)
            unit.record_failure("a", "hook", "other", "", NOON)
        a, b = store.plugin_records()
        assert ("a", 1) == (a.plugin, a.failures)
        assert (2, "second␀", NOON + HOUR, REFERENCE, None) == (
            b.failures, b.last_problem, b.last_at, b.last_reference, b.open_until,
        )  # fmt: skip

    def test_a_breaker_is_seen_by_all(self, store: Store) -> None:
        """An open breaker stays on record through further failures until it is closed."""
        with store.begin() as unit:
            unit.set_breaker("a", "hook", None)
        assert () == store.plugin_records()
        with store.begin() as unit:
            unit.set_breaker("a", "hook", NOON + HOUR)
            unit.record_failure("a", "hook", "again", "", NOON)
        (record,) = store.plugin_records()
        assert (1, NOON + HOUR) == (record.failures, record.open_until)
        with store.begin() as unit:
            unit.set_breaker("a", "hook", None)
        assert [None] == [record.open_until for record in store.plugin_records()]

    def test_the_balance_adds_up(self, store: Store) -> None:
        """Figures are the sums of what is stored."""
        opened(store, 1, 2)
        opened(store, 3, assessed=False)
        with store.begin() as unit:
            for number in range(3):
                unit.add_notice(notice(f"n-{number}"))
            unit.settle_notice("n-0", Delivery("refused"))
        figures = store.figures()
        assert (3, 3, 1, 8, 2, 1) == (
            figures.complaints, figures.open, figures.unassessed, figures.entries, figures.waiting_notices,
            figures.refused_notices,
        )  # fmt: skip

    def test_no_plugin_is_called_in_a_transaction(self, store: Store) -> None:
        """The guard knows that a transaction is open, and when it is over."""
        with store.begin():
            assert in_transaction()
        assert not in_transaction()
