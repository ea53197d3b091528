"""Fields that choose an organisation of the register, a region or a district."""

from typing import Any
from uuid import UUID

from django.urls import reverse_lazy

from zveno.kernel.actor import Actor
from zveno.organisations.models import Organisation, Territory
from zveno.ui.choosing import Choice, ComboField


class OrganisationField(ComboField):
    """One organisation of the register, found by its name, number or INN; gives the row."""

    most = 10

    def __init__(self, actor: Actor, **kwargs: Any) -> None:
        super().__init__(url=reverse_lazy("organisations:options"), **kwargs)
        self.actor = actor

    def find(self, words: str) -> list[Choice]:
        """Return the likeliest organisations."""
        rows = Organisation.objects.visible_to(self.actor).matching(words)
        return [as_choice(row) for row in rows[: self.most]]

    def pick(self, key: UUID) -> Organisation | None:
        """Return the one with this key."""
        return Organisation.objects.visible_to(self.actor).filter(public_id=key).first()


def as_choice(organisation: Organisation) -> Choice:
    """Show an organisation in a list to choose from."""
    return Choice(organisation.public_id, organisation.name, organisation.inn)


class TerritoryField(ComboField):
    """A region or a district, found by a part of its name; gives the row."""

    most = 10

    def __init__(self, actor: Actor, **kwargs: Any) -> None:
        super().__init__(url=reverse_lazy("organisations:places"), **kwargs)
        self.actor = actor

    def find(self, words: str) -> list[Choice]:
        """Return the likeliest places."""
        rows = Territory.objects.visible_to(self.actor).matching(words)
        return [as_place(row) for row in rows[: self.most]]

    def pick(self, key: UUID) -> Territory | None:
        """Return the one with this key."""
        return Territory.objects.visible_to(self.actor).filter(public_id=key).first()


def as_place(place: Territory) -> Choice:
    """Show a region or a district in a list to choose from."""
    above = place.above.name if place.above else ""
    return Choice(place.public_id, place.name, above)
