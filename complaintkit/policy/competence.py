"""Competence: how much who may decide alone, and when somebody else has to look at it besides."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from attrs import evolve, frozen

from complaintkit.case.actor import Actor
from complaintkit.case.approvals import BEYOND, Look, Why
from complaintkit.case.complaint import Complaint
from complaintkit.case.money import Money
from complaintkit.case.remedies import MONEY_TYPES, Remedy, RemedyType, given
from complaintkit.errors import SettingsError
from complaintkit.policy.deciding import Deciding
from complaintkit.policy.limits import Limit, Rule
from complaintkit.policy.staff import STAFF_ROLES

Structure = Callable[[type[Any], Mapping[str, Any], str], Any]


@frozen(kw_only=True)
class Competence:
    """Who may decide how much: the authority matrix, and the rule of the second pair of eyes.

    Attributes:
        order: Roles, the lowest first. The last one has no limit: somebody must be able to decide.
        apart: Types of remedy that are added up by themselves; all others of a case are added up together.
        limits, rules: See there.
    """

    order: tuple[str, ...] = ("handler", "team-lead", "department", "executive")
    apart: tuple[RemedyType, ...] = (RemedyType.GOODWILL,)
    limits: tuple[Limit, ...] = ()
    rules: tuple[Rule, ...] = ()

    def rank(self, roles: Iterable[str]) -> int:
        """Return the place of the highest of some roles in the order; -1 where none of them stands there."""
        return max((self.order.index(role) for role in roles if role in self.order), default=-1)

    def beyond(self, actor: Actor, case: Complaint) -> tuple[Why, ...]:
        """Return what of a case's remedies somebody may not decide, line by line; empty if all is within the limits.

        Everything the case has given so far counts, and what is planned: the limit is one for the case, not for each
        remedy. Within what is added up, each type keeps to its own limit, and all of it to the widest of them.
        """
        if self.rank(actor.roles) == len(self.order) - 1:
            return ()
        remedies = given(case)
        found = [why for one in remedies if one.due is None for why in self._unknown(actor, one, case.category)]
        piles: dict[tuple[str, str], list[Remedy]] = {}
        for one in remedies:
            if one.due:
                apart = str(one.type) if one.type in self.apart else ""
                piles.setdefault((apart, one.due.currency), []).append(one)
        for pile in piles.values():
            found += self._pile(actor, pile, case.category)
        return tuple(found)

    def approver(self, case: Complaint, least: str, may: Callable[[str], bool]) -> str:
        """Return the lowest role whose limits a case is within, from a role upwards; the highest where none other is.

        Args:
            case: The case.
            least: The lowest role that counts; empty for any.
            may: Says whether a role may approve at all.
        """
        for role in self.order[max(self.rank((least,)), 0) : -1]:
            if may(role) and not self.beyond(Actor("", (role,)), case):
                return role
        return self.order[-1]

    def looks(self, case: Complaint, hands: Iterable[Actor], may: Callable[[str], bool]) -> tuple[Look, ...]:
        """Return the second looks that a draft needs; empty where each whose hand is in it may decide alone.

        Args:
            case: The case, with the draft in it.
            hands: Everybody whose work it is, and who sends it, with the roles that count; the narrowest limit holds.
            may: Says whether a role may approve at all.
        """
        beyond = _narrowest(why for one in hands for why in self.beyond(one, case))
        holding = [rule for rule in self.rules if rule.holds(case)]
        common = [rule for rule in holding if not rule.role or rule.role in self.order]
        least = max((rule.role for rule in common if rule.role), key=lambda role: self.rank((role,)), default="")
        reasons = (*beyond, *(rule.why() for rule in common))
        count = max([rule.approvals for rule in common] + [1 if beyond else 0])
        look = Look(who=self.approver(case, least, may) if count else "", least=least, reasons=reasons)
        special = (Look(who=one.role, only=one.role, reasons=(one.why(),)) for one in holding if one not in common)
        return (*(look for _ in range(count)), *special)

    def hinders(self, look: Look, actor: Actor, case: Complaint) -> str:
        """Return why this person cannot give a look; empty if they can."""
        if look.only:
            return "" if actor.is_a(look.only) else f"it takes {look.only}"
        if look.least and self.rank(actor.roles) < self.rank((look.least,)):
            return f"it takes {look.least} or above"
        beyond = self.beyond(actor, case)
        return "; ".join(map(str, beyond)) if beyond else ""

    def _unknown(self, actor: Actor, remedy: Remedy, category: str) -> Iterable[Why]:
        rows = self._rows(actor, remedy.type, category)
        if remedy.type in MONEY_TYPES and not any(row.unlimited for row in rows):
            text = f"{remedy.type} without an amount: nobody knows how much that is; state amount and currency"
            yield Why(code=BEYOND, remedy=remedy.type, text=text)
        elif not rows:
            text = f"{remedy.type} is not for {_called(actor)} to give in {category or 'this category'}"
            yield Why(code=BEYOND, remedy=remedy.type, text=text)

    def _pile(self, actor: Actor, pile: list[Remedy], category: str) -> Iterable[Why]:
        """Return what is too much of remedies that are added up, all in one currency."""
        currency = next(one.due.currency for one in pile if one.due)
        widest: list[Decimal | None] = []
        for type_ in dict.fromkeys(one.type for one in pile):
            limit = self._widest(actor, type_, category, currency)
            widest.append(limit)
            yield from self._over(actor, type_, _sum(one for one in pile if one.type is type_), limit, currency)
        if len(widest) > 1 and None not in widest:
            yield from self._over(actor, "", _sum(pile), max(one for one in widest if one is not None), currency)

    def _over(self, actor: Actor, remedy: str, total: Decimal, limit: Decimal | None, currency: str) -> Iterable[Why]:
        if limit is None or total <= limit:
            return
        asked = Money(total, currency)
        may = Money(limit, currency) if limit else None
        what = f"{remedy or 'together'} {asked}"
        text = f"{what} in this case is more than {_called(actor)} may give: {may or f'nothing in {currency}'}"
        yield Why(code=BEYOND, remedy=remedy, sum=asked, limit=may, text=text)

    def _widest(self, actor: Actor, remedy: str, category: str, currency: str) -> Decimal | None:
        """Return the widest limit; `None` for no limit at all."""
        rows = self._rows(actor, remedy, category)
        if any(row.unlimited for row in rows):
            return None
        amounts = (one.amount for row in rows for one in row.up_to if one.currency == currency)
        return max(amounts, default=Decimal(0))

    def _rows(self, actor: Actor, remedy: str, category: str) -> list[Limit]:
        return [row for row in self.limits if row.fits(actor, remedy, category)]


def _sum(remedies: Iterable[Remedy]) -> Decimal:
    return sum((one.due.amount for one in remedies if one.due), Decimal(0))


def _narrowest(reasons: Iterable[Why]) -> tuple[Why, ...]:
    """Return of the reasons about the same remedy the one with the narrowest limit."""
    found: dict[tuple[str, str], Why] = {}
    for why in reasons:
        key = (why.remedy, why.sum.currency if why.sum else "")
        if key not in found or _limit(why) < _limit(found[key]):
            found[key] = why
    return tuple(found.values())


def _limit(why: Why) -> Decimal:
    return why.limit.amount if why.limit else Decimal(0)


def _called(actor: Actor) -> str:
    return actor.name or ", ".join(sorted(actor.roles)) or "nobody"


@frozen
class Authorities:
    """Who may decide how much in this organisation; see `complaintkit.case.approvals.Authority`.

    Attributes:
        competence: The limits and rules.
        deciding: What decisions rest on.
        approving: Roles that may approve at all.
        listed: Whether members of staff are listed. Where nobody is, everybody has every role: what somebody decides
            alone is then held to the limits of the lowest one, and anybody else may approve.
        roles_of: Gives the roles of somebody by name.
    """

    competence: Competence
    deciding: Deciding
    approving: tuple[str, ...]
    listed: bool
    roles_of: Callable[[str], frozenset[str]]

    def looks(self, case: Complaint, hands: tuple[Actor, ...]) -> tuple[Look, ...]:
        """Return the second looks that a draft needs; none where each whose hand is in it may decide alone."""
        return self.competence.looks(case, hands, self._may)

    def known(self, name: str) -> Actor:
        """Return somebody by name, with the roles whose limits hold for what they decide alone."""
        return self.counted(Actor(name, self.roles_of(name)))

    def hinders(self, look: Look, actor: Actor, case: Complaint) -> str:
        """Return why this person cannot give such a look; empty if they can."""
        return self.competence.hinders(look, actor, case)

    def counted(self, actor: Actor) -> Actor:
        """Return somebody with the roles whose limits hold for what they decide alone."""
        if self.listed or not actor.roles >= STAFF_ROLES:
            return actor
        return Actor(actor.name, self.competence.order[:1])

    def level(self, case: Complaint) -> str:
        """Return the lowest role that may decide as much as a case gives."""
        return self.competence.approver(case, "", lambda role: True)

    def owed(self, case: Complaint) -> str:
        """Return what has to be found out before a case is decided; empty if nothing has."""
        return self.deciding.owed(case)

    def unfit(self, code: str, outcome: str) -> str:
        """Return why a reason code cannot be given for a decision; empty if it can."""
        return self.deciding.unfit(code, outcome)

    def _may(self, role: str) -> bool:
        return role in self.approving or "staff" in self.approving


# --- from the settings


@frozen(kw_only=True)
class _Shape:
    order: tuple[str, ...] = ("handler", "team-lead", "department", "executive")
    apart: tuple[RemedyType, ...] = (RemedyType.GOODWILL,)


def read_competence(raw: Mapping[str, Any], structure: Structure, categories: Iterable[str]) -> Competence:
    """Return the competence from its table.

    Args:
        raw: The table `[policy.competence]`, over what is shipped; its lists `limits` and `rules` replace the shipped.
        structure: Turns a raw table into a class and tells the path of what is wrong.
        categories: Codes of the categories there are.

    Raises:
        SettingsError: Something in it is unknown or of the wrong kind.
    """
    path, given_, known = "policy.competence", dict(raw), frozenset(categories)
    limits = _rows(given_.pop("limits", ()), f"{path}.limits", Limit, "up_to", structure, known)
    rules = _rows(given_.pop("rules", ()), f"{path}.rules", Rule, "over", structure, known)
    shape: _Shape = structure(_Shape, given_, path)
    if not shape.order:
        raise SettingsError(
            f"{path}.order", 'is empty; name the roles that may decide, such as ["handler", "executive"]'
        )
    for place, one in enumerate(limits):
        if not one.up_to and not one.unlimited and MONEY_TYPES & frozenset(one.remedies):
            raise SettingsError(f"{path}.limits[{place}]", "is about money and has neither `up_to` nor `unlimited`")
    return Competence(order=shape.order, apart=shape.apart, limits=limits, rules=rules)


def _rows(
    tables: Any, path: str, kind: type[Any], key: str, structure: Structure, categories: frozenset[str]
) -> tuple[Any, ...]:
    if not isinstance(tables, list | tuple):
        raise SettingsError(path, "must be a list of tables, such as [[...]]")
    found = []
    for place, table in enumerate(tables):
        here = f"{path}[{place}]"
        if not isinstance(table, Mapping):
            raise SettingsError(here, "must be a table; write { ... } with its keys inside")
        plain = dict(table)
        amounts = _amounts(plain.pop(key, {}), f"{here}.{key}")
        row = evolve(structure(kind, plain, here), **{key: amounts})
        for code in row.categories:
            if code not in categories:
                raise SettingsError(f"{here}.categories", f"there is no category {code!r} in the policy")
        found.append(row)
    return tuple(found)


def _amounts(table: Any, path: str) -> tuple[Money, ...]:
    if not isinstance(table, Mapping):
        raise SettingsError(path, "must be amounts by currency, such as { EUR = 50, PHP = 3000 }")
    found = []
    for currency, figure in table.items():
        if isinstance(figure, bool) or not isinstance(figure, int | float | str):
            raise SettingsError(f"{path}.{currency}", "must be an amount, such as 50 or 49.90")
        if figure == 0:
            continue
        try:
            found.append(Money.of(str(figure), currency))
        except ValueError as error:
            raise SettingsError(f"{path}.{currency}", str(error)) from None
    return tuple(found)
