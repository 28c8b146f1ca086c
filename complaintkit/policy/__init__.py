"""What the organisation has laid down: service standards, categories, languages, whose attention is called.

The names are imported when somebody asks for them: plugins and their child processes need the standards and rule packs,
and would otherwise load the whole policy along with them, which takes as long as everything else they load.
"""

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from complaintkit.policy.categories import UNSORTED, Category, Word
    from complaintkit.policy.policy import Policy, Step, Tongue
    from complaintkit.policy.standards import Standard
    from complaintkit.policy.templates import Template, fill

__all__ = ["UNSORTED", "Category", "Policy", "Standard", "Step", "Template", "Tongue", "Word", "fill"]

_PLACES = MappingProxyType(
    {
        "categories": ("UNSORTED", "Category", "Word"),
        "policy": ("Policy", "Step", "Tongue"),
        "standards": ("Standard",),
        "templates": ("Template", "fill"),
    }
)


def __getattr__(name: str) -> Any:
    """Return a name of this package from the module where it stands."""
    for module, names in _PLACES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
