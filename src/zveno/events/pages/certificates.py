"""Certificates of an event: the host issues them, schools print those of their children."""

import base64
from collections.abc import Iterable
from datetime import timedelta
from textwrap import wrap
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import segno
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions
from zveno.events.models import (
    UNDO,
    AwardKind,
    Batch,
    BatchPart,
    Certificate,
    Event,
    Group,
    Place,
    joined,
    sheet,
    without,
)
from zveno.kernel import clock, engines
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotFound
from zveno.kernel.http import Request, reading
from zveno.ui.faces import Face
from zveno.ui.saving import saved
from zveno.ui.toasts import tell, tell_with_undo, warn

PAGE = 50
NAME_SIZE, NAME_WIDTH = 15, 424
MIDDLE = 120
SOON = timedelta(minutes=2)
VALID = Face(gettext_lazy("Valid"), "ok", "check")
VOID = Face(gettext_lazy("Void"), "", "x")
DRAWING = Face(gettext_lazy("The file is being prepared"), "info", "clock")
READY = Face(gettext_lazy("The file is ready"), "ok", "check")
EMPTY = Face(gettext_lazy("Nothing left to print"), "", "x")
TAKEN_BACK = Face(gettext_lazy("Undone"), "", "x")
NO_ADDRESS = Face(gettext_lazy("No email address: print them"), "warn", "print")
POSTED = Face(gettext_lazy("Being sent"), "", "mail")


@require_safe
def certificates(request: Request, event: UUID) -> HttpResponse:
    """Show who has a certificate: all to the host, its own children to a school."""
    actor = request.actor
    found = Event.objects.visible_to(actor).select_related("host", "cluster__territory").pick(event)
    if found.host_id in actor.scope:
        void = request.GET.get("state") == "void"
        facts = _listed(request, found, void=void) | _issued(actor, found)
        part = "#batches" if request.htmx else ""
        return render(request, f"events/certificates.html{part}", facts)
    if not Group.objects.visible_to(actor).filter(event=found).exists():
        raise NotFound
    return render(request, "events/certificates_school.html", _listed(request, found, void=False))


def _listed(request: Request, event: Event, *, void: bool) -> dict[str, Any]:
    """Return one page of the list: what is valid, or what was voided."""
    after = request.GET.get("after", "")
    found = list(
        Certificate.objects.visible_to(request.actor)
        .filter(event=event, voided_at__isnull=not void, verification__number__gt=after)
        .select_related("number")
        .by_number()[: PAGE + 1]
    )
    shown = found[:PAGE]
    facts = {
        "replaceable": _replaceable(request.actor, event, shown) if void else [],
        "event": event,
        "of_cluster": event.cluster,
        "lines": [(row, VOID if void else VALID) for row in shown],
        "next": shown[-1].verification.number if len(found) > PAGE else "",
    }
    return facts | (_first_sheet(shown[0]) if shown and not void and _is_usual(shown[0]) else {})


def _is_usual(certificate: Certificate) -> bool:
    """Whether its sheet looks as the page shows it: a design of one's own, only the PDF does."""
    design = {"look": "frame", "accent": "petrol", "portrait": False} | certificate.batch.design
    return (design["look"], design["accent"], design["portrait"]) == ("frame", "petrol", False)


def _replaceable(actor: Actor, event: Event, shown: list[Certificate]) -> list[Certificate]:
    """Keep those voided one by one in whose place no valid one stands."""
    own = Certificate.objects.visible_to(actor).valid().filter(event=event)
    standing = {_whose(row) for row in own.only("kind", "learner", "name", "school_class")}
    return [row for row in shown if row.batch.undone_at is None and _whose(row) not in standing]


def _whose(row: Certificate) -> tuple[object, ...]:
    """Tell sheets of one kind apart: by the child, of adults by what is printed."""
    if row.kind == AwardKind.THANKS:
        return row.kind, row.name, row.school_class
    return row.kind, row.learner_id


def _first_sheet(certificate: Certificate) -> dict[str, Any]:
    """Return the words and the QR code of the sheet drawn on the page, its name fitted."""
    words = sheet(certificate)
    code = segno.make(words["address"], error="m")
    square = code.svg_inline(border=0, omitsize=True, svgclass=None, lineclass=None)
    size = min(NAME_SIZE, NAME_WIDTH / len(words["name"]))
    return {
        "sheet": words,
        "square": SafeString(square),
        "name_size": f"{size:.1f}",
        "event_lines": _lines(words["event"], 32, 2, 6),
        "school_lines": _lines(words["school_class"], 22, 3, 5),
        "issuer_lines": _lines(words["issuer"], 22, 3, 5),
    }


def _lines(words: str, width: int, most: int, step: int) -> list[tuple[str, str]]:
    """Break words into lines around the middle of the chain; each with its height."""
    lines = wrap(words, width, max_lines=most, placeholder="…")
    top = MIDDLE - step * (len(lines) - 1) / 2
    return [(f"{top + step * number:g}", line) for number, line in enumerate(lines)]


