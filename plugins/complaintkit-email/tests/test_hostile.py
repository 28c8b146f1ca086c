"""Nothing that arrives makes reading fail in any other way than by saying so."""

import importlib.util
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit import Envelope, Message, Unreadable
from complaintkit_email.names import fits
from complaintkit_email.parse import identify, parse
from complaintkit_email.sources import received_at

_spec = importlib.util.spec_from_file_location("complaintkit_email_hostile", Path(__file__).with_name("hostile.py"))
assert _spec
assert _spec.loader
hostile = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(hostile)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ASIDE = {
    "B01 nothing", "B02 blanks", "B02 line break", "B03 header without end", "B15 10,000 recipients",
    "B16 100,000 headers", "B16 line of 1 MB", "B38 30 MB",
}  # fmt: skip
SMALL = sorted(name for name, maker in hostile.MADE.items() if len(maker()) < 2_000)


@contextmanager
def not_for_ever(seconds: float = 60) -> Iterator[None]:
    """End what would hang; the limit is far above what any mail may take, so that a busy machine does not matter."""

    def stop(*_: object) -> None:
        raise RuntimeError(f"still reading after {seconds} s of CPU time")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def read(raw: bytes) -> Message | None:
    """Read a mail in every way there is; nothing for one that is put aside."""
    assert 0 < len(identify(raw)) <= 998
    assert received_at(raw, NOW).tzinfo
    try:
        message = parse(Envelope("email", "test", raw, NOW))
    except Unreadable as error:
        reason = str(error)
    else:
        storable(message)
        return message
    assert reason.endswith(".")
    return None


def storable(message: Message) -> None:
    """Check that a database takes every word of a message and that nothing in it is out of bounds."""
    names = [attachment.name for attachment in message.attachments]
    person = message.sender
    texts = [message.text, message.subject, message.message_id, person.name, person.email, *names]
    texts += [*message.answers, *message.reply_tokens, *message.problems, *(a.media_type for a in message.attachments)]
    for text in texts:
        text.encode("utf-8")
        assert "\x00" not in text
    for line in (message.subject, message.message_id, person.name, person.email, *message.answers, *message.problems):
        assert len(line) <= 1_000
        assert line.isprintable() or not set(line) & set("\r\n\t\x0b\x0c\x85\u2028\u2029")
    assert all(fits(name) for name in names)
    assert len({name.casefold() for name in names}) == len(names)
    assert len(message.text) <= 1_000_000
    assert len(names) <= 200
    assert len(message.answers) <= 50


@pytest.mark.parametrize("name", sorted(hostile.MADE))
def test_hostile_mail_ends_as_message_or_unreadable(name: str) -> None:
    """Every mail of the list is read or put aside; nothing is raised and nothing hangs."""
    raw = hostile.MADE[name]()
    with not_for_ever():
        message = read(raw)
    assert (name in ASIDE) == (message is None)


@given(st.binary(max_size=400))
def test_random_bytes(raw: bytes) -> None:
    """Bytes that mean nothing are read or put aside."""
    read(raw)


@settings(max_examples=300)
@given(
    st.sampled_from(SMALL),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), st.binary(max_size=12)), min_size=1, max_size=6),
)
def test_mutated_mail(name: str, edits: list[tuple[float, int, bytes]]) -> None:
    """A hostile mail that is damaged further is read or put aside."""
    raw = hostile.MADE[name]()
    for place, cut, put in edits:
        at = int(place * len(raw))
        raw = raw[:at] + put + raw[at + cut :]
    read(raw)


@pytest.mark.parametrize("folder", ["mail_torture", "mail_zammad", "mail_structure", "mail_kinds"])
def test_shared_mail(folder: str, shared: Path) -> None:
    """Every mail of the shared collections is read; only those without end of header or content are put aside."""
    import tarfile

    archive = next((shared / "data" / folder).glob("*.tar.gz"))
    aside, count = [], 0
    with tarfile.open(archive) as mails, not_for_ever(300):
        for member in mails:
            if member.isfile() and member.name.endswith(".eml"):
                file = mails.extractfile(member)
                assert file
                count += 1
                if read(file.read()) is None:
                    aside.append(member.name)
    assert count > 50
    assert len(aside) <= (3 if folder == "mail_torture" else 0), aside
