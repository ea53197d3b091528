"""Offers and requests of the members of a cluster, responses to them, what is agreed on."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions, rules
from zveno.network.forms.offers import InterestForm, OfferForm
from zveno.network.models import Cluster, Interest, Membership, Offer
from zveno.network.models.offers import OfferQuerySet
from zveno.ui.answers import draw
from zveno.ui.faces import Face
from zveno.ui.refusals import RefusalsIn
from zveno.ui.sheets import TYPES, attached
from zveno.ui.toasts import tell, warn

SHOWN = 200
OPEN = Face(_("Open to responses"), "ok", "check")
TAKEN = Face(_("All agreed on"), "info", "check")
OVER = Face(pgettext_lazy("offer", "Over"), "", "clock")
WITHDRAWN = Face(pgettext_lazy("offer", "Withdrawn"), "", "x")
WAITS = Face(_("Waiting for an answer"), "warn", "clock")
AGREED = Face(_("Agreed"), "ok", "check")
HEADS = (
    *(_("What exactly"), _("What you post"), _("Kind"), _("Organisation"), _("Whom it is for")),
    *(_("How many"), _("Left"), _("Counted in"), _("From"), _("Last day"), _("State")),
)


def face_of(offer: Offer) -> Face:
    """Say how an offer stands."""
    if offer.is_live:
        return OPEN
    if offer.withdrawn_at:
        return WITHDRAWN
    return OVER if offer.left else TAKEN


@require_safe
def offers(request: Request, key: UUID) -> HttpResponse:
    """Show offers and requests; ``?way=``, ``?kind=`` and ``?state=all`` choose."""
    cluster = _cluster(request.actor, key)
    rows = [(one, face_of(one)) for one in _chosen(request, cluster)]
    facts = {
        "cluster": cluster,
        "rows": rows,
        "kinds": Offer.Kind.choices,
        "query": request.GET.urlencode(),
        "chosen": bool(request.GET.keys() & {"way", "kind", "state"}),
        "posts": bool(_members(request.actor, cluster)),
    }
    return render(request, "network/offers.html", facts)


@require_safe
def export(request: Request, key: UUID, kind: str) -> HttpResponse:
    """Hand over what the filters leave. Raises ``Http404`` for another kind of file."""
    if kind not in TYPES:
        raise Http404
    cluster = _cluster(request.actor, key)
    return attached("offers", kind, HEADS, map(_cells, _chosen(request, cluster)))


def _cells(one: Offer) -> tuple[object, ...]:
    return (
        *(one.text, one.get_way_display(), one.get_kind_display(), one.organisation, one.audience),
        *(one.quantity, one.left, one.get_unit_display(), date_format(one.begins, "d.m.Y")),
        *(date_format(one.ends, "d.m.Y"), face_of(one).text),
    )


def _cluster(actor: Actor, key: UUID) -> Cluster:
    """Return a cluster one of whose members the actor works for, or refuse."""
    cluster = Cluster.objects.visible_to(actor).pick(key)
    if not Cluster.objects.visible_to(actor).joined_by(actor).filter(pk=cluster.pk).exists():
        raise NotAllowed
    return cluster


def _chosen(request: Request, cluster: Cluster) -> OfferQuerySet:
    rows = Offer.objects.visible_to(request.actor).filter(cluster=cluster)
    if request.GET.get("state") != "all":
        rows = rows.live()
    for name, choices in (("way", Offer.Way), ("kind", Offer.Kind)):
        if request.GET.get(name) in choices.values:
            rows = rows.filter(**{name: request.GET[name]})
    return rows.select_related("organisation").order_by("ends", "pk")[:SHOWN]


def _members(actor: Actor, cluster: Cluster) -> list[Membership]:
    rows = Membership.objects.visible_to(actor).live().filter(cluster=cluster)
    rows = rows.filter(organisation__in=rules.represented(actor))
    return list(rows.select_related("organisation", "cluster").order_by("pk"))


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    cluster, members = _posting(request.actor, key)
    form = OfferForm(members, initial=OfferForm.at_first())
    facts = {"cluster": cluster, "form": form, "several": len(members) > 1}
    return render(request, "network/offer_new.html", facts)


@require_POST
def _post(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        cluster, members = _posting(request.actor, key)
    form = OfferForm(members, request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            made = actions.post_offer(request.actor, form.membership(), wanted=form.wanted())
            tell(request, gettext("Posted: all members of the cluster see it."))
            return redirect("network:offer", made.public_id)
    facts = {"cluster": cluster, "form": form, "several": len(members) > 1}
    return draw(request, "network/offer_new.html", facts)


def _posting(actor: Actor, key: UUID) -> tuple[Cluster, list[Membership]]:
    cluster = Cluster.objects.visible_to(actor).pick(key)
    members = _members(actor, cluster)
    if not members:
        raise NotAllowed
    return cluster, members


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    facts = _facts(request.actor, key)
    form = InterestForm(initial={"amount": facts["offer"].left})
    return render(request, "network/offer.html", facts | {"form": form})


@require_POST
def _respond(request: Request, key: UUID) -> HttpResponse:
    form = InterestForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.express_interest(request.actor, key, **form.cleaned_data)
            tell(request, gettext("Your response is sent. You will be told of the answer."))
            return redirect("network:offer", key)
    with reading(request.actor):
        facts = _facts(request.actor, key)
    return draw(request, "network/offer.html", facts | {"form": form})


def _facts(actor: Actor, key: UUID) -> dict[str, Any]:
    rows = Offer.objects.visible_to(actor).select_related("organisation", "cluster__base")
    offer = rows.pick(key)
    own = rules.represented(actor)
    responds = offer.is_live and bool(rules.responding(actor, offer))
    return {
        "offer": offer,
        "face": face_of(offer),
        "responds": responds,
        "withdraws": offer.withdrawn_at is None and actions.withdraw_offer.allowed(actor, offer),
        "answers": offer.is_live and offer.organisation_id in own,
        "interests": _interests(actor, offer, own),
    }


def _interests(actor: Actor, offer: Offer, own: set[int]) -> list[tuple[Interest, Face, bool]]:
    """Return responses, how they stand, and whether they are the actor's to withdraw."""
    rows = Interest.objects.visible_to(actor).filter(offer=offer, withdrawn_at=None)
    rows = rows.select_related("organisation", "obligation").order_by("pk")
    return [
        (
            one,
            AGREED if one.obligation else WAITS,
            one.obligation is None and one.organisation_id in own,
        )
        for one in rows
    ]


