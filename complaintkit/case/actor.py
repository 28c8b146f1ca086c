"""Who acts: a name in the host's words, and the roles it has there."""

from collections.abc import Iterable
from typing import Final
from unicodedata import category, normalize

from attrs import field, frozen, validators

COMPLAINANT: Final = "complainant"
GUEST: Final = "guest"


def _roles(values: Iterable[str]) -> frozenset[str]:
    return frozenset(values)


@frozen
class Actor:
    """Somebody who acts or looks.

    Attributes:
        name: As the host knows the person; stands in the case file.
        roles: What the person is here: `handler`, `manager`, `legal` ...; `complainant` for the one who complains,
            `guest` for somebody who holds a link to one task.
    """

    name: str = field(validator=validators.instance_of(str))
    roles: frozenset[str] = field(default=frozenset(), converter=_roles)

    def is_a(self, role: str) -> bool:
        """Say whether the person has a role."""
        return role in self.roles


def same(one: str, other: str) -> bool:
    """Say whether two names are meant for the same person: case and spaces do not count."""
    return plain(one) == plain(other)


def plain(name: str) -> str:
    """Return a name as it is compared: without case, invisible signs, width and composition, with single spaces."""
    seen = "".join(sign for sign in normalize("NFKC", name) if category(sign) not in ("Cf", "Cc") or sign.isspace())
    return normalize("NFKC", " ".join(seen.split()).casefold())
