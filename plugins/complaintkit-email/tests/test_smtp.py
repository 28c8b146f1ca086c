"""What the mail server says becomes what the notice is told."""

import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from attrs import evolve

from complaintkit import Delivery, Notice
from complaintkit_email import Sender, Settings

PASSWORD = "s3cret-of-the-desk"


class Inbox:
    """A mail server's inside that keeps what comes and answers as it is told."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, list[str], bytes]] = []
        self.sessions: list[Any] = []
        self.answer_rcpt = "250 OK"
        self.answer_data = "250 OK"

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        """Count the connections."""
        self.sessions.append(session)
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        """Answer as told."""
        if self.answer_rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_rcpt

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep the mail and answer as told."""
        if self.answer_data.startswith("250"):
            self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return self.answer_data


@pytest.fixture
def inbox() -> Inbox:
    """An empty inbox."""
    return Inbox()


@pytest.fixture
def serve(inbox: Inbox) -> Iterator[Callable[..., Settings]]:
    """Start a server and give the settings that reach it."""
    running: list[Controller] = []

    def start(**options: Any) -> Settings:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = Controller(inbox, hostname="127.0.0.1", port=port, **options)
        server.start()
        running.append(server)
        return Settings(
            address="Desk <complaints@example.org>", host="127.0.0.1", port=port, security="none", timeout_seconds=5
        )

    yield start
    for server in running:
        server.stop(no_assert=True)


def test_notice_arrives(inbox: Inbox, serve: Callable[..., Settings], notice: Notice) -> None:
    """A notice arrives at its recipient under the identifier that the delivery names."""
    sender = Sender(serve())
    delivery = sender.send(notice)
    sender.close()
    [(mail_from, recipients, content)] = inbox.mails
    mail = message_from_bytes(content)

    assert Delivery("sent", "", str(mail["message-id"])) == delivery
    assert ("complaints@example.org", ["ann@customer.example"]) == (mail_from, recipients)
    assert "You will hear from us by Friday." in mail.get_payload()


def test_one_connection_for_many(inbox: Inbox, serve: Callable[..., Settings], notice: Notice) -> None:
    """Several notices go over one connection, and a lone dot at the start of a line survives."""
    sender = Sender(serve())
    for number in range(5):
        assert "sent" == sender.send(evolve(notice, id=f"n{number}", body=".\n..\n.x\n")).state
    sender.close()

    assert (5, 1) == (len(inbox.mails), len(inbox.sessions))
    assert {b".\r\n..\r\n.x\r\n"} == {content.split(b"\r\n\r\n", 1)[1] for *_, content in inbox.mails}


def test_new_connection_after_a_broken_one(inbox: Inbox, serve: Callable[..., Settings], notice: Notice) -> None:
    """A connection that the server closed meanwhile is replaced without anybody noticing."""
    sender = Sender(serve())
    sender.send(notice)
    assert sender._connection
    assert sender._connection.sock
    sender._connection.sock.shutdown(socket.SHUT_RDWR)

    assert "sent" == sender.send(notice).state
    sender.close()
    assert 2 == len(inbox.sessions)


@pytest.mark.parametrize(
    ("rcpt", "data", "state"),
    [
        ("450 mailbox busy", "250 OK", "failed"),
        ("550 no such person", "250 OK", "refused"),
        ("250 OK", "451 try later", "failed"),
        ("250 OK", "554 not wanted", "refused"),
        ("250 OK", "421 closing", "failed"),
    ],
)
def test_refusals(
    rcpt: str, data: str, state: str, inbox: Inbox, serve: Callable[..., Settings], notice: Notice
) -> None:
    """A refusal for now is tried again later, one for good is not, and the next notice goes out in either case."""
    sender = Sender(serve())
    inbox.answer_rcpt, inbox.answer_data = rcpt, data
    delivery = sender.send(notice)
    inbox.answer_rcpt = inbox.answer_data = "250 OK"
    after = sender.send(notice)
    sender.close()

    assert (state, "sent") == (delivery.state, after.state)
    assert (rcpt if data.startswith("250") else data) in delivery.detail


def test_server_down(notice: Notice) -> None:
    """A server that does not answer means: later."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    delivery = Sender(Settings(address="c@example.org", host="127.0.0.1", port=port, security="none")).send(notice)

    assert "failed" == delivery.state
    assert f"The mail server 127.0.0.1:{port} could not be used" in delivery.detail


def test_wrong_password_is_not_repeated(inbox: Inbox, serve: Callable[..., Settings], notice: Notice) -> None:
    """A refused password is a passing failure, and stands neither in its text nor in any representation."""

    def refuse(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=False, handled=False, message=f"535 no user with {PASSWORD}")

    settings = evolve(serve(authenticator=refuse, auth_require_tls=False), user="desk", password=PASSWORD)
    sender = Sender(settings)
    delivery = sender.send(notice)
    sender.close()

    assert "failed" == delivery.state
    assert "did not accept user name and password (535)" in delivery.detail
    assert PASSWORD not in f"{delivery} {settings} {sender} {sender!r}"


def test_server_that_repeats_the_password_is_hushed(
    inbox: Inbox, serve: Callable[..., Settings], notice: Notice
) -> None:
    """Whatever a server says, the password is taken out of it."""
    sender = Sender(evolve(serve(), password=PASSWORD))
    inbox.answer_rcpt = f"550 {PASSWORD} is wrong"

    assert PASSWORD not in sender.send(notice).detail
    sender.close()


def test_encryption_is_not_given_up(serve: Callable[..., Settings], notice: Notice) -> None:
    """A server without encryption gets nothing where encryption is set."""
    delivery = Sender(evolve(serve(), security="starttls")).send(notice)

    assert "failed" == delivery.state
    assert "STARTTLS" in delivery.detail


@pytest.mark.parametrize(("utf8", "state"), [(True, "sent"), (False, "refused")])
def test_recipient_beyond_ascii(
    utf8: bool, state: str, inbox: Inbox, serve: Callable[..., Settings], notice: Notice
) -> None:
    """An address beyond ASCII gets its mail where the server can, and is refused where it cannot."""
    sender = Sender(serve(enable_SMTPUTF8=utf8))
    delivery = sender.send(evolve(notice, recipient="анна@пример.example"))
    sender.close()

    assert state == delivery.state
    assert ([["анна@xn--e1afmkfd.example"]] if utf8 else []) == [recipients for _, recipients, _ in inbox.mails]


@pytest.mark.parametrize(
    "recipient",
    ["", "ann", "a b@c.example", "a@b.example\r\nBcc: x@y.example", "a@b.example,x@y.example", "-f@b.example"],
)
def test_impossible_recipients_are_refused(recipient: str, notice: Notice) -> None:
    """An address that could be two, or more than an address, gets nothing."""
    assert "refused" == Sender(Settings(transport="discard")).send(evolve(notice, recipient=recipient)).state


def test_notice_without_text_waits(notice: Notice) -> None:
    """An empty mail is never sent; the notice waits for its text."""
    assert "failed" == Sender(Settings(transport="discard")).send(evolve(notice, body=" \n")).state


def test_discard_builds_and_drops(notice: Notice) -> None:
    """For trials the mail is built, so that its faults show, and then dropped."""
    delivery = Sender(Settings(transport="discard", address="c@example.org")).send(notice)

    assert "sent" == delivery.state
    assert delivery.message_id.endswith("@example.org>")
