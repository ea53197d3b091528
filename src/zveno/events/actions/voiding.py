"""One certificate is void, for a reason; a new one may take its place."""

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zveno.documents.actions import void_claims, void_numbers
from zveno.documents.models import StoredFile
from zveno.events import rules
from zveno.events.actions.certificates import draw_batch
from zveno.events.actions.issuing import _Due, _issue
from zveno.events.models import AwardKind, Batch, Certificate, Event, Place, drop_parts
from zveno.kernel import clock, outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError
from zveno.kernel.jobs import later


class NothingToReplace(DomainError):
    """A new certificate takes the place of a void one."""

    code = "nothing_to_replace"
    message = gettext_lazy(
        "A new certificate takes the place of a void one, for a child who was checked in, is "
        "still shown to you and has no valid certificate of this event."
    )


@action(rules.issued_one, on=Certificate)
def void_certificate(actor: Actor, certificate: Certificate, *, why: str) -> None:
    """Void one certificate: its number stays in the book with the reason, its code says so.

    The file of its batch is drawn anew without it, the school is told. To void twice changes
    nothing.
    """
    batch = Batch.objects.select_for_update().get(pk=certificate.batch_id)
    if not Certificate.objects.valid().filter(pk=certificate.pk).update(voided_at=clock.now()):
        return
    host = certificate.issuer.public_id
    void_numbers(actor, host, numbers=[certificate.number_id], reason=why)
    void_claims(actor, host, claims=[certificate.verification_id])
    if certificate.kind == AwardKind.CERTIFICATE:
        Event.objects.filter(pk=batch.event_id).update(certified=F("certified") - 1)
    _draw_anew(actor, batch)
    _tell_school(actor, certificate, why)


def _draw_anew(actor: Actor, batch: Batch) -> None:
    shown = batch.file_id
    batch.file, batch.emptied = None, not batch.certificates.valid().exists()
    batch.save(update_fields=["file", "emptied"])
    if shown:
        StoredFile.objects.filter(pk=shown).delete()
    drop_parts([batch.pk])
    if batch.is_being_drawn:
        later(draw_batch, actor, batch.public_id)


def _tell_school(actor: Actor, certificate: Certificate, why: str) -> None:
    """Write to the school which number is void; the letter names nobody."""
    house = certificate.recipient
    if certificate.kind != AwardKind.THANKS:
        place = _place(actor, certificate)
        house = place.group.sender if place else None
    if house is None:
        return
    event = certificate.event
    words = _(
        "Hello,\n\n%(host)s has voided certificate no. %(number)s: “%(title)s”.\n\n"
        "Reason: %(why)s\n\nPlease do not use the printed sheet. Valid certificates:\n%(address)s"
    ) % {
        "host": event.host.name,
        "number": certificate.verification.number,
        "title": event.title,
        "why": why,
        "address": settings.ADDRESS + reverse("events:certificates", args=[event.public_id]),
    }
    subject = _("A certificate is void: %(title)s") % {"title": event.title}
    outbox.post(house.email, subject, words)


@action(rules.issued_one, on=Certificate)
def replace_certificate(actor: Actor, certificate: Certificate) -> Batch:
    """Issue a new certificate, with the name as it is now, in place of a void one.

    The event is locked, so that two clicks issue once. Raises ``NothingToReplace``.
    """
    event = Event.objects.select_for_update().get(pk=certificate.event_id)
    kind = AwardKind(certificate.kind)
    due = _due_again(actor, certificate)
    if due is None or _has_another(certificate):
        raise NothingToReplace
    batch = _issue(actor, event, kind, [due])
    later(draw_batch, actor, batch.public_id)
    return batch


def _due_again(actor: Actor, certificate: Certificate) -> _Due | None:
    """Return what the new sheet says: a child’s name as it is now, an adult’s as it was."""
    if certificate.kind == AwardKind.THANKS:
        return _Due(
            name=certificate.name,
            school_class=certificate.school_class,
            initials=certificate.verification.initials,
            house=certificate.recipient,
            person=certificate.person_id,
        )
    place = _place(actor, certificate)
    return _Due.at(place, certificate.award) if place else None


def _has_another(certificate: Certificate) -> bool:
    whose = {"event": certificate.event_id, "kind": certificate.kind}
    if certificate.kind == AwardKind.THANKS:
        whose |= {"name": certificate.name, "school_class": certificate.school_class}
    else:
        whose |= {"learner": certificate.learner_id}
    return Certificate.objects.valid().filter(**whose).exists()


def _place(actor: Actor, certificate: Certificate) -> Place | None:
    """Return where its child was, if it came and is still shown."""
    places = Place.objects.visible_to(actor).select_related("learner", "group__sender")
    return places.filter(
        event=certificate.event_id, learner=certificate.learner_id, came_at__isnull=False
    ).first()
