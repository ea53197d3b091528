"""Verbs: organisations come into being."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.organisations import rules
from zveno.organisations.models import Organisation, Territory, name_key, shortened


class InnTaken(BadInput):
    """An INN belongs to one organisation."""

    code = "inn_taken"
    status = 409
    message = _("An organisation with INN %(inn)s is already in Zveno: “%(name)s”.")
    field = "inn"


@dataclass(frozen=True, slots=True)
class Passport:
    """What is known of an organisation when it is entered; ``territory`` is a key.

    ``short_name`` is for tight places, such as the network's figure.
    """

    kind: str
    name: str
    short_name: str = ""
    inn: str = ""
    kpp: str = ""
    ogrn: str = ""
    email: str = ""
    territory: int | None = None


@action(rules.is_system, on=Territory, consequence=True)
def found_organisation(actor: Actor, territory: Territory, *, passport: Passport) -> Organisation:
    """Enter an organisation that nobody answers for but itself: the first of an installation.

    Raises ``InnTaken``.
    """
    return _entered(passport, territory=territory.pk, steward=None)


@action(rules.acts_for, on=Organisation, consequence=True)
def add_organisation(actor: Actor, steward: Organisation, *, passport: Passport) -> Organisation:
    """Enter an organisation that ``steward`` answers for until it has a post of its own.

    Raises ``InnTaken``.
    """
    return _entered(passport, territory=steward.territory_id, steward=steward)


@action(rules.answers_for, on=Organisation, lock=True, consequence=True)
def complete_organisation(
    actor: Actor, organisation: Organisation, *, passport: Passport
) -> Organisation:
    """Fill in what was empty: numbers, e-mail, place. What is known already stays as it is."""
    if passport.inn and not Organisation.objects.with_inn(passport.inn).exists():
        organisation.inn = organisation.inn or passport.inn
    organisation.kpp = organisation.kpp or passport.kpp
    organisation.ogrn = organisation.ogrn or passport.ogrn
    organisation.email = organisation.email or passport.email
    organisation.territory_id = organisation.territory_id or passport.territory
    organisation.save(update_fields=["inn", "kpp", "ogrn", "email", "territory"])
    return organisation


@action(rules.acts_for, on=Organisation, lock=True, consequence=True)
def pass_on(actor: Actor, organisation: Organisation) -> None:
    """Let an organisation answer for itself from now on: people of its own have come."""
    organisation.steward = None
    organisation.save(update_fields=["steward"])


def _entered(
    passport: Passport, *, territory: int | None, steward: Organisation | None
) -> Organisation:
    known = Organisation.objects.with_inn(passport.inn).first()
    if known:
        raise InnTaken(inn=passport.inn, name=known.name)
    return Organisation.objects.create(
        kind=passport.kind,
        name=passport.name,
        short_name=passport.short_name or shortened(passport.name),
        name_key=name_key(passport.name),
        inn=passport.inn,
        kpp=passport.kpp,
        ogrn=passport.ogrn,
        email=passport.email,
        territory_id=passport.territory or territory,
        steward=steward,
    )
