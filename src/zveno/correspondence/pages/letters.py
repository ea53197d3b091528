"""Letters of a cluster: the list, a letter with who has read and answered it, a draft."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from zveno.correspondence import actions
from zveno.correspondence.forms.letters import LetterForm
from zveno.correspondence.models import Addressee, Attachment, Circular, spoken_for
from zveno.correspondence.pages.faces import face_at, face_of
from zveno.kernel import clock, outbox
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network.models import Cluster
from zveno.network.pages.answers import draw_again
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.seen import Seen
from zveno.ui.sheets import TYPES, attached
from zveno.ui.toasts import tell, warn

SHOWN = 200
HEADS = (
    *(_("Organisation"), _("State"), _("Opened on"), _("Opened by"), _("Answered on")),
    *(_("Answered by"), _("In words"), _("Emails sent")),
)
FORM = "correspondence/letter_form.html"


@require_safe
def letters(request: Request, key: UUID) -> HttpResponse:
    """Show a coordinator what was written, a member what it was sent."""
    cluster = cluster_of(request.actor, key)
    writes = actions.write_letter.allowed(request.actor, cluster)
    facts = {"cluster": cluster, "writes": writes}
    if writes:
        facts["written"] = _written(request.actor, cluster)
    facts["received"] = _received(request.actor, cluster)
    return render(request, "correspondence/letters.html", facts)


def cluster_of(actor: Actor, key: UUID) -> Cluster:
    """Return a cluster one of whose members the actor works for. Raises ``NotAllowed``."""
    cluster = Cluster.objects.visible_to(actor).pick(key)
    if not Cluster.objects.visible_to(actor).joined_by(actor).filter(pk=cluster.pk).exists():
        raise NotAllowed
    return cluster


def _written(actor: Actor, cluster: Cluster) -> list[tuple[Circular, Any]]:
    rows = Circular.objects.visible_to(actor).filter(cluster=cluster, sender=cluster.base_id)
    return [(one, face_of(one)) for one in rows.counted().newest()[:SHOWN]]


def _received(actor: Actor, cluster: Cluster) -> list[tuple[Addressee, Any]]:
    rows = Addressee.objects.visible_to(actor).filter(circular__cluster=cluster)
    rows = rows.filter(organisation__in=spoken_for(actor), circular__sent_at__isnull=False)
    rows = rows.select_related("circular", "organisation").order_by("-circular__sent_at", "pk")
    return [(one, face_at(one)) for one in rows[:SHOWN]]


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    cluster = _writing(request.actor, key)
    form = LetterForm(cluster, [])
    form.initial = LetterForm.at_first()
    return render(request, FORM, {"cluster": cluster, "form": form})


@require_POST
def _write(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        cluster = _writing(request.actor, key)
        form = LetterForm(cluster, [], request.POST, request.FILES)
        good = form.is_valid()
    if good:
        with RefusalsIn(form):
            made = actions.write_letter(request.actor, key, draft=form.draft())
            return redirect("correspondence:letter", made.public_id)
    return draw(request, FORM, {"cluster": cluster, "form": form})


def _writing(actor: Actor, key: UUID) -> Cluster:
    cluster = Cluster.objects.visible_to(actor).pick(key)
    if not actions.write_letter.allowed(actor, cluster):
        raise NotAllowed
    return cluster


@require_safe
def letter(request: Request, key: UUID) -> HttpResponse:
    """Show a letter to whoever wrote it; ``?state=`` chooses members by what they have done."""
    circular = _own(request.actor, key)
    everybody = _addressees(request.actor, circular)
    state = request.GET.get("state", "")
    facts = {
        "circular": circular,
        "face": face_of(circular),
        "files": _files(request.actor, circular),
        "lines": [(one, face_at(one)) for one in _chosen(everybody, state)],
        "all": len(everybody),
        "opened": sum(one.read_at is not None for one in everybody),
        "answered": sum(one.answered_at is not None for one in everybody),
        "returned": outbox.given_up([one.about for one in everybody]),
        "state": state,
        "query": request.GET.urlencode(),
        "reminds": not circular.is_draft and bool(_late(circular, everybody)),
        "reminded_today": circular.reminded == clock.today(),
    }
    return render(request, "correspondence/letter.html", facts)


def _chosen(rows: list[Addressee], state: str) -> list[Addressee]:
    if state == "unread":
        return [one for one in rows if one.read_at is None]
    if state == "unanswered":
        return [one for one in rows if one.answered_at is None]
    if state == "answered":
        return [one for one in rows if one.answered_at]
    return rows


def _late(circular: Circular, rows: list[Addressee]) -> list[Addressee]:
    return _chosen(rows, "unanswered" if circular.awaits else "unread")


def _own(actor: Actor, key: UUID) -> Circular:
    rows = Circular.objects.visible_to(actor).select_related("cluster", "sender", "written_by")
    circular = rows.pick(key)
    if not actions.remind_of_letter.allowed(actor, circular):
        raise NotAllowed
    return circular


def _addressees(actor: Actor, circular: Circular) -> list[Addressee]:
    rows = Addressee.objects.visible_to(actor).filter(circular=circular)
    rows = rows.select_related("organisation", "circular", "read_by", "answered_by")
    return list(rows.order_by("organisation__name", "pk"))


def _files(actor: Actor, circular: Circular) -> list[Attachment]:
    rows = Attachment.objects.visible_to(actor).filter(circular=circular)
    return list(rows.select_related("file").defer("file__data").order_by("pk"))


@require_safe
def export(request: Request, key: UUID, kind: str) -> HttpResponse:
    """Hand over who has read and answered a letter. Raises ``Http404``."""
    if kind not in TYPES:
        raise Http404
    circular = _own(request.actor, key)
    rows = _chosen(_addressees(request.actor, circular), request.GET.get("state", ""))
    return attached("letter", kind, HEADS, map(_cells, rows))


def _cells(one: Addressee) -> tuple[object, ...]:
    return (
        *(one.organisation, face_at(one).text, _moment(one.read_at), one.read_by or ""),
        *(_moment(one.answered_at), one.answered_by or "", one.words, one.mailed),
    )


def _moment(at: Any) -> str:
    return date_format(localtime(at), "d.m.Y H:i") if at else ""


@require_safe
def _ask_change(request: Request, key: UUID) -> HttpResponse:
    circular, files = _draft(request.actor, key)
    form = LetterForm(circular.cluster, files)
    members = [one.organisation for one in _addressees(request.actor, circular)]
    form.initial = LetterForm.as_written(circular, members, files)
    facts = {"cluster": circular.cluster, "form": form, "circular": circular}
    return render(request, FORM, facts | {"seen": Seen(circular.facts())})


@require_POST
def _change(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        circular, files = _draft(request.actor, key)
        form = LetterForm(circular.cluster, files, request.POST, request.FILES)
        good = form.is_valid()
    seen = Seen.sent(request.POST)
    if good:
        with RefusalsIn(form), seen:
            actions.change_letter(request.actor, key, draft=form.draft(), seen=seen.words)
            return redirect("correspondence:letter", key)
        seen.follow(form)
    facts = {"cluster": circular.cluster, "form": form, "circular": circular}
    return draw_again(request, FORM, facts, seen)


def _draft(actor: Actor, key: UUID) -> tuple[Circular, list[Attachment]]:
    circular = _own(actor, key)
    if not circular.is_draft:
        raise actions.LetterSent
    return circular, _files(actor, circular)


@require_POST
def send(request: Request, key: UUID) -> HttpResponse:
    """Send a draft; a day that has passed meanwhile is said on its page."""
    try:
        actions.send_letter(request.actor, key)
    except BadInput as refusal:
        warn(request, str(refusal))
    else:
        tell(request, gettext("Sent: you see here who has opened and answered it."))
    return redirect("correspondence:letter", key)


@require_POST
def drop(request: Request, key: UUID) -> HttpResponse:
    """Delete a draft."""
    with reading(request.actor):
        cluster = _own(request.actor, key).cluster.public_id
    actions.drop_letter(request.actor, key)
    tell(request, gettext("The draft is deleted."))
    return redirect("correspondence:letters", cluster)


@require_POST
def remind(request: Request, key: UUID) -> HttpResponse:
    """Remind who has not answered."""
    number = actions.remind_of_letter(request.actor, key)
    words = ngettext("%(number)s member reminded.", "%(number)s members reminded.", number)
    tell(request, words % {"number": number})
    return redirect("correspondence:letter", key)


new_letter = by_method(get=_ask, post=_write)
edit_letter = by_method(get=_ask_change, post=_change)
