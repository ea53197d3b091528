"""Certificates: issued in one click, taken back in one, drawn by the worker."""

import base64
from zoneinfo import ZoneInfo

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zveno.documents.actions import Upload, store_file, void_claims, void_numbers
from zveno.events import rules
from zveno.events.actions.issuing import _Due, _issue, _require_over
from zveno.events.models import UNDO, AwardKind, Batch, Event, Place, sheet, without
from zveno.kernel import clock, engines, outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError
from zveno.kernel.jobs import later
from zveno.people.models import settle

PATIENCE = 300
FILES = {
    AwardKind.CERTIFICATE: gettext_lazy("Certificates"),
    AwardKind.DIPLOMA: gettext_lazy("Diplomas"),
    AwardKind.THANKS: gettext_lazy("Letters of thanks"),
}


class NothingToIssue(DomainError):
    """Nobody came, or all who came have their certificates."""

    code = "nothing_to_issue"
    message = gettext_lazy("Everyone who was checked in already has a certificate.")


class TooLateToUndo(DomainError):
    """The letters have left."""

    code = "too_late_to_undo"
    message = gettext_lazy(
        "The certificates were issued at %(time)s and the emails have gone "
        "out. A batch can be undone within %(minutes)s minutes."
    )


@action(rules.hosts, on=Event, lock=True)
def issue_certificates(actor: Actor, event: Event) -> Batch:
    """Issue certificates to all who came and have none, and let the worker draw them.

    The schools get letters when the time for undoing is over. The event stays locked, so that two
    clicks issue once. Raises ``NotHeldYet`` and ``NothingToIssue``.
    """
    _require_over(event)
    places = list(
        Place.objects.visible_to(actor)
        .filter(without(AwardKind.CERTIFICATE), event=event, came_at__isnull=False)
        .select_related("learner", "group__sender")
        .by_name()
    )
    if not places:
        raise NothingToIssue
    batch = _issue(actor, event, AwardKind.CERTIFICATE, [_Due.at(place) for place in places])
    later(draw_batch, actor, batch.public_id)
    return batch


@action(rules.draws, on=Batch)
def draw_batch(actor: Actor, batch: Batch) -> None:
    """Draw one PDF of all sheets of the batch, unless it is drawn or taken back."""
    waiting = Batch.objects.undrawn().filter(pk=batch.pk)
    if not waiting.exists():
        return
    certificates = batch.certificates.valid().by_number()
    sheets = [sheet(certificate) for certificate in certificates]
    drawn = engines.run("certificates", {"sheets": sheets}, seconds=PATIENCE)
    # Undone, drawn by another worker, somebody erased or voided meanwhile: this is not kept.
    if waiting.select_for_update().exists() and batch.certificates.valid().count() == len(sheets):
        name = f"{FILES[AwardKind(batch.kind)]} {batch.issued_at:%Y-%m-%d}.pdf"
        upload = Upload(name, "application/pdf", base64.b64decode(drawn["pdf"]))
        waiting.update(file=store_file(actor, batch.event.host.public_id, upload=upload))


@action(rules.issued, on=Batch, lock=True)
def undo_issue(actor: Actor, batch: Batch) -> None:
    """Take a batch back: letters are not sent, numbers, claims and certificates are void.

    Taking back twice changes nothing. Raises ``TooLateToUndo`` when the letters have left.
    """
    if batch.undone_at:
        return
    if not batch.may_be_undone:
        raise TooLateToUndo(time=_clock_time(batch), minutes=UNDO.seconds // 60)
    host = batch.event.host
    outbox.take_back(batch.letters_about)
    settle(batch.letters_about)
    valid = batch.certificates.valid()
    pairs = list(valid.values_list("number", "verification"))
    numbers, claims = [number for number, _ in pairs], [claim for _, claim in pairs]
    void_numbers(actor, host.public_id, numbers=numbers, reason=_("the issue was undone"))
    void_claims(actor, host.public_id, claims=claims)
    batch.undone_at = clock.now()
    voided = valid.update(voided_at=batch.undone_at)
    if batch.kind == AwardKind.CERTIFICATE:
        Event.objects.filter(pk=batch.event_id).update(certified=F("certified") - voided)
    batch.save(update_fields=["undone_at"])


def _clock_time(batch: Batch) -> str:
    return f"{batch.issued_at.astimezone(ZoneInfo(batch.event.time_zone)):%H:%M}"
