"""A case as one page: complete, self-contained, provable, and with people left out where that is asked for."""

import re
from contextlib import suppress
from html.parser import HTMLParser

import pytest

from complaintkit import Attachment, Message, NotAllowed, NotFound, Person
from complaintkit.app import ComplaintKit
from complaintkit.case.actions import (
    AddTask,
    AnswerTask,
    Approve,
    Assess,
    Dispute,
    Hold,
    HoldLegally,
    NameStaff,
    Note,
    Promise,
    Propose,
    ReferOut,
    Respond,
)
from tests.house.kits import MONDAY, kit

from .cases import hours

ANNA = Person(name="Annabella Sidorova", email="annabella@example.org", phone="+7 999 123-45-67")


def told(desk: ComplaintKit) -> str:
    """Put a case on file to which much has happened; return its reference."""
    text = "I am Annabella Sidorova. <script>alert(1)</script> Call +7 (999) 123 45 67!"
    sent = Message(text=text, subject="Kettle", sender=ANNA, attachments=(Attachment("me.jpg", "image/jpeg", b"jpg"),))
    reference = desk.open(sent, now=MONDAY).reference
    steps = (
        Assess(category="refund", severity="high"),
        Hold(text="The works is slow.", until=MONDAY + hours(90)),
        Note(text="Annabella sounded angry"),
        AddTask(who="legal", text="Do we owe it?"),
        Promise(what="a call", until=MONDAY + hours(50), kind="contact"),
        HoldLegally(reason="a claim"),
    )
    for hour, step in enumerate(steps, 2):
        desk.act(reference, step, by="irina", now=MONDAY + hours(hour))
    answer = AnswerTask(task="task-1", text="Privileged: we do owe it.")
    desk.act(reference, answer, by="vera", now=MONDAY + hours(9))
    draft = Propose(outcome="not_upheld", text="No, Annabella.", reason="as agreed", finding="looked")
    desk.act(reference, draft, by="irina", now=MONDAY + hours(10))
    for name in ("vera", "boris"):
        if any(one.action == "approve" for one in desk.possible(reference, by=name) if one.possible):
            with suppress(NotAllowed):
                desk.act(reference, Approve(), by=name, now=MONDAY + hours(11))
    desk.act(reference, Respond(), by="irina", now=MONDAY + hours(11))
    desk.act(reference, Dispute(reason="But it is broken!"), by="irina", now=MONDAY + hours(12))
    desk.act(reference, ReferOut(body="The Ombudsman", kind="ombudsman"), by="irina", now=MONDAY + hours(13))
    desk.work(MONDAY + hours(14))
    return reference


class Tags(HTMLParser):
    """Collects which tags a page has, and whether every one that is opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Note an opening tag."""
        self.tags.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        assert tag == self.open.pop()


def test_the_page_has_everything_and_needs_nothing() -> None:
    """Words of both sides, decisions, promises, bodies, attachments with digests; nothing that would be fetched."""
    with kit() as desk:
        reference = told(desk)
        page = desk.bundle(reference, now=MONDAY + hours(20))
        file = desk.file(reference)
    seen = Tags()
    seen.feed(page)
    assert [] == seen.open
    assert {"script", "img", "link", "iframe"}.isdisjoint(seen.tags)
    assert re.search(r"""(?:src|href)=|url\(|@import""", page) is None
    for words in (
        "&lt;script&gt;", "The works is slow.", "No, Annabella.", "But it is broken!", "a call", "The Ombudsman",
        "me.jpg", "annabella@example.org", "Legal hold", "Privileged: we do owe it.",
        "to the complainant: response",
    ):  # fmt: skip
        assert words in page, words
    assert all(one.hash in page for one in file)
    assert file[0].entry.attachments[0].digest in page  # type: ignore[attr-defined]


def test_people_are_left_out_wherever_they_are_mentioned() -> None:
    """Name in any place, address and telephone however it is spelt; digests and everything else stand."""
    with kit() as desk:
        reference = told(desk)
        page = desk.bundle(reference, redacted=True, now=MONDAY + hours(20))
    for words in ("Annabella", "Sidorova", "annabella@", "123 45 67", "123-45-67", "me.jpg"):
        assert words not in page, words
    assert "Redacted" in page
    assert "But it is broken!" in page


def test_notes_and_restricted_opinions_are_left_out_where_that_is_asked_for() -> None:
    """What colleagues wrote for each other and what legal advised is not for a body outside; the digests stay."""
    with kit() as desk:
        reference = told(desk)
        page = desk.bundle(reference, notes=False, now=MONDAY + hours(20))
        note = next(one.entry for one in desk.file(reference) if one.entry.kind == "noted")
    assert "sounded angry" not in page
    assert "Privileged" not in page
    assert note.text.digest in page  # type: ignore[attr-defined]


def test_who_may_not_see_a_case_gets_no_page_of_it() -> None:
    """The page is made of what the person may see: a case about them does not exist."""
    with kit() as desk:
        reference = told(desk)
        assert "The works is slow." in desk.seen_by("boris").bundle(reference, now=MONDAY + hours(20))
        desk.act(reference, NameStaff(names=("boris",), reason="named in it"), by="vera", now=MONDAY + hours(15))
        with pytest.raises(NotFound):
            desk.seen_by("boris").bundle(reference)
        with pytest.raises(NotFound):
            desk.bundle("CK-1111-1111")
