"""Whether an organisation keeps its children by initials only."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.http import Request, by_method
from zveno.learners import actions
from zveno.learners.models import InitialsOnly, Learner
from zveno.learners.pages.register import owner_of
from zveno.ui.toasts import tell


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    owner = owner_of(request.actor, key)
    children = Learner.objects.visible_to(request.actor).filter(owner=owner)
    switch = InitialsOnly.objects.visible_to(request.actor).filter(organisation=owner).first()
    facts = {"owner": owner, "switch": switch, "whole": children.named_whole().count()}
    return render(request, "learners/initials.html", facts)


@require_POST
def _switch_on(request: Request, key: UUID) -> HttpResponse:
    number = actions.keep_initials(request.actor, key)
    said = ngettext(
        "Only initials are kept now: %(number)s name was shortened.",
        "Only initials are kept now: %(number)s names were shortened.",
        number,
    )
    tell(request, said % {"number": number})
    return redirect("learners:initials", key)


@require_POST
def switch_off(request: Request, key: UUID) -> HttpResponse:
    """Let whole names be entered again."""
    actions.keep_names(request.actor, key)
    tell(request, _("Names are kept whole from now on. Those shortened stay initials."))
    return redirect("learners:initials", key)


initials = by_method(get=_show, post=_switch_on)
