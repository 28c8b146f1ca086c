"""What a settings file holds, as frozen classes."""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

import attrs
from attrs import field, frozen, validators

from complaintkit.guard.limits import Limits
from complaintkit.settings.strict import did_you_mean, structure

FAMILIES: Final = (
    "channels", "categorisers", "escalation_rules", "notifiers", "reports", "exporters", "customers", "observers",
    "fields", "rule_packs", "rotas",
)  # fmt: skip
# Tokens are made from it: 16 signs are what a person can still not guess, and a machine not try. The figure is ours.
_SHORTEST: Final = 16
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


def _zone(instance: object, attribute: "attrs.Attribute[str]", name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{name!r} is no time zone; write one such as 'Asia/Manila'") from None


def _word(instance: object, attribute: "attrs.Attribute[str]", word: str) -> None:
    if not re.fullmatch(r"([A-Za-z_][A-Za-z0-9_]*)?", word):
        raise ValueError(f"{word!r} may have letters, digits and underscores only, and not begin with a digit")


def _hard_to_guess(instance: object, attribute: "attrs.Attribute[str]", secret: str) -> None:
    if secret and len(secret.strip()) < _SHORTEST:
        raise ValueError(
            f"is too short to keep anybody out: write {_SHORTEST} signs or more, as from `openssl rand -hex 32`, or "
            "leave it out and one is made"
        )


@frozen(kw_only=True)
class KitSettings:
    """The table `[kit]`.

    Attributes:
        organisation: Name of the organisation that handles the complaints.
        contact: Where complainants reach a person: an address or a telephone number.
        languages: Languages in which the organisation answers, the one to fall back on first.
        zone: Time zone in which its days begin and end.
        database: Address of the database; a relative path of SQLite counts from the settings file's folder.
        table_prefix: Put before the name of every table, where the database is shared.
        schema: Schema of the tables, where the database has schemas.
        secret: From which tokens are made, of 16 signs at least; left empty, one is made and kept with the database.
    """

    organisation: str = "the organisation"
    contact: str = ""
    languages: tuple[str, ...] = field(default=("en", "ru", "fil"), validator=validators.min_len(1))
    zone: str = field(default="UTC", validator=_zone)
    database: str = field(default="sqlite:///complaints.db", repr=False, validator=validators.min_len(1))
    table_prefix: str = field(default="", validator=_word)
    schema: str = field(default="", validator=_word)
    secret: str = field(default="", repr=False, validator=_hard_to_guess)


@frozen(kw_only=True)
class Section:
    """The table `[plugins.<name>]`: where the plugin runs and how long it may take are ours, the rest is its own.

    Attributes:
        runner: `here` in our process, `apart` in one of its own; `None` for what its origin calls for.
        limits: Limits of its calls.
        own: What the plugin's own settings class is read from; may hold secrets.
    """

    runner: Literal["here", "apart"] | None = None
    limits: Limits = Limits()
    own: Mapping[str, Any] = field(default=_NOTHING, repr=False)


@frozen(kw_only=True)
class PluginsSettings:
    """The table `[plugins]`.

    Attributes:
        disable: Names of plugins that are left out.
        use: Family to names of records: only these are used, in this order.
        files: Plugins of one file each.
        discover: Whether installed plugins are looked for.
        sections: The tables of the plugins as they stand, by name; may hold secrets.
        folder: Where relative paths count from.
    """

    disable: tuple[str, ...] = ()
    use: Mapping[str, tuple[str, ...]] = field(factory=lambda: MappingProxyType({}))
    files: tuple[Path, ...] = ()
    discover: bool = True
    sections: Mapping[str, Mapping[str, Any]] = field(default=_NOTHING, repr=False)
    folder: Path = Path()

    @use.validator
    def _known_families(self, attribute: object, use: Mapping[str, tuple[str, ...]]) -> None:
        for family in use:
            if family not in FAMILIES:
                raise ValueError(f"there is no family {family!r}; {did_you_mean(family, FAMILIES)}")

    def section(self, name: str) -> Section:
        """Return the settings of a plugin; the defaults if it has no table.

        Raises:
            SettingsError: What is ours in it is wrong.
        """
        raw = self.sections.get(name, _NOTHING)
        ours = {key: value for key, value in raw.items() if key in ("runner", "limits")}
        own = MappingProxyType({key: value for key, value in raw.items() if key not in ours})
        return attrs.evolve(structure(Section, ours, f"plugins.{name}"), own=own)


@frozen(kw_only=True)
class Settings:
    """A settings file, read. `policy` is the raw table, which `complaintkit.policy` reads; `path` is the file."""

    kit: KitSettings = KitSettings()
    plugins: PluginsSettings = PluginsSettings()
    policy: Mapping[str, Any] = field(default=_NOTHING, repr=False)
    path: Path | None = None
