"""Find or do: what somebody may open and do, by words in any layout of the keyboard."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zveno.desk.pages import coordinator, finding
from zveno.kernel.actor import Actor
from zveno.kernel.finding import Wanted
from zveno.kernel.http import Request, by_method, reading
from zveno.network.models import Cluster
from zveno.organisations.rules import BRINGING
from zveno.people.models import Post
from zveno.ui.faces import Found
from zveno.ui.keyboard import readings

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Joined = tuple[UUID, str, int]
LONGEST = 80
IN_PALETTE, SHOWN, WHOLE = 4, 6, 100
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
    (gettext_lazy("Look through all clusters"), "network:clusters", "net"),
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
    return render(request, "desk/find.html", {"deeds": _deeds(request.actor, [])})


@require_POST
def _find(request: Request) -> HttpResponse:
    """Show what was found; the words looked for stand in no address."""
    typed = "".join(filter(str.isprintable, request.POST.get("q", "")))[:LONGEST]
    with reading(request.actor):
        meant = readings(typed)
        deeds = _deeds(request.actor, meant)
        if request.htmx:
            rows = [*deeds, *finding.flat(_things(request.actor, meant, IN_PALETTE)[0])]
            return render(request, "desk/found.html", {"rows": rows})
        facts = _facts(request.actor, meant, request.POST.get("kind", ""))
        return render(request, "desk/find.html", facts | {"deeds": deeds, "typed": typed})


def _facts(actor: Actor, meant: list[str], asked: str) -> dict[str, Any]:
    """Return what was found: some of each kind, or as many as a page holds of the one asked for."""
    kinds = [kind for kind in finding.KINDS if kind.key == asked]
    groups, guessed = _things(actor, meant, SHOWN if not kinds else WHOLE, kinds)
    return {"groups": groups, "guessed": guessed, "alone": bool(kinds)}


def _things(
    actor: Actor, meant: list[str], shown: int, kinds: Sequence[finding.Kind] = ()
) -> tuple[list[finding.Group], bool]:
    """Return what was found, and whether it is only like what was typed."""
    if not meant[0] or (len(meant[0]) == 1 and not meant[0].isdigit()):
        return [], False
    wanted = Wanted(meant)
    if found := finding.groups(actor, wanted, shown, kinds):
        return found, False
    return finding.guesses(actor, wanted, shown), True


def _clusters(actor: Actor) -> list[Joined]:
    return list(
        Cluster.objects.visible_to(actor)
        .joined_by(actor)
        .live()
        .order_by("name")
        .values_list("public_id", "name", "base")
    )


def _deeds(actor: Actor, meant: list[str]) -> list[Found]:
    return list(_possible(actor, _clusters(actor), meant))


def _possible(actor: Actor, clusters: Sequence[Joined], meant: list[str]) -> Iterator[Found]:
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


def _says(text: str, meant: list[str]) -> bool:
    """Whether every word of one of the readings is in the text."""
    said = text.casefold()
    return not meant or any(all(w in said for w in one.casefold().split()) for one in meant)


find = by_method(get=_ask, post=_find)
