"""Lists of many people leave the house with a reason and, above 500, with a second person."""

from datetime import timedelta
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.desk import rules
from zveno.desk.facts import Watermark, sheet
from zveno.desk.models import LASTS, ExportRequest
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.kernel.models import Entry, journal_key
from zveno.learners.models import Learner
from zveno.network.models import Membership
from zveno.organisations.models import Organisation
from zveno.people.models import Note, Notice, Person, Post, in_each_language, notify, settle

SHORTEST, LONGEST = 10, 500
MANY_DOWNLOADS, SHORT_TIME = 3, timedelta(minutes=10)
Kind = ExportRequest.Kind


class ReasonNeeded(BadInput):
    """Whoever takes personal data away says what for."""

    code = "reason_needed"
    message = _("Say briefly what the list is for.")
    field = "reason"


class NobodyToExport(DomainError):
    """An empty list is not exported."""

    code = "nobody_to_export"
    message = _("There is nobody in this list.")


class RequestOver(DomainError):
    """A request lasts a day."""

    code = "request_over"
    message = _("This request has expired. Request the list again.")


class AlreadyConfirmed(DomainError):
    """One second person is enough."""

    code = "already_confirmed"
    message = _("This request is already confirmed, or needs no confirmation.")


class SecondPersonNeeded(DomainError):
    """More than 500 people leave when two know of it."""

    code = "second_person_needed"
    message = _(
        "There are %(size)s people on the list: a colleague who may "
        "also download it must confirm it."
    )


@action(rules.takes_lists, on=Organisation, lock=True)
def request_export(
    actor: Actor, organisation: Organisation, *, kind: str, reason: str
) -> ExportRequest:
    """Ask for a list of people of an organisation; asking twice for the same is asking once.

    Raises ``ReasonNeeded`` and ``NobodyToExport``.
    """
    words = " ".join(reason.split())[:LONGEST]
    if len(words) < SHORTEST:
        raise ReasonNeeded
    asked = ExportRequest.objects.live().filter(
        organisation=organisation, person=actor.person or 0, kind=kind, reason=words, downloads=0
    )
    return asked.first() or _ask(actor, organisation, kind, words)


def _ask(actor: Actor, organisation: Organisation, kind: str, reason: str) -> ExportRequest:
    size = len(_rows(actor, organisation.pk, kind))
    if not size:
        raise NobodyToExport
    request = ExportRequest.objects.create(
        kind=Kind(kind),
        organisation=organisation,
        person_id=actor.person or 0,
        reason=reason,
        size=size,
    )
    if request.needs_another:
        notify(actor, _please_confirm(request), [organisation.pk], rules.TAKE_LISTS)
    return request


@action(rules.confirms, on=ExportRequest, lock=True)
def confirm_export(actor: Actor, request: ExportRequest) -> None:
    """Be the second person who knows. Raises ``AlreadyConfirmed`` and ``RequestOver``."""
    if not request.is_live:
        raise RequestOver
    request.size = len(_rows(actor, request.organisation_id, request.kind))
    if not request.needs_another:
        raise AlreadyConfirmed
    request.confirmed_by_id, request.confirmed_at = actor.person, clock.now()
    request.save(update_fields=["size", "confirmed_by", "confirmed_at"])
    settle(_about(request))


@action(rules.asked, on=ExportRequest, lock=True)
def download_export(actor: Actor, request: ExportRequest, *, copy: UUID) -> bytes:
    """Return the list as a table with a watermark; each download stands in the journal.

    Counted anew: a list that has grown past 500 meanwhile needs a second person now. Raises
    ``RequestOver`` and ``SecondPersonNeeded``.
    """
    if not request.is_live:
        raise RequestOver
    rows = _rows(actor, request.organisation_id, request.kind)
    request.size = len(rows)
    if request.needs_another:
        raise SecondPersonNeeded(size=request.size)
    request.downloads += 1
    request.save(update_fields=["size", "downloads"])
    _raise_alarm(actor, request)
    mark = Watermark(str(request.person), copy.hex[:8], clock.now())
    return sheet(_heads(request.kind), rows, mark)


def _raise_alarm(actor: Actor, request: ExportRequest) -> None:
    """Tell the others who answer for the lists when one person takes many in a short time."""
    mine = Entry.objects.filter(verb="desk.download_export", means=actor.means)
    recent = mine.filter(
        actor_key=journal_key(Person, actor.person), at__gt=clock.now() - SHORT_TIME
    )
    if recent.count() + 1 == MANY_DOWNLOADS:
        notify(actor, _many_taken(request), [request.organisation_id], rules.TAKE_LISTS)


@in_each_language
def _many_taken(request: ExportRequest) -> Note:
    return Note(
        Notice.Kind.DECIDE,
        gettext("Many lists were downloaded in a short time"),
        reverse("desk:exports"),
        gettext("See who and what"),
        text=str(request.person),
        due=clock.now(),
    )


@in_each_language
def _please_confirm(request: ExportRequest) -> Note:
    return Note(
        Notice.Kind.DECIDE,
        gettext("Confirm the list: %(list)s") % {"list": request.get_kind_display()},
        reverse("desk:exports"),
        gettext("View request"),
        text=gettext("Requested by %(name)s.") % {"name": request.person.short_name},
        about=_about(request),
        due=request.asked_at + LASTS,
    )


def _about(request: ExportRequest) -> str:
    return f"desk.ExportRequest:{request.pk}"


def _rows(actor: Actor, organisation: int, kind: str) -> list[tuple[object, ...]]:
    if kind == Kind.CHILDREN:
        children = Learner.objects.visible_to(actor).filter(owner=organisation)
        youngest = F("first_year").desc(nulls_first=True)
        return [
            (one.family_name, one.given_name, one.patronymic, one.grade, one.letter)
            for one in children.order_by(youngest, "letter", "name_key", "pk")
        ]
    members = Membership.objects.live().filter(cluster__base=organisation)
    posts = Post.objects.visible_to(actor).live().select_related("person", "organisation")
    held = posts.filter(organisation__in=members.values("organisation"))
    return [
        (post.organisation.name, str(post.person), str(post), post.person.email)
        for post in held.order_by("organisation__name", "pk")
    ]


def _heads(kind: str) -> list[str]:
    if kind == Kind.CHILDREN:
        return [
            gettext("Family name"),
            gettext("Given name"),
            gettext("Patronymic"),
            gettext("Grade"),
            gettext("Class or group"),
        ]
    return [
        gettext("Organisation"),
        gettext("Full name"),
        gettext("Post"),
        gettext("Address for emails"),
    ]
