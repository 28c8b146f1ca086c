"""How it is answered and put right: reaction and outcome."""

from attrs import frozen


@frozen(kw_only=True)
class Settlement:
    """How it is answered and put right: reaction and outcome; one group of a complaint."""
