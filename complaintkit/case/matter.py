"""What happened: content information, as the complainant tells it."""

from attrs import frozen


@frozen(kw_only=True)
class Matter:
    """What happened: content information, as the complainant tells it; one group of a complaint."""
