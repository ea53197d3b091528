"""What is left of children who were erased: numbers; and what rooms above do before they go."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from zveno.codes.models import retention
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.kernel.registry import operates
from zveno.organisations.models import Organisation

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


REASONS: dict[str, "StrPromise"] = {
    "asked": _("Children, at the request of their family"),
    "left": _("Children who left the organisation"),
    "mistake": _("Children entered by mistake"),
}
"""Why somebody erases children before their time."""


class TombstoneQuerySet(Questions["Tombstone"]):
    """Questions about tombstones."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the scope; all for the operator."""
        return self.all() if operates(actor) else self.filter(owner__in=actor.scope)

    def latest_first(self) -> Self:
        """Put what was erased last first, each with whose it was."""
        return self.select_related("owner").order_by("-pk")


class Tombstone(Record):
    """That children, or other rows of a category, were erased: how many, when, why.

    ``counts`` says how many rows of each kind went with them. It tells nothing of anybody and
    stays.
    """

    owner = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    why = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)
    objects = TombstoneQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner", "at"])]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="tombstone_of_somebody"),
        ]

    def __str__(self) -> str:
        """Say how many."""
        return f"{self.why}: {self.number}"

    @property
    def words(self) -> str:
        """What was erased: the category whose time was over, or why somebody erased it."""
        term = retention().by_code.get(self.why)
        return term.name if term else str(REASONS.get(self.why, self.why))

    def home(self) -> int | None:
        """Return the organisation whose they were."""
        return self.owner_id


def among(keys: Collection[int]) -> RawSQL:
    """Say in SQL which keys are meant, as one array, however many there are."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)])


Forget = Callable[[Collection[int]], dict[str, int]]
FORGETTING: list[Forget] = []


def forgets(forget: Forget) -> Forget:
    """Let ``forget`` put right what its room keeps of children (keys) before their rows go.

    It returns how many rows of which kind it erased. What only points at a child goes by itself.
    """
    FORGETTING.append(forget)
    return forget
