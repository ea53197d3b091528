"""Events in calendars: a secret address of a person, and one of each class."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zveno.events import rules
from zveno.events.models.calendars import PERSON, calendars, kind_of_class
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError
from zveno.learners.models import classes_of
from zveno.organisations.models import Organisation
from zveno.people.models import Link, Person, hashed, new_token

LASTS = timedelta(days=400)


class NoSuchClassHere(DomainError):
    """A calendar is of a class that has children."""

    code = "no_such_class_here"
    message = _("There is no such class in your register. Bring its list first.")


@action(rules.is_oneself, on=Person, lock=True)
def open_calendar(actor: Actor, person: Person) -> str:
    """Give a person a secret address of the events that concern them; return its token.

    Only its hash is kept: it is shown this once. The address given before opens no more.
    """
    return _open(calendars(PERSON, person.pk), min(actor.scope), PERSON, person.pk)


@action(rules.is_oneself, on=Person, lock=True)
def close_calendar(actor: Actor, person: Person) -> None:
    """Let the secret address of a person open no more."""
    calendars(PERSON, person.pk).update(ended_at=clock.now())


@action(rules.counts_hours, on=Organisation, lock=True)
def open_class_calendar(
    actor: Actor, organisation: Organisation, *, first_year: int | None, letter: str
) -> str:
    """Give a class a secret address of its events; return its token. Raises ``NoSuchClassHere``.

    It names no child: whoever is given it reads when and where the class goes.
    """
    known = classes_of(actor, organisation)
    if not any((one.first_year, one.letter) == (first_year, letter) for one in known):
        raise NoSuchClassHere
    kind = kind_of_class(first_year, letter)
    return _open(calendars(kind, organisation.pk), organisation.pk, kind, organisation.pk)


@action(rules.counts_hours, on=Organisation, lock=True)
def close_class_calendar(
    actor: Actor, organisation: Organisation, *, first_year: int | None, letter: str
) -> None:
    """Let the secret address of a class open no more."""
    kind = kind_of_class(first_year, letter)
    calendars(kind, organisation.pk).update(ended_at=clock.now())


def _open(before: QuerySet[Link], issuer: int, kind: str, key: int) -> str:
    before.update(ended_at=clock.now())
    token, until = new_token(), clock.now() + LASTS
    Link.objects.create(
        issuer_id=issuer, token_hash=hashed(token), opens=[[kind, key]], until=until
    )
    return token
