"""Parts are cut where the standard says, and as the standard library cuts them."""

from email import message_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintkit_email.headers import fields, parameters, split, words
from complaintkit_email.mime import Budget, part
from complaintkit_email.transfer import base64_bytes

line = st.text(st.sampled_from("ab -=:"), max_size=12)
bodies = st.lists(st.lists(line, min_size=1, max_size=4), min_size=1, max_size=5)


@given(bodies, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_parts_agree_with_the_standard_library(texts: list[list[str]], end: str, closed: bool) -> None:
    """Every part has the bytes that Python's own parser finds in it."""
    pieces = [f"--bound{end}Content-Type: text/plain{end}{end}" + end.join(text) + end for text in texts]
    body = "preamble" + end + "".join(pieces) + (f"--bound--{end}" if closed else "")
    raw = (f'Content-Type: multipart/mixed; boundary="bound"{end}{end}' + body).encode()
    expected = [p.get_payload(decode=True) for p in message_from_bytes(raw).get_payload()]  # type: ignore[union-attr]
    block, rest = split(raw, 1_000)

    found = [p.body for p in part(fields(block)[0], rest).inner(Budget())]
    if not closed:  # a last part that is cut off may or may not keep its last line end
        expected[-1], found[-1] = expected[-1].rstrip(b"\r\n"), found[-1].rstrip(b"\r\n")

    assert expected == found


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"text/plain", ("text/plain", {})),
        (b'Text/HTML; charset="UTF-8"', ("text/html", {"charset": "UTF-8"})),
        (b"a/b; name=This is a test.txt", ("a/b", {"name": "This is a test.txt"})),
        (b'a/b; name="semi;colon \\"q\\".txt"', ("a/b", {"name": 'semi;colon "q".txt'})),
        (b"a/b; name*=utf-8''%D0%90%D0%BD.txt", ("a/b", {"name": "Ан.txt"})),
        (b"a/b; name*0*=utf-8''%D0; name*1*=%90; name*2=.txt", ("a/b", {"name": "А.txt"})),
        (b"a/b; name*1=b; name*0=a", ("a/b", {"name": "ab"})),
        (b'a/b; name="open', ("a/b", {"name": "open"})),
        (b"a/b; x=1; x=2", ("a/b", {"x": "1"})),
    ],
)
def test_parameters(value: bytes, expected: tuple[str, dict[str, str]]) -> None:
    """Parameters are read as they are written in the wild, cut in pieces and with charsets too (RFC 2231)."""
    assert expected == parameters(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"plain", "plain"),
        (b"=?utf-8?q?Gr=C3=BC=C3=9Fe?= =?utf-8?q?_an_alle?=", "Grüße an alle"),
        (b"=?utf-8?b?w?= =?utf-8?b?w7w=?=", "ü"),
        (b"=?utf-8?q?=C3?= =?utf-8?q?=BC?=", "ü"),
        (b"a =?utf-8*de?q?=C3=BC?= b", "a ü b"),
        (b"=?nonsense?q?abc?=", "abc"),
        (b"=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("Größe".encode(), "Größe"),
        ("Größe".encode("latin-1"), "Größe"),
        (b"=?iso-8859-1?Q?Fr\xf6sche?=", "Frösche"),
        (b"a\x00b\tc\x1b[0m", "a b c [0m"),
    ],
)
def test_encoded_words(value: bytes, expected: str) -> None:
    """Headers are readable in any charset, words cut within a character and raw bytes included."""
    assert expected == words(value)


@given(st.lists(st.binary(max_size=30), max_size=4))
def test_base64_in_pieces(pieces: list[bytes]) -> None:
    """Base64 put together from padded pieces gives all of them."""
    from base64 import b64encode

    assert b"".join(pieces) == base64_bytes(b"\r\n".join(map(b64encode, pieces)))[0]


def test_damaged_base64_is_read_as_far_as_it_goes() -> None:
    """A piece that was cut off or has foreign signs in it still gives its words."""
    assert (b"complaint", False) == base64_bytes(b"Y29tcGxhaW50X")
    assert (b"complaint", True) == base64_bytes(b"Y29t\r\ncGxh aW50")
