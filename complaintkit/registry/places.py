"""Where plugins come from, and how one is loaded from there."""

import importlib
import importlib.util
import inspect
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, Literal

from attrs import frozen

from complaintkit import builtin
from complaintkit.registry.calls import family_of
from complaintkit.registry.versions import of_distribution, of_file
from complaintkit.settings import PluginsSettings

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP: Final = "complaintkit"
ONLY: Final = "COMPLAINTKIT_PLUGINS"
Origin = Literal["built-in", "handed over", "file", "installed"]
ORIGINS: Final[tuple[Origin, ...]] = ("built-in", "handed over", "file", "installed")


@frozen(kw_only=True)
class Candidate:
    """A plugin that was found and not yet looked into.

    Attributes:
        kind, place: How and from where to load it: `import` of `package.module:attribute`, or `file` of a path; an
            empty kind is an object that is here already.
        target: That object.
        distribution: Name and version of the installed package it belongs to.
        requires: What it says before it is imported about the versions of complaintkit it fits.
    """

    name: str
    origin: Origin
    kind: Literal["import", "file", ""]
    place: str
    target: Any = None
    distribution: str = ""
    version: str = ""
    requires: str = ""

    @property
    def package(self) -> str:
        """Return how people know it: name, version and where it comes from."""
        known = f"{self.name!r}{' ' if self.version else ''}{self.version}"
        return f"{known} ({self.distribution or self.origin})"


def candidates(settings: PluginsSettings, handed: Iterable[object], version: str) -> tuple[Candidate, ...]:
    """Return every plugin there is, sorted by name, ours first among equals."""
    found = [*_built_in(version), *map(_handed, handed), *map(_file, settings.files)]
    if settings.discover:
        found += _installed()
    return tuple(sorted(found, key=lambda one: (one.name, ORIGINS.index(one.origin), one.place)))


def wanted() -> tuple[str, ...] | None:
    """Return the names of the only installed plugins to be used, by the environment; `None` for all of them."""
    only = os.environ.get(ONLY)
    return None if only is None else tuple(name.strip() for name in only.split(",") if name.strip())


def _built_in(version: str) -> Iterator[Candidate]:
    for name in builtin.BUILTINS:
        yield Candidate(
            name=name, origin="built-in", kind="import", place=f"complaintkit.builtin.{name}",
            distribution="complaintkit", version=version,
        )  # fmt: skip


def _installed() -> Iterator[Candidate]:
    only = wanted()
    if only == ():
        return
    from importlib.metadata import entry_points  # here: a plugin's own process needs none of it, and it is slow

    for point in entry_points(group=GROUP):
        if only is None or point.name in only:
            yield _entry(point)


def _entry(point: "EntryPoint") -> Candidate:
    dist = point.dist
    return Candidate(
        name=point.name, origin="installed", kind="import", place=point.value,
        distribution=dist.name if dist else "", version=dist.version if dist else "",
        requires=of_distribution(dist.requires if dist else None),
    )  # fmt: skip


def _file(path: Path) -> Candidate:
    return Candidate(name=_plain(path.stem), origin="file", kind="file", place=str(path), requires=of_file(path))


def _handed(target: object) -> Candidate:
    if family_of(target) is not None:
        return Candidate(name=target.name, origin="handed over", kind="", place="", target=target)  # type: ignore[attr-defined]
    if isinstance(target, ModuleType):
        name = target.__name__
        return Candidate(
            name=_plain(name.rpartition(".")[2]), origin="handed over", kind="import", place=name, target=target
        )
    if inspect.isclass(target) and target.__module__ != "__main__" and "<" not in target.__qualname__:
        place = f"{target.__module__}:{target.__qualname__}"
        name = _plain(target.__name__)
        return Candidate(name=name, origin="handed over", kind="import", place=place, target=target)
    kind: type = target if inspect.isclass(target) else type(target)
    return Candidate(name=_plain(kind.__name__), origin="handed over", kind="", place=kind.__module__, target=target)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9_-]+", "_", name.lower()).strip("_") or "plugin"


def load(kind: str, place: str) -> Any:
    """Import a plugin and return it.

    Args:
        kind: `import` or `file`.
        place: `package.module`, `package.module:attribute`, or a path.

    Raises:
        Exception: Whatever importing it raises.
    """
    if kind == "file":
        return _from_file(Path(place))
    module, _, attribute = place.partition(":")
    found: Any = importlib.import_module(module.strip())
    for name in filter(None, attribute.partition("[")[0].strip().split(".")):
        found = getattr(found, name)
    return found


def _from_file(path: Path) -> ModuleType:
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {path}")
    name = f"complaintkit_file_{_plain(path.stem).replace('-', '_')}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module
