"""A member says what it wishes, by the link of its letter: no account is needed."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.http import Request, by_method, reading
from zveno.plan import actions
from zveno.plan.forms.wishes import WishForm
from zveno.plan.models import LINKED, MOST_WISHES, Wish, Wisher
from zveno.ui.answers import draw
from zveno.ui.toasts import tell

PAGE, DEAD = "plan/wish.html", "plan/link_dead.html"


@require_safe
def _show(request: Request, token: str) -> HttpResponse:
    """Show what a member has wished; ``?wish=`` is the one that is put right."""
    one = _linked(request.actor)
    if one is None:
        return render(request, DEAD, status=404)
    facts = _facts(request.actor, one, token)
    form = WishForm(one.round.year)
    for wish in facts["wishes"]:
        if str(wish.public_id) == request.GET.get("wish") and wish.state == Wish.State.WAITING:
            form.initial = {name: getattr(wish, name) for name in form.fields if name != "key"}
            form.initial["key"] = wish.public_id
            facts["changed"] = wish
    return render(request, PAGE, facts | {"form": form})


@require_POST
def _say(request: Request, token: str) -> HttpResponse:
    with reading(request.actor):
        one = _linked(request.actor)
    if one is None:
        return draw(request, DEAD, {}, status=404)
    form = WishForm(one.round.year, request.POST)
    if form.is_valid():
        said = {"key": form.cleaned_data["key"], "wish": form.facts()}
        actions.say_wish(request.actor, one.public_id, **said)
        tell(request, _("Your wish is noted. You can change it until the last day."))
        return redirect("plan:wish", token)
    with reading(request.actor):
        facts = _facts(request.actor, one, token)
    return draw(request, PAGE, facts | {"form": form})


@login_not_required
@require_POST
def take_back(request: Request, token: str, key: UUID) -> HttpResponse:
    """Take a wish back."""
    with reading(request.actor):
        one = _linked(request.actor)
    if one is None:
        return draw(request, DEAD, {}, status=404)
    actions.take_wish_back(request.actor, key)
    tell(request, _("The wish is taken back."))
    return redirect("plan:wish", token)


def _linked(actor: Actor) -> Wisher | None:
    """Return the one member a link lists."""
    rows = Wisher.objects.visible_to(actor).filter(pk__in=actor.listed(LINKED))
    return rows.select_related("organisation", "round__cluster__base").first()


def _facts(actor: Actor, one: Wisher, token: str) -> dict[str, Any]:
    rows = Wish.objects.visible_to(actor).filter(wisher=one).select_related("item", "wisher__round")
    wishes = list(rows.order_by("pk"))
    return {
        "one": one,
        "asked": one.round,
        "wishes": wishes,
        "is_open": one.round.is_open,
        "is_full": len(wishes) >= MOST_WISHES,
        "token": token,
    }


wish = login_not_required(by_method(get=_show, post=_say))
