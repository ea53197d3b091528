"""Agreements and their parties."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from zveno.documents.models import Number, Paper, StoredFile
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.finding import Said
from zveno.kernel.models import Questions, Record
from zveno.network.models.clusters import Cluster
from zveno.network.models.kinds import PARTS, SHAPES, Kind, Shape, Side
from zveno.network.models.own_templates import OwnTemplate
from zveno.network.models.own_wording import SHIPPED, Wording
from zveno.network.models.signing import Method
from zveno.organisations.models import Organisation
from zveno.people.models import Link


class AgreementQuerySet(Questions["Agreement"]):
    """Questions about agreements."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those the scope leads, those sent to it as a party, those a link lists."""
        return self.filter(seen_by(actor))

    def over_by(self, day: date) -> Self:
        """Keep those in force whose last day, as known today, is ``day`` or before it.

        What is a part of another agreement ends with it.
        """
        last = Coalesce("ends_on", "valid_until")
        alone = self.exclude(kind__in=PARTS)
        return alone.filter(state=Agreement.State.IN_FORCE).alias(last=last).filter(last__lte=day)

    def to_renew(self) -> Self:
        """Keep those at work whose term ends soon and whose renewal nobody has drawn yet."""
        renewals = Agreement.objects.filter(parent=OuterRef("pk")).exclude(kind__in=PARTS)
        ending = self.near_its_end().filter(~Exists(renewals), cluster__closed_on=None)
        return ending.order_by("valid_until", "pk")

    def near_its_end(self) -> Self:
        """Keep those whose term ends soon: not prolonged by themselves, nor terminated."""
        return self.over_by(renewed_from()).filter(auto_renew=False, ends_on=None)


def renewed_from() -> date:
    """Return the last term, ending by which an agreement may be renewed today."""
    return clock.today() + timedelta(days=max(settings.ZVENO_REMIND_DAYS))


def seen_by(actor: Actor, path: str = "") -> Q:
    """Say which agreements the actor sees, of rows whose agreement is at ``path``."""
    of = {"pk__in": actor.listed("network.Party")} if actor.keys else {}
    parties = Party.objects.filter(**of or {"organisation__in": actor.scope})
    sent = ~Q(**{f"{path}state": Agreement.State.DRAFT})
    party = Exists(parties.filter(agreement=OuterRef(f"{path}pk")))
    return Q(**{f"{path}cluster__base__in": actor.scope}) | (sent & Q(party))


class Agreement(Record):
    """An agreement of a cluster, drawn from the clauses of its kind and signed n of m.

    ``facts`` are what its kind asks for, by name (``SHAPES``), as words or as the code of a choice.
    ``parent`` is the agreement it is a part of, or the one it renews.
    ``signed`` counts the parties whose signature is in place; the last one brings the agreement
    into force and takes its number from the register of the base organisation. Days are days
    where the base organisation stands. The term is prolonged by a year if it says so
    (``auto_renew``) and nobody has objected: ``ends_on`` is the last day once it is terminated.
    ``reminded`` is how many days before the last day the parties were reminded last. ``wording``
    is the base organisation's version of the clauses it was drawn with; None: the shipped one.
    ``template`` is the version of its own DOCX that drew what was sent; None: Zveno drew it.
    ``mark`` is that of the words of a draft: what a review agrees to.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OUT_FOR_SIGNATURE = "out_for_signature", _("out for signature")
        IN_FORCE = "in_force", _("in force")
        EXPIRED = "expired", _("expired")
        TERMINATED = "terminated", _("terminated")
        RENEWED = "renewed", _("renewed")

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="agreements")
    kind = models.CharField(max_length=30, choices=Kind, default=Kind.COOPERATION)
    facts = models.JSONField(default=dict)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="papers")
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=100)
    dated = models.DateField()
    valid_until = models.DateField()
    state = models.CharField(max_length=30, choices=State, default=State.DRAFT)
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="agreement")
    parties_count = models.PositiveSmallIntegerField(default=0)
    signed = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    in_force_at = models.DateTimeField(null=True)
    number = models.OneToOneField(Number, models.PROTECT, null=True, related_name="+")
    auto_renew = models.BooleanField(default=True)
    reminded = models.PositiveSmallIntegerField(null=True)
    ends_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=400, blank=True)
    wording = models.ForeignKey(Wording, models.PROTECT, null=True, related_name="+")
    template = models.ForeignKey(OwnTemplate, models.PROTECT, null=True, related_name="+")
    mark = models.CharField(max_length=64, blank=True)
    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gt=F("dated")), name="agreement_lasts"),
            models.CheckConstraint(
                condition=Q(signed__lte=F("parties_count")), name="signed_at_most_by_all"
            ),
            models.CheckConstraint(
                condition=~Q(state="in_force")
                | Q(signed=F("parties_count"), number__isnull=False, in_force_at__isnull=False),
                name="in_force_when_all_signed_and_numbered",
            ),
            models.CheckConstraint(
                condition=~Q(state="draft") | Q(template=None),
                name="draft_is_drawn_by_no_template_yet",
            ),
            models.UniqueConstraint(
                fields=["parent"],
                condition=~Q(kind__in=["accession", "amendment"]),
                name="agreement_is_renewed_once",
            ),
        ]
        indexes = [GinIndex(Said("title"), name="agreement_said")]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def home(self) -> int | None:
        """Return the base organisation of the cluster."""
        return self.cluster.base_id

    @property
    def shape(self) -> Shape:
        """Return what is asked for its kind."""
        return SHAPES[self.kind]

    @property
    def version(self) -> int:
        """Return the number of the wording it was drawn with."""
        return self.wording.number if self.wording else SHIPPED

    @property
    def signed_as(self) -> str:
        """Name the file of the paper that is signed: the organisation's own DOCX, or the PDF."""
        return "docx" if self.template_id else "pdf"

    @property
    def original(self) -> StoredFile | None:
        """Return the file that is signed; the other one is a copy for reading."""
        return self.paper.docx if self.template_id else self.paper.pdf

    @property
    def original_id(self) -> int | None:
        """Return the key of the file that is signed."""
        return self.paper.docx_id if self.template_id else self.paper.pdf_id

    def renewal(self) -> "Agreement | None":
        """Return the agreement that goes on where this one ends, in whatever state."""
        return self.papers.exclude(kind__in=PARTS).first()

    @property
    def last_day(self) -> date:
        """Return the last day of the term, as known today."""
        return self.ends_on or self.valid_until


