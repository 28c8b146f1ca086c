"""Which other cases it belongs with."""

from attrs import frozen


@frozen(kw_only=True)
class Ties:
    """Which other cases it belongs with; one group of a complaint."""
