"""A child goes from one organisation to another: offered by one side, taken in by the other."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.learners.models.children import Learner, class_label
from zveno.learners.models.erasing import among, forgets
from zveno.organisations.models import Organisation
from zveno.ui.faces import Face

TAKERS = (
    *(Organisation.Kind.SCHOOL, Organisation.Kind.PRESCHOOL, Organisation.Kind.COLLEGE),
    Organisation.Kind.EXTRACURRICULAR_CENTRE,
)
"""Where children are."""

STANDS = timedelta(days=30)
"""How long an offer waits for the other side."""


class TransferQuerySet(Questions["Transfer"]):
    """Questions about transfers."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those from and to the scope."""
        return self.filter(Q(owner__in=actor.scope) | Q(taker__in=actor.scope))

    def waiting(self) -> Self:
        """Keep offers that wait for the other side."""
        return self.filter(state=Transfer.State.OFFERED, until__gt=clock.now())

    def latest_first(self) -> Self:
        """Put the newest first, each with both sides."""
        return self.select_related("owner", "taker").order_by("-pk")


class Transfer(Record):
    """That ``owner`` lets a child go to ``taker``, by what the family has asked (``basis``).

    While the offer waits the other side sees ``shown``, a given name and one letter, and the
    class: enough to recognise a child that is expected. An offer that has ended names nobody.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("waits for the other side")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("taken back")

    DATA: ClassVar = dict.fromkeys(["learner", "shown", "basis"], Data.PERSONAL)
    learner = models.ForeignKey(Learner, models.SET_NULL, null=True, related_name="transfers")
    owner = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    taker = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    shown = models.CharField(max_length=110, blank=True)
    first_year = models.PositiveSmallIntegerField(null=True)
    letter = models.CharField(max_length=30, blank=True)
    basis = models.CharField(max_length=200)
    offered_at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    objects = TransferQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["taker", "state"], name="transfers_of_a_taker")]
        constraints = [
            models.UniqueConstraint(
                fields=["learner"], condition=Q(state="offered"), name="one_offer_of_a_child"
            ),
            models.CheckConstraint(
                condition=~Q(owner=models.F("taker")), name="transfer_has_two_sides"
            ),
            models.CheckConstraint(
                condition=Q(state="offered") | Q(shown=""), name="an_ended_offer_names_nobody"
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="transfer_has_a_basis"),
        ]

    def __str__(self) -> str:
        """Say nothing of the child: this may reach a log."""
        return "transfer"

    def home(self) -> int | None:
        """Return the organisation that lets the child go."""
        return self.owner_id

    @property
    def is_open(self) -> bool:
        """Whether it waits for the other side."""
        return self.state == self.State.OFFERED and self.until > clock.now()

    @property
    def class_label(self) -> str:
        """Return the class as people write it today."""
        return class_label(self.first_year, self.letter)

    @property
    def face(self) -> Face:
        """How it stands."""
        if self.state == self.State.OFFERED and not self.is_open:
            return Face(_("Nobody has answered in time"), "", "clock")
        return {
            self.State.OFFERED: Face(_("Waits for an answer"), "warn", "clock"),
            self.State.ACCEPTED: Face(_("Accepted"), "ok", "check"),
            self.State.DECLINED: Face(_("Declined"), "bad", "x"),
            self.State.WITHDRAWN: Face(_("Taken back"), "", "undo"),
        }[self.State(self.state)]

    @property
    def about(self) -> str:
        """Name it in notices, for taking them back."""
        return f"{self._meta.label}:{self.public_id}"

    def end(self, state: "Transfer.State", at: datetime) -> None:
        """Note how it ended; nobody is named any more."""
        self.state, self.shown, self.ended_at = state, "", at
        self.save(update_fields=["state", "shown", "ended_at"])


@forgets
def _forget_offers(keys: Collection[int]) -> dict[str, int]:
    """Erase the offers of children who are erased: rows that go are repeated after a restore.

    In an older backup an offer that has ended since still says whom it was about.
    """
    return Transfer.objects.filter(learner__in=among(keys)).delete()[1]
