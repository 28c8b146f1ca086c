"""Reference numbers that people can read over the telephone, and the secrets that are kept apart from them.

A reference such as `CK-EHQ6-7X6D` names a complaint and opens nothing. Its 23 signs leave out everything that looks
like another sign (0 O, 1 I L, 2 Z, 5 S, 8 B, U, Y); the last sign is a check over the others, weighted by place
modulo the prime 23, so every single wrong sign and every swap of two signs is noticed.
"""

import hashlib
import hmac
import re
from collections.abc import Callable
from typing import Final

SIGNS: Final = "34679ACDEFGHJKMNPQRTVWX"
_LENGTH: Final = 8
_PREFIX: Final = "CK"
_FOUND: Final = re.compile(rf"\b{_PREFIX}-?([{SIGNS}]{{4}})-?([{SIGNS}]{{4}})(?![A-Z0-9])", re.IGNORECASE)


def _check(signs: str) -> str:
    return SIGNS[-sum(weight * SIGNS.index(sign) for weight, sign in enumerate(signs, 2)) % len(SIGNS)]


def new(randbelow: Callable[[int], int], prefix: str = _PREFIX) -> str:
    """Return a fresh reference.

    Args:
        randbelow: Gives a random number from 0 up to but not including its argument, such as `secrets.randbelow`.
        prefix: What it begins with; complaints have `CK`.
    """
    drawn = randbelow(len(SIGNS) ** (_LENGTH - 1))
    signs = ""
    for _ in range(_LENGTH - 1):
        drawn, place = divmod(drawn, len(SIGNS))
        signs += SIGNS[place]
    signs += _check(signs)
    return f"{prefix}-{signs[:4]}-{signs[4:]}"


def read(text: str, prefix: str = _PREFIX) -> str | None:
    """Return the reference a person typed, whatever its case, spaces and dashes; `None` if it cannot be one."""
    signs = re.sub(r"[^0-9A-Z]", "", text.upper()).removeprefix(prefix)
    if len(signs) != _LENGTH or not set(signs) <= set(SIGNS) or _check(signs[:-1]) != signs[-1]:
        return None
    return f"{prefix}-{signs[:4]}-{signs[4:]}"


SPOKEN_LENGTH: Final = len(_PREFIX) + _LENGTH


def spoken(reference: str) -> str:
    """Return a reference without its dashes."""
    return reference.replace("-", "")


def mentioned(text: str) -> tuple[str, ...]:
    """Return the references that a text mentions, each once, in order; a mistyped one is none."""
    found = (read(match.group()) for match in _FOUND.finditer(text))
    return tuple(dict.fromkeys(reference for reference in found if reference))


def token(secret: bytes, purpose: str, reference: str) -> str:
    """Return the 160-bit secret that belongs to one complaint and one purpose, in letters and digits only.

    Args:
        secret: The kit's own secret; whoever has it can make every token, so it stays out of the database.
        purpose: `reply` or `track`: a token for one opens nothing of the other.
        reference: The complaint.
    """
    mac = hmac.new(secret, f"{purpose}:{reference}".encode(), hashlib.sha256).digest()
    return format(int.from_bytes(mac[:20]), "x").rjust(40, "0")


def matches(secret: bytes, purpose: str, reference: str, offered: str) -> bool:
    """Say whether an offered token is the right one, in time that does not tell how much of it was right."""
    return hmac.compare_digest(
        token(secret, purpose, reference).encode(), offered.strip().lower().encode("utf-8", "surrogatepass")
    )


def blind(secret: bytes, contact: str) -> str:
    """Return a keyed digest by which the same contact is found again without the contact being readable."""
    return (
        hmac.new(secret, f"contact:{contact}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]
        if contact
        else ""
    )


def reply_token(reference: str, secret: bytes) -> str:
    """Return the token that goes out with a notice, so that an answer finds the case: letters and digits only."""
    return spoken(reference) + token(secret, "reply", reference)


def proven_by(offered: str, secret: bytes) -> str:
    """Return the reference that a reply token belongs to; empty if the token is none of ours."""
    reference = read(offered[:SPOKEN_LENGTH]) or ""
    rest = offered[SPOKEN_LENGTH:]
    return reference if reference and matches(secret, "reply", reference, rest) else ""


# Signs of a follow-up code after the reference: two that count its renewals, the rest is its secret, of 135 bits.
_COUNTED: Final = 2
_SECRET: Final = 30
RENEWALS: Final = len(SIGNS) ** _COUNTED
_GROUP: Final = 4


def code(reference: str, secret: bytes, number: int = 0) -> str:
    """Return the code by which a complainant follows a complaint without giving a name.

    Args:
        reference: The complaint.
        secret: The kit's own secret.
        number: How often the code was renewed; below `RENEWALS`.
    """
    signs = _signs(number, _COUNTED) + _signs(int(token(secret, f"track.{number}", reference), 16), _SECRET)
    groups = (signs[place : place + _GROUP] for place in range(0, len(signs), _GROUP))
    return "-".join((reference, *groups))


def opened_by(offered: str, secret: bytes) -> tuple[str, int] | None:
    """Return the reference that a follow-up code belongs to and how often it was renewed; `None` if it is none of ours.

    How long that takes does not tell how much of the code was right. Case, spaces and dashes do not count.
    """
    signs = re.sub(r"[^0-9A-Z]", "", offered.upper())
    reference, rest = read(signs[:SPOKEN_LENGTH]), signs[SPOKEN_LENGTH:]
    if reference is None or len(rest) != _COUNTED + _SECRET or not set(rest) <= set(SIGNS):
        return None
    number = sum(SIGNS.index(sign) * len(SIGNS) ** place for place, sign in enumerate(rest[:_COUNTED]))
    right = spoken(code(reference, secret, number))
    return (reference, number) if hmac.compare_digest(right.encode(), signs.encode()) else None


def _signs(number: int, length: int) -> str:
    found = ""
    for _ in range(length):
        number, place = divmod(number, len(SIGNS))
        found += SIGNS[place]
    return found
