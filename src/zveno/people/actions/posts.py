"""Verbs: people get posts."""

from dataclasses import dataclass

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.organisations.models import Organisation
from zveno.people import rules
from zveno.people.models import Person, Post


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who takes which post; ``title`` is the post in the organisation's words."""

    family_name: str
    given_name: str = ""
    patronymic: str = ""
    email: str = ""
    role: str = Post.Role.REPRESENTATIVE
    title: str = ""

    @property
    def names(self) -> tuple[str, str, str]:
        """The three parts of the name."""
        return self.family_name, self.given_name, self.patronymic


@action(rules.may_appoint, on=Organisation, lock=True, consequence=True)
def appoint(actor: Actor, organisation: Organisation, *, appointment: Appointment) -> Post:
    """Give somebody a post from now on; a new head's predecessor ends.

    Appointing the head whom the organisation has already changes nothing.
    """
    head = organisation.posts.live().filter(role=Post.Role.HEAD).select_related("person").first()
    if appointment.role == Post.Role.HEAD and head:
        if _names(head.person) == appointment.names:
            return head
        Post.objects.filter(pk=head.pk).update(until=clock.now())
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
    )


def _names(person: Person) -> tuple[str, str, str]:
    return person.family_name, person.given_name, person.patronymic


def _owner(actor: Actor, organisation: Organisation) -> int:
    """Return who enters the row: the steward, unless the organisation does so itself."""
    entered_by_steward = organisation.pk not in actor.scope and not actor.is_system()
    steward = organisation.steward_id
    return steward if entered_by_steward and steward is not None else organisation.pk
