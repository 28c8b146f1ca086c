"""A notifier that keeps silent: every notice counts as delivered and goes nowhere. For trying things out.

Nothing is taken out of complaintkit for it; the settings file alone puts it in the place of the one that is there:

    [plugins]
    files = ["quiet_notifier.py"]
    use = { notifiers = ["quiet"] }
"""

from collections.abc import Iterable

from complaintkit import Delivery, Notice, Notifier, hookimpl


def send(notice: Notice) -> Delivery:
    """Say that it was sent."""
    return Delivery("sent", f"kept quiet about a notice to {notice.audience}")


@hookimpl
def complaintkit_notifiers() -> Iterable[Notifier]:
    """Offer it for every medium."""
    yield Notifier("quiet", ("*",), send)
