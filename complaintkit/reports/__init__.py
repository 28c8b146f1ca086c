"""Reports: the store counts, a plugin compiles, and what comes out is one table."""

from datetime import datetime

from complaintkit.counts import ReportRequest, Table
from complaintkit.errors import NotFound, PluginError
from complaintkit.guard import Failure
from complaintkit.registry import Registry
from complaintkit.store.port import Store


def compile_report(
    registry: Registry, store: Store, name: str, since: datetime, until: datetime, language: str
) -> Table:
    """Return a compiled report.

    Raises:
        NotFound: No plugin offers it.
        PluginError: The plugin failed; the text says how.
    """
    for report in registry.reports:
        if report.record.name == name:
            counts = store.count(report.record.needs, since, until)
            request = ReportRequest(since=since, until=until, language=language, counts=counts)
            answer = report.ask("compile", request, until)
            if isinstance(answer, Table):
                return answer
            problem = answer.problem if isinstance(answer, Failure) else "it answered with something that is no table"
            raise PluginError(report.plugin, f"report {name!r} could not be compiled: {problem}")
    known = ", ".join(report.record.name for report in registry.reports) or "none"
    raise NotFound(name, f"is no report; there are: {known}")


def exported(registry: Registry, table: Table, ending: str, now: datetime) -> bytes:
    """Return a compiled report in the format of an exporter.

    Raises:
        NotFound: No plugin writes it.
        PluginError: The plugin failed; the text says how.
    """
    for exporter in registry.exporters:
        if exporter.record.ending == ending:
            answer = exporter.ask("write", table, now)
            if isinstance(answer, bytes):
                return answer
            problem = getattr(answer, "problem", "it gave no bytes")
            raise PluginError(exporter.plugin, f"could not write {ending}: {problem}")
    known = ", ".join(one.record.ending for one in registry.exporters) or "none"
    raise NotFound(ending, f"is no format; there are: {known}")
