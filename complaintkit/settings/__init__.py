"""Settings: a TOML file read strictly; what is wrong is said with its path and what to write instead."""

from complaintkit.settings.reading import FILE, find, load, read, variables
from complaintkit.settings.rule_packs import read_rule_pack
from complaintkit.settings.strict import did_you_mean, structure
from complaintkit.settings.tables import FAMILIES, KitSettings, PluginsSettings, Section, Settings

__all__ = [
    "FAMILIES", "FILE", "KitSettings", "PluginsSettings", "Section", "Settings", "did_you_mean", "find", "load", "read",
    "read_rule_pack", "structure", "variables",
]  # fmt: skip
