"""What somebody invited sees: a name, a password, and in; or one button, if there is an account."""

from dataclasses import replace
from typing import Any

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.http import Request, by_method, reading
from zveno.people import actions
from zveno.people.forms.proving import AcceptForm, SignInForm
from zveno.people.models import Invitation, Person, actor_of
from zveno.people.pages.webauthn import keys_work
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell


@require_safe
def _greet(request: Request, **_link: str) -> HttpResponse:
    actor = _actor(request)
    with reading(actor):
        invitation = _linked(actor)
        mine = _mine(actor, invitation) if invitation and actor.person else {}
    if invitation is None:
        return _dead(request)
    if mine:
        return draw(request, "people/invitation_here.html", mine, status=200)
    name = invitation.post.person.email.partition("@")[0].casefold()
    form = AcceptForm(initial={"sign_in_name": name})
    return _offer(request, invitation, form, status=200)


@sensitive_post_parameters("password")
@require_POST
def _accept(request: Request, **_link: str) -> HttpResponse:
    with reading(request.actor):
        invitation = _linked(request.actor)
    if invitation is None:
        return _dead(request)
    if request.user.is_authenticated:
        return _take(request, invitation)
    form = AcceptForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            account = actions.accept_invitation(
                request.actor, invitation.public_id, **form.cleaned_data
            )
            login(request, account)
            tell(request, _("Welcome. Your account is ready."))
            return redirect("desk:today")
    return _offer(request, invitation, form, status=422)


def _take(request: Request, invitation: Invitation) -> HttpResponse:
    """Give the post to whoever is signed in, if the invitation may be theirs."""
    actor = _actor(request)
    try:
        actions.take_invited_post(actor, invitation.public_id)
    except actions.OtherPerson as refusal:
        with reading(actor):
            facts = _mine(actor, invitation)
        return draw(request, "people/invitation_here.html", facts, status=refusal.status)
    tell(request, _("The post is yours, in your existing account."))
    return redirect("desk:today")


def _offer(
    request: Request, invitation: Invitation, form: AcceptForm, *, status: int
) -> HttpResponse:
    facts = {
        "invitation": invitation,
        "form": form,
        "sign_in": SignInForm(auto_id="known_%s"),
        "next": request.path,
        "keys_work": keys_work(),
    }
    return draw(request, "people/invitation.html", facts, status=status)


def _dead(request: Request) -> HttpResponse:
    return draw(request, "people/invitation_dead.html", {}, status=404)


def _mine(actor: Actor, invitation: Invitation) -> dict[str, Any]:
    me = Person.objects.visible_to(actor).get(pk=actor.person or 0)
    return {"invitation": invitation, "me": me, "right": me.may_be(invitation.post.person)}


def _actor(request: Request) -> Actor:
    """Let whoever is signed in show the link as well."""
    if not request.user.is_authenticated:
        return request.actor
    return replace(actor_of(request.user), keys=request.actor.keys)


def _linked(actor: Actor) -> Invitation | None:
    """Return the one invitation the link lists."""
    return (
        Invitation.objects.visible_to(actor)
        .filter(pk__in=actor.listed("people.Invitation"))
        .select_related("link", "post__person", "post__organisation")
        .first()
    )


invitation = login_not_required(by_method(get=_greet, post=_accept))
