"""What is learned from it: causes, lessons, word to those who can mend it."""

from attrs import frozen


@frozen(kw_only=True)
class Learning:
    """What is learned from it: causes, lessons, word to those who can mend it; one group of a complaint."""
