"""What every store does with envelopes and cases."""

from datetime import timedelta, timezone

import attrs
import pytest

from complaintkit.case.entries import Responded
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content
from complaintkit.errors import NotFound, Stale, StoreError
from complaintkit.message import Attachment
from complaintkit.store import chain
from complaintkit.store.port import Filter, Kept, Store, Thread, Written
from tests.contract.cases import DAY, HOUR, LEASE, NOON, REFERENCE, item, note, on_file, opened, opening, step, write


class EnvelopeSuite:
    """Raw bytes first, once, and never out of sight."""

    def keep(self, store: Store, number: int = 1, **more: bytes) -> Kept:
        """Keep an item."""
        with store.begin() as unit:
            return unit.keep(item(number, **more), NOON, LEASE)

    def test_what_is_kept_comes_back_byte_for_byte(self, store: Store) -> None:
        """Bytes of every value, and the circumstances of their arrival, are on file as they came."""
        raw = bytes(range(256)) * 300
        kept = self.keep(store, raw=raw)
        again = store.envelope(kept.number)
        assert (True, 1, "new", 1, NOON + LEASE) == (
            kept.fresh,
            kept.number,
            kept.state,
            kept.attempts,
            kept.leased_until,
        )
        assert attrs.evolve(kept, fresh=False) == again
        assert raw == again.envelope.raw

    def test_keeping_the_same_again_finds_the_first(self, store: Store) -> None:
        """The same item is stored once, whatever has become of it meanwhile."""
        first = self.keep(store)
        with store.begin() as unit:
            unit.settle_envelope(first.number, "parked", reason="cannot be read")
        again = self.keep(store)
        assert (False, first.number, "parked", "cannot be read") == (
            again.fresh,
            again.number,
            again.state,
            again.reason,
        )
        assert 1 == store.figures().envelopes

    def test_the_same_identifier_with_other_bytes_is_another_item(self, store: Store) -> None:
        """An identifier alone proves nothing; neither do the bytes alone."""
        numbers = {
            self.keep(store).number, self.keep(store, raw=b"Something else.").number, self.keep(store, number=2).number,
        }  # fmt: skip
        assert {1, 2, 3} == numbers

    def test_leases_keep_others_away_until_they_expire(self, store: Store) -> None:
        """A kept envelope is its keeper's; after the lease the next worker gets it, counted as another attempt."""
        kept = self.keep(store)
        with store.begin() as unit:
            assert () == unit.take_envelopes(NOON + LEASE - timedelta(microseconds=1), LEASE, 9)
            (taken,) = unit.take_envelopes(NOON + LEASE, LEASE, 9)
            assert () == unit.take_envelopes(NOON + LEASE, LEASE, 9)
        assert (kept.number, 2, NOON + 2 * LEASE) == (taken.number, taken.attempts, taken.leased_until)
        assert taken == store.envelope(kept.number)

    def test_envelopes_are_taken_oldest_first_and_no_more_than_asked_for(self, store: Store) -> None:
        """Whoever waits longest comes first."""
        numbers = [self.keep(store, number=number).number for number in range(1, 6)]
        with store.begin() as unit:
            taken = unit.take_envelopes(NOON + DAY, LEASE, 3)
        assert numbers[:3] == [kept.number for kept in taken]

    def test_what_was_parked_can_be_read_again_from_the_start(self, store: Store) -> None:
        """A person may put a parked envelope back; its attempts begin anew and nobody holds it."""
        kept = self.keep(store)
        with store.begin() as unit:
            unit.settle_envelope(kept.number, "parked", reason="no plugin for it")
            unit.settle_envelope(kept.number, "new")
            (taken,) = unit.take_envelopes(NOON, LEASE, 9)
        assert (1, "") == (taken.attempts, taken.reason)

    def test_what_was_accepted_stays_so(self, store: Store) -> None:
        """A worker that comes too late cannot park what another has accepted."""
        on_file(store)
        with pytest.raises(Stale, match="envelope 1 was settled meanwhile"), store.begin() as unit:
            unit.settle_envelope(1, "parked", reason="too late")
        assert ("accepted", REFERENCE) == (store.envelope(1).state, store.envelope(1).reference)

    def test_two_workers_make_one_complaint_of_an_envelope(self, store: Store) -> None:
        """Whoever writes second for an envelope is refused, and nothing of the second case is stored."""
        kept = self.keep(store)
        write(store, opening(envelope=kept.number))
        with pytest.raises(Stale), store.begin() as unit:
            unit.write(opening("CK-TEST-0002", envelope=kept.number))
        assert 1 == store.figures().complaints
        with pytest.raises(NotFound):
            store.case("CK-TEST-0002")

    def test_unknown_envelopes_are_not_found(self, store: Store) -> None:
        """A number nobody gave out is refused with that number."""
        with pytest.raises(NotFound, match="#7"):
            store.envelope(7)
        with pytest.raises(NotFound, match="#7"), store.begin() as unit:
            unit.settle_envelope(7, "parked")

    def test_envelopes_are_listed_by_state(self, store: Store) -> None:
        """A list shows one state, oldest first, page by page."""
        for number in range(1, 5):
            self.keep(store, number=number)
        with store.begin() as unit:
            unit.settle_envelope(2, "duplicate", REFERENCE, "the same")
        assert [1, 3] == [kept.number for kept in store.envelopes("new", 2)]
        assert [4] == [kept.number for kept in store.envelopes("new", 2, 2)]
        assert ["the same"] == [kept.reason for kept in store.envelopes("duplicate", 9)]


