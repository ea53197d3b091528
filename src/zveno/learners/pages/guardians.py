"""Who answers for a child at home: entered, confirmed, held back; their links."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.learners import actions, rules
from zveno.learners.forms.guardians import GuardianForm, RestrictionForm
from zveno.learners.models import Consent, Guardian, Learner
from zveno.learners.models.letters import family_address
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    facts = _facts(request.actor, key) | {"form": GuardianForm()}
    return render(request, "learners/guardians.html", facts)


@require_POST
def _add(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _facts(request.actor, key)
    form = GuardianForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            named = form.who()
            opened = actions.add_guardian(request.actor, key, named=named, known=_known(request))
            if opened.token and not named.email:
                return _handed_over(request, opened.guardian, opened.token)
            tell(request, _("Entered. The page of the family is open to them."))
            return redirect("learners:guardians", key)
    return draw(request, "learners/guardians.html", facts | {"form": form})


@require_POST
def confirm(request: Request, key: UUID) -> HttpResponse:
    """Say that a guardian is who they say they are."""
    child = _child_of(request.actor, key)
    actions.confirm_guardian(request.actor, key)
    tell(request, _("Confirmed: the page of the family shows the child from now on."))
    return redirect("learners:guardians", child)


@require_POST
def turn_away(request: Request, key: UUID) -> HttpResponse:
    """Remove a claim that is not true, or a guardian entered by mistake."""
    child = _child_of(request.actor, key)
    actions.turn_guardian_away(request.actor, key)
    tell(request, _("Removed. The link opens nothing any more."))
    return redirect("learners:guardians", child)


@require_POST
def free(request: Request, key: UUID) -> HttpResponse:
    """End a restriction."""
    child = _child_of(request.actor, key)
    actions.free_guardian(request.actor, key)
    tell(request, _("The restriction is lifted."))
    return redirect("learners:guardians", child)


@require_POST
def renew_link(request: Request, key: UUID) -> HttpResponse:
    """Give a guardian a new link, shown this once."""
    token = actions.renew_family_link(request.actor, key)
    return _handed_over(request, key, token)


@require_safe
def _ask_why(request: Request, key: UUID) -> HttpResponse:
    facts = {"guardian": _guardian(request.actor, key), "form": RestrictionForm()}
    return render(request, "learners/restrict.html", facts)


@require_POST
def _restrict(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        guardian = _guardian(request.actor, key)
    form = RestrictionForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.restrict_guardian(request.actor, key, reason=form.cleaned_data["reason"])
            tell(request, _("Held back: they see nothing, and their answers do not count."))
            return redirect("learners:guardians", guardian.learner.public_id)
    return draw(request, "learners/restrict.html", {"guardian": guardian, "form": form})


def _handed_over(request: Request, key: UUID, token: str) -> HttpResponse:
    with reading(request.actor):
        guardian = _guardian(request.actor, key)
    facts = {"guardian": guardian, "address": family_address(token)}
    return draw(request, "learners/family_link.html", facts, status=200)


def _known(request: Request) -> UUID | None:
    try:
        return UUID(request.POST.get("known", ""))
    except ValueError:
        return None


def _facts(actor: Actor, key: UUID) -> dict[str, Any]:
    child = Learner.objects.visible_to(actor).select_related("owner").pick(key)
    if not rules.answers_for(actor, child):
        raise NotAllowed
    answers = Consent.objects.visible_to(actor).filter(learner=child)
    rows = Guardian.objects.visible_to(actor).filter(learner=child).select_related("confirmed_by")
    return {
        "child": child,
        "rows": list(rows.order_by("pk")),
        "answers": list(answers.select_related("guardian", "order").order_by("-given_at")),
    }


def _guardian(actor: Actor, key: UUID) -> Guardian:
    rows = Guardian.objects.visible_to(actor).select_related("learner", "owner", "link")
    guardian = rows.pick(key)
    if not rules.answers_for_family(actor, guardian):
        raise NotAllowed
    return guardian


def _child_of(actor: Actor, key: UUID) -> UUID:
    with reading(actor):
        return _guardian(actor, key).learner.public_id


guardians = by_method(get=_show, post=_add)
restrict = by_method(get=_ask_why, post=_restrict)