@dataclass(frozen=True, slots=True)
class Form:
    """A declined form as it stands in the text: the engine's with its doubt, or a person's."""

    text: str
    why: str = ""
    by_hand: bool = False

    @property
    def sure(self) -> bool:
        """Whether nobody has to look at it before it is printed."""
        return not self.why


class PartyQuerySet(Questions["Party"]):
    """Questions about parties."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep all parties of the agreements the actor sees; by a link, only those it lists."""
        if actor.keys:
            return self.filter(pk__in=actor.listed("network.Party"))
        return self.filter(seen_by(actor, "agreement__"))

    def waiting(self) -> Self:
        """Keep those whose signature is awaited, in the order of the agreement."""
        return self.filter(signed_at=None).order_by("place")


class Party(Record):
    """A side of an agreement: who signs for it, by what right, as text of that day.

    ``declined`` holds what ``engines.names`` made of these words (``FORMS``: text and doubt);
    ``forms`` those a person has put right, which win over it. ``in_text`` holds who stands in the
    text that was sent, when another signs. A party that has refused may still sign. Where a kind
    has seats, a party carries out a ``part``, ``gives`` resources, and teaches by a ``licence``.
    Who is here by a sheet has signed ``joined_by``.

    ``signed_hash`` is the SHA-256 of the file that was signed, ``evidence`` tells how the signer
    came and what was looked at; ``scan`` is the file that proves it: a page, or a signature.
    """

    Method = Method
    FORMS: ClassVar = {
        "post_genitive": "signatory_post",
        "person_genitive": "signatory",
        "acting": "signatory",
        "basis_genitive": "basis",
    }

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=30, choices=Side)
    part = models.CharField(max_length=400, blank=True)
    gives = models.CharField(max_length=400, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    signatory = models.CharField(max_length=300)
    signatory_post = models.CharField(max_length=200)
    basis = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    declined = models.JSONField(default=dict)
    forms = models.JSONField(default=dict)
    link = models.OneToOneField(Link, models.SET_NULL, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    method = models.CharField(max_length=20, choices=Method, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    in_text = models.JSONField(default=dict)
    joined_by = models.ForeignKey(Agreement, models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=400, blank=True)
    signed_hash = models.CharField(max_length=64, blank=True)
    evidence = models.JSONField(default=dict)
    objects = PartyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation"], name="organisation_is_one_party"
            ),
            models.UniqueConstraint(fields=["agreement", "place"], name="party_has_its_place"),
            models.CheckConstraint(
                condition=Q(signed_at=None, method="", scan=None, signed_hash="")
                | Q(signed_at__isnull=False)
                & ~Q(signed_hash="")
                & (
                    Q(method__in=["scan", "detached"], scan__isnull=False)
                    | Q(method="simple", scan=None)
                ),
                name="signed_with_a_proof",
            ),
            models.CheckConstraint(
                condition=Q(refused_at=None) | Q(signed_at=None), name="signed_or_refused"
            ),
        ]

    def __str__(self) -> str:
        """Name the organisation."""
        return str(self.organisation)

    def home(self) -> int | None:
        """Return the organisation that signs."""
        return self.organisation_id

    @property
    def can_sign(self) -> bool:
        """Whether it is known who signs, in what post and by what right."""
        return bool(self.signatory and self.signatory_post and self.basis)

    def form(self, name: str) -> Form:
        """Return the form of ``FORMS`` that stands in the text."""
        if self.forms.get(name):
            return Form(self.forms[name], by_hand=True)
        made = self.declined.get(name, {})
        return Form(made.get("text", ""), made.get("why", ""))

    @property
    def letter_about(self) -> str:
        """Name this party in the outbox, for taking an unsent letter back."""
        return f"network.Party:{self.pk}"
