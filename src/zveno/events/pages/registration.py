"""How groups get seats: the host's page, and the answer to an offer."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions
from zveno.events.forms.registration import RegistrationForm, at_first
from zveno.events.models import Event, Group
from zveno.events.models.quotas import terms_words
from zveno.events.pages.cancelling import _found
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request, by_method, reading
from zveno.organisations.models import Organisation
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.seen import Seen
from zveno.ui.toasts import tell

PAGE = "events/registration.html"


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    event = _found(request.actor, key)
    if not event.is_to_come:
        return redirect("events:event", key)
    words = terms_words(event)
    form = RegistrationForm(_houses(request.actor, event), initial=at_first(words))
    facts = {"event": event, "of_cluster": event.cluster, "form": form, "seen": Seen(words)}
    return render(request, PAGE, facts)


@require_POST
def _set(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        event = _found(request.actor, key)
        houses = _houses(request.actor, event)
    form, seen = RegistrationForm(houses, request.POST), Seen.sent(request.POST)
    if form.is_valid():
        terms = form.terms(event.time_zone)
        with RefusalsIn(form), seen:
            actions.set_registration(request.actor, key, terms=terms, seen=seen.words)
            tell(request, _("Saved. Schools see it on the page of the event."))
            return redirect("events:event", key)
        seen.follow(form)
    facts = {"event": event, "of_cluster": event.cluster, "form": form, "seen": seen}
    return draw(request, PAGE, facts, status=seen.status)


@require_POST
def accept(request: Request, key: UUID) -> HttpResponse:
    """Take the seats that are offered."""
    actions.accept_offer(request.actor, key)
    tell(request, _("The seats are yours. Now send the class list."))
    return redirect("events:group", key)


def _houses(actor: Actor, event: Event) -> list[Organisation]:
    """Return the members seats may be kept for: whose children fit, who have not registered."""
    members = Organisation.objects.visible_to(actor).filter(
        memberships__cluster=event.cluster, memberships__until=None
    )
    come = set(Group.objects.visible_to(actor).filter(event=event).live().values_list("sender"))
    found = members.distinct().order_by("name", "pk")
    return [
        one
        for one in found
        if one.takes_children
        and (one.pk,) not in come
        and (one.kind != Organisation.Kind.PRESCHOOL or event.is_for(0))
    ]


registration = by_method(get=_ask, post=_set)
