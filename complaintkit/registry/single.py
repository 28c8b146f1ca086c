"""Load one plugin, in our process or in one of its own; what is wrong with it becomes a `Trouble` in four lines."""

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Literal

from attrs import evolve, frozen

import complaintkit
from complaintkit.errors import SettingsError
from complaintkit.families import Unreadable
from complaintkit.guard.answer import NoAnswer
from complaintkit.guard.apart import Apart
from complaintkit.guard.here import Here
from complaintkit.registry.calls import Family, family_of
from complaintkit.registry.frozen import Plugin, Trouble
from complaintkit.registry.hello import Loaded, program, records
from complaintkit.registry.places import Candidate, load
from complaintkit.registry.prepare import FIX, Prepared, Refused, careful, fits, prepare
from complaintkit.settings import PluginsSettings, Section


@frozen(kw_only=True)
class Ready:
    """A plugin that loaded.

    Attributes:
        aparts: The processes it runs in, if it runs apart.
    """

    candidate: Candidate
    section: Section
    plugin: Plugin
    records: Loaded
    commands: tuple[tuple[str, str], ...] = ()
    aparts: tuple[Apart, ...] = ()


Outcome = Ready | tuple[Plugin, Trouble] | Plugin


@frozen(kw_only=True)
class Attempt:
    """A plugin that is about to be loaded; `wrong` is what stands against it already."""

    candidate: Candidate
    settings: PluginsSettings
    section: Section = Section()
    plugin: Plugin
    wrong: Trouble | None = None

    @classmethod
    def at(cls, candidate: Candidate, settings: PluginsSettings) -> "Attempt":
        """Return the attempt at a plugin, before anything of it is imported."""
        runner: Literal["here", "apart"] = "here" if candidate.origin in ("built-in", "handed over") else "apart"
        plugin = Plugin(
            name=candidate.name, version=candidate.version, distribution=candidate.distribution,
            origin=candidate.origin, place=candidate.place, runner=runner, state="ready",
        )  # fmt: skip
        try:
            section = settings.section(candidate.name)
        except SettingsError as error:
            wrong = trouble(candidate, *_of_settings(error))
            return cls(candidate=candidate, settings=settings, plugin=plugin, wrong=wrong)
        plugin = evolve(plugin, runner=section.runner or runner)
        return cls(candidate=candidate, settings=settings, section=section, plugin=plugin)

    def run(self) -> Outcome:
        """Load it."""
        if self.candidate.name in self.settings.disable:
            return evolve(self.plugin, state="disabled")
        wrong = self.wrong
        if wrong is None:
            try:
                fits(self.candidate.requires, complaintkit.__version__)
                return self._apart() if self.plugin.runner == "apart" else self._here()
            except SettingsError as error:
                wrong = trouble(self.candidate, *_of_settings(error))
            except Refused as refused:
                wrong = trouble(self.candidate, refused.why, refused.remedy)
            except NoAnswer as none:
                wrong = trouble(self.candidate, none.problem, FIX)
        return evolve(self.plugin, state="set aside"), wrong

    def _here(self) -> Ready:
        found = self.candidate
        target = found.target
        if target is None:
            target = careful("it cannot be imported", lambda: load(found.kind, found.place))
        if (family := family_of(target)) is not None:
            prepared = Prepared(hooks=(family.hook,), records=((family, target),), commands=())
        else:
            prepared = prepare(target, found.name, self.section.own, self.settings.folder, complaintkit.__version__)
        made = tuple((family, record, _calls(family, record)) for family, record in prepared.records)
        return self._ready(prepared.hooks, made, prepared.commands, prepared.version)

    def _apart(self) -> Ready:
        name = self.candidate.name
        if not self.candidate.kind:
            raise Refused(
                "it was handed over as an object, which cannot go to another process",
                f'take runner = "apart" out of [plugins.{name}]',
            )
        child = program(self.candidate, self.section, self.settings.folder, complaintkit.__version__)
        own, careful_one = Apart(child), Apart(child)
        with ExitStack() as unless_ready:
            unless_ready.callback(own.close)
            described, blobs = own.hello()
            if "refused" in described:
                raise Refused(str(described["refused"])[:1000], str(described.get("remedy", ""))[:300])
            try:
                made = tuple(records(name, described, blobs, self.section.limits, own, careful_one))
                hooks = tuple(map(str, described["hooks"]))
                commands = tuple((str(command), str(target)) for command, target in described["commands"])
            except (TypeError, ValueError, KeyError, AttributeError) as error:
                raise Refused(f"its process described it wrongly: {error}") from None
            unless_ready.pop_all()
        if not any(calls for _, _, calls in made):
            own.close()  # it has brought data alone, and is asked nothing any more
        return evolve(self._ready(hooks, made, commands, str(described.get("version", ""))), aparts=(own, careful_one))

    def _ready(
        self, hooks: tuple[str, ...], made: Loaded, commands: tuple[tuple[str, str], ...], version: str
    ) -> Ready:
        offered = tuple(f"{family.name}:{record.name}" for family, record, _ in made)
        plugin = evolve(self.plugin, hooks=hooks, version=self.plugin.version or version, records=offered)
        candidate = evolve(self.candidate, version=plugin.version)
        return Ready(candidate=candidate, section=self.section, plugin=plugin, records=made, commands=commands)


def _calls(family: Family, record: object) -> Mapping[str, Here]:
    return {
        name: Here(call=getattr(record, name), shape=call.shape, honest=(Unreadable,))
        for name, call in family.calls.items()
        if getattr(record, name) is not None
    }


def _of_settings(error: SettingsError) -> tuple[str, str]:
    return f"its settings are wrong: {error}", f"correct {error.path} in the settings file"


def trouble(candidate: Candidate, why: str, remedy: str) -> Trouble:
    """Return what there is to say about a plugin that is set aside."""
    return Trouble(
        plugin=candidate.name, what=f"plugin {candidate.package} is set aside", why=why,
        consequence="nothing it offers is used; everything else goes on",
        remedy=f'{remedy}; or leave it out: disable = ["{candidate.name}"] under [plugins]',
    )  # fmt: skip
