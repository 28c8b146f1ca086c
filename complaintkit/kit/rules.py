"""Which rule packs there are, and which of them are in use."""

from attrs import frozen

from complaintkit.errors import NotFound
from complaintkit.kit.assembly import policy_of
from complaintkit.policy.packs import RulePack
from complaintkit.registry import Registry
from complaintkit.settings import Settings, did_you_mean


@frozen(kw_only=True)
class Offered:
    """A rule pack on offer.

    Attributes:
        pack: The pack: as the settings want it where it is in use, else as its plugin brings it.
        plugin: Who brings it.
        used: Whether it is in use.
    """

    pack: RulePack
    plugin: str
    used: bool

    @property
    def standing(self) -> str:
        """Return in a word whether it is in use."""
        return ("by hand" if self.pack.by_hand else "yes") if self.used else "no"


def offered(settings: Settings, registry: Registry) -> tuple[Offered, ...]:
    """Return every rule pack that plugins bring, by name.

    Raises:
        SettingsError: Something in `[policy]` is wrong, or a rule pack is wanted that no plugin brings.
    """
    used = {pack.name: pack for pack in policy_of(settings, registry).packs}
    brought = sorted(registry.rule_packs, key=lambda one: one.record.name)
    return tuple(
        Offered(pack=used.get(one.record.name, one.record), plugin=one.plugin, used=one.record.name in used)
        for one in brought
    )


def the_one(packs: tuple[Offered, ...], name: str) -> Offered:
    """Return the rule pack of a name.

    Raises:
        NotFound: There is none; the text names one that is meant, perhaps.
    """
    found = next((one for one in packs if one.pack.name == name.strip()), None)
    if found is None:
        raise NotFound("-", f"there is no rule pack {name!r}; {did_you_mean(name, [one.pack.name for one in packs])}")
    return found
