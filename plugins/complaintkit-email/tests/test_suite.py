"""The suites that every channel and every notifier has to pass."""

from complaintkit.testing.suites import ChannelSuite, NotifierSuite

MAIL = b"From: Anna <anna@example.org>\r\nMessage-ID: <1@example.org>\r\nSubject: Broken\r\n\r\nIt came broken.\r\n"


class TestChannel(ChannelSuite):
    """The channel `email`."""

    plugin = "complaintkit_email"
    samples = (MAIL, b"no header at all")
    bad = (({"folder": 7}, "folder"),)


class TestNotifier(NotifierSuite):
    """The notifier `smtp`, building mail and dropping it."""

    plugin = "complaintkit_email"
    good = {"transport": "discard", "address": "desk@example.org"}  # noqa: RUF012 - the suite's own form
