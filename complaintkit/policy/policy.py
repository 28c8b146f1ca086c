"""The policy: one frozen object that says how this organisation handles complaints."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from attrs import field, frozen

from complaintkit.case.actor import Actor, same
from complaintkit.case.complaint import Complaint
from complaintkit.case.lifecycle import Stage
from complaintkit.case.parts import DUTY, Severity, Suggestion
from complaintkit.checks import frozen_mapping
from complaintkit.errors import SettingsError
from complaintkit.improving.terms import Improving
from complaintkit.policy import access
from complaintkit.policy.afterwards import Aftermath, AfterwardsRules
from complaintkit.policy.categories import UNSORTED, Category
from complaintkit.policy.causes import Cause
from complaintkit.policy.chains import Step as Step
from complaintkit.policy.competence import Authorities, Competence
from complaintkit.policy.deciding import Deciding
from complaintkit.policy.departments import Department
from complaintkit.policy.escalating import Escalating
from complaintkit.policy.escalations import Escalations
from complaintkit.policy.fields import Fields
from complaintkit.policy.guides import Guide
from complaintkit.policy.regrading import Regrading
from complaintkit.policy.repeats import Repeats
from complaintkit.policy.roster import Roster
from complaintkit.policy.secrecy import Secrecy
from complaintkit.policy.situations import Situation
from complaintkit.policy.staff import STAFF_ROLES, Absence, Member, Ownership
from complaintkit.policy.standards import Interim
from complaintkit.policy.status import StageWords
from complaintkit.policy.style import Style
from complaintkit.policy.telling import Telling
from complaintkit.policy.templates import Template
from complaintkit.policy.work import Work

# Kinds of clock whose standards say in which tone a complainant is written to.
TONED = ("final_response", "first_response")


@frozen(kw_only=True)
class Tongue:
    """How a language is told when nobody says which it is: by its letters, or by its small words."""

    language: str
    letters: str = ""
    words: frozenset[str] = frozenset()


@frozen(kw_only=True)
class Policy(Regrading):
    """How complaints are handled here.

    Attributes:
        organisation, contact: As complainants read them.
        languages: Languages notices can be written in; the first serves where nothing is known.
        owners: First owner per kind of channel; `*` for all others. Never empty.
        roles: Owners that are no person: they look at the queue and get no notice for each new complaint.
        categories, templates, tongues: See there.
        threshold: Least score of a suggestion that is taken without a person, from 0 to 1.
        repeat_within: How long an earlier complaint of the same person makes a repeat, where `repeats` does not say.
        old_after: What is put on file so long after its receipt is an old complaint that is taken over: its deadlines
            count from then, and nobody is written to because of it.
        repeats: How repeats are recognised, and told apart.
        staff: Who works here. While nobody is listed, everybody has every role of staff.
        ownership: The rules by which complaints change hands.
        absences: Who is away, as it was told while the desk runs; comes from the store.
        causes: The tree of causes.
        fields: The organisation's own fields of a complaint.
        permissions: Roles per action; an action without any may be asked for by nobody.
        competence: Who may decide how much, and when a second pair of eyes has to look.
        deciding: What decisions rest on.
        improving: What is laid down for improvements: windows, shares, how long word may take.
        secrecy: What is sealed without anybody asking, and who may know of it then.
        departments: Who can be asked for help.
        task_link: Address at which a task is answered without a seat, with `{token}` in it; empty where there is none.
        situations: Special situations, and by what each is told.
        guides: Checklists and wording.
        checks: What is made of something missing before a step, as `respond.tasks`: `block`, `ask` or `off`.
        style: What a text is looked over for before it goes out.
        interim: Holding notices that go out of themselves.
        afterwards: The time after an answer: promises, objections, surveys, bodies outside.
        telling: When staff is told, and how much of it at once.
        status: What each stage means, in words for the complainant.
        escalations: What calls somebody higher up of itself, and the words for it.
        check: The host's own check of who may do and see what; `None` for the table of permissions.
    """

    organisation: str = "the organisation"
    contact: str = ""
    languages: tuple[str, ...] = ("en",)
    owners: Mapping[str, str] = field(factory=lambda: {"*": "desk"}, converter=frozen_mapping)
    roles: frozenset[str] = frozenset({"desk"})
    categories: tuple[Category, ...] = ()
    templates: tuple[Template, ...] = ()
    tongues: tuple[Tongue, ...] = ()
    threshold: float = 0.3
    repeat_within: timedelta = timedelta(days=365)
    old_after: timedelta = timedelta(days=30)
    repeats: Repeats = Repeats()
    staff: tuple[Member, ...] = ()
    causes: tuple[Cause, ...] = ()
    ownership: Ownership = Ownership()
    absences: tuple[Absence, ...] = ()
    fields: Fields = Fields()
    permissions: Mapping[str, tuple[str, ...]] = field(factory=dict, converter=frozen_mapping)
    competence: Competence = Competence()
    deciding: Deciding = Deciding()
    improving: Improving = Improving()
    secrecy: Secrecy = Secrecy()
    interim: Interim = Interim()
    afterwards: AfterwardsRules = field(factory=AfterwardsRules)
    departments: tuple[Department, ...] = ()
    task_link: str = ""
    situations: tuple[Situation, ...] = ()
    guides: tuple[Guide, ...] = ()
    checks: Mapping[str, str] = field(factory=dict, converter=frozen_mapping)
    style: Style = Style()
    telling: Telling = Telling()
    status: tuple[StageWords, ...] = ()
    escalations: Escalations = Escalations()
    check: access.Check | None = None

    def owner(self, channel: str) -> str:
        """Return the first owner of what comes by a channel, where nobody took it down."""
        return self.owners.get(self.kind(channel)) or self.owners.get("*") or "desk"

    def old(self, received_at: datetime, now: datetime) -> bool:
        """Say whether something received then, and put on file now, is an old complaint that is taken over."""
        return now - received_at > self.old_after

    def member(self, name: str) -> Member | None:
        """Return the member of staff of a name, or `None`."""
        return next((one for one in self.staff if same(one.name, name)), None)

    @property
    def roster(self) -> Roster:
        """Return the people who work here, and the rules of ownership."""
        return Roster(
            members=self.staff, absences=self.absences, queues=self.roles, queue=self.owners.get("*") or "desk",
            takers=self.permissions.get("take_over", ()), rules=self.ownership,
        )  # fmt: skip

    @property
    def authority(self) -> Authorities:
        """Return who may decide how much."""
        approving = self.permissions.get("approve", ())
        return Authorities(self.competence, self.deciding, approving, bool(self.staff), self.roles_of)

    @property
    def after(self) -> Aftermath:
        """Return what is laid down for the time after an answer."""
        return Aftermath(self)

    def roles_of(self, name: str) -> frozenset[str]:
        """Return the roles of somebody; all of staff's while nobody is listed, none for who is not listed."""
        if not self.staff:
            return STAFF_ROLES | {one.name for one in self.departments}
        member = self.member(name)
        return member.roles if member else frozenset()

    def actor(self, name: str) -> Actor:
        """Return somebody with the roles the policy gives."""
        return Actor(name, self.roles_of(name))

    @property
    def work(self) -> Work:
        """Return what is laid down about tasks, guides and special situations."""
        return Work(self)

    @property
    def escalating(self) -> Escalating:
        """Return what is laid down about calling somebody higher up."""
        return Escalating(self)

    def known(self, kind: str) -> tuple[str, ...]:
        """Return the words of a kind that the policy knows; none for a kind it has nothing to do with."""
        words: Mapping[str, Iterable[str]] = {
            "ground": (one.code for one in self.deciding.grounds),
            "category": (*(one.code for one in self.categories), UNSORTED),
            "staff": (one.name for one in self.staff),
            "role": sorted(self.roles),
            "department": (one.name for one in self.departments),
            "situation": (one.name for one in self.situations),
            "guide_item": (guide.name_of(item) for guide in self.guides for item in guide.item),
            "field": self.fields.names,
            "rules": (one.name for one in self.packs),
            "duty": sorted({one.clock for pack in self.packs for one in pack.standards if one.clock.startswith(DUTY)}),
            "known_cause": (one.code for one in self.causes if not one.retired),
            "owner": (*(one.name for one in self.staff), *sorted(self.roles)),
        }
        return tuple(words.get(kind, ()))

    def refusal(self, action: str, actor: Actor, case: Complaint) -> str:
        """Return why this person may not do this with this case; empty if they may. In doubt they may not."""
        return self.looking_refusal(action, actor, case)

    def looking_refusal(self, what: str, actor: Actor, case: Complaint | None = None) -> str:
        """Return why this person may not do or look at this; empty if they may. In doubt they may not.

        Args:
            what: An action, or one of `complaintkit.policy.access.LOOKS`.
            actor: Who asks.
            case: The complaint; `None` where it is about no single one.
        """
        if self.check is not None:
            return access.asked(self.check, what, actor, case)
        return access.by_table(what, self.permissions.get(what, ()), actor, self._staff_roles())

    def _staff_roles(self) -> frozenset[str]:
        """Return every role of staff that is laid down anywhere."""
        held = (role for member in self.staff for role in member.roles)
        named = (role for allowed in self.permissions.values() for role in allowed)
        return frozenset((*STAFF_ROLES, *self.roles, *(one.name for one in self.departments), *held, *named))

    def improving_refusal(self, action: str, actor: Actor) -> str:
        """Return why this person may not do this with any improvement; empty if they may.

        Permissions for improvements stand among the others, as `improving.` and the name of the action.
        """
        return self.looking_refusal(f"{access.IMPROVING}{action}", actor)

    def knows_of(self, case: Complaint, actor: Actor) -> bool:
        """Say whether a complaint exists for somebody; see `complaintkit.policy.access`."""
        return access.knows_of(case, actor, self.roster)

    def unsealed_for(self) -> timedelta:
        """Return how long two people may look at a sealed identity at most."""
        return self.secrecy.unsealed_for

    def category(self, code: str) -> Category | None:
        """Return a category, or `None`."""
        return next((category for category in self.categories if category.code == code), None)

    def knows_category(self, category: str) -> bool:
        """Say whether a category is in the policy."""
        return category == UNSORTED or self.category(category) is not None

    def choose(self, suggestions: Iterable[Suggestion]) -> tuple[str, Severity]:
        """Return the category with the best suggestion and the severity that follows; unsorted below the threshold.

        Equal scores are settled by the code, so that the same suggestions always give the same answer. Severity is only
        ever raised by a suggestion.
        """
        known = [suggestion for suggestion in suggestions if self.knows_category(suggestion.category)]
        best = min(known, key=lambda one: (-one.score, one.category), default=None)
        code = best.category if best and best.score >= self.threshold else UNSORTED
        category = self.category(code)
        severities = [one.severity for one in known if one.severity is not None]
        least = category.severity if category else Severity.NORMAL
        return code, max((*severities, least), key=lambda severity: severity.rank)

    def language(self, text: str) -> str:
        """Return the likely language of a text among those of the policy; the first one where nothing tells."""
        sample = text[:400].casefold()
        words = set(sample.split())
        for tongue in self.tongues:
            if tongue.letters and 3 * sum(map(sample.count, tongue.letters)) > len(sample):
                return tongue.language
        best = max(self.tongues, key=lambda tongue: len(tongue.words & words), default=None)
        return best.language if best and best.words & words else self.languages[0]

    def told(self, stage: Stage, language: str) -> str:
        """Return what a stage means for the complainant, in their language or else one of the policy's."""
        found = next((one for one in self.status if one.stage is stage), StageWords(stage=stage, words={}))
        return found.told(language, *self.languages)

    def tone(self, case: Complaint) -> str:
        """Return in which tone a complainant is written to, by the standards of their answers; empty for the common."""
        answers = (one.standard for one in self.bound(case) if one.standard.clock in TONED)
        return next((one.tone for one in answers if one.tone), "")

    def template(self, occasion: str, language: str, tone: str = "") -> Template:
        """Return the text for an occasion in a language, else in one of the policy's, else in any there is.

        Where there is one for the tone, such as `response.formal`, that goes before the common one.

        Raises:
            SettingsError: There is no text for this occasion at all.
        """
        found = {one.language: one for one in self.templates if tone and one.occasion == f"{occasion}.{tone}"}
        found = found or {one.language: one for one in self.templates if one.occasion == occasion}
        for wanted in (language, *self.languages, *found):
            if wanted in found:
                return found[wanted]
        raise SettingsError(f"policy.templates.{occasion}", "there is no text for this occasion")
