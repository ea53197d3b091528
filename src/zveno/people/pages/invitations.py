"""What somebody invited sees: a name, a password, and in."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.kernel.http import Request, by_method, reading
from zveno.people import actions
from zveno.people.forms import AcceptForm
from zveno.people.models import Invitation
from zveno.people.pages.answers import draw
from zveno.ui.toasts import tell


@require_safe
def _greet(request: Request, **_link: str) -> HttpResponse:
    invitation = _linked(request.actor)
    if invitation is None:
        return render(request, "people/invitation_dead.html", status=404)
    name = invitation.post.person.email.partition("@")[0].casefold()
    form = AcceptForm(initial={"sign_in_name": name})
    return render(request, "people/invitation.html", {"invitation": invitation, "form": form})


@sensitive_post_parameters("password")
@require_POST
def _accept(request: Request, **_link: str) -> HttpResponse:
    with reading(request.actor):
        invitation = _linked(request.actor)
    if invitation is None:
        return draw(request, "people/invitation_dead.html", {}, status=404)
    form = AcceptForm(request.POST)
    if form.is_valid():
        try:
            account = actions.accept_invitation(
                request.actor, invitation.public_id, **form.cleaned_data
            )
        except BadInput as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            login(request, account)
            tell(request, _("Welcome. Your account is ready."))
            return redirect("desk:today")
    return draw(request, "people/invitation.html", {"invitation": invitation, "form": form})


def _linked(actor: Actor) -> Invitation | None:
    """Return the one invitation the link lists."""
    return (
        Invitation.objects.visible_to(actor)
        .filter(pk__in=actor.listed("people.Invitation"))
        .select_related("link", "post__person", "post__organisation")
        .first()
    )


invitation = login_not_required(by_method(get=_greet, post=_accept))
