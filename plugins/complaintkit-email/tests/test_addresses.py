"""Our own addresses and identifiers bring their token back; nobody else's do."""

import string

from hypothesis import given
from hypothesis import strategies as st

from complaintkit_email import addresses

secret = st.text(string.ascii_letters + string.digits + "_-", min_size=16, max_size=60)
anything = st.text(max_size=80)


@given(secret)
def test_reply_address_brings_its_token_back(token: str) -> None:
    """A token written into our address is read from it, with a name around it and in other letters of the domain."""
    address = addresses.reply_address("complaints@example.org", token)

    for value in (address, f'"Desk" <{address}>, x@y.example', address.replace("example.org", "Example.ORG")):
        assert (token,) == addresses.tokens([value], [], "complaints@example.org")


@given(anything, anything, secret)
def test_notice_id_brings_its_token_back(reference: str, notice: str, token: str) -> None:
    """A token written into a message identifier is read from it, whatever reference and notice are called."""
    identifier = addresses.notice_id(reference, notice, token, "example.org")

    assert identifier.isascii()
    assert (identifier,) == (addresses.normal_id(identifier),)
    assert [identifier] == addresses.ids(f"<other@x>(comment) {identifier}")[1:]
    assert (token,) == addresses.tokens([], [identifier], "complaints@example.org")


@given(st.tuples(anything, anything), st.tuples(anything, anything))
def test_notices_have_different_identifiers(one: tuple[str, str], other: tuple[str, str]) -> None:
    """Two notices share an identifier only if they are the same."""
    same = addresses.notice_id(*one, "", "example.org") == addresses.notice_id(*other, "", "example.org")

    assert (one == other) == same


@given(anything, anything)
def test_texts_of_others_hold_no_token(one: str, other: str) -> None:
    """What is found as a token has the shape of one, and stood in an address of ours."""
    for token in addresses.tokens([one, other + "+" + one], [other], "complaints@example.org"):
        assert 16 <= len(token) <= 128
        assert f"+{token}@" in one + other + "+" + one


def test_token_of_another_domain_is_none_of_ours() -> None:
    """A token counts only in our own address and domain."""
    token = "a" * 20

    assert () == addresses.tokens(
        [f"complaints+{token}@evil.example"], [f"<a.b.{token}@evil.example>"], "complaints@example.org"
    )
    assert () == addresses.tokens([f"notcomplaints+{token}@example.org"], [], "complaints@example.org")


def test_without_token_the_plain_address_is_used() -> None:
    """An empty or impossible token leaves the address alone."""
    assert "c@example.org" == addresses.reply_address("c@example.org", "")
    assert "c@example.org" == addresses.reply_address("c@example.org", "a b\r\nBcc: x")
    assert "<R.N@example.org>" == addresses.notice_id("R", "N", "", "example.org")


@given(anything)
def test_usable_addresses_are_harmless(value: str) -> None:
    """No address that passes could end a header, name two people or hide a sign."""
    for address in (value, f"a@{value}", f"{value}@b.example", addresses.parsed(value)[1]):
        if addresses.usable(address):
            assert 1 == address.count("@")
            assert not set(address) & set(' <>,;:"()\r\n\t\x00')
            assert address.isprintable()


@given(anything)
def test_normal_form_is_stable(value: str) -> None:
    """An identifier in normal form stays as it is."""
    once = addresses.normal_id(value)

    assert once == addresses.normal_id(once)
    assert len(once) <= 998
