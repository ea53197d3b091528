"""One certificate is voided, with a reason, or replaced by a new one."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions
from zveno.events.forms.voiding import VoidForm
from zveno.events.models import Certificate
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.ui.answers import draw
from zveno.ui.toasts import tell, warn

PAGE = "events/certificate_void.html"


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    certificate = _found(request.actor, key)
    if certificate.voided_at:
        return _to_list(certificate)
    return render(request, PAGE, _about(certificate) | {"form": VoidForm()})


@require_POST
def _void(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        certificate = _found(request.actor, key)
    form = VoidForm(request.POST)
    if not form.is_valid():
        return draw(request, PAGE, _about(certificate) | {"form": form})
    actions.void_certificate(request.actor, key, why=form.cleaned_data["why"])
    if "again" in request.POST:
        return _replaced(request, certificate)
    tell(request, _("The certificate is void. The school gets an email."))
    return _to_list(certificate)


@require_POST
def replace(request: Request, key: UUID) -> HttpResponse:
    """Issue a new certificate in place of a void one."""
    with reading(request.actor):
        certificate = _found(request.actor, key)
    return _replaced(request, certificate)


def _replaced(request: Request, certificate: Certificate) -> HttpResponse:
    try:
        actions.replace_certificate(request.actor, certificate.public_id)
    except actions.NothingToReplace as refusal:
        warn(request, str(refusal))
    else:
        tell(request, _("A new certificate is issued. The old one is void."))
    return _to_list(certificate)


def _found(actor: Actor, key: UUID) -> Certificate:
    rows = Certificate.objects.visible_to(actor).by_number()
    certificate = rows.pick(key)
    if not actions.void_certificate.allowed(actor, certificate):
        raise NotAllowed
    return certificate


def _about(certificate: Certificate) -> dict[str, object]:
    event = certificate.event
    return {"certificate": certificate, "event": event, "of_cluster": event.cluster}


def _to_list(certificate: Certificate) -> HttpResponseRedirect:
    return redirect(reverse("events:certificates", args=[certificate.event.public_id]))


void = by_method(get=_ask, post=_void)
