"""References that people can read aloud, and the tokens that are kept apart from them."""

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintkit.case import reference as references

from .cases import SECRET

drawn = st.integers(0, 2**32).map(lambda seed: references.new(random.Random(seed).randrange))


@given(drawn, st.sampled_from(["{}", " {} ", "ck {}", "{}"]), st.booleans())
def test_a_reference_is_read_however_it_is_typed(reference: str, frame: str, lower: bool) -> None:
    """Case, blanks and dashes do not matter."""
    typed = frame.format(reference.removeprefix("CK-") if "ck" in frame else reference)
    assert reference == references.read(typed.lower() if lower else typed.replace("-", " "))


@given(drawn)
def test_every_single_wrong_sign_and_every_swap_is_noticed(reference: str) -> None:
    """The check sign catches each substitution of one sign and each exchange of two."""
    signs = references.spoken(reference).removeprefix("CK")
    wrong = {signs[:place] + sign + signs[place + 1 :] for place in range(len(signs)) for sign in references.SIGNS}
    for one, other in combinations(range(len(signs)), 2):
        swapped = list(signs)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        wrong.add("".join(swapped))
    assert [] == [typed for typed in wrong - {signs} if references.read(typed)]


def test_no_sign_looks_like_another() -> None:
    """Signs that are mistaken for others on paper are not used."""
    assert set() == set(references.SIGNS) & set("01258BILOSUYZ")
    assert 23 == len(set(references.SIGNS))


@given(drawn, drawn)
def test_references_are_found_in_a_subject(one: str, other: str) -> None:
    """A subject gives the references it mentions, in order, and no mistyped one."""
    assert tuple(dict.fromkeys((one, other))) == references.mentioned(
        f"Re: [{one}] and {other.lower()}, not CK-AAAA-AAA3"
    )


@given(drawn, st.text(max_size=60))
def test_only_the_right_token_proves_a_reference(reference: str, guess: str) -> None:
    """A token leads to its own case; anything else leads nowhere."""
    token = references.reply_token(reference, SECRET)
    assert reference == references.proven_by(token, SECRET)
    assert "" == references.proven_by(references.spoken(reference) + guess, SECRET)
    assert "" == references.proven_by(token, b"another secret")


def test_ten_thousand_mutated_tokens_are_refused() -> None:
    """Changing any sign of a token, or cutting it, makes it worthless."""
    rng = random.Random(5)
    reference = references.new(rng.randrange)
    token = references.reply_token(reference, SECRET)
    accepted = 0
    for _ in range(10_000):
        place = rng.randrange(len(token))
        changed = token[:place] + rng.choice("0123456789abcdefX") + token[place + 1 :]
        if rng.random() < 0.1:
            changed = token[: rng.randrange(len(token))]
        accepted += (
            changed != token and changed.lower() != token.lower() and bool(references.proven_by(changed, SECRET))
        )
    assert 0 == accepted


def test_a_token_for_one_purpose_opens_nothing_else() -> None:
    """Reply tokens and tracking tokens differ, and have at least 128 bits."""
    reference = references.new(random.Random(1).randrange)
    assert references.token(SECRET, "reply", reference) != references.token(SECRET, "track", reference)
    assert 32 <= len(references.token(SECRET, "track", reference))
    assert not references.matches(SECRET, "track", reference, references.token(SECRET, "reply", reference))


@pytest.mark.parametrize("contact", ["email:a@example.org", "phone:1"])
def test_a_contact_is_found_again_but_not_readable(contact: str) -> None:
    """The keyed digest is stable, differs by secret, and does not hold the contact."""
    assert references.blind(SECRET, contact) == references.blind(SECRET, contact) != references.blind(b"x", contact)
    assert contact not in references.blind(SECRET, contact)
    assert "" == references.blind(SECRET, "")
