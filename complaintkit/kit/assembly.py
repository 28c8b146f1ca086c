"""What a kit is put together from: settings read into a store, the plugins' settings and the policy."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve

from complaintkit.errors import SettingsError
from complaintkit.policy import Policy
from complaintkit.policy.chains import check_chains
from complaintkit.policy.reading import read
from complaintkit.registry import Registry
from complaintkit.settings import PluginsSettings, Settings, structure
from complaintkit.store import SqlStore
from complaintkit.store.engines import open_engine
from complaintkit.store.tables import tables

if TYPE_CHECKING:
    from sqlalchemy import Engine

# Kits of one prefix and schema share their tables: what a store compiles from them is kept with them.
_tables: Final = lru_cache(maxsize=32)(tables)


def sql_store(database: "str | Engine", prefix: str, schema: str | None) -> SqlStore:
    """Return the store in a database, given by its URL or as the host's engine; its version is not checked yet.

    Raises:
        StoreError: The database is of a kind that is not supported, or could lose what it has confirmed.
    """
    made = _tables(prefix, schema)
    if not isinstance(database, str):
        return SqlStore(database, made)
    engine = open_engine(database)
    try:
        return SqlStore(engine, made, own=True)
    except BaseException:
        engine.dispose()
        raise


def schema() -> Any:
    """Return the module that makes and checks the tables; not imported before, for Alembic is heavy."""
    from complaintkit.store import migrations

    return migrations


def plugin_settings(settings: Settings) -> PluginsSettings:
    """Return the plugins' settings; a team's own categories are handed to the plugin that works by them.

    Raises:
        SettingsError: Something in `[policy]` is wrong.
    """
    policy = read(settings.policy, structure)
    plugins = settings.plugins
    keywords = plugins.sections.get("keywords", {})
    categories = policy.categories if "categories" in settings.policy else ()
    own = {one.code: [word.stem for word in one.words] for one in categories if one.words}
    if not own or "words" in keywords:
        return plugins
    return evolve(plugins, sections={**plugins.sections, "keywords": {**keywords, "words": own}})


def policy_of(settings: Settings, registry: Registry) -> Policy:
    """Return the policy: what is shipped, what the settings say, what plugins add: kinds of channels, fields, rules.

    Raises:
        SettingsError: Something in `[policy]` is wrong, or a rule pack is wanted that no plugin brings.
    """
    kit = settings.kit
    common = {
        "organisation": kit.organisation,
        "contact": kit.contact,
        "languages": list(kit.languages),
        "zone": kit.zone,
    }
    kinds = {channel.record.name: channel.record.kind for channel in registry.channels}
    policy = read({**common, **settings.policy}, structure)
    fields = policy.fields.with_more(one.record for one in registry.fields)
    policy = evolve(policy, kinds=kinds, fields=fields)
    try:
        policy = policy.with_packs(one.record for one in registry.rule_packs)
    except SettingsError as error:
        # Without the deadlines of a law that is wanted nobody goes on: what brings them may be what is set aside.
        aside = ", ".join(one.name for one in registry.plugins if one.state == "set aside")
        told = f"; {aside} is set aside, and `complaintkit plugins doctor` says why" if aside else ""
        raise SettingsError(error.path, f"{error.problem}{told}") from error
    check_chains(policy)
    return policy
