"""The plugins that come with complaintkit: one small module per family, through the same hooks as everybody's."""

from typing import Final

BUILTINS: Final = ("form", "folder", "keywords", "ladder", "rota", "volume", "promises", "voices")
