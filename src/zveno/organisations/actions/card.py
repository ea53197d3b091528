"""Verbs: the card of an organisation is put right by whoever answers for it."""

from dataclasses import asdict, dataclass, fields

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.meanwhile import Words, guarding
from zveno.organisations import rules
from zveno.organisations.actions.register import InnTaken
from zveno.organisations.models import Organisation, life_of, name_key, shortened, write_life
from zveno.organisations.models.lives import corrected

CONTACTS = ("email", "phone", "site", "address")


@dataclass(frozen=True, slots=True)
class Card:
    """What the card of an organisation says of itself today."""

    kind: str
    name: str
    short_name: str = ""
    inn: str = ""
    kpp: str = ""
    ogrn: str = ""
    email: str = ""
    phone: str = ""
    site: str = ""
    address: str = ""


@action(rules.keeps_card, on=Organisation, lock=True, consequence=True)
def change_card(
    actor: Actor,
    organisation: Organisation,
    *,
    card: Card,
    seen: Words | None = None,
    confirmed: bool = False,
) -> None:
    """Put the card right if it says what was ``seen``; a wrong name or kind was never right.

    ``confirmed``: contacts are told today even if they are the same. A new name that holds from a
    day on is a ``Turn``. Raises ``InnTaken`` and ``ChangedMeanwhile``.
    """
    other = Organisation.objects.with_inn(card.inn).exclude(pk=organisation.pk).first()
    if other:
        raise InnTaken(inn=card.inn, name=other.name)
    said = asdict(card) | {"short_name": card.short_name or shortened(card.name)}
    if (
        confirmed
        or organisation.told_on is None
        or any(getattr(organisation, name) != said[name] for name in CONTACTS)
    ):
        organisation.told_on = clock.today()
    life = life_of(organisation)
    with guarding(seen, lambda: _said(organisation)):
        for name, value in said.items():
            setattr(organisation, name, value)
    organisation.name_key = name_key(card.name)
    organisation.save(update_fields=[*said, "name_key", "told_on"])
    if len(life) > 1:
        words = {"kind": card.kind, "name": card.name}
        write_life(organisation, corrected(life, clock.today(), words))


def _said(organisation: Organisation) -> dict[str, str]:
    return {one.name: getattr(organisation, one.name) for one in fields(Card)}
