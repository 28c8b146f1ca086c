"""The registry: finds plugins, checks and configures them, and freezes what they offer. Only here pluggy runs."""

from complaintkit.registry.frozen import Command, Plugin, Registry, Trouble
from complaintkit.registry.load import load_registry

__all__ = ["Command", "Plugin", "Registry", "Trouble", "load_registry"]
