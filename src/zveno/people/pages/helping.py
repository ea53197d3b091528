"""Helping a colleague back into their account: a page with a link, the second step taken away."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from segno import make as make_qr

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.people import actions
from zveno.people.forms.posts import ReasonForm
from zveno.people.models import Post, has_account
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell


@require_safe
def _offer(request: Request, key: UUID) -> HttpResponse:
    post = _helped(request.actor, key)
    return render(request, "people/help.html", _facts(request.actor, post, ReasonForm()))


@require_POST
def _reset(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        post = _helped(request.actor, key)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.reset_second_step(request.actor, key, reason=form.cleaned_data["reason"])
            tell(request, _("The second step is removed. The person is told who did it and why."))
            return redirect("people:team", post.organisation.public_id)
    with reading(request.actor):
        facts = _facts(request.actor, post, form)
    return draw(request, "people/help.html", facts)


@require_POST
def print_page(request: Request, key: UUID) -> HttpResponse:
    """Make a page with a link for a new password; show it this once."""
    token = actions.print_recovery(request.actor, key)
    address = f"{settings.ADDRESS}{reverse('people:choose_password', args=[token])}"
    code = make_qr(address, error="m")
    with reading(request.actor):
        facts = {
            "post": _post(request.actor, key),
            "until": clock.now() + actions.ON_PAPER,
            "address": address,
            "code": SafeString(code.svg_inline(border=2, omitsize=True, svgclass="qr__code")),
        }
        return render(request, "people/password_page.html", facts)


def _facts(actor: Actor, post: Post, form: ReasonForm) -> dict[str, object]:
    return {
        "post": post,
        "form": form,
        "resets": actions.reset_second_step.allowed(actor, post),
        "known": has_account(post),
    }


def _post(actor: Actor, key: UUID) -> Post:
    return Post.objects.visible_to(actor).select_related("person", "organisation").pick(key)


def _helped(actor: Actor, key: UUID) -> Post:
    post = _post(actor, key)
    if not actions.print_recovery.allowed(actor, post):
        raise NotAllowed
    return post


help_in = by_method(get=_offer, post=_reset)