def _issued(actor: Actor, event: Event) -> dict[str, Any]:
    """Return what the host needs besides the list: what waits, batches, letters."""
    batches = list(Batch.objects.visible_to(actor).filter(event=event).newest_first())
    live = [batch for batch in batches if batch.undone_at is None]
    waiting = (
        Place.objects.visible_to(actor)
        .filter(without(AwardKind.CERTIFICATE), event=event, came_at__isnull=False)
        .count()
    )
    return {
        "waiting": waiting,
        "may_issue": actions.issue_certificates.allowed(actor, event),
        "is_over": event.state == Event.State.HELD or event.ends_at <= clock.now(),
        "batches": [(batch, _face(batch)) for batch in batches],
        "undone": Certificate.objects.visible_to(actor).void().filter(event=event).exists(),
        "drawing": any(batch.is_being_drawn or batch.packing for batch in live),
        "late": [b for b in live if b.is_being_drawn and b.issued_at < clock.now() - SOON],
        "letters": _letters(actor, event, live[0]) if live else [],
    }


def _face(batch: Batch) -> Face:
    if batch.undone_at:
        return TAKEN_BACK
    if batch.emptied:
        return EMPTY
    return DRAWING if batch.is_being_drawn else READY


def _letters(actor: Actor, event: Event, batch: Batch) -> list[tuple[Group, Face]]:
    moment = batch.undo_until.astimezone(ZoneInfo(event.time_zone))
    leaves = Face(_("Goes out at %(time)s") % {"time": f"{moment:%H:%M}"}, "", "clock")
    posted = leaves if batch.may_be_undone else POSTED
    groups = (
        Group.objects.visible_to(actor)
        .filter(event=event, came__gt=0)
        .select_related("sender")
        .order_by("pk")
    )
    return [(group, posted if group.sender.email else NO_ADDRESS) for group in groups]


@require_POST
def issue(request: Request, event: UUID) -> HttpResponse:
    """Issue certificates to all who came."""
    try:
        batch = actions.issue_certificates(request.actor, event)
    except actions.NothingToIssue as refusal:
        warn(request, str(refusal))
    else:
        words = ngettext(
            "%(count)s certificate issued. Emails go out in %(minutes)s minutes.",
            "%(count)s certificates issued. Emails go out in %(minutes)s minutes.",
            batch.size,
        )
        undo_at = reverse("events:undo_certificates", args=[event, batch.public_id])
        facts = {"count": batch.size, "minutes": UNDO.seconds // 60}
        tell_with_undo(request, words % facts, undo_at)
    return redirect("events:certificates", event)


@require_POST
def undo(request: Request, event: UUID, batch: UUID) -> HttpResponse:
    """Take a batch back."""
    _require_batch(request.actor, event, batch)
    actions.undo_issue(request.actor, batch)
    tell(request, _("The issue is undone: no emails go out and the numbers are void."))
    return redirect("events:certificates", event)


@require_POST
def draw(request: Request, event: UUID, batch: UUID) -> HttpResponse:
    """Draw the file at once, if the worker has not."""
    _require_batch(request.actor, event, batch)
    actions.draw_batch(request.actor, batch)
    return redirect("events:certificates", event)


@require_POST
def pack(request: Request, event: UUID, batch: UUID) -> HttpResponse:
    """Ask for an archive with a file for each sheet."""
    _require_batch(request.actor, event, batch)
    try:
        actions.pack_batch(request.actor, batch)
    except actions.NothingToPack as refusal:
        warn(request, str(refusal))
    return redirect("events:certificates", event)


@require_safe
def archive(request: Request, event: UUID, batch: UUID) -> HttpResponse:
    """Hand over the archive; the journal hears whose sheets are in it."""
    rows = Batch.objects.visible_to(request.actor).filter(event__public_id=event)
    found = rows.pick(batch)
    parts = BatchPart.objects.visible_to(request.actor).filter(batch=found)
    numbered = list(parts.select_related("file").order_by("number"))
    sheets = Certificate.objects.visible_to(request.actor).filter(batch=found).valid()
    if not found.is_packed or not list(sheets):
        raise NotFound
    return saved(f"{found.issued_at:%Y-%m-%d}.zip", "application/zip", joined(numbered))


def _require_batch(actor: Actor, event: UUID, batch: UUID) -> None:
    """Make sure that the address names a batch of the event."""
    with reading(actor):
        Batch.objects.visible_to(actor).filter(event__public_id=event).pick(batch)


@require_safe
def certificate_pdf(request: Request, certificate: UUID) -> HttpResponse:
    """Draw one certificate."""
    found = Certificate.objects.visible_to(request.actor).valid().by_number().pick(certificate)
    return _pdf([found], found.verification.number)


@require_safe
def certificates_pdf(request: Request, event: UUID) -> HttpResponse:
    """Draw the certificates of the school's own children at an event."""
    actor = request.actor
    rows = Certificate.objects.visible_to(actor).valid().filter(event__public_id=event).by_number()
    found = [row for row in rows if row.issuer_id not in actor.scope]
    if not found:
        raise NotFound
    return _pdf(found, f"{found[0].verification.number}-{len(found)}")


def _pdf(rows: Iterable[Certificate], name: str) -> HttpResponse:
    drawn = engines.run("certificates", {"sheets": [sheet(row) for row in rows]})
    answer = HttpResponse(base64.b64decode(drawn["pdf"]), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="certificate-{name}.pdf"'
    return answer
