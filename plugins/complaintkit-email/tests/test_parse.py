"""Who says what, and to which conversation does it belong?"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintkit import Envelope, Message, Unreadable
from complaintkit_email.parse import Rules, identify, parse

Read = Callable[..., Message]
MAIL = "From: Ann <ann@customer.example>\nSubject: Late\nDate: Mon, 2 Nov 2026 10:00:00 +0100\nMessage-ID: <1@x>\n"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
visible = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=80)


def test_plain_mail(read: Read) -> None:
    """An ordinary mail is read whole and without complaint."""
    expected = Message(
        text="The parcel is late.",
        subject="Late",
        sender=read(MAIL + "\nx").sender,
        sent_at=datetime(2026, 11, 2, 9, tzinfo=UTC),
        message_id="<1@x>",
    )

    assert expected == read(MAIL + "\nThe parcel is late.\n")
    assert (expected.sender.name, expected.sender.email) == ("Ann", "ann@customer.example")


@given(name=visible, subject=visible, body=st.text(max_size=300), data=st.binary(max_size=200), markup=st.booleans())
def test_what_the_standard_library_writes_is_read_back(
    name: str, subject: str, body: str, data: bytes, markup: bool
) -> None:
    """Names, subjects, texts and files in any script survive the way through a mail."""
    body = body.encode("utf-8", "ignore").decode()
    mail = EmailMessage()
    mail["From"] = "a@b.example"
    mail["Subject"] = subject
    mail.set_content(body)
    if markup:
        mail.add_alternative("<p>markup</p>", subtype="html")
    mail.add_attachment(data, "application", "octet-stream", filename=f"{name}.bin")

    message = parse(Envelope("email", "test", mail.as_bytes(), NOW))

    assert " ".join(subject.split()) == " ".join(message.subject.split())
    assert [data] == [attachment.data for attachment in message.attachments]
    if body.strip() and body.isprintable():
        assert body.strip() == message.text


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "The message is empty."),
        (b"From: a@b.example\n" + b"X: y\n" * 30_000, "The message cannot be read: the header is longer than 100,000"),
        (b"From: a@b.example\n\n" + b"x" * 2_000, "The message has 2,019 bytes; at most 1,500 are read."),
    ],
)
def test_unreadable(raw: bytes, reason: str, read: Read) -> None:
    """A mail beyond the bounds is put aside with one sentence that says why."""
    with pytest.raises(Unreadable, match=r".*") as caught:
        read(raw, Rules(message_bytes=1_500 if len(raw) < 10_000 else 10**6))

    assert str(caught.value).startswith(reason)


def test_answers_nearest_first(read: Read) -> None:
    """The mail answered directly comes first, then the references from the newest back, folded and with comments."""
    message = read(
        MAIL + "In-Reply-To:\n <3@x> (Bob's message <9@x>)\nReferences: <1@y>\n\t<2@y>(a comment) <3@x>\n <4@\n y>\n\nt"
    )

    assert ("<3@x>", "<4@y>", "<2@y>", "<1@y>") == message.answers


def test_answers_are_bounded(read: Read) -> None:
    """Of thousands of references the fifty newest are kept."""
    message = read(MAIL + "References: " + "\n ".join(f"<{n}@x>" for n in range(5_000)) + "\n\nt")

    assert tuple(f"<{n}@x>" for n in range(4_999, 4_949, -1)) == message.answers


def test_answers_without_brackets(read: Read) -> None:
    """An identifier that lacks its brackets is still one."""
    assert ("<1@x>",) == read(MAIL + "In-Reply-To: 1@x\n\nt").answers


def test_a_person_cannot_drag_others_in(read: Read) -> None:
    """Mails forwarded by a person as attachments do not become answers."""
    raw = MAIL + (
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nsee below\n--b\nContent-Type: message/rfc822\n\n"
        "Message-ID: <CK-1.CK-1-2.CK1abcdefghijklmnop@x>\nReferences: <o@x>\n\ninner\n--b--\n"
    )

    assert () == read(raw).answers


def test_bounce_finds_the_mail_that_came_back(read: Read) -> None:
    """A bounce without references belongs to the notice of ours that is attached to it."""
    raw = (
        "Return-Path: <>\n"
        + MAIL
        + (
            "Content-Type: multipart/report; boundary=b\n\n--b\n\nnot delivered\n--b\nContent-Type: message/rfc822\n\n"
            "Message-ID: <CK-1.CK-1-2.CK1abcdefghijklmnop@x>\n\nours\n--b--\n"
        )
    )
    message = read(raw)

    assert message.automatic
    assert ("<CK-1.CK-1-2.CK1abcdefghijklmnop@x>",) == message.answers
    assert ("CK1abcdefghijklmnop",) == message.reply_tokens


def test_reply_tokens(read: Read) -> None:
    """Tokens come back in any recipient header and in identifiers of ours, of our domain only."""
    raw = MAIL + (
        "To: Desk <Complaints+Aaaaaaaaaaaaaaaa1@Example.org>, other+Bbbbbbbbbbbbbbbb2@example.org\n"
        "Delivered-To: complaints+Cccccccccccccccc3@example.org\n"
        "References: <R.N.Dddddddddddddddd4@example.org> <R.N.Eeeeeeeeeeeeeeee5@elsewhere.example>\n\nt"
    )

    assert ("Aaaaaaaaaaaaaaaa1", "Cccccccccccccccc3", "Dddddddddddddddd4") == read(
        raw, Rules(address="complaints@example.org")
    ).reply_tokens


@pytest.mark.parametrize(
    ("header", "name", "email"),
    [
        ("From: ann@x.example", "", "ann@x.example"),
        ('From: "Smith, Ann" <ann@x.example>', "Smith, Ann", "ann@x.example"),
        ("From: ann@x.example (Ann Smith)", "Ann Smith", "ann@x.example"),
        ("From: =?utf-8?b?0JDQvdC90LA=?= <ann@x.example>", "Анна", "ann@x.example"),
        ("From: =?koi8-r?q?=E1=CE?= =?koi8-r?q?=CE=C1?= <ann@x.example>", "Анна", "ann@x.example"),
        ("From: =?utf-8?q?Ann_=3Cann=40x=2Eexample=3E?=", "Ann", "ann@x.example"),
        ("From: ann@x.example <ann@x.example>", "", "ann@x.example"),
        ("From: Ann\nFrom: bob@x.example", "", "bob@x.example"),
        ("From: Team: ann@x.example, bob@x.example;", "", "ann@x.example"),
        ("From: Ann\nReply-To: ann@x.example", "Ann", "ann@x.example"),
        ("From: nobody\nSender: ann@x.example", "nobody", "ann@x.example"),
        ("From: Анна <ann@x.example>", "Анна", "ann@x.example"),
        ("From: a\x00nn <ann@x.example>", "a nn", "ann@x.example"),
        ("Subject: y", "", ""),
    ],
)
def test_sender(header: str, name: str, email: str, read: Read) -> None:
    """The sender is who the From header names, however it is written."""
    sender = read(header + "\nX: y\nTo: z@x.example\n\ntext").sender

    assert email == sender.email
    assert name == sender.name


def test_reply_to_is_kept(read: Read) -> None:
    """Another address for answers is told, but does not become the sender."""
    message = read(MAIL + "Reply-To: Bob <bob@else.example>\n\nt")

    assert ("ann@customer.example", (("Reply-To", "bob@else.example"),)) == (message.sender.email, message.fields)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Mon, 2 Nov 2026 10:00:00 -0000", datetime(2026, 11, 2, 10, tzinfo=UTC)),
        ("2 Nov 2026 10:00 +0300", datetime(2026, 11, 2, 7, tzinfo=UTC)),
        ("Mon, 31 Feb 2026 10:00:00 +0000", None),
        ("Mon, 2 Nov 99999 10:00:00 +0000", None),
        ("Mon, 2 Nov 2026 10:00:00 +9999", None),
        ("yesterday", None),
    ],
)
def test_date(date: str, expected: datetime | None, read: Read) -> None:
    """The Date header is read as evidence; an impossible one is none."""
    message = read(f"From: a@b.example\nDate: {date}\nMessage-ID: <1@x>\n\nt")

    assert expected == message.sent_at
    assert (expected is None) == ("The Date header is no date." in message.problems)


def test_date_after_receipt_is_told(read: Read, now: datetime) -> None:
    """A date that lies after the receipt is kept with a remark."""
    late = now + timedelta(days=3650)
    message = read(f"From: a@b.example\nMessage-ID: <1@x>\nDate: {late:%d %b %Y %H:%M:%S} +0000\n\nt")

    assert (late, ("The Date header lies after the receipt.",)) == (message.sent_at, message.problems)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<a@b>", "<a@b>"), ("a@b", "<a@b>"), ("<a@\n b>", "<a@b>"), ("<a@[", "<a@[>"), ("<<[[[>", "<[[[>"), ("", ""),
        ("<>", ""), ("<" + "a" * 5000 + ">", ""), ("<a@b> <c@d>", ""), ("<a\x07@b>", ""),
    ],
)  # fmt: skip
def test_message_id(value: str, expected: str, read: Read) -> None:
    """The Message-ID has one form; an impossible one counts as missing, and the digest identifies the mail instead."""
    raw = f"From: a@b.example\nMessage-ID: {value}\n\nt"

    assert expected == read(raw).message_id
    assert identify(raw.encode()) == (expected or identify(raw.encode()))
    assert identify(raw.encode()).startswith("<" if expected else "sha256:")


def test_identify_is_cheap_on_large_mail() -> None:
    """The identifier comes from the first headers alone, even of a mail too large to be read."""
    assert "<1@x>" == identify(MAIL.encode() + b"\n" + b"x" * 30_000_000)


def test_identifier_and_message_id_agree(read: Read) -> None:
    """What identifies the envelope is what later mails will refer to, whatever stands before the headers."""
    for before in ("", "\r\n", "\ufeff", "From ann@x.example Mon Nov  2 10:00:00 2026\n"):
        assert "<1@x>" == identify((before + MAIL + "\nt").encode()) == read(before + MAIL + "\nt").message_id


def test_text_is_preferred_to_html(read: Read) -> None:
    """Of two alternatives the plain text is read, unless it is empty; nothing of the other becomes a file."""
    raw = MAIL + (
        "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n{}\n"
        "--b\nContent-Type: text/html\n\n<p>markup</p>\n--b--\n"
    )

    assert ("plain", ()) == (read(raw.format("plain")).text, read(raw.format("plain")).attachments)
    assert ("markup", ()) == (read(raw.format("  ")).text, read(raw.format("  ")).attachments)


def test_files_of_an_empty_alternative_are_kept_once(read: Read) -> None:
    """An alternative without words is passed over, but its picture is kept, and kept once."""
    raw = MAIL + (
        "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>words</p>\n"
        "--b\nContent-Type: multipart/related; boundary=c\n\n--c\nContent-Type: text/html\n\n<p> </p>\n"
        "--c\nContent-Type: image/png; name=a.png\n\nPNG\n--c--\n--b--\n"
    )
    message = read(raw)

    assert ("words", ["a.png"]) == (message.text, [attachment.name for attachment in message.attachments])


def test_several_texts_follow_each_other(read: Read) -> None:
    """Words before and after a picture are both read."""
    raw = MAIL + (
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nbefore\n--b\nContent-Type: image/png\n\nPNG\n"
        "--b\nContent-Type: text/html\n\nafter\n--b--\n"
    )
    message = read(raw)

    assert ("before\n\nafter", ["part-1.png"]) == (message.text, [a.name for a in message.attachments])


def test_attachments_keep_their_bytes(read: Read) -> None:
    """A file is kept to the byte: line ends, bytes beyond ASCII and an enclosed mail as it stands."""
    inner = b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\n\xff\xfe two\n\nlines\r\n"
    raw = (
        MAIL.encode() + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nt\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--b\r\nContent-Type: application/ms-tnef\r\n"
        b"Content-Disposition: attachment; filename=winmail.dat\r\n\r\n\x00\x01\r\n--b--\r\n"
    )

    assert [("Grüße.eml", "message/rfc822", inner), ("winmail.dat", "application/ms-tnef", b"\x00\x01")] == [
        (a.name, a.media_type, a.data) for a in read(raw).attachments
    ]


@pytest.mark.parametrize("charset", ["cp1251", "koi8-r"])
@pytest.mark.parametrize("declared", ["", "; charset=utf-8", "; charset=nonsense", "; charset=us-ascii"])
def test_wrong_charset_is_seen_through(charset: str, declared: str, read: Read) -> None:
    """Russian text is readable whatever the mail says about its bytes, and the guess is admitted."""
    text = "Прошу вернуть деньги за товар, который перестал работать через неделю после покупки."
    message = read(MAIL.encode() + f"Content-Type: text/plain{declared}\n\n".encode() + text.encode(charset))

    assert text == message.text
    assert any("which is a guess" in problem for problem in message.problems)


def test_raw_headers_follow_the_charset_of_the_text(read: Read) -> None:
    """Raw bytes in a subject, too few to guess by, are read as the body is."""
    raw = "From: Анна <a@b.example>\nSubject: Счёт\nContent-Type: text/plain; charset=koi8-r\n\nтекст".encode("koi8-r")
    message = read(raw)

    assert ("Анна", "Счёт", "текст") == (message.sender.name, message.subject, message.text)


def test_encoded_word_cannot_add_a_line(read: Read) -> None:
    """A line break hidden in an encoded word stays within the subject."""
    assert (
        "hi Bcc: x@y.example" == read("From: a@b.example\nSubject: =?utf-8?q?hi=0D=0ABcc:_x=40y.example?=\n\nt").subject
    )


def test_missing_empty_line_loses_no_words(read: Read) -> None:
    """Where the line between header and text is missing, the text is found, also where it looks like a header."""
    message = read("From: a@b.example\nSubject: s\nHello there\nNote: my parcel\n\nis late")

    assert ("s", "Hello there\nNote: my parcel\n\nis late") == (message.subject, message.text)


def test_text_without_headers_is_read(read: Read) -> None:
    """Words without any header are the text."""
    message = read("My parcel: late again.\n\nPlease help.")

    assert "My parcel: late again.\n\nPlease help." == message.text
    assert "There is no mail header; all was read as text." in message.problems


def test_depth_and_number_of_parts_are_bounded(read: Read) -> None:
    """Of too many parts the first are read, and the message says so."""
    raw = MAIL + "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\nContent-Type: image/png\n\nx\n" * 300 + "--b--"
    message = read(raw)

    assert 200 == len(message.attachments)
    assert "There are more than 200 parts; the rest is in the raw message only." in message.problems


def test_language(read: Read) -> None:
    """The language is taken from the header if it is a code."""
    assert ("ru", "") == (
        read(MAIL + "Content-Language: ru-RU, en\n\nt").language, read(MAIL + "Content-Language: Russian\n\nt").language
    )  # fmt: skip
