"""Send notices by SMTP: what was said by the server becomes a delivery, and no error leaves this module."""

import smtplib
import ssl
from threading import Lock
from typing import Literal

from attrs import define, field

from complaintkit import Delivery, Notice
from complaintkit_email.addresses import usable
from complaintkit_email.compose import Composer, ascii_address
from complaintkit_email.settings import Settings

_PER_CONNECTION = 50


@define
class Sender:
    """Sends mails over one connection, which stays open between them; call `close` to end it.

    With the transport `discard` every mail is built and then dropped: for trials and measurements only, since the
    delivery still says `sent`.
    """

    settings: Settings
    _composer: Composer = field(init=False, repr=False)
    _connection: smtplib.SMTP | None = field(default=None, init=False, repr=False)
    _sent: int = field(default=0, init=False)
    _lock: Lock = field(factory=Lock, init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Prepare the sender's part of every mail."""
        name, address = self.settings.mailbox
        self._composer = Composer(name, address or "complaints@localhost")

    def send(self, notice: Notice) -> Delivery:
        """Send a notice and say what became of it.

        A refusal for good (a 5xx answer about the recipient or the mail) is `refused`; everything that may pass, from a
        wrong password to a server that is down, is `failed`.

        Args:
            notice: With its text filled in.
        """
        if not usable(notice.recipient):
            return Delivery("refused", "The recipient's e-mail address is missing or not one that mail can be sent to.")
        if not notice.body.strip():
            return Delivery("failed", "The notice has no text; its template has to give one.")
        try:
            mail = self._composer.compose(notice)
        except ValueError as error:
            return Delivery("refused", f"The mail cannot be written: {error}.")
        identifier = self._composer.message_id(notice)
        if self.settings.transport == "discard":
            return Delivery("sent", "Built and dropped; the transport is 'discard'.", identifier)
        with self._lock:
            return self._delivered(ascii_address(notice.recipient), mail, identifier)

    def close(self) -> None:
        """End the connection, if there is one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.quit()
            except (smtplib.SMTPException, OSError):
                connection.close()

    def _delivered(self, recipient: str, mail: bytes, identifier: str) -> Delivery:
        sender = ascii_address(self.settings.mailbox[1])
        try:
            server = self._open()
            options = []
            if not (recipient + sender).isascii():
                if not server.has_extn("smtputf8"):
                    return Delivery("refused", "The mail server cannot send to addresses beyond ASCII (no SMTPUTF8).")
                options = ["SMTPUTF8", "BODY=8BITMIME"]
            server.sendmail(sender, [recipient], mail, options)
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = error.recipients.get(recipient, (0, b""))
            return Delivery(_state(code), f"The mail server did not take the recipient: {self._said(code, answer)}.")
        except smtplib.SMTPAuthenticationError as error:
            self._drop()
            # What the server says here may repeat what it was sent, so only the code is passed on.
            return Delivery("failed", f"The mail server did not accept user name and password ({error.smtp_code}).")
        except smtplib.SMTPSenderRefused as error:
            self._drop()
            said = self._said(error.smtp_code, error.smtp_error)
            return Delivery("failed", f"The mail server did not take our address as sender: {said}.")
        except smtplib.SMTPDataError as error:
            said = self._said(error.smtp_code, error.smtp_error)
            if error.smtp_code == 421:
                self._drop()
            return Delivery(_state(error.smtp_code), f"The mail server did not take the mail: {said}.")
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            self._drop()
            return Delivery("failed", f"The mail server {self._place()} could not be used: {self._reason(error)}.")
        self._sent += 1
        return Delivery("sent", "", identifier)

    def _open(self) -> smtplib.SMTP:
        """Return a connection that answers: the open one if it still does, else a new one."""
        if self._connection is not None:
            if self._sent < _PER_CONNECTION and _answers(self._connection):
                return self._connection
            self.close()
        self._sent = 0
        settings = self.settings
        if settings.security == "tls":
            self._connection = smtplib.SMTP_SSL(
                settings.host, settings.port, timeout=settings.timeout_seconds, context=self._context()
            )
        else:
            self._connection = smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout_seconds)
            if settings.security == "starttls":
                self._connection.starttls(context=self._context())
        self._connection.ehlo_or_helo_if_needed()
        if settings.user:
            self._connection.login(settings.user, settings.password)
        return self._connection

    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.settings.ca_file or None)

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _place(self) -> str:
        return f"{self.settings.host}:{self.settings.port}"

    def _said(self, code: int, answer: bytes | str) -> str:
        text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
        return self._hushed(f"{code} {text}")

    def _reason(self, error: Exception) -> str:
        return self._hushed(f"{type(error).__name__}: {error}")

    def _hushed(self, text: str) -> str:
        """Return the text on one line, short, and without the password, should a server have repeated it."""
        if self.settings.password:
            text = text.replace(self.settings.password, "***")
        return "".join(c if c.isprintable() else " " for c in text)[:200].strip(" .")


def _answers(connection: smtplib.SMTP) -> bool:
    try:
        return connection.noop()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def _state(code: int) -> Literal["failed", "refused"]:
    return "refused" if 500 <= code < 600 else "failed"
