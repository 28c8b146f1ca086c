"""Rule packs for complaintkit: deadlines of laws, regulators and codes as dated data with sources; check before use."""

from collections.abc import Iterable

from complaintkit import RulePack, hookimpl
from complaintkit_rulepacks.reading import from_folder, shipped
from complaintkit_rulepacks.settings import Settings

__all__ = ["Settings", "from_folder", "shipped"]


@hookimpl
def complaintkit_settings() -> type[Settings]:
    """Return the class of this plugin's settings."""
    return Settings


@hookimpl
def complaintkit_rule_packs(settings: Settings) -> Iterable[RulePack]:
    """Yield the shipped packs, and those of a folder of one's own; of the same name, one's own counts."""
    packs = {one.name: one for one in shipped()}
    if settings.folder is not None:
        packs |= {one.name: one for one in from_folder(settings.folder)}
    return packs.values()
