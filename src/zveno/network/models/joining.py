"""How an organisation comes into a cluster: the cluster invites it, or it applies."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from procrastinate.contrib.django import app

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.network.models.clusters import Cluster
from zveno.organisations.models import Organisation
from zveno.people.models.seals import sealed

APPLIES = "zveno.network.apply_by_letter"
"""The task that writes to whoever applied without an account."""
LASTS, REMINDED_EVERY = timedelta(days=30), timedelta(days=10)
CONFIRMED_WITHIN = timedelta(days=2)


class JoiningQuerySet(Questions["Joining"]):
    """Questions about invitations and applications."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the one a link lists, those to the scope's clusters and of its organisations.

        Nobody hears of an application whose letter was not answered.
        """
        sides = Q(cluster__base__in=actor.scope) | Q(organisation__in=actor.scope)
        confirmed = sides & ~Q(state=Joining.State.UNCONFIRMED)
        return self.filter(Q(pk__in=actor.listed("network.Joining")) | confirmed)

    def waiting(self) -> Self:
        """Keep those that wait for an answer."""
        return self.filter(state=Joining.State.WAITING)

    def unanswered_by(self, organisations: set[int]) -> Self:
        """Keep invitations that wait for an answer of ``organisations``, the oldest first."""
        asked = self.waiting().filter(kind=Joining.Kind.INVITATION, organisation__in=organisations)
        return asked.select_related("cluster__base").order_by("pk")

    def due(self) -> Self:
        """Keep those to remind of, and those whose time is over."""
        moment = clock.now()
        due = Q(until__lte=moment) | Q(remind_at__lte=moment)
        return self.filter(due, state__in=[Joining.State.UNCONFIRMED, Joining.State.WAITING])


class Joining(Record):
    """An invitation into a cluster or an application, and what became of it.

    ``organisation`` is nothing until one that is not in the register has come in; ``answers`` is
    what was told of it and of the person, field by field. It is forgotten with the answer.
    """

    DATA: ClassVar = {"name": Data.PUBLIC} | dict.fromkeys(
        ["email", "answers", "word", "reason"], Data.PERSONAL
    )

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("invitation")
        APPLICATION = "application", _("application")

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("email not confirmed")
        WAITING = "waiting", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "taken back")
        EXPIRED = "expired", _("no answer in time")

    kind = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="joinings")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, related_name="joinings"
    )
    name = models.CharField(max_length=300)
    email = models.EmailField(blank=True)
    answers = models.JSONField(default=dict)
    word = models.CharField(max_length=400, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    remind_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    objects = JoiningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "organisation"],
                condition=Q(state="waiting"),
                name="organisation_asked_once",
            ),
            models.UniqueConstraint(
                fields=["cluster", "email"],
                condition=Q(state="waiting", organisation=None),
                name="newcomer_asked_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="declined_for_a_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["until"],
                condition=Q(state__in=["unconfirmed", "waiting"]),
                name="joinings_unanswered",
            ),
        ]

    def __str__(self) -> str:
        """Name the organisation."""
        return str(self.organisation) if self.organisation else self.name

    def home(self) -> int | None:
        """Return the organisation, or the base while it is not in the register."""
        return self.organisation_id or self.cluster.base_id

    @property
    def is_invitation(self) -> bool:
        """Whether the cluster asks the organisation, not the other way round."""
        return self.kind == self.Kind.INVITATION

    @property
    def waits(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == self.State.WAITING

    @property
    def is_new_here(self) -> bool:
        """Whether the base answers for the organisation: its facts may be told, its head named."""
        house = self.organisation
        return house is None or house.steward_id == self.cluster.base_id

    @property
    def contact(self) -> str:
        """Return the name of the person who was told."""
        parts = ("family_name", "given_name", "patronymic")
        return " ".join(filter(None, (self.answers.get(part, "") for part in parts)))

    @property
    def about(self) -> str:
        """Name it for letters and notices, so that they can be taken back."""
        return f"network.Joining of {self.public_id}"


def ask_to_join(cluster: UUID, told: Mapping[str, str]) -> None:
    """Leave an application to the worker: the answer of the page is the same for everybody.

    It waits sealed: it names a person and an address.
    """
    asked = sealed(json.dumps(dict(told)).encode())
    app.configure_task(APPLIES).defer(cluster=str(cluster), asked=asked)
