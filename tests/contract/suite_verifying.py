"""What every store notices when somebody has been at its data behind its back."""

from typing import Protocol

import pytest

from complaintkit.case.entries import Replied
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import Content, digest_of
from complaintkit.message import Attachment
from complaintkit.store.port import Finding, Store
from tests.contract.cases import HOUR, NOON, REFERENCE, note, on_file, opened, step, write


class Tamper(Protocol):
    """Somebody with full rights over the stored data, and no scruples."""

    def entry(self, seq: int, **values: object) -> None:
        """Change columns of an entry."""

    def delete_entry(self, seq: int) -> None:
        """Take an entry away."""

    def swap(self, one: int, other: int) -> None:
        """Let two entries change places."""

    def complaint(self, **values: object) -> None:
        """Change columns of the complaint."""

    def clock(self, position: int, **values: object) -> None:
        """Change columns of a clock."""

    def content(self, digest: str, **values: object) -> None:
        """Change columns of a content."""

    def delete_content(self, digest: str) -> None:
        """Take a content away."""

    def envelope(self, **values: object) -> None:
        """Change columns of the envelope."""

    def attachment(self, data: bytes) -> None:
        """Change the bytes of the attachment."""

    def delete_attachment(self) -> None:
        """Take the attachment away."""


class VerifyingSuite:
    """A clean store verifies; each kind of tampering is found and its place named."""

    @pytest.fixture
    def case(self, store: Store) -> Store:
        """Put a case with five entries on file, between two others, and return the store."""
        opened(store, 1)
        case = on_file(store)
        write(store, step(case, note("Called the shop.")))
        reply = Replied(at=NOON + HOUR, by="ana", stage=Stage.IN_PROGRESS, text=Content.of("Sorry."))
        write(store, step(store.case(REFERENCE), reply))
        opened(store, 2)
        assert [] == list(store.verify())
        return store

    def found(self, store: Store) -> list[Finding]:
        """Return the findings, all of which must name the case that was tampered with."""
        findings = list(store.verify())
        assert {REFERENCE} == {finding.reference for finding in findings}
        return findings

    def only(self, store: Store) -> Finding:
        """Return the one finding."""
        (finding,) = self.found(store)
        return finding

    def test_an_edited_entry_is_found(self, case: Store, tamper: Tamper) -> None:
        """Other data in an entry does not follow from the hashes."""
        data = case.file(REFERENCE)[2]
        tamper.entry(3, data=_dumped(case, 3).replace('"normal"', '"critical"'))
        finding = self.only(case)
        assert (data.seq, True) == (finding.seq, "not the one that was filed here" in finding.problem)

    def test_an_edited_author_or_moment_is_found(self, case: Store, tamper: Tamper) -> None:
        """The columns beside the data are committed to as well."""
        tamper.entry(4, by="bob")
        assert [4, 4] == [finding.seq for finding in self.found(case)]

    def test_a_recomputed_hash_breaks_the_next_link(self, case: Store, tamper: Tamper) -> None:
        """Who mends the hash of an edited entry has to mend every later one, and the head."""
        tamper.entry(5, hash="0" * 64)
        assert [5] == [finding.seq for finding in self.found(case)]

    def test_a_deleted_entry_is_found(self, case: Store, tamper: Tamper) -> None:
        """A gap in the file is named by its place."""
        tamper.delete_entry(3)
        assert ["entry 3 missing from the file"] == [one.problem for one in self.found(case) if one.seq == 3]

    def test_the_missing_first_entry_is_found(self, case: Store, tamper: Tamper) -> None:
        """A file without its beginning is found."""
        tamper.delete_entry(1)
        assert 1 == self.found(case)[0].seq

    def test_a_cut_tail_is_found(self, case: Store, tamper: Tamper) -> None:
        """An end that is cut off shows against the complaint."""
        tamper.delete_entry(5)
        found = self.found(case)
        assert (5, True) == (found[0].seq, "file ends after 4" in found[0].problem)

    def test_a_cut_tail_with_the_version_put_back_is_found(self, case: Store, tamper: Tamper) -> None:
        """The head still commits to the entry that is gone."""
        tamper.delete_entry(5)
        tamper.complaint(version=4)
        assert any("head" in finding.problem for finding in self.found(case))

    def test_a_swapped_pair_is_found(self, case: Store, tamper: Tamper) -> None:
        """Two entries in each other's place do not follow from what is before them."""
        tamper.swap(3, 4)
        assert {3, 4} <= {finding.seq for finding in self.found(case)}

    @pytest.mark.parametrize(
        ("name", "value"),
        [("owner", "bob"), ("category", "other"), ("stage", "closed"), ("level", 3), ("repeat_of", "X")],
    )
    def test_a_complaint_that_differs_is_found(self, case: Store, tamper: Tamper, name: str, value: object) -> None:
        """The complaint must be what its entries add up to; the field that is not is named."""
        tamper.complaint(**{name: value})
        finding = self.only(case)
        assert finding.problem.startswith(f"{name} is {value}, its entries add up to ")

    def test_an_edited_clock_is_found(self, case: Store, tamper: Tamper) -> None:
        """A deadline moved by hand is named by clock and field."""
        tamper.clock(2, level=2)
        assert "clock 3 (final_response): level differs from what its entries add up to" == self.only(case).problem

    def test_an_edited_content_is_found(self, case: Store, tamper: Tamper) -> None:
        """Other words under the same digest are found, and the entry they belong to."""
        tamper.content(case.case(REFERENCE).narrative.digest, text="It arrived whole.")
        finding = self.only(case)
        assert (1, True) == (finding.seq, "not the one that was sealed" in finding.problem)

    def test_a_deleted_content_is_found(self, case: Store, tamper: Tamper) -> None:
        """Erasing leaves the row; a missing row is no erasure."""
        tamper.delete_content(case.case(REFERENCE).narrative.digest)
        assert "missing" in self.only(case).problem

    def test_erased_contents_keep_the_chain_whole(self, case: Store, tamper: Tamper) -> None:
        """Text and salt gone, everything still verifies and reads as erased."""
        whole = case.case(REFERENCE)
        for content in (whole.person, whole.title, whole.narrative):
            tamper.content(content.digest, text=None, salt="")
        assert [] == list(case.verify())
        erased = case.case(REFERENCE)
        assert (None, "[erased]", True) == (erased.narrative.text, str(erased.title), erased.complainant.anonymous)
        assert whole.narrative.digest == erased.narrative.digest
        assert digest_of("", "It arrived broken.") != erased.narrative.digest

    def test_a_half_erased_content_is_found(self, case: Store, tamper: Tamper) -> None:
        """A salt that stays behind would let short texts be guessed."""
        tamper.content(case.case(REFERENCE).narrative.digest, text=None)
        assert "not the one that was sealed" in self.only(case).problem

    def test_a_flipped_raw_byte_is_found(self, case: Store, tamper: Tamper) -> None:
        """The envelope's bytes are those that came in."""
        tamper.envelope(raw=b"It arrived brokem.")
        assert "envelope 1: its raw bytes are not those that came in" == self.only(case).problem

    def test_an_envelope_that_lost_its_case_is_found(self, case: Store, tamper: Tamper) -> None:
        """An accepted envelope is named by its case, and the case's envelope is accepted for it."""
        tamper.envelope(state="parked")
        finding = self.only(case)
        assert (1, True) == (finding.seq, "envelope 1, which is parked" in finding.problem)

    def test_an_envelope_accepted_for_another_case_is_found(self, case: Store, tamper: Tamper) -> None:
        """Both sides are reported: the case that is not named, and the one whose envelope is another's."""
        tamper.envelope(reference="CK-TEST-0001")
        references = [finding.reference for finding in case.verify()]
        assert ["CK-7F3K-92DX", "CK-TEST-0001"] == sorted(references)

    def test_a_changed_attachment_is_found(self, case: Store, tamper: Tamper) -> None:
        """An attachment is what its digest says."""
        tamper.attachment(b"other")
        (finding,) = case.verify()
        assert Attachment("photo.jpg", "image/jpeg", b"\xff\xd8").digest[:12] in finding.problem

    def test_a_missing_attachment_is_found(self, case: Store, tamper: Tamper) -> None:
        """A file that an entry names has to be there."""
        tamper.delete_attachment()
        finding = self.only(case)
        assert (1, True) == (finding.seq, "is not stored" in finding.problem)

    def test_every_finding_stands_alone(self, case: Store, tamper: Tamper) -> None:
        """One spoilt case hides no other, and one spoilt entry no later one."""
        tamper.entry(2, data="{}")
        tamper.entry(4, data="no json")
        assert [2, 2, 4, 4] == sorted(finding.seq for finding in self.found(case) if finding.seq)


def _dumped(store: Store, seq: int) -> str:
    from complaintkit import codec

    return codec.canonical(codec.dump_entry(store.file(REFERENCE)[seq - 1].entry)).decode()
