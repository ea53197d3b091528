"""The minutes of a meeting are written and corrected."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.correspondence import actions
from zveno.correspondence.forms.minutes import MinutesForm
from zveno.correspondence.models import Decision, Invited, Item, Meeting, Minutes
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.people.models import Post
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

PAGE = "correspondence/minutes.html"
MOST = 500


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    meeting, form = _form(request.actor, key)
    return render(request, PAGE, _facts(meeting, form))


@require_POST
def _write(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        meeting, form = _form(request.actor, key, request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.write_minutes(request.actor, key, protocol=form.protocol())
            tell(request, _("The minutes are ready, the invited are told."))
            return redirect("correspondence:meeting", key)
    return draw(request, PAGE, _facts(meeting, form))


def _facts(meeting: Meeting, form: MinutesForm) -> dict[str, Any]:
    return {"meeting": meeting, "cluster": meeting.cluster, "form": form, "points": form.points()}


def _form(actor: Actor, key: UUID, typed: QueryDict | None = None) -> tuple[Meeting, MinutesForm]:
    meeting = Meeting.objects.visible_to(actor).select_related("cluster__base").pick(key)
    if not actions.write_minutes.allowed(actor, meeting):
        raise NotAllowed
    if meeting.cancelled_at or not meeting.has_begun:
        raise actions.NotYetHeld
    last = Minutes.objects.visible_to(actor).filter(meeting=meeting).order_by("-version").first()
    items = Item.objects.visible_to(actor).filter(meeting=meeting).order_by("place")
    invited = Invited.objects.visible_to(actor).filter(meeting=meeting).in_order()
    form = MinutesForm(
        list(items),
        list(invited),
        _owners(actor, meeting),
        typed,
        before=last.content if last else None,
        initial=_at_first(list(invited), last),
    )
    return meeting, form


def _at_first(invited: list[Invited], last: Minutes | None) -> dict[str, Any]:
    """Return what the form begins with: the newest version, or whoever said that they come."""
    if last is None:
        coming = [one for one in invited if one.answer == Invited.Answer.COMING]
        return {"seen": 0, "came": [str(one.public_id) for one in coming]}
    said = {name: last.content[name] for name in ("chair", "secretary", "others")}
    return said | {"seen": last.version, "came": [key for key, _name in last.content["came"]]}


def _owners(actor: Actor, meeting: Meeting) -> list[Post]:
    """Return who may carry decisions out: people of the base and of the invited, now or before."""
    asked = Invited.objects.visible_to(actor).filter(meeting=meeting).values("organisation")
    decided = Decision.objects.visible_to(actor).filter(meeting=meeting)
    posts = Post.objects.visible_to(actor).select_related("person", "organisation")
    houses = Q(organisation__in=asked) | Q(organisation=meeting.cluster.base_id)
    owning = Q(pk__in=decided.filter(post__isnull=False).values("post"))
    posts = posts.filter(owning | houses & Q(pk__in=posts.live().values("pk")))
    return list(posts.order_by("organisation", "person__family_name", "pk")[:MOST])


minutes = by_method(get=_ask, post=_write)
