"""What a child process is told when it starts, and the records that we make from what it tells of its plugin."""

import os
import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NoReturn

from attrs import frozen

from complaintkit.codec import from_wire, to_wire
from complaintkit.errors import PluginError
from complaintkit.guard.answer import Call
from complaintkit.guard.apart import Apart, There
from complaintkit.guard.limits import Limits
from complaintkit.guard.process import Program, python
from complaintkit.registry.calls import FAMILIES, Family
from complaintkit.registry.places import Candidate
from complaintkit.registry.prepare import Refused
from complaintkit.settings import Section, variables

_CODE: Final = "from complaintkit.registry.child import main; main()"
# What programs need to find their files, their language and the network; nothing that may be a secret of ours.
_PASSED_ON: Final = (
    "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "SSL_CERT_FILE",
    "SSL_CERT_DIR", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "PYTHONHOME",
)  # fmt: skip
Loaded = tuple[tuple[Family, Any, Mapping[str, Call]], ...]


@frozen
class Elsewhere:
    """Stands for a callable that lives in another process; the guard knows how to reach it."""

    plugin: str
    name: str

    def __call__(self, *arguments: object) -> NoReturn:
        """Refuse.

        Raises:
            PluginError: Always: without the guard there is no way to it.
        """
        raise PluginError(self.plugin, f"{self.name} runs in a process of its own; use `ask` or `stream`")


def program(candidate: Candidate, section: Section, folder: Path, version: str) -> Program:
    """Return what to run for a plugin that runs apart.

    Raises:
        Refused: Its settings cannot be passed on.
        NoAnswer: Processes cannot be started here.
    """
    try:
        own = frozen_data(section.own)
    except TypeError as error:
        raise Refused(f"its settings hold {error}, which cannot be passed to another process") from None
    names = (*_PASSED_ON, *variables(section.own))
    return Program(
        arguments=python(_CODE, [os.path.abspath(place) for place in sys.path]),
        hello={
            "name": candidate.name, "kind": candidate.kind, "place": candidate.place, "own": own,
            "folder": str(folder), "version": version, "memory": section.limits.memory,
        },
        environment={name: os.environ[name] for name in names if name in os.environ},
        patience=section.limits.seconds("describe"),
    )  # fmt: skip


def frozen_data(data: Any) -> Any:
    """Return data of a settings file in JSON's terms.

    Raises:
        TypeError: There is something in it that no settings file could hold.
    """
    if isinstance(data, Mapping):
        return {"table": {str(name): frozen_data(value) for name, value in data.items()}}
    if isinstance(data, list | tuple):
        return [frozen_data(value) for value in data]
    if isinstance(data, datetime | date | time):
        return {"toml": data.isoformat()}
    if data is None or isinstance(data, str | int | float):
        return data
    if isinstance(data, Path):
        return str(data)
    raise TypeError(f"a {type(data).__name__}")


def thawed(data: Any) -> Any:
    """Return the data again."""
    if isinstance(data, list):
        return [thawed(value) for value in data]
    if isinstance(data, dict):
        if "toml" in data:
            return tomllib.loads(f"x = {data['toml']}")["x"]
        return {name: thawed(value) for name, value in data["table"].items()}
    return data


def records(
    name: str, described: Mapping[str, Any], blobs: list[bytes], limits: Limits, own: Apart, careful: Apart
) -> Iterator[Any]:
    """Yield family, record and calls for each record that a child has described.

    Args:
        name: The plugin.
        described: What the child said.
        blobs: The long texts that belong to it.
        limits: Limits of its calls.
        own: The plugin's process.
        careful: Another one of the same plugin, for reading what strangers sent.

    Raises:
        TypeError, ValueError, KeyError: The description is none.
    """
    for one in described["records"]:
        family = FAMILIES[one["family"]]
        plain = {held.name: from_wire(held.type or object, one["fields"][held.name], blobs) for held in family.plain}
        offered = [call for call in family.calls if call in one["calls"]]
        record = family.record(**plain, **{call: Elsewhere(name, call) for call in offered})
        calls = {
            call: There(
                apart=careful if family.calls[call].bytes_from_outside else own, record=(family.name, record.name),
                name=call, limit=limits.seconds(call), shape=family.calls[call].shape, to_wire=to_wire,
                from_wire=from_wire,
            )
            for call in offered
        }  # fmt: skip
        yield family, record, MappingProxyType(calls)
