"""Reads a rule pack from plain data, such as a TOML file, as strictly as settings are read."""

from collections.abc import Mapping
from typing import Any

from complaintkit.case.parts import Basis
from complaintkit.policy.packs import RulePack
from complaintkit.settings.strict import structure


def read_rule_pack(data: Mapping[str, Any], path: str = "") -> RulePack:
    """Return the rule pack that plain data states; its keys are the fields of `RulePack` and of what stands in it.

    A standard is one of the law (`basis = "statutory"`) unless it says otherwise.

    Args:
        data: The data, as a TOML file gives it.
        path: Where it stands, such as the name of the file; goes before the key in errors.

    Raises:
        SettingsError: Something is missing, unknown, of the wrong kind, or contradicts itself; `path` names the key.
    """
    given = dict(data)
    if isinstance(given.get("standards"), list | tuple):
        given["standards"] = [
            {"basis": Basis.STATUTORY.value, **one} if isinstance(one, Mapping) else one for one in given["standards"]
        ]
    return structure(RulePack, given, path)
