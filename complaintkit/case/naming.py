"""How the parts of a case are called."""

from collections.abc import Sized


def next_name(kind: str, there: Sized) -> str:
    """Return the name of one more part of a kind, such as `offer-3` after two of them.

    Args:
        kind: What it is: `task`, `remedy`, `commitment` ...
        there: All parts of this kind that the case ever had; parts that can be dropped are counted in `Matter.named`.
    """
    return f"{kind}-{len(there) + 1}"
