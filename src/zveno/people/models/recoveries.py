"""Ways back into an account: a link for a new password, the second step taken away."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.people.models.links import Link
from zveno.people.models.persons import Account, Person
from zveno.people.models.seals import sealed

WRITES = "zveno.people.write_to_forgetful"
"""The task that writes to whoever asked."""
CONSOLE = "console"
"""The reason of what was done where the installation runs: nobody of the house did it."""


class RecoveryQuerySet(Questions["Recovery"]):
    """Questions about ways back into accounts."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the one a link lists, and those of the actor's own account."""
        listed = Q(pk__in=actor.listed("people.Recovery"))
        return self.filter(listed | Q(account__person=actor.person) if actor.person else listed)

    def usable(self) -> Self:
        """Keep links by which a password can be chosen."""
        return self.filter(
            used_at=None,
            link__ended_at=None,
            link__until__gt=clock.now(),
            account__is_active=True,
            account__person__isnull=False,
        )

    def with_help(self) -> Self:
        """Keep what somebody else did for the account, the newest first, with who it was."""
        others = self.filter(Q(helper__isnull=False) | Q(reason=CONSOLE))
        return others.select_related("helper").order_by("-made_at")


class Recovery(Record):
    """How somebody gets back into ``account``: by a letter, a printed page, without second step.

    The first two are a ``link`` that lets choose a new password once. ``helper`` is who printed
    the page or took the second step away, ``reason`` what for.
    """

    class Kind(models.TextChoices):
        LETTER = "letter", _("an email with a link")
        PRINTED = "printed", _("a printed page with a link")
        SECOND_STEP = "second_step", _("the second step was removed")

    PSEUDONYMOUS: ClassVar = True
    DATA: ClassVar = {"reason": Data.PERSONAL}

    account = models.ForeignKey(Account, models.CASCADE, related_name="recoveries")
    kind = models.CharField(max_length=20, choices=Kind)
    link = models.OneToOneField(Link, models.CASCADE, null=True, related_name="+")
    helper = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True)
    objects = RecoveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="second_step") | ~Q(reason=""),
                name="second_step_goes_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        """Name it by its public id."""
        return str(self.public_id)


def ask_for_letter(words: str) -> None:
    """Leave to the worker whom ``words`` name, if anybody: asking takes as long for nobody.

    They wait sealed: what somebody typed may be an address.
    """
    app.configure_task(WRITES).defer(asked=sealed(words.encode()))


def accounts_named(words: str, most: int) -> list[Account]:
    """Find the accounts with this sign-in name or address that a letter can reach."""
    named = Q(sign_in_name=words.casefold())
    if "@" in words:
        named |= Q(person__email__iexact=words)
    reached = Account.objects.filter(named, is_active=True).exclude(person__email="")
    return list(reached.filter(person__isnull=False).order_by("pk")[:most])
