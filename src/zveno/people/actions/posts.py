"""Verbs: people get posts and leave them; somebody stands in for a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError, NotAllowed
from zveno.organisations.models import Organisation
from zveno.people import rules
from zveno.people.models import Invitation, Link, Person, Post, SignIn

LONGEST_STAND_IN = timedelta(days=92)


class RoleElsewhere(BadInput):
    """A role belongs to organisations of some kinds."""

    code = "role_elsewhere"
    message = _("This kind of organisation has no such post.")
    field = "role"


class EndsTooEarly(BadInput):
    """A post lasts."""

    code = "ends_too_early"
    message = _("The last day is before the first day.")
    field = "until"


class PostOver(DomainError):
    """The post has ended."""

    code = "post_over"
    message = _("This post has already ended.")


class BadStandIn(BadInput):
    """One stands in for a while, for somebody else, while the post lasts."""

    code = "bad_stand_in"
    message = _("Choose a colleague and a last day within the next three months.")
    field = "until"


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who takes which post; ``title`` is the post in the organisation's words.

    Without ``since`` from now on, without ``until`` for good.
    """

    family_name: str
    given_name: str = ""
    patronymic: str = ""
    email: str = ""
    role: str = Post.Role.REPRESENTATIVE
    title: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def names(self) -> tuple[str, str, str]:
        """The three parts of the name."""
        return self.family_name, self.given_name, self.patronymic


@action(rules.may_appoint, on=Organisation, lock=True, consequence=True)
def appoint(actor: Actor, organisation: Organisation, *, appointment: Appointment) -> Post:
    """Give somebody a post; a new head's predecessor ends.

    Appointing whom the organisation has in that post already changes nothing. Raises
    ``RoleElsewhere`` and ``EndsTooEarly``.
    """
    _check(actor, organisation, appointment)
    head = organisation.posts.live().filter(role=Post.Role.HEAD).select_related("person").first()
    if appointment.role == Post.Role.HEAD and head:
        if _names(head.person) == appointment.names:
            return head
        _close(head, clock.now())
    known = _held_already(organisation, appointment)
    if known:
        return known
    person = Person.objects.create(
        owner_id=_owner(actor, organisation),
        family_name=appointment.family_name,
        given_name=appointment.given_name,
        patronymic=appointment.patronymic,
        email=appointment.email,
    )
    return Post.objects.create(
        person=person,
        organisation=organisation,
        role=appointment.role,
        title=appointment.title,
        since=appointment.since or clock.now(),
        until=appointment.until,
    )


@action(rules.may_end, on=Post, lock=True)
def end_post(actor: Actor, post: Post, *, until: datetime | None = None) -> None:
    """End a post now, or at a moment to come; what hangs on it ends with it.

    With the last post of a person their sign-ins end, too. Raises ``PostOver`` and
    ``EndsTooEarly``.
    """
    moment = clock.now()
    if post.is_over:
        raise PostOver
    if until and until <= post.since:
        raise EndsTooEarly
    _close(post, max(until or moment, moment))


@action(rules.may_invite, on=Post, lock=True, consequence=True)
def retitle_post(actor: Actor, post: Post, *, title: str) -> None:
    """Say a post in other words; it stays the same post."""
    Post.objects.filter(pk=post.pk).update(title=title)


@action(rules.may_hand_over, on=Post, lock=True)
def stand_in(actor: Actor, post: Post, *, deputy: Post, until: datetime) -> Post:
    """Let a colleague act in a post for a while, under their own name and without signing.

    The journal goes on naming who acted. Raises ``BadStandIn``.
    """
    moment = clock.now()
    last = min(filter(None, [until, post.until]))
    same_house = deputy.organisation_id == post.organisation_id and deputy.is_live
    lasts = moment < last <= moment + LONGEST_STAND_IN
    if not (same_house and lasts and post.is_live) or deputy.person_id == post.person_id:
        raise BadStandIn
    given = Post.objects.live().filter(stands_in_for=post, person=deputy.person_id).first()
    if given:
        Post.objects.filter(pk=given.pk).update(until=last)
        return given
    return Post.objects.create(
        person_id=deputy.person_id,
        organisation_id=post.organisation_id,
        role=Post.without_signing(post.role),
        title=deputy.title,
        stands_in_for=post,
        until=last,
    )


def _check(actor: Actor, organisation: Organisation, appointment: Appointment) -> None:
    """Refuse a post that cannot be."""
    if not Post.fits(appointment.role, organisation.kind):
        raise RoleElsewhere
    operator = Post.Role.OPERATOR
    if appointment.role == operator and not (
        actor.is_system() or actor.holds(operator, organisation.pk)
    ):
        raise NotAllowed
    begins = appointment.since or clock.now()
    if appointment.until and appointment.until <= begins:
        raise EndsTooEarly


def _close(post: Post, until: datetime) -> None:
    """End a post at ``until`` with all that hangs on it; one that never began is forgotten."""
    mine = Post.objects.filter(pk=post.pk) | Post.objects.filter(stands_in_for=post)
    mine.filter(since__gte=until).delete()
    people = list(mine.values_list("person", flat=True))
    mine.exclude(until__lt=until).update(until=until)
    moment = clock.now()
    if until > moment:
        return
    opened = Invitation.objects.filter(post__in=mine).values("link")
    Link.objects.filter(pk__in=opened, ended_at=None).update(ended_at=moment)
    held = Post.objects.live().filter(person__in=people).values_list("person", flat=True)
    SignIn.objects.filter(account__person__in={*people} - {*held}).delete()


def _held_already(organisation: Organisation, appointment: Appointment) -> Post | None:
    """Find the post if it is held by a person of that name and address: a button pressed twice."""
    family_name, given_name, patronymic = appointment.names
    held = organisation.posts.filter(
        role=appointment.role,
        title=appointment.title,
        person__family_name=family_name,
        person__given_name=given_name,
        person__patronymic=patronymic,
        person__email=appointment.email,
    )
    return next((post for post in held if not post.is_over), None)


def _names(person: Person) -> tuple[str, str, str]:
    return person.family_name, person.given_name, person.patronymic


def _owner(actor: Actor, organisation: Organisation) -> int:
    """Return who enters the row: the steward, unless the organisation does so itself."""
    entered_by_steward = organisation.pk not in actor.scope and not actor.is_system()
    steward = organisation.steward_id
    return steward if entered_by_steward and steward is not None else organisation.pk
