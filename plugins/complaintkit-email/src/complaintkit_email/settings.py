"""What can be set under `[plugins.email]`."""

from typing import Literal

from attrs import Attribute, field, frozen, validators

from complaintkit_email import limits
from complaintkit_email.addresses import parsed

_NEAR = ("localhost", "127.0.0.1", "::1")


def _mailbox(instance: object, attribute: "Attribute[str]", value: str) -> None:
    if value and not parsed(value)[1]:
        raise ValueError(f"{attribute.name} must be an address such as 'Complaints <complaints@example.org>'")


@frozen(kw_only=True)
class Settings:
    """Where mail comes from and how it goes out; without any, mail is read when it is handed over and none is sent.

    Attributes:
        address: Our own mailbox, with or without a name: sender of what goes out; answers come back to it.
        folder: A folder of `.eml` files, whatever their names, subfolders included; empty for none.
        maildir: A Maildir; both what is new and what a mail program has already shown is taken; empty for none.
        after: What becomes of a mail that is safely stored: `move` puts it into `.done` below, which is the
            default for a Maildir, else read anew in every round; `keep` leaves it, the default for a folder.
        max_megabytes: Largest mail that is read, in MiB; a larger one is put aside for a person.
        own_lists: List-Ids of mailing lists through which complaints come in; other list mail is never answered.
        transport: `smtp` sends; `discard` builds each mail and drops it, for trials and measurements.
        host: Mail server; empty for none.
        port: Its port: 587 is usual for `starttls`, 465 for `tls`.
        security: `starttls` or `tls`; `none` only towards this machine if there is a password.
        ca_file: Certificates to trust instead of the system's; for a mail server with a certificate of its own making.
        user: Name to sign in with; empty for none.
        password: Its password.
        timeout_seconds: How long to wait for the server at each step.
    """

    address: str = field(default="", validator=_mailbox)
    folder: str = ""
    maildir: str = ""
    after: Literal["keep", "move"] = field(validator=validators.in_(("keep", "move")))
    max_megabytes: int = field(default=limits.MESSAGE_BYTES // 2**20, validator=(validators.ge(1), validators.le(32)))
    own_lists: tuple[str, ...] = ()
    transport: Literal["smtp", "discard"] = field(default="smtp", validator=validators.in_(("smtp", "discard")))
    host: str = ""
    port: int = field(default=587, validator=(validators.ge(1), validators.le(65535)))
    security: Literal["starttls", "tls", "none"] = field(
        default="starttls", validator=validators.in_(("starttls", "tls", "none"))
    )
    ca_file: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    timeout_seconds: float = field(default=20.0, validator=(validators.gt(0), validators.le(600)))

    @after.default
    def _by_kind_of_source(self) -> Literal["keep", "move"]:
        return "move" if self.maildir else "keep"

    def __attrs_post_init__(self) -> None:
        """Refuse settings that contradict each other.

        Raises:
            ValueError: Two settings do not go together; the text says what to change.
        """
        if self.folder and self.maildir:
            raise ValueError("folder and maildir are both set; one way in is read, so leave one out")
        if self.host and not self.address:
            raise ValueError("address is missing: mail that goes out needs a sender")
        if self.password and self.security == "none" and self.host not in _NEAR:
            raise ValueError("security is 'none': a password is only sent encrypted; set it to 'starttls' or 'tls'")

    @property
    def mailbox(self) -> tuple[str, str]:
        """Return our own display name and address, each possibly empty."""
        return parsed(self.address) if self.address else ("", "")
