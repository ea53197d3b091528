"""What members offer each other or ask for, who is interested, what was agreed."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.network.models.clusters import Cluster, joined_by
from zveno.network.models.obligations import Obligation
from zveno.organisations.models import Organisation
from zveno.people.models import Note, Notice, in_each_language


class OfferQuerySet(Questions["Offer"]):
    """Questions about offers and requests."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the clusters the actor's organisations are in."""
        return self.filter(joined_by(actor, "cluster__"))

    def live(self) -> Self:
        """Keep those that last, are not withdrawn and have something left."""
        today = clock.today()
        return self.filter(withdrawn_at=None, ends__gte=today, taken__lt=F("quantity"))


class Offer(Record):
    """A member of a cluster offers ``quantity`` units of something, or asks for them.

    It lasts from ``begins`` to ``ends``; ``taken`` units are agreed on already.
    """

    class Way(models.TextChoices):
        OFFER = "offer", gettext_lazy("offer")
        REQUEST = "request", gettext_lazy("request")

    class Kind(models.TextChoices):
        LABORATORY = "laboratory", gettext_lazy("laboratory hours")
        VISIT = "visit", gettext_lazy("engineer’s visit")
        TRAINER = "trainer", gettext_lazy("trainer")
        OTHER = "other", gettext_lazy("other")

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="offers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=Way)
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.CharField(max_length=200)
    audience = models.CharField(max_length=100, blank=True)
    quantity = models.PositiveIntegerField()
    unit = models.CharField(max_length=20, choices=Obligation.Unit)
    taken = models.PositiveIntegerField(default=0)
    begins = models.DateField()
    ends = models.DateField()
    posted_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)
    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="offer_is_of_something"),
            models.CheckConstraint(condition=Q(ends__gte=F("begins")), name="offer_lasts"),
            models.CheckConstraint(
                condition=Q(taken__lte=F("quantity")), name="no_more_is_agreed_than_offered"
            ),
        ]

    def __str__(self) -> str:
        """Return the text."""
        return self.text

    def home(self) -> int | None:
        """Return whose it is."""
        return self.organisation_id

    @property
    def left(self) -> int:
        """How many units nobody has agreed on yet."""
        return self.quantity - self.taken

    @property
    def is_live(self) -> bool:
        """Whether it lasts, is not withdrawn and has something left."""
        lasts = self.withdrawn_at is None and self.ends >= clock.today()
        return lasts and self.left > 0


class InterestQuerySet(Questions["Interest"]):
    """Questions about who is interested."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the scope, in what it posted, and in the clusters it leads."""
        own = Q(organisation__in=actor.scope) | Q(offer__organisation__in=actor.scope)
        return self.filter(own | Q(offer__cluster__base__in=actor.scope))

    def waiting(self) -> Self:
        """Keep those nobody has agreed to or withdrawn, in what is live."""
        live = Offer.objects.live().values("pk")
        return self.filter(withdrawn_at=None, obligation=None, offer__in=live)


class Interest(Record):
    """A member would take ``amount`` of an offer, or give it to who asked; then it is agreed."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="interests")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    amount = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)
    obligation = models.OneToOneField(Obligation, models.PROTECT, null=True, related_name="+")
    objects = InterestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "organisation"],
                condition=Q(withdrawn_at=None, obligation=None),
                name="member_is_interested_once_at_a_time",
            ),
            models.CheckConstraint(condition=Q(amount__gte=1), name="interest_is_in_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(obligation=None),
                name="what_is_agreed_is_not_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        """Name who and in what."""
        return f"{self.organisation}: {self.offer}"

    def home(self) -> int | None:
        """Return who is interested."""
        return self.organisation_id

    @property
    def about(self) -> str:
        """Name it in notices."""
        return f"interest:{self.public_id}"


@in_each_language
def is_interested(interest: Interest) -> Note:
    """Ask who posted an offer or a request to answer."""
    facts = {"name": interest.organisation, "text": interest.offer.text}
    return Note(
        Notice.Kind.DECIDE,
        _("%(name)s responds: %(text)s") % facts,
        reverse("network:offer", args=[interest.offer.public_id]),
        _("Open the response"),
        text=interest.note,
        about=interest.about,
    )


@in_each_language
def is_agreed(interest: Interest) -> Note:
    """Tell who was interested that it is agreed."""
    facts = {"name": interest.offer.organisation, "text": interest.offer.text}
    return Note(
        Notice.Kind.CHANGED,
        _("%(name)s agrees: %(text)s") % facts,
        reverse("network:offer", args=[interest.offer.public_id]),
        _("Open the offer"),
    )
