"""Verbs: an installation in which nobody works yet gets an organisation and its first person."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.kernel.walls import scoped
from zveno.organisations.actions import Passport, add_territory, found_organisation, lay_ground
from zveno.organisations.models import Organisation, Territory, in_genitive
from zveno.people import rules
from zveno.people.actions.invitations import invite
from zveno.people.actions.notices import NoSuchZone
from zveno.people.actions.posts import Appointment, appoint
from zveno.people.models import Account, Invitation, Link, Post, Setup, hashed, new_token

Kind = Territory.Kind


class SetUpAlready(DomainError):
    """Zveno is set up once."""

    code = "set_up_already"
    status = 409
    message = _(
        "Zveno is already set up, perhaps in another browser. Open the "
        "invitation shown there, or sign in."
    )


class NoSuchRegion(BadInput):
    """Regions come from the list."""

    code = "no_such_region"
    message = _("There is no region “%(name)s” in the list.")
    field = "region"


@dataclass(frozen=True, slots=True)
class House:
    """Whose installation it is: the organisation, where it lies, the time there.

    A district that is not in the list is entered. Without a zone the setting holds.
    """

    passport: Passport
    region: str
    district: str = ""
    zone: str = ""


@action(rules.offers_setup, on=Territory, lock=True)
def offer_setup(actor: Actor, country: Territory) -> str:
    """Make a link that sets Zveno up; return its token, known this once. The last one is void.

    Raises ``SetUpAlready`` if people work here.
    """
    _refuse_inhabited()
    Setup.objects.live().update(until=clock.now())
    token = new_token()
    Setup.objects.create(token_hash=hashed(token), until=clock.now() + Setup.LASTS)
    return token


@action(rules.sets_up, on=Setup, lock=True)
def note_setup(actor: Actor, setup: Setup, *, answers: Mapping[str, str]) -> None:
    """Keep what was typed on a step. Raises ``SetUpAlready``."""
    _refuse_done(setup)
    setup.answers = {**setup.answers, **answers}
    setup.save(update_fields=["answers"])


@action(rules.sets_up, on=Setup, lock=True)
def set_up(actor: Actor, setup: Setup, *, house: House, first: Appointment) -> str:
    """Enter the ground, the organisation and its first person; return their invitation's token.

    The first person is the operator as well. Of two who do this at once one meets
    ``SetUpAlready``. Done anew by another link before anybody has an account, it goes on where
    it was broken off. Raises ``NoSuchRegion``, ``NoSuchZone``,
    ``InnTaken`` and ``RoleElsewhere``.
    """
    _refuse_done(setup)
    if house.zone and house.zone not in available_timezones():
        raise NoSuchZone
    with scoped(SYSTEM):
        place = _place(house)
        founded = Organisation.objects.named(house.passport.name).first()
        founded = founded or found_organisation(SYSTEM, place.public_id, passport=house.passport)
        post = appoint(SYSTEM, founded.public_id, appointment=first)
        Post.objects.get_or_create(
            person_id=post.person_id, organisation=founded, role=Post.Role.OPERATOR
        )
        Link.objects.filter(pk__in=Invitation.objects.acceptable().values("link")).update(
            ended_at=clock.now()
        )
        token = invite(SYSTEM, post.public_id)
    setup.done_at, setup.zone, setup.answers = clock.now(), house.zone, {}
    setup.save(update_fields=["done_at", "zone", "answers"])
    return token


def _place(house: House) -> Territory:
    """Return the district or region the organisation lies in, laying the ground first."""
    country = Territory.objects.get(kind=Kind.COUNTRY)
    lay_ground(SYSTEM, country.public_id)
    region = country.below.filter(name=house.region).first()
    if region is None:
        raise NoSuchRegion(name=house.region)
    if not house.district:
        return region
    known = region.below.filter(name=house.district).first()
    genitive = in_genitive(house.district)
    return known or add_territory(
        SYSTEM, region.public_id, kind=Kind.DISTRICT, name=house.district, genitive=genitive
    )


def _refuse_done(setup: Setup) -> None:
    if setup.done_at:
        raise SetUpAlready
    _refuse_inhabited()


def _refuse_inhabited() -> None:
    if Account.objects.exists():
        raise SetUpAlready
