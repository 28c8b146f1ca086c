"""Reads rule packs from TOML, one file each; the name of the file is the name of the pack."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from complaintkit import RulePack, SettingsError, read_rule_pack

_ENDING: Final = ".toml"


def shipped() -> tuple[RulePack, ...]:
    """Return the packs that come with this distribution, by name."""
    return tuple(_read(files(__package__) / "packs", "packs"))


def from_folder(folder: Path) -> tuple[RulePack, ...]:
    """Return the packs of a folder, by name.

    Args:
        folder: A folder whose files end in `.toml`; others are passed over.

    Raises:
        SettingsError: There is no such folder, or a file in it is no rule pack; the path names file and key.
    """
    if not folder.is_dir():
        raise SettingsError("plugins.rulepacks.folder", f"there is no folder {folder}; make it, or take the key out")
    return tuple(_read(folder, str(folder)))


def _read(folder: Traversable, called: str) -> Iterator[RulePack]:
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.is_file() and file.name.endswith(_ENDING):
            yield _pack(file, f"{called}/{file.name}")


def _pack(file: Traversable, path: str) -> RulePack:
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(path, f"cannot be read: {error}") from error
    pack = read_rule_pack(data, path)
    if pack.name != file.name.removesuffix(_ENDING):
        raise SettingsError(
            f"{path}.name", f"is {pack.name!r}; a file is called as the pack in it, {pack.name}{_ENDING}"
        )
    return pack
