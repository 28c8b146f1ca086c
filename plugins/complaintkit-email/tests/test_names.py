"""Names of attachments are harmless, whatever they were."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintkit_email.names import attachment_name, distinct, fits

rough = st.text(st.characters() | st.sampled_from("./\\\u200b\u202e．／‥:\x00 eé\u0301"), max_size=400)


@given(rough)
def test_any_name_becomes_harmless(given_name: str) -> None:
    """No name is a path, hidden, reserved, invisible, overlong or in another than normal form C."""
    name = attachment_name(given_name, "application/pdf", 7)
    shape = unicodedata.normalize("NFKC", name)

    assert 0 < len(name) <= 150
    assert name == unicodedata.normalize("NFC", name)
    assert not set(shape) & set('/\\:*?"<>|\x00\r\n')
    assert ".." not in shape
    assert not name.startswith((".", " "))
    assert not name.endswith((".", " "))
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in name)
    assert name.partition(".")[0].upper() not in ("CON", "PRN", "AUX", "NUL", "COM1", "LPT1")


@given(rough)
def test_naming_twice_changes_nothing(given_name: str) -> None:
    """A harmless name is left alone, so that check and cleaning cannot disagree."""
    name = attachment_name(given_name, "image/png", 1)

    assert name == attachment_name(name, "image/png", 1)


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("Rechnung 2026.pdf", "Rechnung 2026.pdf"), ("Счёт №7.pdf", "Счёт №7.pdf"), ("../../x", "_._x"),
        ("..\\x", "_x"),
        ("/etc/passwd", "_etc_passwd"), ("C:\\a.exe", "C__a.exe"), ("CON", "_CON"), ("nul.txt", "_nul.txt"),
        ("\u200b.htaccess", "htaccess"), ("．．／x", "_x"), ("‥/x", "_x"), ("photo\u202egpj.exe", "photogpj.exe"),
        ("e\u0301.txt", "é.txt"), ("x...", "x"), ("", "part-3.pdf"), (" . ", "part-3.pdf"), ("a\r\nb", "ab"),
        ("a" * 300 + ".docx", "a" * 145 + ".docx"), ("a\u200d\u0301.txt", "á.txt"), ("1/2.pdf", "1_2.pdf"),
    ],
)  # fmt: skip
def test_known_tricks(given_name: str, expected: str) -> None:
    """Each known trick ends as a name that shows what it is."""
    assert expected == attachment_name(given_name, "application/pdf", 3)


@given(st.lists(st.sampled_from(["a.png", "A.PNG", "a (2).png", "b", "é.txt"]), max_size=12))
def test_names_of_one_message_differ(names: list[str]) -> None:
    """Two files of a message never share a name, not even on a system that ignores case."""
    out = distinct(names)

    assert len(names) == len({name.casefold() for name in out})
    assert all(fits(name) for name in out)
