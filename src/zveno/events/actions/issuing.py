"""How sheets of any kind are issued: numbers, claims, letters, and a job for the worker."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zveno.documents.actions import Claim, publish_claims, take_numbers
from zveno.documents.models import Book, Number, Verification
from zveno.events.models import (
    UNDO,
    AwardKind,
    Batch,
    Certificate,
    CertificateDesign,
    Event,
    Place,
    day_of,
    kind_in_words,
    long_day,
    notices,
)
from zveno.kernel import clock, outbox
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError
from zveno.learners.models import Learner
from zveno.organisations.models import Organisation
from zveno.people.models import Post, notify

AT_ONCE = 500
LONGEST_TITLE, LONGEST_SCHOOL = 300, 400


class NotHeldYet(DomainError):
    """Certificates follow the event."""

    code = "not_held_yet"
    message = gettext_lazy("“%(title)s” is not over yet. Issue certificates after it.")


@dataclass(frozen=True, slots=True)
class _Due:
    """One sheet to be: whose it is, in the words that are printed, and what anybody may read.

    ``house`` is told of it: the school of a child, the organisation that is thanked.
    """

    name: str
    school_class: str
    initials: str
    house: Organisation | None
    learner: Learner | None = None
    person: int | None = None
    award: str = ""

    @classmethod
    def at(cls, place: Place, award: str = "") -> "_Due":
        """Return what the child at ``place`` gets."""
        child, sender = place.learner, place.group.sender
        return cls(
            name=f"{child.given_name} {child.family_name}",
            school_class=", ".join(filter(None, [str(sender), child.class_label])),
            initials=child.initials,
            house=sender,
            learner=child,
            award=award,
        )


def _require_over(event: Event) -> None:
    if event.state != Event.State.HELD and clock.now() < event.ends_at:
        raise NotHeldYet(title=event.title)


def _issue(actor: Actor, event: Event, kind: AwardKind, dues: Sequence[_Due]) -> Batch:
    """Make a batch of ``dues`` for a locked event, and say so; the worker is not called yet."""
    design = CertificateDesign.objects.visible_to(actor).of(event.host, kind)
    signed = _signatory(actor, event)
    if design.signatory:
        signed = {"signatory": design.signatory, "signatory_post": design.signatory_post}
    batch = Batch.objects.create(
        event=event, kind=kind, size=len(dues), design=design.copied(), **signed
    )
    _number(actor, batch, dues)
    if kind == AwardKind.CERTIFICATE:
        event.certified += len(dues)
        event.save(update_fields=["certified"])
    _write_to(batch, dues)
    told = notices.certificates_are_ready(event, batch.letters_about)
    houses = {due.house.pk for due in dues if due.house}
    notify(actor, told, houses, [Post.Role.HEAD, Post.Role.REPRESENTATIVE])
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


def _number(actor: Actor, batch: Batch, dues: Sequence[_Due]) -> None:
    host = batch.event.host
    day = batch.issued_at.astimezone(ZoneInfo(batch.event.time_zone)).date()
    numbers = take_numbers(
        actor,
        host.public_id,
        kind=Book.Kind.CERTIFICATES,
        year=day.year,
        subjects=[_subject(batch)] * len(dues),
    )
    claims = publish_claims(
        actor,
        host.public_id,
        claims=[
            Claim(_title(batch, due), due.initials, number.printed, day)
            for due, number in zip(dues, numbers, strict=True)
        ],
    )
    Certificate.objects.bulk_create(
        [
            _certificate(batch, due, number, claim)
            for due, number, claim in zip(dues, numbers, claims, strict=True)
        ],
        batch_size=AT_ONCE,
    )


def _subject(batch: Batch) -> str:
    """Say in the book what a number is for: certificates by their event, all else by its kind."""
    if batch.kind == AwardKind.CERTIFICATE:
        return batch.event.title
    return f"{AwardKind(batch.kind).label}. {batch.event.title}"[:LONGEST_TITLE]


def _title(batch: Batch, due: _Due) -> str:
    """Say on the verification page what it is; only organisations are named there."""
    event = batch.event
    whom = "" if due.initials else due.name
    words = [
        kind_in_words(batch.kind, due.award),
        whom,
        f"{event.title}, {long_day(day_of(event))}",
    ]
    return ". ".join(filter(None, words))[:LONGEST_TITLE]


def _certificate(
    batch: Batch, due: _Due, number: Number, verification: Verification
) -> Certificate:
    return Certificate(
        batch=batch,
        event=batch.event,
        issuer=batch.event.host,
        kind=batch.kind,
        award=due.award,
        learner=due.learner,
        person_id=due.person,
        recipient=due.house if batch.kind == AwardKind.THANKS else None,
        name=due.name,
        school_class=due.school_class[:LONGEST_SCHOOL],
        number=number,
        verification=verification,
    )


def _write_to(batch: Batch, dues: Iterable[_Due]) -> None:
    """Write to each organisation how many sheets there are for its people, and where."""
    houses = Counter(due.house for due in dues if due.house)
    for house, count in houses.items():
        outbox.post(
            house.email,
            _SUBJECTS[AwardKind(batch.kind)] % {"title": batch.event.title},
            _letter(batch, count),
            about=batch.letters_about,
            wait=UNDO,
        )


_SUBJECTS = {
    AwardKind.CERTIFICATE: gettext_lazy("Certificates: %(title)s"),
    AwardKind.DIPLOMA: gettext_lazy("Diplomas: %(title)s"),
    AwardKind.THANKS: gettext_lazy("Letters of thanks: %(title)s"),
}


def _issued_words(batch: Batch, count: int) -> str:
    if batch.kind == AwardKind.DIPLOMA:
        return ngettext(
            "%(host)s has issued %(count)s diploma to your children.",
            "%(host)s has issued %(count)s diplomas to your children.",
            count,
        )
    if batch.kind == AwardKind.THANKS:
        return ngettext(
            "%(host)s thanks you: %(count)s letter of thanks is ready.",
            "%(host)s thanks you: %(count)s letters of thanks are ready.",
            count,
        )
    return ngettext(
        "%(host)s has issued %(count)s certificate to your children.",
        "%(host)s has issued %(count)s certificates to your children.",
        count,
    )


def _letter(batch: Batch, count: int) -> str:
    event = batch.event
    lines = [
        _("Hello,"),
        _issued_words(batch, count) % {"host": event.host.name, "count": count},
        _("Event: %(title)s, %(day)s.") % {"title": event.title, "day": long_day(day_of(event))},
        _("Sign in to download and print them:"),
        settings.ADDRESS + reverse("events:certificates", args=[event.public_id]),
    ]
    return "\n\n".join(lines)
