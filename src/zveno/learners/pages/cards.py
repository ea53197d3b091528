"""One child: the card, adding and putting right; a class counted without names."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.learners import actions, rules
from zveno.learners.forms.cards import ChildForm, CountForm
from zveno.learners.models import Consent, Disclosure, Hold, Learner, SchoolClass, card_words
from zveno.learners.pages.register import owner_of
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.seen import Seen
from zveno.ui.toasts import tell


@require_safe
def card(request: Request, key: UUID) -> HttpResponse:
    """Show what is held about a child, the answers of its guardians and who may see it."""
    learner = learner_of(request.actor, key)
    answers = Consent.objects.visible_to(request.actor).filter(learner=learner)
    disclosures = Disclosure.objects.visible_to(request.actor).filter(learner=learner)
    holds = Hold.objects.visible_to(request.actor).live().filter(learner=learner)
    facts = {
        "learner": learner,
        "holds": list(holds.in_order()),
        "one": SchoolClass(learner.first_year, learner.letter),
        "answers": list(answers.order_by("purpose", "-given_at")),
        "disclosures": list(disclosures.live().select_related("organisation").order_by("until")),
    }
    return render(request, "learners/card.html", facts)


@require_safe
def _ask_new(request: Request, key: UUID) -> HttpResponse:
    owner = owner_of(request.actor, key)
    form = ChildForm(owner, initial={"label": request.GET.get("class", "")})
    return render(request, "learners/child.html", {"owner": owner, "form": form})


@require_POST
def _add(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        owner = owner_of(request.actor, key)
    form = ChildForm(owner, request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            added = actions.add_child(request.actor, key, child=form.child())
            tell(request, _("The child is entered. Nobody else sees the child before a consent."))
            return redirect("learners:card", added.public_id)
    return draw(request, "learners/child.html", {"owner": owner, "form": form})


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    learner = learner_of(request.actor, key)
    words = card_words(learner)
    form = ChildForm(learner.owner, initial=words | {"born_on": learner.born_on})
    facts = {"owner": learner.owner, "learner": learner, "form": form, "seen": Seen(words)}
    return render(request, "learners/child.html", facts)


@require_POST
def _change(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        learner = learner_of(request.actor, key)
    form, seen = ChildForm(learner.owner, request.POST), Seen.sent(request.POST)
    if form.is_valid():
        with RefusalsIn(form), seen:
            actions.change_child(request.actor, key, child=form.child(), seen=seen.words)
            tell(request, _("The card is saved."))
            return redirect("learners:card", key)
        seen.follow(form)
    facts = {"owner": learner.owner, "learner": learner, "form": form, "seen": seen}
    return draw(request, "learners/child.html", facts, status=seen.status)


@require_safe
def _ask_count(request: Request, key: UUID) -> HttpResponse:
    owner = owner_of(request.actor, key)
    told = {"label": request.GET.get("class", ""), "number": request.GET.get("number", "")}
    return render(
        request, "learners/count.html", {"owner": owner, "form": CountForm(owner, initial=told)}
    )


@require_POST
def _count(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        owner = owner_of(request.actor, key)
    form = CountForm(owner, request.POST)
    if form.is_valid():
        grade, letter = form.cleaned_data["label"]
        number = form.cleaned_data["number"]
        with RefusalsIn(form):
            actions.count_class(request.actor, key, grade=grade, letter=letter, number=number)
            tell(request, _("The number of children is saved."))
            return redirect("learners:register", key)
    return draw(request, "learners/count.html", {"owner": owner, "form": form})


def learner_of(actor: Actor, key: UUID) -> Learner:
    """Return the child for whom ``actor`` answers."""
    learner = Learner.objects.visible_to(actor).select_related("owner").pick(key)
    if not rules.answers_for(actor, learner):
        raise NotAllowed
    return learner


add = by_method(get=_ask_new, post=_add)
edit = by_method(get=_ask, post=_change)
count = by_method(get=_ask_count, post=_count)
