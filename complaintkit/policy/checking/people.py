"""Gaps among people: steps that call nobody, steps that call only the owner, and what nobody on the list may do."""

from collections.abc import Iterator
from typing import Final

from complaintkit.case.actor import COMPLAINANT, GUEST
from complaintkit.policy.chains import LEAD, OWNER, ROTA, links, nobody
from complaintkit.policy.checking.finding import PolicyFinding, error, warning
from complaintkit.policy.policy import Policy
from complaintkit.policy.usable import NEEDED

_NO_STAFF: Final = frozenset({COMPLAINANT, GUEST})


def people(policy: Policy) -> Iterator[PolicyFinding]:
    """Yield what is the matter with who is called and who may act."""
    yield from _owner_only(policy)
    yield from _nobody_owns(policy)
    if policy.staff:
        yield from _nobody_called(policy)
    if policy.staff and policy.check is None:
        yield from _nobody_may(policy)


def _owner_only(policy: Policy) -> Iterator[PolicyFinding]:
    own = [(f"policy.standards[{place}].chain", one) for place, one in enumerate(policy.standards) if one.chain]
    for where, one in [*own, *([("policy.chain", None)] if policy.chain else [])]:
        levels = [step for step in links(one, policy.chain, policy.ladder) if step.level]
        if all(step.to == OWNER for step in levels):
            yield warning(
                where, "once it is due it calls the owner only: nobody else ever hears of a broken promise",
                'add a step to somebody else, such as { at = "+24h", to = "team-lead" }',
            )  # fmt: skip


def _nobody_owns(policy: Policy) -> Iterator[PolicyFinding]:
    left = sorted({*policy.kinds.values()} - {*policy.owners})
    if left and "*" not in policy.owners:
        yield warning(
            "policy.owners", f"names no owner for {', '.join(left)}, nor `*` for all others: they go to 'desk'",
            'write owners = { "*" = "desk" }, with a role or a person of yours',
        )  # fmt: skip


def _nobody_called(policy: Policy) -> Iterator[PolicyFinding]:
    """Yield steps whose target nobody on the list of staff is or has."""
    called = [(f"policy.ladder[{place}].to", one.to) for place, one in enumerate(policy.ladder)]
    called += [(f"policy.chain[{place}].to", one.to) for place, one in enumerate(policy.chain)]
    for place, one in enumerate(policy.standards):
        called += [(f"policy.standards[{place}].chain[{at}].to", rung.to) for at, rung in enumerate(one.chain)]
        called += [(f"policy.standards[{place}].who", one.who)] if one.who else []
    called += [
        (f"policy.escalations.triggers.{one.name}.to", one.to) for one in policy.escalations.triggers if one.enabled
    ]
    for where, to in called:
        if why := _missing(policy, to):
            yield warning(where, why, "give somebody in [policy.staff] that role, or name somebody who is there")


def _missing(policy: Policy, to: str) -> str:
    """Return why nobody hears who is called by a name; empty where somebody does."""
    roster, superior = policy.roster, policy.ownership.superior
    if to == LEAD:
        above = any(one.reports_to for one in policy.staff) or roster.members_of(superior)
        return "" if above else f"nobody on the list has a superior or is {superior}: {to!r} reaches nobody"
    if to in (OWNER, ROTA) or roster.member(to):
        return ""
    if roster.is_role(to) or to in policy.roles:
        return "" if roster.members_of(to) else f"nobody on the list has the role {to!r}"
    return nobody(to, policy)


def _nobody_may(policy: Policy) -> Iterator[PolicyFinding]:
    """Yield what only roles may do that nobody on the list has; what goes by the same roles is told together."""
    lost: dict[tuple[str, ...], list[str]] = {}
    actors = [policy.actor(one.name) for one in policy.staff]
    for action, allowed in policy.permissions.items():
        if allowed and not _NO_STAFF & {*allowed} and all(policy.looking_refusal(action, one) for one in actors):
            lost.setdefault(tuple(allowed), []).append(action)
    for roles, actions in lost.items():
        needed = [f"{told} ({action})" for action, told in NEEDED.items() if action in actions]
        others = [action for action in actions if action not in NEEDED]
        who = f"nobody on the list is {' or '.join(roles)}"
        remedy = f"give somebody in [policy.staff] one of these roles: {', '.join(roles)}"
        if needed:
            yield error("policy.staff", f"{who}: nobody can {' or '.join(needed)}", remedy)
        if others:
            yield warning("policy.staff", f"{who}, and nobody else may {', '.join(others)}", remedy)
