"""Find or do: what somebody may open and do, by words in any layout of the keyboard."""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING
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
from zveno.organisations.models import Organisation
from zveno.organisations.rules import BRINGING
from zveno.people.models import Post
from zveno.ui.faces import Found
from zveno.ui.keyboard import readings

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Joined = tuple[UUID, str, int]
LONGEST = 80
SHOWN = 5
Role = Post.Role
DEED = gettext_lazy("action")
EVERYBODY = (
    (gettext_lazy("Open my tasks"), "desk:today", "home"),
    (gettext_lazy("Open the list of tasks"), "people:tasks", "check"),
    (gettext_lazy("Register a group for an event"), "events:list", "users"),
    (gettext_lazy("Open the public event catalogue"), "events:catalogue", "cal"),
    (gettext_lazy("Check whether a certificate is genuine"), "documents:verify", "shield"),
    (gettext_lazy("Change colours and text size"), "ui:view", "eye"),
)
# Found by their words; not offered before anything is typed.
ALSO = (
    (gettext_lazy("Give a colleague a task"), "people:give_task", "plus"),
    (gettext_lazy("Look through the register of organisations"), "organisations:list", "book"),
    (gettext_lazy("See programmes, grants and their money"), "network:programmes", "chart"),
    (gettext_lazy("Open people and access, invite a colleague"), "people:own_team", "users"),
    (gettext_lazy("Read notifications"), "people:notices", "bell"),
    (gettext_lazy("Open my account, see where I am signed in"), "people:sign_ins", "shield"),
    (gettext_lazy("Change my password"), "people:change_password", "shield"),
    (gettext_lazy("Set up the second step of signing in"), "people:second_step", "shield"),
    (gettext_lazy("See who can see my data"), "people:access", "eye"),
    (gettext_lazy("Give a program a token"), "people:tokens", "link"),
    (gettext_lazy("Set up webhooks for a program"), "webhooks:webhooks", "out"),
)
BY_ROLE = (
    (
        frozenset(BRINGING),
        (gettext_lazy("Upload a table of organisations"), "organisations:bring", "plus"),
    ),
    (
        frozenset({Role.HEAD, Role.COORDINATOR, Role.REPRESENTATIVE}),
        (gettext_lazy("Download a list of people"), "desk:exports", "down"),
    ),
    (frozenset({Role.AUDITOR}), (gettext_lazy("Read the journal"), "desk:journal", "book")),
    (
        frozenset({Role.OPERATOR}),
        (gettext_lazy("See Zveno’s jobs and what is stuck"), "desk:jobs", "clock"),
    ),
    (
        frozenset({Role.OPERATOR}),
        (gettext_lazy("Add a district to the list"), "organisations:territories", "pin"),
    ),
    (
        frozenset({Role.OPERATOR}),
        (gettext_lazy("Find and merge duplicates in the register"), "desk:duplicates", "book"),
    ),
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
        rows = list(_found(request.actor, typed))
        template = "desk/found.html" if request.htmx else "desk/find.html"
        return render(request, template, {"rows": rows, "typed": typed})


def _found(actor: Actor, typed: str) -> Iterator[Found]:
    """Yield deeds, then things: clusters, organisations, events, agreements."""
    meant, clusters = readings(typed), _clusters(actor)
    yield from _deeds(actor, clusters, meant)
    if not meant[0] or (len(meant[0]) == 1 and not meant[0].isdigit()):
        return
    for key, name, _base in clusters:
        if _says(name, meant):
            yield Found(name, _("cluster"), reverse("network:cluster", args=[key]), "net")
    yield from _organisations(actor, typed, [pk for pk, *_rest in clusters], meant)
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
    for title, address, icon in (*EVERYBODY, *(_more(actor) if meant else ())):
        if _says(str(title), meant):
            yield Found(title, DEED, reverse(address), icon)


def _more(actor: Actor) -> Iterator[tuple["StrPromise", str, str]]:
    roles = {role for _key, role in actor.roles}
    yield from ALSO
    yield from (deed for allowed, deed in BY_ROLE if allowed & roles)


def _organisations(
    actor: Actor, typed: str, clusters: list[UUID], meant: list[str]
) -> Iterator[Found]:
    """Yield members of one's clusters, then others of the register."""
    fields = ("organisation__name", "organisation__short_name", "organisation__inn")
    members = (
        Membership.objects.visible_to(actor)
        .live()
        .filter(_like(fields, meant), cluster__public_id__in=clusters)
        .order_by("organisation__short_name", "pk")
        .values_list(
            "organisation", "organisation__short_name", "cluster__name", "cluster__public_id"
        )[:SHOWN]
    )
    for _pk, name, cluster, key in members:
        yield Found(name, cluster, reverse("network:members", args=[key]), "users")
    others = Organisation.objects.visible_to(actor).matching(typed)
    for one in others.exclude(pk__in=[pk for pk, *_rest in members])[:SHOWN]:
        address = reverse("organisations:card", args=[one.public_id])
        yield Found(one.short_name, one.get_kind_display(), address, "book")


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
