"""Whatever a notice says, its mail has exactly the headers it should have, and its text is read back unchanged."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from complaintkit import Notice
from complaintkit_email.compose import Composer, ascii_address

ALWAYS = {"mime-version", "from", "to", "subject", "date", "message-id", "content-type", "content-transfer-encoding"}
MACHINE = {"auto-submitted", "x-auto-response-suppress"}
evil = st.text(st.characters() | st.sampled_from('\r\n\x00:=?<>\u2028\x85,;"\\'), max_size=120)
NOTICE = Notice(
    id="CK-EHQ6-7X6D-1", reference="CK-EHQ6-7X6D", occasion="response", audience="complainant",
    recipient="ann@customer.example", medium="email", language="", created_at=datetime(2026, 11, 22, 12, tzinfo=UTC),
)  # fmt: skip


def back(raw: bytes) -> EmailMessage:
    """Read a mail with the standard library, at its strictest."""
    mail = message_from_bytes(raw, policy=policy.SMTP)
    assert isinstance(mail, EmailMessage)
    assert [] == mail.defects
    return mail


def one_line(text: str) -> str:
    """Return what may remain of a text in a header: words, no controls, no halves of characters."""
    seen = "".join(
        " " if c < " " or "\x7f" <= c <= "\x9f" or c in "\u2028\u2029" or "\ud800" <= c <= "\udfff" else c for c in text
    )
    return " ".join(seen.split())


@given(evil, evil, evil)
def test_subject_name_and_body_survive(subject: str, name: str, body: str) -> None:
    """Subject, display name and text of any letters are read back; none of them adds a header."""
    raw = Composer(name, "complaints@example.org").compose(evolve(NOTICE, subject=subject, body=body))
    mail = back(raw)

    assert ALWAYS == {header.lower() for header in mail.keys()}  # noqa: SIM118 - headers may repeat
    assert len(ALWAYS) == len(mail.keys())
    assert one_line(subject) == " ".join(str(mail["subject"]).split())
    [sender] = mail["from"].addresses
    assert "complaints@example.org" == sender.addr_spec
    # The library puts a blank between two encoded words of a long name, where RFC 2047 asks for none.
    assert one_line(name).replace(" ", "") == "".join(sender.display_name.split())
    if len(name.encode("utf-8", "replace")) <= 45:
        assert one_line(name) == " ".join(sender.display_name.split())
    assert ["ann@customer.example"] == [a.addr_spec for a in mail["to"].addresses]
    kept = "".join(c for c in body if (c >= " " or c in "\t\n\r") and c != "\x7f" and not "\ud800" <= c <= "\udfff")
    assert kept.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") == (
        mail.get_content().replace("\r\n", "\n").rstrip("\n")
    )
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")


@given(evil, evil, evil, evil, st.lists(evil, max_size=5), evil)
def test_no_field_adds_a_header(
    identifier: str, reference: str, recipient: str, token: str, answers: list[str], language: str
) -> None:
    """A notice of nothing but hostile fields is refused, or its mail has only the headers of a notice."""
    notice = evolve(
        NOTICE, id=identifier, reference=reference, recipient=recipient + "@customer.example", reply_token=token,
        answers=tuple(answers), language=language, occasion="owner", body="text",
    )  # fmt: skip
    composer = Composer("", "complaints@example.org")
    try:
        raw = composer.compose(notice)
    except ValueError:
        return
    mail = back(raw)
    headers = [header.lower() for header in mail.keys()]  # noqa: SIM118 - headers may repeat

    assert (
        ALWAYS | MACHINE
        <= set(headers)
        <= ALWAYS | MACHINE | {"reply-to", "in-reply-to", "references", "content-language"}
    )
    assert len(set(headers)) == len(headers)
    assert 1 == len(mail["to"].addresses)
    assert "text" == mail.get_content().strip()


def test_acknowledgement(notice: Notice) -> None:
    """An acknowledgement joins the conversation, brings its token back, and stops machines from answering it."""
    mail = back(Composer("Complaints", "complaints@example.org").compose(notice))
    token = notice.reply_token

    assert "<CK-EHQ6-7X6D.CK-EHQ6-7X6D-1." + token + "@example.org>" == mail["message-id"]
    assert f"complaints+{token}@example.org" == mail["reply-to"]
    assert "<new@customer.example>" == mail["in-reply-to"]
    assert "<old@customer.example> <new@customer.example>" == mail["references"]
    assert ("auto-replied", "OOF, AutoReply") == (mail["auto-submitted"], mail["x-auto-response-suppress"])
    assert ("en", "Sun, 22 Nov 2026 12:00:00 +0000") == (mail["content-language"], mail["date"])


def test_repeat_is_the_same_mail(notice: Notice) -> None:
    """A second attempt writes the same bytes, so that a mail that arrives twice can be told."""
    assert Composer("", "c@example.org").compose(notice) == Composer("", "c@example.org").compose(notice)


@pytest.mark.parametrize(
    ("occasion", "machine"), [("reply", False), ("response", False), ("overdue", True), ("interim", True)]
)
def test_only_what_people_write_may_be_answered_by_machines(occasion: str, machine: bool, notice: Notice) -> None:
    """Replies and responses carry no mark of a machine; everything else does."""
    mail = back(Composer("", "c@example.org").compose(evolve(notice, occasion=occasion)))

    assert machine == ("auto-submitted" in mail)


def test_reply_address_that_would_be_too_long_is_left_out(notice: Notice) -> None:
    """A local part beyond 64 characters would be refused; the identifier still carries the token."""
    mail = back(Composer("", "c" * 40 + "@example.org").compose(notice))

    assert mail["reply-to"] is None
    assert notice.reply_token in mail["message-id"]


def test_address_beyond_ascii(notice: Notice) -> None:
    """A domain beyond ASCII is written the way servers take it; a local part stays as it is."""
    assert "a@xn--e1afmkfd.example" == ascii_address("a@пример.example")
    assert "анна@xn--e1afmkfd.example" == ascii_address("анна@пример.example")
    with pytest.raises(ValueError, match="the domain of the address"):
        ascii_address("a@" + "é" * 80 + ".example")
