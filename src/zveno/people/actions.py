"""Verbs: people get posts and accounts."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.organisations.models import Organisation
from zveno.people import rules
from zveno.people.models import Account, Person, Post


class SignInNameTaken(BadInput):
    """A sign-in name opens one account."""

    code = "sign_in_name_taken"
    status = 409
    message = _("This sign-in name is taken. Choose another.")
    field = "sign_in_name"


class AccountOpen(BadInput):
    """A person has one account."""

    code = "account_open"
    status = 409
    message = _("This person has an account already.")


class WeakPassword(BadInput):
    """A password must be long and not among the common ones; ``reasons`` say which it is."""

    code = "weak_password"
    message = _("Choose another password. %(reasons)s")
    field = "password"


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


@action(rules.is_system, on=Person)
def open_account(actor: Actor, person: Person, *, sign_in_name: str, password: str) -> Account:
    """Let a person sign in by a name (capitals do not matter) and a password.

    Raises ``WeakPassword``, ``SignInNameTaken`` and ``AccountOpen``.
    """
    name = sign_in_name.casefold()
    if Account.objects.filter(sign_in_name=name).exists():
        raise SignInNameTaken
    if Account.objects.filter(person=person).exists():
        raise AccountOpen
    try:
        validate_password(password)
    except ValidationError as weakness:
        raise WeakPassword(reasons=" ".join(weakness.messages)) from weakness
    return Account.objects.create(
        person=person, sign_in_name=name, password=make_password(password)
    )


@action(rules.is_own, on=Account)
def note_sign_in(actor: Actor, account: Account) -> None:
    """Remember in the journal that the account was used; the entry is all there is to do."""
