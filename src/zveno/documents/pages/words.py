"""How names and posts are written in cases: what was typed, and the usual posts."""

from itertools import islice
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.documents import actions
from zveno.documents.forms import DeclensionForm
from zveno.documents.models import CASES, Declension, remembered, usual_posts
from zveno.documents.pages.houses import kept
from zveno.kernel import engines
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request, by_method, reading
from zveno.organisations.models import Organisation
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

MOST = 200
SHOWN = 12
LONGEST = 80


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    house = kept(request.actor, key)
    form = DeclensionForm(initial=_beginning(request, house))
    return render(request, "documents/words.html", _facts(request, house) | {"form": form})


@require_POST
def _remember(request: Request, key: UUID) -> HttpResponse:
    form = DeclensionForm(request.POST)
    with reading(request.actor):
        house = kept(request.actor, key)
    proposed = False
    if form.is_valid() and form.is_blank:
        with reading(request.actor):
            form = DeclensionForm(initial=form.cleaned_data | _proposed(form.cleaned_data, house))
        proposed = True
    elif form.is_valid():
        with RefusalsIn(form):
            actions.remember_form(request.actor, key, **form.said())
            tell(request, _("Saved. The next documents will use this."))
            return redirect("documents:words", key)
    with reading(request.actor):
        facts = _facts(request, house) | {"form": form, "proposed": proposed}
        return render(request, "documents/words.html", facts, status=200 if proposed else 422)


@require_POST
def forget(request: Request, key: UUID) -> HttpResponse:
    """Leave words to Zveno again."""
    with reading(request.actor):
        owner = Declension.objects.visible_to(request.actor).select_related("owner").pick(key).owner
    actions.forget_form(request.actor, key)
    tell(request, _("Removed. Zveno declines these words itself again."))
    return redirect("documents:words", owner.public_id)


def _beginning(request: Request, house: Organisation) -> dict[str, Any]:
    """Return what the form shows at first: words to change, or a usual post to write otherwise."""
    for row in _own(request.actor, house):
        if str(row.public_id) == request.GET.get("edit"):
            return {"kind": row.kind, "text": row.text} | row.forms
    post = request.GET.get("post", "")
    if post in usual_posts():
        return {"kind": Declension.Kind.POST, "text": post} | dict(usual_posts()[post])
    return {}


def _own(actor: Actor, house: Organisation) -> list[Declension]:
    return list(Declension.objects.visible_to(actor).said_by(house)[:MOST])


def _facts(request: Request, house: Organisation) -> dict[str, Any]:
    words = request.GET.get("q", "")[:LONGEST].casefold().strip()
    found = ((post, forms) for post, forms in usual_posts().items() if words in post.casefold())
    return {
        "organisation": house,
        "own": _own(request.actor, house),
        "usual": list(islice(found, SHOWN)),
        "count": len(usual_posts()),
    }


def _proposed(given: dict[str, Any], house: Organisation) -> dict[str, str]:
    """Return the cases as they would be written without a word of the visitor's."""
    said = (given["kind"], given["text"])
    item = {"kind": given["kind"], "text": given["text"]}
    (answer,) = engines.run("names", {"items": [item], "cases": CASES})["items"]
    made = {case: answer["forms"][case]["text"] for case in CASES}
    return made | dict(remembered(house.pk, [said]).get(said, {}))


words = by_method(get=_show, post=_remember)
