"""Letters of a cluster to chosen members: who has read them, who has answered and what."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from zveno.correspondence.models.sides import coordinated, spoken_for
from zveno.documents.models import StoredFile
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.network.models import Cluster
from zveno.organisations.models import Organisation
from zveno.people.models import Person


class CircularQuerySet(Questions["Circular"]):
    """Questions about letters to members."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the organisations one coordinates at, and those one was sent."""
        if actor.is_system():
            return self.all()
        got = Addressee.objects.visible_to(actor).values("circular")
        wrote = Q(sender__in=coordinated(actor))
        return self.filter(wrote | Q(sent_at__isnull=False, pk__in=got))

    def counted(self) -> Self:
        """Tell as ``sent_to``, ``opened`` and ``answered`` how many got, read and answered it."""
        return self.annotate(
            sent_to=Count("addressees"),
            opened=Count("addressees", filter=Q(addressees__read_at__isnull=False)),
            answered=Count("addressees", filter=Q(addressees__answered_at__isnull=False)),
        )

    def newest(self) -> Self:
        """Order: drafts first, then what was sent last."""
        return self.order_by(F("sent_at").desc(nulls_first=True), "-written_at", "-pk")


class Circular(Record):
    """A letter that ``sender`` writes to members of a cluster; a draft until ``sent_at``.

    ``asks`` says what is awaited, ``due`` until which day; ``reminded`` is the last day on which
    those who had not answered were reminded.
    """

    DATA: ClassVar = {"subject": Data.PERSONAL, "text": Data.PERSONAL}

    class Asks(models.TextChoices):
        NOTHING = "nothing", _("no answer")
        NOTED = "noted", _("a note that it was read")
        CONSENT = "consent", _("consent or objection")
        WORDS = "words", _("an answer in words")

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="circulars")
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=150)
    text = models.TextField(max_length=5000)
    asks = models.CharField(max_length=10, choices=Asks, default=Asks.NOTHING)
    due = models.DateField(null=True)
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
    reminded = models.DateField(null=True)
    sent_to: int
    opened: int
    answered: int
    objects = CircularQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(text=""), name="circular_says_something"
            ),
            models.CheckConstraint(
                condition=Q(due=None) | ~Q(asks="nothing"), name="only_an_answer_has_a_day"
            ),
        ]
        indexes = [models.Index(fields=["cluster", "sent_at"], name="circulars_of_a_cluster")]

    def __str__(self) -> str:
        """Return the subject."""
        return self.subject

    def home(self) -> int | None:
        """Return whose letter it is."""
        return self.sender_id

    def facts(self) -> dict[str, str]:
        """Return what it says, field by field, as JSON has it."""
        words = {name: getattr(self, name) for name in ("subject", "text", "asks")}
        return words | {"due": self.due.isoformat() if self.due else ""}

    @property
    def is_draft(self) -> bool:
        """Whether it has not been sent."""
        return self.sent_at is None

    @property
    def awaits(self) -> bool:
        """Whether somebody has to answer."""
        return self.asks != self.Asks.NOTHING

    @property
    def is_late(self) -> bool:
        """Whether the day to answer by has passed."""
        return self.due is not None and self.due < clock.today()


class AttachmentQuerySet(Questions["Attachment"]):
    """Questions about attachments."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the letters one sees."""
        return self.filter(circular__in=Circular.objects.visible_to(actor).values("pk"))


class Attachment(Record):
    """A file that goes with a letter."""

    circular = models.ForeignKey(Circular, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    objects = AttachmentQuerySet.as_manager()

    def __str__(self) -> str:
        """Name it by its file."""
        return str(self.file_id)


class AddresseeQuerySet(Questions["Addressee"]):
    """Questions about who was written to."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the one a link lists, all of one's own letters, one's own place among others."""
        if actor.is_system():
            return self.all()
        if actor.keys:
            return self.filter(pk__in=actor.listed("correspondence.Addressee"))
        own = Q(organisation__in=spoken_for(actor), circular__sent_at__isnull=False)
        return self.filter(own | Q(sender__in=coordinated(actor)))

    def unread(self) -> Self:
        """Keep those nobody has opened the letter at."""
        return self.filter(read_at=None)

    def unanswered(self) -> Self:
        """Keep those of whom an answer is awaited."""
        asked = self.filter(answered_at=None, circular__sent_at__isnull=False)
        return asked.exclude(circular__asks=Circular.Asks.NOTHING)


class Addressee(Record):
    """A member that a letter goes to: when it was opened there, by whom, and what was answered.

    ``mailed`` is how many addresses it was mailed to.
    """

    DATA: ClassVar = {"words": Data.PERSONAL}

    class Answer(models.TextChoices):
        NOTED = "noted", _("read")
        AGREES = "agrees", _("agrees")
        OBJECTS = "objects", _("does not agree")

    circular = models.ForeignKey(Circular, models.CASCADE, related_name="addressees")
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    mailed = models.PositiveSmallIntegerField(default=0)
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    objects = AddresseeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circular", "organisation"], name="member_gets_a_letter_once"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="", words="")
                | (Q(answered_at__isnull=False, read_at__isnull=False) & ~Q(answer="", words="")),
                name="an_answer_says_something_and_follows_reading",
            ),
        ]

    def __str__(self) -> str:
        """Name the organisation."""
        return str(self.organisation)

    def home(self) -> int | None:
        """Return who is written to."""
        return self.organisation_id

    @property
    def about(self) -> str:
        """Name it for letters and notices, so that they can be settled."""
        return f"addressee:{self.public_id}"
