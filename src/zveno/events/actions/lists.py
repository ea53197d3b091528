"""Who comes: the list of a group and its consents."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zveno.events import rules
from zveno.events.actions.refusals import NoSeatsHeld
from zveno.events.models import Event, Group, Place, notices
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.learners import actions as learners
from zveno.learners.models import Child, Learner, Purpose
from zveno.network.actions import Told, note_deeds
from zveno.network.models import Deed
from zveno.organisations import actions as organisations
from zveno.people.models import settle

CLASS_LIST = "class_list"


class NobodyListed(BadInput):
    """A list has a child at least."""

    code = "nobody_listed"
    message = _("There is nobody on the list.")
    field = "text"


class TooManyChildren(BadInput):
    """A list is never longer than the seats held."""

    code = "too_many_children"
    message = _("There are %(listed)s children on the list and %(seats)s seats. Untick the rest.")
    field = "text"


class GradeDoesNotFit(BadInput):
    """The event is for certain grades."""

    code = "grade_does_not_fit"
    message = _("This event is for %(grades)s. Untick children of other grades.")
    field = "text"


class SomeCame(DomainError):
    """A child who came stays on the list."""

    code = "some_came"
    message = _("Children who have already arrived must stay on the list.")


@action(rules.sends_group, on=Group, lock=True)
def list_children(actor: Actor, group: Group, *, children: Sequence[Child]) -> None:
    """Say who comes; a later list replaces an earlier one.

    The host sees those at once whose consent is valid already. Raises ``NoSeatsHeld``,
    ``NobodyListed``, ``TooManyChildren``, ``GradeDoesNotFit``, ``SomeCame`` and what
    ``learners.enter_children`` raises.
    """
    event = group.event
    _require_fit(event, group, children)
    sender = group.sender.public_id
    listed = learners.enter_children(actor, sender, children=children)
    _take_out(actor, group, {learner.pk for learner in listed})
    _put_in(group, listed)
    _show(actor, group)
    _count(group)
    settle(notices.about(group))
    _heard(actor, group)


@action(rules.sends_group, on=Group)
def explain_columns(actor: Actor, group: Group, *, fields: Mapping[str, str | None]) -> None:
    """Keep what headings of the sender's lists of children mean (heading to field, or nothing)."""
    sender = group.sender.public_id
    organisations.remember_headings(actor, sender, kind=CLASS_LIST, fields=fields)


@action(rules.sends_group, on=Group, lock=True)
def keep_consents(actor: Actor, group: Group, *, places: Collection[UUID]) -> int:
    """Note that the consents for these places are kept at the school; the host sees the children.

    Return how many were not noted before. Raises ``NoSeatsHeld`` and ``learners.WayOff``.
    """
    if group.state != Group.State.LISTED:
        raise NoSeatsHeld
    chosen = Place.objects.filter(group=group, public_id__in=places, consented=False)
    keys = list(chosen.values_list("learner", flat=True))
    learners.keep_consents(actor, group.sender.public_id, learners=keys)
    # The database has marked the places of an event to come by itself.
    founded = Learner.objects.founded().filter(pk__in=keys)
    group.places.filter(learner__in=founded).update(consented=True)
    _show(actor, group)
    _count(group)
    return group.places.filter(learner__in=keys, consented=True).count()


@action(rules.sends_place, on=Place)
def withdraw_consent(actor: Actor, place: Place) -> None:
    """Note that a guardian takes the consent back: no host sees the child from now on.

    Where the child has not come yet, it no longer counts as one with a consent: the database
    follows the child's row, whichever verb ends the consent.
    """
    key = place.learner.public_id
    learners.withdraw_consent(actor, key, purpose=Purpose.PARTICIPATION)


def _heard(actor: Actor, group: Group) -> None:
    """Note that the sender answered."""
    source, by = f"{group._meta.label}:{group.pk}", {group.sender_id: 0}
    told = Told(Deed.What.ANSWER, source, clock.today(), by)
    note_deeds(actor, group.event.cluster.public_id, told=told)


def _require_fit(event: Event, group: Group, children: Sequence[Child]) -> None:
    if group.state not in Group.TAKEN:
        raise NoSeatsHeld
    if not children:
        raise NobodyListed
    if len(children) > group.seats:
        raise TooManyChildren(listed=len(children), seats=group.seats)
    if any(not event.is_for(child.grade) for child in children):
        raise GradeDoesNotFit(grades=event.grades)


def _take_out(actor: Actor, group: Group, staying: set[int]) -> None:
    leaving = group.places.exclude(learner__in=staying)
    if leaving.filter(came_at__isnull=False).exists():
        raise SomeCame
    keys = list(leaving.values_list("learner", flat=True))
    if keys:
        source = group.event.source
        learners.conceal(actor, group.sender.public_id, learners=keys, source=source)
        leaving.delete()


def _put_in(group: Group, listed: Sequence[Learner]) -> None:
    places = [
        Place(
            event=group.event,
            group=group,
            learner=learner,
            consented=learner.unfounded_since is None,
        )
        for learner in listed
    ]
    Place.objects.bulk_create(places, ignore_conflicts=True)


def _show(actor: Actor, group: Group) -> None:
    """Let the host read those who come with a consent, as long as the event's papers are kept."""
    event = group.event
    keys = list(group.places.filter(consented=True).values_list("learner", flat=True))
    reader = learners.Reader(event.host_id, event.source, event.kept_until)
    learners.disclose(actor, group.sender.public_id, learners=keys, reader=reader)


def _count(group: Group) -> None:
    # Who came and was erased since is counted on.
    group.listed = max(group.places.count(), group.came)
    group.consented = group.places.filter(consented=True).count()
    group.state = Group.State.LISTED
    group.save(update_fields=["listed", "consented", "state"])
