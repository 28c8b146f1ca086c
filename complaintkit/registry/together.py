"""Judge plugins side by side: who offers the same, and what do the settings name that is not there?"""

from collections.abc import Iterable, Sequence

from attrs import evolve

from complaintkit.registry.frozen import Plugin, Trouble
from complaintkit.registry.places import ONLY, ORIGINS, Candidate, wanted
from complaintkit.registry.single import Outcome, Ready, trouble
from complaintkit.settings import PluginsSettings, did_you_mean


def sorted_out(outcomes: Iterable[Outcome]) -> tuple[list[Ready], list[Plugin], list[Trouble]]:
    """Set aside, of plugins that offer the same, all but the first; return what remains, and what is to be told."""
    ready: list[Ready] = []
    plugins: list[Plugin] = []
    troubles: list[Trouble] = []
    owners: dict[str, Ready] = {}
    loaded = [one for one in outcomes if isinstance(one, Ready)]
    for one in sorted(loaded, key=lambda one: (ORIGINS.index(one.candidate.origin), one.candidate.name)):
        offered = (f"plugin:{one.plugin.name}", *one.plugin.records, *(f"commands:{name}" for name, _ in one.commands))
        taken = next(((what, owners[what]) for what in offered if what in owners), None)
        if taken is None and len(set(offered)) < len(offered):
            taken = next(what for what in offered if offered.count(what) > 1), one
        if taken is not None:
            for apart in one.aparts:
                apart.close()
            plugins.append(evolve(one.plugin, state="set aside", hooks=(), records=()))
            troubles.append(_taken(one.candidate, *taken))
            continue
        owners.update(dict.fromkeys(offered, one))
        ready.append(one)
        plugins.append(one.plugin)
    for other in outcomes:
        if isinstance(other, Plugin):
            plugins.append(other)
        elif isinstance(other, tuple):
            plugins.append(other[0])
            troubles.append(other[1])
    return sorted(ready, key=lambda one: one.plugin.name), plugins, troubles


def _taken(candidate: Candidate, what: str, owner: Ready) -> Trouble:
    family, _, name = what.partition(":")
    if owner.candidate is candidate:
        return trouble(candidate, f"it offers {name!r} twice among its {family}", "give each a name of its own")
    why = f"{name!r} among the {family} is offered by {owner.candidate.package} and by {candidate.package}"
    if family == "plugin":
        why = f"there are two plugins of this name: {owner.candidate.package} and {candidate.package}"
    return trouble(candidate, why, f"rename one of them, or leave {owner.candidate.name!r} out instead")


def about_settings(settings: PluginsSettings, found: Sequence[Candidate], ready: Sequence[Ready]) -> list[Trouble]:
    """Return what the settings name that is not there: a slip of the pen should not go unnoticed."""
    names = {one.name for one in found}
    named = [
        ("plugins.disable", settings.disable, names, "no plugin is left out by it"),
        ("plugins", tuple(settings.sections), names, "nothing reads its settings"),
        (ONLY, wanted() or (), names, "nothing is loaded by it"),
    ]
    for family, chosen in settings.use.items():
        offered = {record.name for one in ready for of, record, _ in one.records if of.name == family}
        named.append((f"plugins.use.{family}", chosen, offered, "only the others named there are used"))
    return [
        Trouble(
            plugin=name, what=f"{path} names {name!r}, which is not there", why=did_you_mean(name, known),
            consequence=consequence, remedy=f"correct {path}, or install what is missing",
        )
        for path, wanted_names, known, consequence in named
        for name in wanted_names
        if name not in known
    ]  # fmt: skip
