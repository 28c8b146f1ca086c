"""A plugin that gives every complaint three fields of its own: a date, a choice, and one that stays sealed.

Use it: write `files = ["warranty_fields.py"]` below `[plugins]` in complaintkit.toml. A form that answers
`warranty_until` fills the field in; on the command line
`complaintkit cases act REF set_field --field warranty_until --value 2027-03-01` does. What a category needs before it
is decided stands in the settings, for it depends on the shop's own categories.
"""

from collections.abc import Iterable

from attrs import frozen

from complaintkit import CustomField, hookimpl


@frozen
class Settings:
    """Which kinds of warranty there are, and the categories of complaints that need one named before the decision."""

    kinds: tuple[str, ...] = ("maker", "shop", "none")
    required_for: tuple[str, ...] = ()


@hookimpl
def complaintkit_settings() -> type[Settings]:
    """Name the kinds in the settings file."""
    return Settings


@hookimpl
def complaintkit_fields(settings: Settings) -> Iterable[CustomField]:
    """Offer the three fields."""
    yield CustomField(
        name="warranty_until", type="date", required_for=settings.required_for,
        labels={"en": "Warranty ends", "ru": "Гарантия до", "fil": "Hanggang kailan ang warranty"},
    )  # fmt: skip
    yield CustomField(name="warranty_kind", type="choice", choices=settings.kinds, labels={"en": "Whose warranty"})
    yield CustomField(name="serial_photo", type="text", help="Where the photo of the type plate is kept.")
