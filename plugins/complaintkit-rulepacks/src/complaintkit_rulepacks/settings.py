"""The settings of this plugin: the table `[plugins.rulepacks]`."""

from pathlib import Path

from attrs import frozen


@frozen(kw_only=True)
class Settings:
    """Settings.

    Attributes:
        folder: A folder with rule packs of your own, one file (`NAME.toml`) each.
    """

    folder: Path | None = None
