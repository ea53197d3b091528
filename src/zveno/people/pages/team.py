"""People of an organisation: their posts, invitations, ends."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
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
from zveno.kernel.registry import operates
from zveno.organisations.models import Organisation
from zveno.people import actions
from zveno.people.forms.posts import AppointForm, LastDayForm, StandInForm, end_of
from zveno.people.models import Invitation, Post
from zveno.people.pages.faces import options, row_of
from zveno.people.rules import LEADING
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

MOST = 300


@require_safe
def own(request: Request) -> HttpResponse:
    """Lead to the people of one's first organisation."""
    for organisation in Organisation.objects.visible_to(request.actor).represented_by(
        request.actor
    )[:1]:
        return redirect("people:team", organisation.public_id)
    raise NotAllowed


@require_safe
def team(request: Request, key: UUID) -> HttpResponse:
    """List who holds, held or will hold a post here."""
    organisation = _organisation(request.actor, key)
    state = request.GET.get("state", "")
    over = Q(until__lte=clock.now())
    posts = Post.objects.visible_to(request.actor).of(organisation)
    shown = list(posts.filter(over if state == "over" else ~over | Q(until=None))[:MOST])
    invitations = {
        one.post_id: one
        for one in Invitation.objects.visible_to(request.actor)
        .acceptable()
        .filter(post__organisation=organisation)
        .select_related("link")
    }
    for post in shown:
        post.organisation = organisation
    rows = [row_of(post, invitations.get(post.pk), request.actor) for post in shown]
    others = Organisation.objects.visible_to(request.actor)
    facts = {
        "organisation": organisation,
        "rows": rows,
        "over": state == "over",
        "ours": organisation.pk in request.actor.scope,
        "stewards": _stewards(request.actor, organisation),
        "leads": actions.appoint.allowed(request.actor, organisation),
        "houses": others.filter(Q(pk__in=request.actor.scope) | Q(steward__in=request.actor.scope))
        .exclude(pk=organisation.pk)
        .order_by("name")[:MOST],
    }
    return render(request, "people/team.html", facts)


@require_safe
def _offer(request: Request, key: UUID) -> HttpResponse:
    organisation = _led(request.actor, key)
    facts = {"organisation": organisation, "form": AppointForm(_roles(request, organisation))}
    return render(request, "people/appoint.html", facts)