@require_POST
def withdraw(request: Request, key: UUID) -> HttpResponse:
    """Let an offer stand no more."""
    actions.withdraw_offer(request.actor, key)
    tell(request, gettext("Withdrawn: nobody can respond any more."))
    return redirect("network:offer", key)


@require_POST
def agree(request: Request, key: UUID) -> HttpResponse:
    """Agree to a response; a refusal is said on the page of the offer."""
    with reading(request.actor):
        offer = _offer_of(request.actor, key)
    try:
        actions.agree_on(request.actor, key)
    except (BadInput, actions.NoAgreementBetween, actions.OfferOver) as refusal:
        warn(request, str(refusal))
    else:
        tell(request, gettext("Agreed: it stands among the obligations of the agreement."))
    return redirect("network:offer", offer)


@require_POST
def take_back(request: Request, key: UUID) -> HttpResponse:
    """Take one's response back."""
    with reading(request.actor):
        offer = _offer_of(request.actor, key)
    actions.withdraw_interest(request.actor, key)
    tell(request, gettext("Your response is withdrawn."))
    return redirect("network:offer", offer)


def _offer_of(actor: Actor, interest: UUID) -> UUID:
    found = Interest.objects.visible_to(actor).select_related("offer").pick(interest)
    return found.offer.public_id


new_offer = by_method(get=_ask, post=_post)
offer = by_method(get=_show, post=_respond)
