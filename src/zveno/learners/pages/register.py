"""The children of an organisation: its classes, and one class."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.http import Request
from zveno.learners import rules
from zveno.learners.models import Learner, SchoolClass, classes_of
from zveno.organisations.models import Organisation

SHOWN = 500


@require_safe
def own(request: Request) -> HttpResponse:
    """Lead to the children of one's own organisation; ask which if there are several."""
    keys = {key for key, role in request.actor.roles if role in rules.ANSWER}
    if not keys:
        raise NotAllowed
    mine = list(Organisation.objects.visible_to(request.actor).filter(pk__in=keys).order_by("name"))
    if len(mine) == 1:
        return redirect("learners:register", mine[0].public_id)
    return render(request, "learners/own.html", {"organisations": mine})


@require_safe
def register(request: Request, key: UUID) -> HttpResponse:
    """Show the classes of an organisation with their counts; ``?show=`` keeps some of them."""
    owner = owner_of(request.actor, key)
    classes = classes_of(request.actor, owner)
    here = [one for one in classes if not one.has_left]
    left = [one for one in classes if one.has_left]
    show = request.GET.get("show", "")
    rows = {"unfounded": [one for one in classes if one.unfounded], "left": left}.get(show, here)
    facts = {
        "owner": owner,
        "rows": rows,
        "show": show,
        "any": bool(classes),
        "children": sum(one.children for one in here),
        "unfounded": sum(one.unfounded for one in classes),
        "counted": sum(one.counted for one in here),
        "left": sum(one.children for one in left),
        "has_groups": owner.kind == Organisation.Kind.PRESCHOOL,
    }
    return render(request, "learners/register.html", facts)


@require_safe
def school_class(request: Request, key: UUID, year: int) -> HttpResponse:
    """Show the children of a class; of a group if ``year`` is 0. ``?letter=`` says which."""
    owner = owner_of(request.actor, key)
    letter = request.GET.get("letter", "")
    children = list(
        Learner.objects.visible_to(request.actor)
        .filter(owner=owner)
        .of_class(year or None, letter)[:SHOWN]
    )
    if not children:
        raise NotFound
    missing = [one for one in children if one.unfounded_since]
    facts: dict[str, Any] = {
        "owner": owner,
        "one": SchoolClass(year or None, letter, len(children), len(missing)),
        "rows": missing if request.GET.get("show") == "unfounded" else children,
        "children": len(children),
        "missing": len(missing),
        "photographed": sum(one.photographed for one in children),
    }
    return render(request, "learners/class.html", facts)


def owner_of(actor: Actor, key: UUID) -> Organisation:
    """Return the organisation whose children ``actor`` answers for."""
    owner = Organisation.objects.visible_to(actor).pick(key)
    if not rules.answers_for_children(actor, owner):
        raise NotAllowed
    return owner
