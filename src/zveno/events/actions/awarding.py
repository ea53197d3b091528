"""Diplomas for chosen children, letters of thanks for adults and organisations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zveno.events import rules
from zveno.events.actions.certificates import draw_batch
from zveno.events.actions.issuing import _Due, _issue, _require_over
from zveno.events.models import (
    Award,
    AwardKind,
    Batch,
    Certificate,
    Escort,
    Event,
    Group,
    Place,
    without,
)
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.kernel.jobs import later
from zveno.organisations.models import Organisation
from zveno.people.models import Post

MOST_THANKED = 100
INITIALS = 3


class NoSuchAward(BadInput):
    """A diploma is given for a place, a victory or a laureate's title."""

    code = "no_such_award"
    message = _("Choose from the list what the diploma is for.")
    field = "award"


class NobodyToAward(BadInput):
    """Nobody was chosen, or whoever was has a diploma."""

    code = "nobody_to_award"
    status = 409
    message = _("Choose at least one child without a diploma of this event.")


class NobodyToThank(BadInput):
    """Nobody was chosen, or whoever was has been thanked."""

    code = "nobody_to_thank"
    status = 409
    message = _("Choose or enter somebody who has no letter of thanks for this event yet.")


class TooManyThanked(BadInput):
    """A list longer than any event needs is a mistake."""

    code = "too_many_thanked"
    message = _("Up to %(most)s letters of thanks are issued at once.")
    field = "others"


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody who is thanked by name: an adult, and what they do and where."""

    name: str
    job: str = ""


@dataclass(frozen=True, slots=True)
class Thanked:
    """Who is thanked for an event: who led its groups, posts of the host, organisations, others."""

    leaders: Sequence[UUID] = ()
    posts: Sequence[UUID] = ()
    organisations: Sequence[UUID] = ()
    others: Sequence[Other] = ()


@action(rules.hosts, on=Event, lock=True)
def issue_diplomas(actor: Actor, event: Event, *, awards: Mapping[UUID, str]) -> Batch:
    """Issue diplomas to children who came, by the keys of their places: each is told what for.

    Whoever has a diploma of the event is passed over. Raises ``NotHeldYet``, ``NoSuchAward`` and
    ``NobodyToAward``.
    """
    _require_over(event)
    if not set(awards.values()) <= set(Award.values):
        raise NoSuchAward
    places = list(
        Place.objects.visible_to(actor)
        .filter(
            without(AwardKind.DIPLOMA),
            event=event,
            came_at__isnull=False,
            public_id__in=list(awards),
        )
        .select_related("learner", "group__sender")
        .by_name()
    )
    if not places:
        raise NobodyToAward
    order = Award.values
    places.sort(key=lambda place: order.index(awards[place.public_id]))
    dues = [_Due.at(place, awards[place.public_id]) for place in places]
    batch = _issue(actor, event, AwardKind.DIPLOMA, dues)
    later(draw_batch, actor, batch.public_id)
    return batch


@action(rules.hosts, on=Event, lock=True)
def issue_thanks(actor: Actor, event: Event, *, thanked: Thanked) -> Batch:
    """Issue letters of thanks: to who led groups that came, to people of the host, to senders.

    Whoever was thanked for the event is passed over. Raises ``NotHeldYet``, ``NobodyToThank`` and
    ``TooManyThanked``.
    """
    _require_over(event)
    asked = (thanked.leaders, thanked.posts, thanked.organisations, thanked.others)
    if sum(map(len, asked)) > MOST_THANKED:
        raise TooManyThanked(most=MOST_THANKED)
    found = [
        *_leaders(actor, event, thanked.leaders),
        *_posts(event, thanked.posts),
        *_organisations(actor, event, thanked.organisations),
        *(_other(event, one) for one in thanked.others),
    ]
    before = set(
        Certificate.objects.valid()
        .filter(event=event, kind=AwardKind.THANKS)
        .values_list("name", "school_class")
    )
    # Whoever is named twice is thanked once, as first named.
    fresh = {(due.name, due.school_class): due for due in reversed(found)}
    dues = [due for key, due in reversed(fresh.items()) if key not in before]
    if not dues:
        raise NobodyToThank
    batch = _issue(actor, event, AwardKind.THANKS, dues)
    later(draw_batch, actor, batch.public_id)
    return batch


def _leaders(actor: Actor, event: Event, keys: Sequence[UUID]) -> list[_Due]:
    rows = Escort.objects.visible_to(actor).filter(
        leads=True, group__event=event, group__came__gt=0, public_id__in=keys
    )
    return [
        _Due(
            name=row.name,
            school_class=_words(row.job, row.group.sender),
            initials=_initials(row.name),
            house=row.group.sender,
            person=_person(row.name, row.group.sender),
        )
        for row in rows.select_related("group__sender").order_by("pk")
    ]


def _person(name: str, house: Organisation) -> int | None:
    """Find who works in ``house`` by that full name; nobody, if two might be meant."""
    posts = Post.objects.live().filter(organisation=house).select_related("person")
    found = {post.person_id for post in posts if str(post.person) == name}
    return found.pop() if len(found) == 1 else None


def _posts(event: Event, keys: Sequence[UUID]) -> list[_Due]:
    posts = Post.objects.live().filter(organisation=event.host, public_id__in=keys)
    return [
        _Due(
            name=str(post.person),
            school_class=_words(str(post), event.host),
            initials=_initials(str(post.person)),
            house=event.host,
            person=post.person_id,
        )
        for post in posts.select_related("person").order_by("pk")
    ]


def _organisations(actor: Actor, event: Event, keys: Sequence[UUID]) -> list[_Due]:
    groups = Group.objects.visible_to(actor).filter(event=event, came__gt=0)
    senders = groups.filter(sender__public_id__in=keys).select_related("sender").order_by("pk")
    return [
        _Due(name=group.sender.name, school_class="", initials="", house=group.sender)
        for group in senders
    ]


def _other(event: Event, one: Other) -> _Due:
    return _Due(name=one.name, school_class=one.job, initials=_initials(one.name), house=None)


def _words(job: str, house: Organisation) -> str:
    return ", ".join(filter(None, [job, str(house)]))


def _initials(name: str) -> str:
    return " ".join(f"{word[0].upper()}." for word in name.split()[:INITIALS])
