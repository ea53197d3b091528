"""Verbs: an account is tied to an identity elsewhere, and untied."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError
from zveno.people import rules
from zveno.people.actions.factors import WrongPassword
from zveno.people.models import Account, Identity, tell_owner
from zveno.people.models.identities import identity_of, subject_hash


class IdentityTaken(DomainError):
    """An identity elsewhere opens one account."""

    code = "identity_taken"
    message = _("This identity already opens another account here.")


@action(rules.is_own, on=Account, lock=True)
def tie_identity(
    actor: Actor, account: Account, *, issuer: str, subject: str, password: str
) -> Identity:
    """Let an identity at a provider open the account, in place of one before.

    Raises ``WrongPassword`` and ``IdentityTaken``.
    """
    if not account.check_password(password):
        raise WrongPassword
    if identity_of(issuer, subject):
        raise IdentityTaken
    Identity.objects.filter(account=account).delete()
    tell_owner(account, _("%(name)s can now open your account"), name=settings.OIDC["name"])
    return Identity.objects.create(account=account, subject_hash=subject_hash(issuer, subject))


@action(rules.is_own, on=Account, lock=True)
def untie_identity(actor: Actor, account: Account) -> None:
    """Let no identity elsewhere open the account any more."""
    Identity.objects.filter(account=account).delete()
