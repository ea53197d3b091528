"""A forgotten password: asking for a letter, and choosing a new one by its link."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.http import Request, by_method, reading
from zveno.people import actions
from zveno.people.forms.proving import ForgottenForm, NewPasswordForm
from zveno.people.models import Recovery, ask_for_letter, count_attempt
from zveno.people.pages.answers import draw_late
from zveno.people.pages.bounds import bounds_of_letter, remember
from zveno.people.pages.doors import enter_or_half_way
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell


@require_safe
def _offer(request: Request) -> HttpResponse:
    return render(request, "people/forgotten.html", {"form": ForgottenForm()})


@require_POST
def _ask(request: Request) -> HttpResponse:
    """Leave the wish to the worker: the answer knows nobody."""
    form = ForgottenForm(request.POST)
    if not form.is_valid():
        return draw(request, "people/forgotten.html", {"form": form})
    again = count_attempt(bounds_of_letter(request))
    if again:
        return draw_late(request, "people/forgotten.html", {"form": form}, again)
    ask_for_letter(form.cleaned_data["name"])
    return redirect("people:letter_asked")


@login_not_required
@require_safe
def asked(request: Request) -> HttpResponse:
    """Say what happens now, whoever was named."""
    return render(request, "people/letter_asked.html")


@require_safe
def _show(request: Request, **_link: str) -> HttpResponse:
    recovery = _linked(request.actor)
    if recovery is None:
        return render(request, "people/password_dead.html", status=404)
    facts = {"recovery": recovery, "form": NewPasswordForm()}
    return render(request, "people/choose_password.html", facts)


@sensitive_post_parameters("password")
@require_POST
def _choose(request: Request, **_link: str) -> HttpResponse:
    with reading(request.actor):
        recovery = _linked(request.actor)
    if recovery is None:
        return draw(request, "people/password_dead.html", {}, status=404)
    form = NewPasswordForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            account = actions.choose_password(
                request.actor, recovery.public_id, **form.cleaned_data
            )
            tell(request, _("Your password is changed. You are signed out everywhere else."))
            response = enter_or_half_way(request, account)
            remember(request, response, account.sign_in_name)
            return response
    return draw(request, "people/choose_password.html", {"recovery": recovery, "form": form})


def _linked(actor: Actor) -> Recovery | None:
    """Return the one recovery the link lists, if it is good still."""
    return (
        Recovery.objects.visible_to(actor)
        .usable()
        .filter(pk__in=actor.listed("people.Recovery"))
        .select_related("account", "link")
        .first()
    )


forgotten = login_not_required(by_method(get=_offer, post=_ask))
choose_password = login_not_required(by_method(get=_show, post=_choose))
