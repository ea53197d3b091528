"""Verbs: sign-ins end before their time."""

from uuid import UUID

from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.people import rules
from zveno.people.models import Account, SignIn


@action(rules.is_own_sign_in, on=SignIn)
def end_sign_in(actor: Actor, sign_in: SignIn) -> None:
    """Sign a browser out: its next request is a stranger's."""
    SignIn.objects.filter(pk=sign_in.pk).delete()


@action(rules.is_own, on=Account)
def end_other_sign_ins(actor: Actor, account: Account, *, here: UUID | None = None) -> int:
    """Sign out all browsers but the one with the public id ``here``; return how many there were."""
    others = SignIn.objects.filter(account=account)
    if here:
        others = others.exclude(public_id=here)
    return others.delete()[0]
