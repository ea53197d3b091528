"""Find or do: what somebody may open and do, by words in any layout of the keyboard."""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import and_, or_
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zveno.desk.pages import coordinator
from zveno.events.models import Event
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request, by_method, reading
from zveno.network.models import Agreement, Cluster, Membership
from zveno.ui.faces import Found
from zveno.ui.keyboard import readings

Joined = tuple[UUID, str, int]
LONGEST = 80
SHOWN = 5
DEED = gettext_lazy("action")
EVERYBODY = (
    (gettext_lazy("Open my tasks"), "desk:today", "home"),
    (gettext_lazy("Register a group for an event"), "events:list", "users"),
    (gettext_lazy("Open the public event catalogue"), "events:catalogue", "cal"),
    (gettext_lazy("Check whether a certificate is genuine"), "documents:verify", "shield"),
    (gettext_lazy("Change colours and text size"), "ui:view", "eye"),
)
COORDINATORS = (
    (gettext_lazy("Add members: %(cluster)s"), "network:add_members", "plus"),
    (gettext_lazy("Draw up an agreement: %(cluster)s"), "network:start_agreement", "pen"),
    (gettext_lazy("Open the plan: %(cluster)s"), "plan:plan", "cal"),
)


@require_safe
def _ask(request: Request) -> HttpResponse:
    """Show what can be done, and ask what to find."""
    clusters = _clusters(request.actor)
    return render(request, "desk/find.html", {"rows": list(_deeds(request.actor, clusters, []))})


@require_POST
def _find(request: Request) -> HttpResponse:
    """Show what was found; the words looked for stand in no address."""
    typed = "".join(filter(str.isprintable, request.POST.get("q", "")))[:LONGEST]
    with reading(request.actor):
        rows = list(_found(request.actor, readings(typed)))
        template = "desk/found.html" if request.htmx else "desk/find.html"
        return render(request, template, {"rows": rows, "typed": typed})


def _found(actor: Actor, meant: list[str]) -> Iterator[Found]:
    """Yield deeds, then things: clusters, organisations, events, agreements."""
    clusters = _clusters(actor)
    yield from _deeds(actor, clusters, meant)
    if not meant[0] or (len(meant[0]) == 1 and not meant[0].isdigit()):
        return
    for key, name, _base in clusters:
        if _says(name, meant):
            yield Found(name, _("cluster"), reverse("network:cluster", args=[key]), "net")
    yield from _organisations(actor, [pk for pk, *_rest in clusters], meant)
    yield from _events(actor, meant)
    yield from _agreements(actor, meant)


def _clusters(actor: Actor) -> list[Joined]:
    return list(
        Cluster.objects.visible_to(actor)
        .joined_by(actor)
        .order_by("name")
        .values_list("public_id", "name", "base")
    )


def _deeds(actor: Actor, clusters: Sequence[Joined], meant: list[str]) -> Iterator[Found]:
    led = coordinator.bases(actor)
    for words, address, icon in COORDINATORS:
        for key, name, base in clusters:
            deed = words % {"cluster": name}
            if base in led and _says(deed, meant):
                yield Found(deed, DEED, reverse(address, args=[key]), icon)
    for title, address, icon in EVERYBODY:
        if _says(str(title), meant):
            yield Found(title, DEED, reverse(address), icon)


def _organisations(actor: Actor, clusters: list[UUID], meant: list[str]) -> Iterator[Found]:
    fields = ("organisation__name", "organisation__short_name", "organisation__inn")
    members = (
        Membership.objects.visible_to(actor)
        .live()
        .filter(_like(fields, meant), cluster__public_id__in=clusters)
        .order_by("organisation__short_name", "pk")
        .values_list("organisation__short_name", "cluster__name", "cluster__public_id")
    )
    for name, cluster, key in members[:SHOWN]:
        yield Found(name, cluster, reverse("network:members", args=[key]), "users")


def _events(actor: Actor, meant: list[str]) -> Iterator[Found]:
    events = Event.objects.visible_to(actor).filter(_like(("title",), meant))
    for event in events.order_by("-starts_at")[:SHOWN]:
        day = date_format(localtime(event.starts_at), "j E Y")
        yield Found(event.title, day, reverse("events:event", args=[event.public_id]), "cal")


def _agreements(actor: Actor, meant: list[str]) -> Iterator[Found]:
    agreements = Agreement.objects.visible_to(actor).filter(_like(("title",), meant))
    for one in agreements.order_by("-dated")[:SHOWN]:
        url = reverse("network:agreement", args=[one.public_id])
        yield Found(one.title, _("agreement"), url, "doc")


def _says(text: str, meant: list[str]) -> bool:
    """Whether every word of one of the readings is in the text."""
    said = text.casefold()
    return not meant or any(all(w in said for w in one.casefold().split()) for one in meant)


def _like(fields: Sequence[str], meant: list[str]) -> Q:
    """Say the same of rows: every word of one reading in some of the fields."""
    return reduce(or_, (reduce(and_, (_holds(fields, w) for w in one.split())) for one in meant))


def _holds(fields: Sequence[str], word: str) -> Q:
    return reduce(or_, (Q(**{f"{field}__icontains": word}) for field in fields))


find = by_method(get=_ask, post=_find)
