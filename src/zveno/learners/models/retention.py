"""What is kept how long: categories with a question each, and holds that stop the clock.

A room that keeps something about people names its categories here, with a question that finds all
rows due before a moment; how many days and by which law stand in ``codes.retention()``.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext_lazy as _

from zveno.codes.models import Term, retention
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.models import Data, Letter, Questions, Record
from zveno.kernel.walls import scoped
from zveno.learners.models.children import HIGHEST, Disclosure, Learner
from zveno.learners.models.consents import Consent
from zveno.learners.models.districts import DistrictTable
from zveno.learners.models.lists import ChildList
from zveno.learners.models.sheets import ScannedPage
from zveno.network.models import MemberList, academic_year
from zveno.organisations.models import Import, Organisation
from zveno.people.models import settle

LONGEST_HOLD = timedelta(days=3 * 366)
AT_ONCE = 2000
"""How many rows go in one transaction."""
Question = Callable[[datetime], "models.QuerySet[Any]"]
Erase = Callable[["models.QuerySet[Any]"], tuple[int, dict[str, int]]]


def _delete(rows: "models.QuerySet[Any]") -> tuple[int, dict[str, int]]:
    return rows.delete()


@dataclass(frozen=True, slots=True)
class Category:
    """Rows that go when their time is over.

    ``due`` finds those whose time began before a moment, ``erase`` erases what it is given.
    ``owner`` leads to the organisation they belong to, ``child`` to the child they are about;
    empty where there is none.
    """

    code: str
    due: Question
    owner: str = ""
    child: str = ""
    erase: Erase = _delete

    @property
    def term(self) -> Term:
        """How long they are kept, and why."""
        return retention().by_code[self.code]

    @property
    def are_children(self) -> bool:
        """Whether the rows are the children themselves."""
        return self.child == "pk"

    @property
    def stopped_by(self) -> set[str]:
        """Name the categories of a hold that stops it: with a child goes what hangs on it."""
        along = {code for code, kind in CATEGORIES.items() if kind.child not in {"", "pk"}}
        return {"", self.code} | (along if self.are_children else set())

    def over(self) -> "models.QuerySet[Any]":
        """Find the rows whose time is over and that nobody holds, whoever may see them."""
        rows = self.due(clock.now() - timedelta(days=self.term.days))
        return rows.filter(~Q(Exists(self._held())))

    def number(self, mine: Q) -> "Numbers":
        """Count what would go now, and what somebody holds, of the rows that are ``mine``."""
        rows = self.due(clock.now() - timedelta(days=self.term.days)).filter(mine)
        held = Exists(self._held())
        told = rows.aggregate(
            over=models.Count("pk", filter=~Q(held)), held=models.Count("pk", filter=Q(held))
        )
        return Numbers(self, told["over"], told["held"])

    def _held(self) -> "HoldQuerySet":
        holds = Hold.objects.live().filter(category__in=self.stopped_by)
        whose = Q(everywhere=True)
        if self.owner:
            whose |= Q(organisation=OuterRef(self.owner))
        about = Q(learner=None)
        if self.child:
            about |= Q(learner=OuterRef(self.child))
        return holds.filter(whose, about)


CATEGORIES: dict[str, Category] = {}


def kept(
    code: str, *, owner: str = "", child: str = "", erase: Erase = _delete
) -> Callable[[Question], Question]:
    """Let the decorated question find what is due in a category of ``codes.retention()``."""

    def register(question: Question) -> Question:
        CATEGORIES[code] = Category(code, question, owner, child, erase)
        return question

    return register


@kept("children_without_consent", owner="owner", child="pk")
def _without_consent(before: datetime) -> "models.QuerySet[Any]":
    return Learner.objects.filter(unfounded_since__lt=before)


@kept("children_who_left", owner="owner", child="pk")
def _who_left(before: datetime) -> "models.QuerySet[Any]":
    """Find those whose grade 11 was over on a 1 September before the moment."""
    return Learner.objects.filter(first_year__lt=academic_year(localdate(before)) - HIGHEST + 1)


@kept("consents", owner="owner", child="learner")
def _consents(before: datetime) -> "models.QuerySet[Any]":
    return Consent.objects.filter(Q(withdrawn_at__lt=before) | Q(expires_on__lt=localdate(before)))


@kept("consent_scans", owner="owner", child="sheet__learner")
def _scans(before: datetime) -> "models.QuerySet[Any]":
    """Find pages of which nobody has said what the answer is."""
    return ScannedPage.objects.waiting().filter(came_at__lt=before)


@kept("disclosures", owner="owner", child="learner")
def _disclosures(before: datetime) -> "models.QuerySet[Any]":
    return Disclosure.objects.filter(until__lt=before)


@kept("letters")
def _letters(before: datetime) -> "models.QuerySet[Any]":
    return Letter.objects.filter(sent_at__lt=before)


def _with_notices(rows: "models.QuerySet[Any]") -> tuple[int, dict[str, int]]:
    """Erase lists, and let nobody be led to one any more."""
    told = [one.about for one in rows]
    gone = rows.delete()
    for about in told:
        settle(about)
    return gone


@kept("class_lists", owner="owner", erase=_with_notices)
def _lists(before: datetime) -> "models.QuerySet[Any]":
    """Find lists of children, entered or not: what was entered stands on the cards."""
    return ChildList.objects.filter(brought_at__lt=before)


@kept("district_tables", owner="owner")
def _tables(before: datetime) -> "models.QuerySet[Any]":
    """Find tables of many schools, with the rows that no school was given."""
    return DistrictTable.objects.filter(brought_at__lt=before)


@kept("import_drafts", owner="owner")
def _imports(before: datetime) -> "models.QuerySet[Any]":
    """Find tables of organisations that the worker is not at."""
    at_rest = [Import.State.SHOWN, Import.State.REFUSED, Import.State.UNDONE]
    return Import.objects.filter(brought_at__lt=before, state__in=at_rest)


@kept("member_lists", owner="owner")
def _members(before: datetime) -> "models.QuerySet[Any]":
    """Find tables of members, accepted or not: what was accepted stands in the register."""
    return MemberList.objects.filter(brought_at__lt=before)


class HoldQuerySet(Questions["Hold"]):
    """Questions about holds."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the scope and those that hold everywhere."""
        return self.filter(Q(organisation__in=actor.scope) | Q(everywhere=True))

    def live(self) -> Self:
        """Keep those that hold now."""
        return self.filter(lifted_at=None, until__gt=clock.now())

    def in_order(self) -> Self:
        """Put those that end first first, each with whose it is."""
        return self.select_related("organisation").order_by("until", "pk")


