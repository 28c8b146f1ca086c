"""What the tests of this plugin share."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from complaintkit import Envelope, Message, Notice
from complaintkit_email.parse import Rules, parse

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    """The moment at which every mail of the tests arrives."""
    return NOW


@pytest.fixture
def read() -> Callable[..., Message]:
    """Read a mail given as text or bytes."""

    def _read(raw: str | bytes, rules: Rules | None = None) -> Message:
        data = raw.encode() if isinstance(raw, str) else raw
        return parse(Envelope("email", "test", data, NOW), rules or Rules())

    return _read


@pytest.fixture
def notice() -> Notice:
    """An acknowledgement as the core hands it over."""
    return Notice(
        id="CK-EHQ6-7X6D-1",
        reference="CK-EHQ6-7X6D",
        occasion="acknowledgement",
        audience="complainant",
        recipient="ann@customer.example",
        medium="email",
        language="en",
        created_at=NOW,
        subject="Your complaint CK-EHQ6-7X6D",
        body="We have your complaint.\nYou will hear from us by Friday.\n",
        answers=("<new@customer.example>", "<old@customer.example>"),
        reply_token="CKEHQ67X6D0123456789abcdef0123456789abcdef",
    )


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data beside the checkout; tests that want it are left out where there is none."""
    for above in Path(__file__).resolve().parents:
        if (above.parent / "shared" / "data").is_dir():
            return above.parent / "shared"
    return pytest.skip("there is no folder `shared` beside the checkout")
