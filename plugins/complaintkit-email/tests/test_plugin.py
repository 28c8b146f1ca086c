"""The plugin as complaintkit sees it."""

import ast
from pathlib import Path

import pytest
from attrs import evolve

import complaintkit_email
from complaintkit import Envelope, Notice
from complaintkit_email import Settings

PACKAGE = Path(complaintkit_email.__file__).parent


def test_hook_settings() -> None:
    """The plugin names its settings."""
    assert Settings is complaintkit_email.complaintkit_settings()


@pytest.mark.parametrize(
    ("settings", "fetches"), [(Settings(), False), (Settings(folder="x"), True), (Settings(maildir="x"), True)]
)
def test_hook_channels(settings: Settings, fetches: bool) -> None:
    """The channel reads and identifies mail always, and fetches where there is a place to fetch from."""
    [channel] = complaintkit_email.complaintkit_channels(settings)

    assert ("email", "email") == (channel.name, channel.kind)
    assert (fetches, fetches) == (channel.fetch is not None, channel.confirm is not None)
    assert channel.identify(b"Message-ID: <1@x>\n\nt") == "<1@x>"


def test_hook_channels_read_by_the_settings(tmp_path: Path) -> None:
    """A mail in the folder becomes an envelope and a message whose token is recognised by our address."""
    (tmp_path / "m").write_text(
        "From: a@b.example\nTo: c+aaaaaaaaaaaaaaaaaaaa@example.org\nCc: d+bbbbbbbbbbbbbbbbbbbb@x.example\n\nt"
    )
    settings = Settings(folder=str(tmp_path), address="Desk <c@example.org>")
    [channel] = complaintkit_email.complaintkit_channels(settings)
    [envelope] = channel.fetch()

    assert isinstance(envelope, Envelope)
    assert ("a" * 20,) == channel.parse(envelope).reply_tokens


@pytest.mark.parametrize(
    ("kind", "more", "offered_again"),
    [
        ("maildir", {}, False),
        ("maildir", {"after": "keep"}, True),
        ("folder", {}, True),
        ("folder", {"after": "move"}, False),
    ],
)
def test_what_is_stored_is_offered_again_or_not(
    tmp_path: Path, kind: str, more: dict[str, str], offered_again: bool
) -> None:
    """A Maildir is emptied, else it would be read for ever; a folder stays as it is; settings may say otherwise."""
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1.host").write_bytes(b"From: a@b.example\nMessage-ID: <1@x>\n\ntext\n")
    settings = Settings(**{kind: str(tmp_path), **more})  # type: ignore[arg-type]
    [channel] = complaintkit_email.complaintkit_channels(settings)
    assert channel.fetch is not None
    assert channel.confirm is not None
    [envelope] = channel.fetch()
    channel.confirm(envelope)

    assert ([envelope] if offered_again else []) == list(channel.fetch())


def test_hook_notifiers(notice: Notice) -> None:
    """Without mail server nothing can be sent; with one, or for trials, the notifier takes e-mail."""
    assert [] == list(complaintkit_email.complaintkit_notifiers(Settings()))
    settings = Settings(transport="discard")
    [notifier] = complaintkit_email.complaintkit_notifiers(settings)

    assert ("smtp", ("email",)) == (notifier.name, notifier.media)
    assert "sent" == notifier.send(evolve(notice, body="text")).state


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"folder": "a", "maildir": "b"}, "leave one out"),
        ({"host": "mail.example.org"}, "address is missing"),
        ({"address": "nobody"}, "address must be"),
        (
            {"host": "mail.example.org", "address": "a@b.example", "security": "none", "password": "p"},
            "only sent encrypted",
        ),
        ({"after": "delete"}, "after"),
        ({"port": 0}, "port"),
    ],
)
def test_wrong_settings_are_refused(wrong: dict[str, object], problem: str) -> None:
    """Settings that cannot work are refused at the start, with what to change."""
    with pytest.raises(ValueError, match=problem):
        Settings(**wrong)  # type: ignore[arg-type]


def test_only_the_door_is_used() -> None:
    """The plugin imports complaintkit by its front door and from no room behind it."""
    names = {
        node.module
        for path in PACKAGE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module
    }

    assert {"complaintkit"} == {name for name in names if name.split(".")[0] == "complaintkit"}


def test_start_is_light() -> None:
    """Reading plain mail loads neither the HTML library nor the charset guesser."""
    import subprocess
    import sys

    code = (
        "import sys, complaintkit_email, datetime as d; from complaintkit import Envelope;"
        "complaintkit_email.parse(Envelope('email', 'x', b'From: a@b.example\\n\\nt', d.datetime.now(d.UTC)));"
        "print(sorted(set(sys.modules) & {'inscriptis', 'lxml', 'charset_normalizer', 'requests', 'email.policy'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)

    assert "[]" == done.stdout.strip()