@require_POST
def _appoint(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        organisation = _led(request.actor, key)
    form = AppointForm(_roles(request, organisation), request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            post = actions.appoint(request.actor, key, appointment=form.appointment())
            return _appointed(request, post)
    return draw(request, "people/appoint.html", {"organisation": organisation, "form": form})


def _appointed(request: Request, post: Post) -> HttpResponse:
    """Invite whoever has got the post, unless they can sign in already."""
    try:
        return _invited(request, post.public_id)
    except actions.AccountOpen:
        tell(request, _("The post is filled. This person can already sign in."))
        return redirect("people:own_team")


@require_POST
def invite(request: Request, key: UUID) -> HttpResponse:
    """Invite the holder of a post; show the link this once."""
    return _invited(request, key)


def _invited(request: Request, key: UUID) -> HttpResponse:
    token = actions.invite(request.actor, key)
    address = f"{settings.ADDRESS}{reverse('people:invitation', args=[token])}"
    code = make_qr(address, error="m")
    with reading(request.actor):
        post = _post(request.actor, key)
        open_now = Invitation.objects.visible_to(request.actor).acceptable().filter(post=post)
        facts = {
            "post": post,
            "until": open_now.values_list("link__until", flat=True)[0],
            "address": address,
            "code": SafeString(code.svg_inline(border=2, omitsize=True, svgclass="qr__code")),
        }
        return render(request, "people/invited.html", facts)


@require_POST
def take_back(request: Request, key: UUID) -> HttpResponse:
    """End an invitation."""
    actions.take_invitation_back(request.actor, key)
    tell(request, _("The invitation is withdrawn."))
    with reading(request.actor):
        post = _post(request.actor, key)
    return redirect("people:team", post.organisation.public_id)


@require_safe
def _ask_end(request: Request, key: UUID) -> HttpResponse:
    post = _endable(request.actor, key)
    return render(request, "people/end_post.html", {"post": post, "form": LastDayForm()})


@require_POST
def _end(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        post = _endable(request.actor, key)
    form = LastDayForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.end_post(request.actor, key, until=form.moment())
            tell(request, _("The post ends, and all its access with it."))
            return redirect("people:team", post.organisation.public_id)
    return draw(request, "people/end_post.html", {"post": post, "form": form})


@require_safe
def _ask_stand_in(request: Request, key: UUID) -> HttpResponse:
    post = _lendable(request.actor, key)
    form = StandInForm(_colleagues(request.actor, post))
    return render(request, "people/stand_in.html", {"post": post, "form": form})


@require_POST
def _stand_in(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        post = _lendable(request.actor, key)
        form = StandInForm(_colleagues(request.actor, post), request.POST)
        valid = form.is_valid()
        deputy = _post(request.actor, UUID(form.cleaned_data["deputy"])) if valid else None
    if deputy:
        until = end_of(form.cleaned_data["until"])
        with RefusalsIn(form):
            actions.stand_in(request.actor, key, deputy=deputy, until=until)
            tell(request, _("Your colleague can now act for you. The journal shows who did what."))
            return redirect("people:team", post.organisation.public_id)
    return draw(request, "people/stand_in.html", {"post": post, "form": form})


def _stewards(actor: Actor, organisation: Organisation) -> list[Post]:
    """Return who else looks after the organisation: those who lead its steward."""
    if organisation.steward_id is None:
        return []
    leading = Post.objects.visible_to(actor).filter(
        organisation=organisation.steward_id, role__in=LEADING
    )
    return list(leading.live().select_related("person", "organisation")[:MOST])


def _organisation(actor: Actor, key: UUID) -> Organisation:
    """Return an organisation whose people the actor may look through."""
    found = Organisation.objects.visible_to(actor).pick(key)
    if not {found.pk, found.steward_id} & actor.scope and not operates(actor):
        raise NotAllowed
    return found


def _led(actor: Actor, key: UUID) -> Organisation:
    found = Organisation.objects.visible_to(actor).pick(key)
    if not actions.appoint.allowed(actor, found):
        raise NotAllowed
    return found


def _post(actor: Actor, key: UUID) -> Post:
    return (
        Post.objects.visible_to(actor)
        .select_related("person", "organisation", "stands_in_for")
        .pick(key)
    )


def _endable(actor: Actor, key: UUID) -> Post:
    post = _post(actor, key)
    if not actions.end_post.allowed(actor, post):
        raise NotAllowed
    if post.is_over:
        raise actions.PostOver
    return post


def _lendable(actor: Actor, key: UUID) -> Post:
    post = _post(actor, key)
    if not actions.stand_in.allowed(actor, post):
        raise NotAllowed
    if post.is_over:
        raise actions.PostOver
    return post


def _colleagues(actor: Actor, post: Post) -> list[tuple[str, str]]:
    found = (
        Post.objects.visible_to(actor)
        .of(post.organisation)
        .live()
        .filter(stands_in_for=None)
        .exclude(person=post.person_id)
    )
    return [(str(one.public_id), f"{one.person}, {one}") for one in found[:MOST]]


def _roles(request: Request, organisation: Organisation) -> list[tuple[str, Any]]:
    operator = request.actor.holds(Post.Role.OPERATOR, organisation.pk)
    return list(options(organisation.kind, operator=operator))


appoint = by_method(get=_offer, post=_appoint)
end_post = by_method(get=_ask_end, post=_end)
stand_in = by_method(get=_ask_stand_in, post=_stand_in)