class CaseSuite:
    """A case is stored whole or not at all, and only by whoever saw its latest version."""

    def test_a_case_comes_back_equal(self, store: Store) -> None:
        """Opened and changed, the stored complaint is what its entries add up to."""
        first = opening(contact="c1", language="fil")
        write(store, first)
        assert first.case == store.case(REFERENCE)
        second = step(
            first.case, note(), Responded(at=NOON + HOUR, by="ana", stage=Stage.RESPONDED, text=Content.of("Sorry."))
        )
        write(store, second)
        assert second.case == store.case(REFERENCE)
        assert [*first.entries, *second.entries] == [filed.entry for filed in store.file(REFERENCE)]

    def test_moments_come_back_in_utc(self, store: Store) -> None:
        """Whatever zone a moment was given in, the same instant comes back in UTC."""
        manila = timezone(timedelta(hours=8))
        write(store, opening(at=NOON.astimezone(manila)))
        case = store.case(REFERENCE)
        assert NOON == case.received_at
        assert timedelta() == case.received_at.utcoffset() == case.clocks[0].due_at.utcoffset()

    def test_the_file_is_a_chain(self, store: Store) -> None:
        """Each entry hangs on the one before, the first on the reference, across several steps."""
        write(store, opening())
        write(store, step(store.case(REFERENCE), note()))
        file = store.file(REFERENCE)
        assert [1, 2, 3, 4] == [filed.seq for filed in file]
        assert [chain.first(REFERENCE), *(filed.hash for filed in file[:-1])] == [filed.previous for filed in file]
        assert 4 == len({filed.hash for filed in file})

    def test_two_who_saw_the_same_version_cannot_both_write(self, store: Store) -> None:
        """The second is told that the case has changed, and nothing of its step is stored."""
        write(store, opening())
        seen = store.case(REFERENCE)
        write(store, step(seen, note("first")))
        with pytest.raises(Stale, match=REFERENCE), store.begin() as unit:
            unit.write(step(seen, note("second")))
        assert 4 == store.case(REFERENCE).version == len(store.file(REFERENCE))

    def test_a_reference_is_given_once(self, store: Store) -> None:
        """Opening a second case under the same reference is refused, and the first stays as it was."""
        write(store, opening(words="first"))
        with pytest.raises(Stale), store.begin() as unit:
            unit.write(opening(words="second"))
        assert "first" == store.case(REFERENCE).narrative.text

    def test_a_step_that_does_not_add_up_is_refused(self, store: Store) -> None:
        """Version, entries and case must fit together."""
        whole = opening()
        with pytest.raises(StoreError, match="2 entries on version 0 do not give version 3"), store.begin() as unit:
            unit.write(attrs.evolve(whole, entries=whole.entries[:2]))

    def test_an_error_takes_everything_back(self, store: Store) -> None:
        """After an exception nothing of the transaction is there, whatever it did before."""

        def much() -> None:
            with store.begin() as unit:
                kept = unit.keep(item(), NOON, LEASE)
                unit.write(opening(envelope=kept.number, attachments=(Attachment("a", "text/plain", b"a"),)))
                unit.record_failure("plugin", "hook", "problem", "", NOON)
                raise RuntimeError

        with pytest.raises(RuntimeError):
            much()
        assert (0, 0, 0) == (store.figures().envelopes, store.figures().complaints, store.figures().entries)
        assert () == store.plugin_records() == store.file(REFERENCE)
        with pytest.raises(NotFound):
            store.attachment(Attachment("a", "text/plain", b"a").digest)

    def test_unknown_cases_are_not_found(self, store: Store) -> None:
        """A reference that nobody has is not found, and has no file."""
        with pytest.raises(NotFound, match="CK-9999-9999"):
            store.case("CK-9999-9999")
        assert () == store.file("CK-9999-9999")

    def test_attachments_are_stored_once_under_their_digest(self, store: Store) -> None:
        """The same file sent twice takes its place once and comes back byte for byte."""
        photo = Attachment("photo.jpg", "image/jpeg", b"\xff\xd8\0\0")
        write(store, opening(attachments=(photo, attrs.evolve(photo, name="again.jpg"))))
        write(store, opening("CK-TEST-0002", attachments=(photo,)))
        assert photo.data == store.attachment(photo.digest)
        with pytest.raises(NotFound):
            store.attachment("0" * 64)

    def test_threads_are_found_by_their_identifiers(self, store: Store) -> None:
        """Identifiers lead to cases; one identifier may stand for different messages, and is filed once for each."""
        one = Thread(message_id="<1@x>", reference=REFERENCE, digest="d1")
        other = attrs.evolve(one, digest="d2")
        write(store, opening(threads=(one,)))
        write(store, step(store.case(REFERENCE), note(), threads=(other,)))
        with pytest.raises(Stale):
            write(store, step(store.case(REFERENCE), note(), threads=(one,)))
        assert (one, other) == store.threads(["<1@x>", "<2@x>"])
        assert () == store.threads([]) == store.threads(["<2@x>"])

    def test_text_no_database_takes_is_replaced_visibly(self, store: Store) -> None:
        """NUL and lone surrogates become signs one can see, everywhere alike; the file still verifies."""
        identifier = "<nul\0\udc80@x>"
        thread = Thread(message_id=identifier, reference=REFERENCE, digest="d")
        write(store, opening(title="a\0b", words="😀 \ud83d alone \0", owner="own\0er", threads=(thread,)))
        case = store.case(REFERENCE)
        assert ("a␀b", "😀 \ufffd alone ␀", "own␀er") == (case.title.text, case.narrative.text, case.owner)
        assert (thread,) == store.threads([identifier])
        write(store, step(case, note("more \0")))
        assert "more ␀" == store.file(REFERENCE)[-1].entry.text.text  # type: ignore[attr-defined]
        assert [] == list(store.verify())

    def test_endless_identifiers_are_found_again(self, store: Store) -> None:
        """Identifiers of hostile length are kept apart and found, though no index takes them whole."""
        ids = ["<" + "ж" * 50_000 + end for end in ("1@x>", "2@x>")]
        threads = tuple(Thread(message_id=one, reference=REFERENCE, digest="d") for one in ids)
        write(store, opening(threads=threads))
        assert (threads[1],) == store.threads([ids[1]])
        with store.begin() as unit:
            kept = [unit.keep(attrs.evolve(item(), source_id=one), NOON, LEASE) for one in (*ids, ids[0])]
        assert [True, True, False] == [one.fresh for one in kept]

    def test_due_cases_come_earliest_first(self, store: Store) -> None:
        """A case is due from the moment on, not before; ended ones never."""
        opened(store, 3, at=NOON)
        opened(store, 1, at=NOON - DAY)
        moment = store.case("CK-TEST-0003").due_at
        assert moment is not None
        assert ("CK-TEST-0001",) == store.due(moment - timedelta(microseconds=1), 9)
        assert ("CK-TEST-0001", "CK-TEST-0003") == store.due(moment, 9)
        assert ("CK-TEST-0001",) == store.due(moment, 1)

    def test_cases_without_assessment_come_oldest_first(self, store: Store) -> None:
        """Whoever died between registering and assessing left a case that is found again."""
        opened(store, 2, at=NOON, assessed=False)
        opened(store, 1, at=NOON - DAY, assessed=False)
        opened(store, 3, at=NOON - DAY)
        assert ("CK-TEST-0001", "CK-TEST-0002") == store.unassessed(9)
        assert ("CK-TEST-0001",) == store.unassessed(1)

    def test_a_secret_is_kept_with_the_store(self, store: Store) -> None:
        """The secret is long and the same at every call."""
        assert 32 == len(store.secret())
        assert store.secret() == store.secret()

    def test_lists_narrow_by_every_condition(self, store: Store) -> None:
        """Each part of a filter narrows, all of them together too."""
        opened(store, 1, at=NOON, contact="c1", category="late", owner="ana")
        opened(store, 2, at=NOON + DAY, contact="c1", channel="email", category="rude")
        opened(store, 3, at=NOON + 2 * DAY)

        def found(**which: object) -> list[int]:
            return [int(case.reference[-4:]) for case in store.cases(Filter(**which))]  # type: ignore[arg-type]

        assert [1, 2, 3] == found() == found(open=True)
        assert [] == found(open=False)
        assert [3, 2, 1] == found(order="received")
        assert [2, 1] == found(contact="c1", order="received")
        assert [2] == found(channel="email") == found(category="rude") == found(contact="c1", offset=1)
        assert [1] == found(owner="ana") == found(since=NOON, until=NOON + DAY) == found(limit=1)
        assert [3] == found(category="")
        assert [1, 2, 3] == found(stages=(Stage.IN_PROGRESS, Stage.WAITING))
        assert [] == found(stages=(Stage.WAITING,))
        assert [1] == found(due_before=store.case("CK-TEST-0002").due_at)
        assert [2] == found(
            open=True, stages=(Stage.IN_PROGRESS,), channel="email", category="rude", owner="desk", contact="c1",
            since=NOON, until=NOON + 3 * DAY, due_before=NOON + 9 * DAY,
        )  # fmt: skip

    def test_listed_cases_are_whole(self, store: Store) -> None:
        """A case in a list equals the same case asked for by itself."""
        opened(store, 1, 2)
        assert tuple(map(store.case, ("CK-TEST-0001", "CK-TEST-0002"))) == store.cases(Filter())

    def test_cases_without_a_next_moment_are_listed_last(self, store: Store) -> None:
        """Sorted by what is due, those that wait for nothing come after all others."""
        one, two = opened(store, 1, 2)
        met = tuple(clock.meet(NOON) for clock in one.clocks)
        assert len(met) == len(one.clocks)
        write(store, step(one, Responded(at=NOON, by="ana", stage=Stage.RESPONDED, text=Content.of("Sorry."))))
        assert [two.reference, one.reference] == [case.reference for case in store.cases(Filter(open=True))]

    def test_a_step_without_entries_changes_nothing_in_the_file(self, store: Store) -> None:
        """A step may only settle something; the case stays at its version."""
        case = on_file(store)
        write(store, Written(before=case.version, case=case, entries=()))
        assert case == store.case(REFERENCE)
        assert [] == list(store.verify())
