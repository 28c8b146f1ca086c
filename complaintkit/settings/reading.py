"""From a settings file to the frozen classes."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import attrs

from complaintkit.errors import SettingsError
from complaintkit.settings.strict import did_you_mean, structure
from complaintkit.settings.tables import KitSettings, PluginsSettings, Settings

FILE: Final = "complaintkit.toml"
_TABLES: Final = ("kit", "plugins", "policy")


def find(start: Path) -> Path | None:
    """Return the settings file of a folder, or of the nearest one around it that has any."""
    around = start.resolve()
    return next((file for folder in (around, *around.parents) if (file := folder / FILE).is_file()), None)


def load(path: Path) -> Settings:
    """Read a settings file.

    Raises:
        SettingsError: It cannot be read, or something in it is wrong; `path` of the error names the key.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(str(path), f"cannot be read ({error.strerror}); `complaintkit init` makes one") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(str(path), f"is not in TOML form: {error}") from error
    return read(raw, path.resolve().parent, path)


def read(raw: Mapping[str, Any], folder: Path, path: Path | None = None) -> Settings:
    """Return settings given as plain data.

    Args:
        raw: The tables.
        folder: Where relative paths count from.
        path: The file they come from, if any.

    Raises:
        SettingsError: Something in it is wrong; `path` of the error names the key.
    """
    for name, table in raw.items():
        if name not in _TABLES:
            raise SettingsError(name, f"there is no such table; {did_you_mean(name, _TABLES)}")
        if not isinstance(table, Mapping):
            raise SettingsError(name, f"must be a table; write [{name}] and its keys below")
    kit = structure(KitSettings, raw.get("kit", {}), "kit")
    return Settings(
        kit=attrs.evolve(kit, database=_placed(kit.database, folder)),
        plugins=_plugins(raw.get("plugins", {}), folder),
        policy=MappingProxyType(dict(raw.get("policy", {}))),
        path=path,
    )


def _placed(database: str, folder: Path) -> str:
    """Return the address with a relative path of SQLite made absolute, so that it holds wherever a command runs."""
    scheme, found, place = database.partition(":///")
    if not found or not scheme.startswith("sqlite") or place.startswith((":memory:", "file:")) or not place:
        return database
    return f"{scheme}:///{folder / place}"


def _plugins(raw: Mapping[str, Any], folder: Path) -> PluginsSettings:
    ours = {key.name for key in attrs.fields(PluginsSettings)} - {"sections", "folder"}
    sections: dict[str, Mapping[str, Any]] = {}
    given: dict[str, Any] = {}
    for name, value in raw.items():
        if name in ours:
            given[name] = value
        elif isinstance(value, Mapping):
            sections[name] = MappingProxyType(dict(value))
        else:
            raise SettingsError(f"plugins.{name}", f"there is no such key; {did_you_mean(name, ours)}")
    read = structure(PluginsSettings, given, "plugins", folder)
    plugins = attrs.evolve(read, sections=MappingProxyType(sections), folder=folder)
    for name in sections:
        plugins.section(name)  # a mistake in what is ours is told now; the rest is for the plugin to judge
    return plugins


def variables(raw: object) -> Iterator[str]:
    """Yield the names of the environment variables that settings refer to."""
    if isinstance(raw, Mapping):
        if raw.keys() == {"env"} and isinstance(raw["env"], str):
            yield raw["env"]
        else:
            for value in raw.values():
                yield from variables(value)
    elif isinstance(raw, list | tuple):
        for value in raw:
            yield from variables(value)
