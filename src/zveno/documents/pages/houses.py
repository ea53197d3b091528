"""Whose papers are shown: an organisation the visitor acts for."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from zveno.documents import rules
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request
from zveno.organisations.models import Organisation


@require_safe
def own(request: Request) -> HttpResponse:
    """Lead to the papers of the first organisation the visitor keeps papers of."""
    houses = Organisation.objects.visible_to(request.actor).represented_by(request.actor)
    for house in houses.order_by("name"):
        if rules.keeps_papers(request.actor, house):
            return redirect("documents:words", house.public_id)
    raise NotAllowed


def kept(actor: Actor, key: UUID) -> Organisation:
    """Return an organisation whose papers ``actor`` keeps. Raises ``NotFound``, ``NotAllowed``."""
    house = Organisation.objects.visible_to(actor).pick(key)
    if not rules.keeps_papers(actor, house):
        raise NotAllowed
    return house