class Hold(Record):
    """That nothing of a category (empty: of none) goes until a moment, with a reason.

    Said by an organisation for what it keeps, about all of it or one child; ``everywhere`` by who
    looks after the installation.
    """

    DATA: ClassVar = dict.fromkeys(["learner", "reason"], Data.PERSONAL)

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    everywhere = models.BooleanField(default=False)
    category = models.CharField(max_length=40, blank=True)
    learner = models.ForeignKey(Learner, models.CASCADE, null=True, related_name="holds")
    reason = models.CharField(max_length=300)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    objects = HoldQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "until"])]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_a_reason"),
            models.CheckConstraint(
                condition=Q(until__gt=models.F("since")), name="hold_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(learner=None) | Q(everywhere=False), name="a_child_is_held_by_its_own"
            ),
        ]

    def __str__(self) -> str:
        """Name what is held."""
        return what_is_held(self.category)

    @property
    def last_day(self) -> date:
        """The last day it holds, where the server stands."""
        return localdate(self.until - timedelta(microseconds=1))

    def home(self) -> int | None:
        """Return the organisation that said it."""
        return self.organisation_id


def what_is_held(category: str) -> str:
    """Say what a hold is about, in the reader's language."""
    term = retention().by_code.get(category)
    return term.name if term else str(_("All categories"))


@dataclass(frozen=True, slots=True)
class Numbers:
    """What would go now, and what is held, of a category: numbers only, no names."""

    category: Category
    over: int
    held: int


def due_for(organisations: Collection[int] | None) -> list[Numbers]:
    """Count what would go now: of some organisations, or (``None``) of all, owned or not.

    For the numbers of all Zveno itself asks; nothing but numbers is told.
    """
    if organisations is None:
        with scoped(SYSTEM):
            return [category.number(Q()) for category in CATEGORIES.values()]
    return [
        category.number(Q(**{f"{category.owner}__in": organisations}))
        for category in CATEGORIES.values()
        if category.owner
    ]


def midnight(day: date) -> datetime:
    """Return the end of a day where the server stands."""
    return make_aware(datetime.combine(day + timedelta(days=1), time.min))


def forget_ownerless(category: Category) -> None:
    """Erase what is due of a category whose rows belong to no organisation, some at once."""
    gone = 1
    while gone:
        with transaction.atomic(), scoped(SYSTEM):
            keys = list(category.over().order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
            gone, _kinds = category.over().model._default_manager.filter(pk__in=keys).delete()
