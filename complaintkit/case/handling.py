"""How it is worked on: processing information."""

from attrs import frozen


@frozen(kw_only=True)
class Handling:
    """How it is worked on: processing information; one group of a complaint."""
