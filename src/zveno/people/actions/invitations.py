"""Verbs: somebody with a post is invited, and accepts."""

import re
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock, outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor, Means
from zveno.kernel.errors import BadInput, DomainError
from zveno.kernel.walls import scoped
from zveno.organisations.actions import pass_on
from zveno.organisations.models import Organisation
from zveno.people import rules
from zveno.people.actions.accounts import AccountOpen, SignInNameTaken, WeakPassword
from zveno.people.actions.posts import PostOver
from zveno.people.models import Account, Invitation, Link, Person, Post, hashed, new_token

LASTS = timedelta(days=7)
SIGN_IN_NAME = re.compile(r"[\w.@+-]{3,80}")


class InvitationUsed(DomainError):
    """An invitation is good for one account."""

    code = "invitation_used"
    status = 410
    message = _("This invitation has already been accepted. Sign in with the name you chose then.")


class OtherPerson(DomainError):
    """An invitation is for the person it names."""

    code = "other_person"
    message = _("This invitation is for %(invited)s, but you are signed in as %(person)s.")


class BadSignInName(BadInput):
    """A sign-in name is typed on any keyboard and said on the phone."""

    code = "bad_sign_in_name"
    message = _("Use 3 to 80 letters, digits, dots or hyphens, without spaces.")
    field = "sign_in_name"


@action(rules.may_invite, on=Post, lock=True, consequence=True)
def invite(actor: Actor, post: Post) -> str:
    """Invite the holder of a post to an account; return the token, known this once.

    A letter goes to their e-mail if there is one. An invitation made before opens nothing any
    more. Raises ``PostOver`` and ``AccountOpen``.
    """
    if post.is_over:
        raise PostOver
    if Account.objects.filter(person=post.person_id).exists():
        raise AccountOpen
    _end_invitations(post)
    own = post.organisation_id in actor.scope
    steward = post.organisation.steward_id
    token = new_token()
    link = Link.objects.create(
        issuer_id=post.organisation_id if own or steward is None else steward,
        token_hash=hashed(token),
        until=clock.now() + LASTS,
    )
    invitation = Invitation.objects.create(post=post, link=link)
    link.opens = [["people.Invitation", invitation.pk]]
    link.save(update_fields=["opens"])
    _write(post, link, token)
    return token


@action(rules.may_invite, on=Post, lock=True)
def take_invitation_back(actor: Actor, post: Post) -> None:
    """End the invitation of the holder of a post; a letter that has not left stays here."""
    _end_invitations(post)


@action(rules.is_invited, on=Invitation, lock=True)
def accept_invitation(
    actor: Actor, invitation: Invitation, *, sign_in_name: str, password: str
) -> Account:
    """Open an account with a name and a password of one's own choice.

    An organisation whose first post is accepted answers for itself from now on. Raises
    ``InvitationUsed``, ``PostOver``, ``BadSignInName``, ``SignInNameTaken`` and ``WeakPassword``.
    """
    post = invitation.post
    name = sign_in_name.strip().casefold()
    if invitation.accepted_at or Account.objects.filter(person=post.person_id).exists():
        raise InvitationUsed
    if post.is_over:
        raise PostOver
    if not SIGN_IN_NAME.fullmatch(name):
        raise BadSignInName
    if Account.objects.filter(sign_in_name=name).exists():
        raise SignInNameTaken
    WeakPassword.refuse(password)
    moment = clock.now()
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=moment)
    Link.objects.filter(pk=invitation.link_id).update(ended_at=moment)
    return _enter(post, name, password)


@action(rules.takes_invited_post, on=Invitation, lock=True)
def take_invited_post(actor: Actor, invitation: Invitation) -> Post:
    """Take the post one is invited to with the account one has.

    What was entered anew of the person for the invitation is forgotten. Raises
    ``InvitationUsed``, ``PostOver`` and ``OtherPerson``.
    """
    post, invited = invitation.post, invitation.post.person
    me = Person.objects.get(pk=actor.person or 0)
    if not me.may_be(invited):
        raise OtherPerson(invited=invited, person=me)
    opened = Account.objects.filter(person=invited).exclude(person=me).exists()
    if invitation.accepted_at or opened:
        raise InvitationUsed
    if post.is_over:
        raise PostOver
    moment = clock.now()
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=moment)
    Link.objects.filter(pk=invitation.link_id).update(ended_at=moment)
    # Whoever entered the person anew is the only one who could remove the row.
    houses = frozenset([post.organisation_id, invited.owner_id])
    newcomer = Actor(person=me.pk, means=Means.ACCOUNT, scope=houses)
    with scoped(newcomer):
        if post.is_live and post.organisation.steward_id:
            _take_over(newcomer, post.organisation)
        Post.objects.filter(pk=post.pk).update(person=me)
        left = Person.objects.filter(pk=invited.pk, posts=None, account=None)
        left.exclude(pk=me.pk).delete()
    return post


def _enter(post: Post, name: str, password: str) -> Account:
    """Do the rest as the person invited: from here on nobody else acts."""
    newcomer = Actor(
        person=post.person_id, means=Means.ACCOUNT, scope=frozenset([post.organisation_id])
    )
    with scoped(newcomer):
        account = Account.objects.create(
            person_id=post.person_id, sign_in_name=name, password=make_password(password)
        )
        if post.is_live and post.organisation.steward_id:
            _take_over(newcomer, post.organisation)
    return account


def _take_over(newcomer: Actor, organisation: Organisation) -> None:
    """Pass the organisation and the people its steward entered for it to itself."""
    held = Post.objects.filter(organisation=organisation).values("person")
    entered = Person.objects.filter(pk__in=held, owner=organisation.steward_id)
    entered.update(owner=organisation)
    pass_on(newcomer, organisation.public_id)


def _end_invitations(post: Post) -> None:
    opened = Invitation.objects.acceptable().filter(post__person=post.person_id).values("link")
    Link.objects.filter(pk__in=opened).update(ended_at=clock.now())
    outbox.take_back(_about(post))


def _about(post: Post) -> str:
    return f"people.Invitation of {post.public_id}"


def _write(post: Post, link: Link, token: str) -> None:
    facts = {"post": post, "link": link, "address": f"{settings.ADDRESS}/invitation/{token}/"}
    with translation.override(settings.LANGUAGE_CODE):
        subject = gettext("Your Zveno account: %(organisation)s") % {
            "organisation": str(post.organisation)
        }
        text = render_to_string("people/letters/invitation.txt", facts)
    outbox.post(post.person.email, subject, text, about=_about(post))
