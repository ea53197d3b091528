"""Certificates: issued in one click, taken back in one, drawn by the worker."""

import base64
from collections import Counter
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zveno.documents.actions import (
    Claim,
    Upload,
    publish_claims,
    store_file,
    take_numbers,
    void_claims,
    void_numbers,
)
from zveno.documents.models import Book, Number, Verification
from zveno.events import rules
from zveno.events.models import (
    UNDO,
    Batch,
    Certificate,
    Event,
    Place,
    day_of,
    long_day,
    notices,
    sheet,
    without_certificate,
)
from zveno.kernel import clock, engines, outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError
from zveno.kernel.jobs import later
from zveno.people.models import Post, notify, settle

AT_ONCE = 500
PATIENCE = 300


class NotHeldYet(DomainError):
    """Certificates follow the event."""

    code = "not_held_yet"
    message = gettext_lazy("“%(title)s” is not over yet. Issue certificates after it.")


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
    if event.state != Event.State.HELD and clock.now() < event.ends_at:
        raise NotHeldYet(title=event.title)
    places = list(
        Place.objects.visible_to(actor)
        .filter(without_certificate(), event=event, came_at__isnull=False)
        .select_related("learner", "group__sender")
        .by_name()
    )
    if not places:
        raise NothingToIssue
    return _issue_to(actor, event, places)


def _issue_to(actor: Actor, event: Event, places: Sequence[Place]) -> Batch:
    """Make a batch for the children at ``places`` of a locked event, and say so."""
    batch = Batch.objects.create(event=event, size=len(places), **_signatory(actor, event))
    _certify(actor, batch, places)
    event.certified += len(places)
    event.save(update_fields=["certified"])
    _tell_schools(batch, places)
    told = notices.certificates_are_ready(event, batch.letters_about)
    schools = {place.group.sender_id for place in places}
    notify(actor, told, schools, [Post.Role.HEAD, Post.Role.REPRESENTATIVE])
    later(draw_batch, actor, batch.public_id)
    return batch


def _signatory(actor: Actor, event: Event) -> dict[str, str]:
    post = (
        Post.objects.live()
        .filter(person=actor.person, organisation=event.host, role=Post.Role.COORDINATOR)
        .select_related("person")
        .earliest("pk")
    )
    name = f"{post.person.given_name} {post.person.family_name}".strip()
    return {"signatory": name, "signatory_post": str(post)}


def _certify(actor: Actor, batch: Batch, places: Sequence[Place]) -> None:
    host = batch.event.host
    day = batch.issued_at.astimezone(ZoneInfo(batch.event.time_zone)).date()
    numbers = take_numbers(
        actor,
        host.public_id,
        kind=Book.Kind.CERTIFICATES,
        year=day.year,
        subjects=[batch.event.title] * len(places),
    )
    claims = publish_claims(
        actor,
        host.public_id,
        claims=[
            Claim(_title(batch.event), place.learner.initials, number.printed, day)
            for place, number in zip(places, numbers, strict=True)
        ],
    )
    Certificate.objects.bulk_create(
        [
            _certificate(batch, place, number, claim)
            for place, number, claim in zip(places, numbers, claims, strict=True)
        ],
        batch_size=AT_ONCE,
    )


def _title(event: Event) -> str:
    return f"{_('Certificate of participation')}. {event.title}, {long_day(day_of(event))}"


def _certificate(
    batch: Batch, place: Place, number: Number, verification: Verification
) -> Certificate:
    child = place.learner
    return Certificate(
        batch=batch,
        event=batch.event,
        issuer=batch.event.host,
        learner=child,
        name=f"{child.given_name} {child.family_name}",
        school_class=", ".join(filter(None, [str(place.group.sender), child.class_label])),
        number=number,
        verification=verification,
    )


def _tell_schools(batch: Batch, places: Sequence[Place]) -> None:
    """Write to each school how many of its children have certificates, and where they are."""
    children = Counter(place.group.sender for place in places)
    for school, count in children.items():
        outbox.post(
            school.email,
            _("Certificates: %(title)s") % {"title": batch.event.title},
            _letter(batch, count),
            about=batch.letters_about,
            wait=UNDO,
        )


def _letter(batch: Batch, count: int) -> str:
    event = batch.event
    words = ngettext(
        "%(host)s has issued %(count)s certificate to your children.",
        "%(host)s has issued %(count)s certificates to your children.",
        count,
    )
    lines = [
        _("Hello,"),
        words % {"host": event.host.name, "count": count},
        _("Event: %(title)s, %(day)s.") % {"title": event.title, "day": long_day(day_of(event))},
        _("Sign in to download and print them:"),
        settings.ADDRESS + reverse("events:certificates", args=[event.public_id]),
    ]
    return "\n\n".join(lines)


@action(rules.draws, on=Batch)
def draw_batch(actor: Actor, batch: Batch) -> None:
    """Draw one PDF of all certificates of the batch, unless it is drawn or taken back."""
    waiting = Batch.objects.undrawn().filter(pk=batch.pk)
    if not waiting.exists():
        return
    certificates = batch.certificates.valid().by_number()
    sheets = [sheet(certificate) for certificate in certificates]
    drawn = engines.run("certificates", {"sheets": sheets}, seconds=PATIENCE)
    # Undone, drawn by another worker, somebody erased or voided meanwhile: this is not kept.
    if waiting.select_for_update().exists() and batch.certificates.valid().count() == len(sheets):
        name = f"{_('Certificates')} {batch.issued_at:%Y-%m-%d}.pdf"
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
    Event.objects.filter(pk=batch.event_id).update(certified=F("certified") - voided)
    batch.save(update_fields=["undone_at"])


def _clock_time(batch: Batch) -> str:
    return f"{batch.issued_at.astimezone(ZoneInfo(batch.event.time_zone)):%H:%M}"
