"""Wishes of members for a plan: asked for, said by the link of a letter, planned or declined."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError, NotFound
from zveno.network.models import Cluster, Membership, require_open
from zveno.plan import rules
from zveno.plan.actions.items import ItemFacts
from zveno.plan.models import (
    MOST_WISHES,
    PlanItem,
    Wish,
    Wisher,
    WishRound,
    end_links,
    made_plan,
    mail_to,
    tell_if_ended,
)

PAUSE = timedelta(minutes=10)
"""How long the letter to a member is not sent again."""


class UntilPassed(BadInput):
    """Wishes are said until a day that is still to come."""

    code = "until_passed"
    message = _("This day has passed. Enter today or a later day.")
    field = "until"


class WishesOver(DomainError):
    """After the last day nothing is said."""

    code = "wishes_over"
    message = _("Wishes are not taken any more. Write to the coordinator of the cluster.")


class TooManyWishes(DomainError):
    """A member wishes a number of things that somebody can read."""

    code = "too_many_wishes"
    message = _("There are 20 wishes already. Change one of them or take one back.")


class WishDecided(DomainError):
    """What was decided on stays as it was said."""

    code = "wish_decided"
    message = _("“%(title)s” is already decided. Open the page again to see how.")


class JustMailed(DomainError):
    """A letter is not sent twice in ten minutes."""

    code = "just_mailed"
    message = _("A letter was sent a few minutes ago. Wait ten minutes, then send another.")


@dataclass(frozen=True, slots=True)
class WishFacts:
    """What a member wishes, in which month (1 to 12), and whether it hosts."""

    title: str
    month: int
    audience: str = ""
    hosts: bool = False
    note: str = ""


@action(rules.plans, on=Cluster, lock=True)
def collect_wishes(
    actor: Actor, cluster: Cluster, *, year: int, until: date, text: str = ""
) -> WishRound:
    """Ask all members for wishes by a letter with a link; asked again, only who was not yet.

    Another day or text is that of the round from then on. Raises ``ClusterClosed`` and
    ``UntilPassed``.
    """
    require_open(cluster)
    if until < clock.today():
        raise UntilPassed
    said = {"until": until, "text": text}
    asked, _made = WishRound.objects.update_or_create(cluster=cluster, year=year, defaults=said)
    known = asked.wishers.values("organisation")
    members = Membership.objects.live().filter(cluster=cluster).exclude(organisation__in=known)
    for member in members.exclude(organisation=cluster.base_id).select_related("organisation"):
        wisher = Wisher.objects.create(round=asked, organisation=member.organisation)
        mail_to(wisher)
        wisher.save(update_fields=["mailed", "mailed_at"])
    return asked


@action(rules.asks_wisher, on=Wisher, lock=True)
def renew_wish_link(actor: Actor, wisher: Wisher) -> None:
    """Write to a member once more; the link of the letter before opens no more.

    Raises ``WishesOver`` and ``JustMailed``.
    """
    _require_open(wisher)
    if wisher.mailed_at and wisher.mailed_at > clock.now() - PAUSE:
        raise JustMailed
    mail_to(wisher)
    wisher.save(update_fields=["mailed", "mailed_at"])


@action(rules.asks_wisher, on=Wisher, lock=True)
def end_wish_link(actor: Actor, wisher: Wisher) -> None:
    """Let the link of a member open no more, until another letter is sent."""
    end_links(wisher)


@action(rules.reminds_of_wishes, on=WishRound, lock=True)
def remind_of_wishes(actor: Actor, asked: WishRound) -> None:
    """Remind, once, who has said nothing yet. The worker does this."""
    for wisher in asked.wishers.silent().select_related("organisation").order_by("pk"):
        wisher.round = asked
        mail_to(wisher, again=True)
        wisher.reminded_at = clock.now()
        wisher.save(update_fields=["mailed", "mailed_at", "reminded_at"])


@action(rules.wishes, on=Wisher, lock=True)
def say_wish(actor: Actor, wisher: Wisher, *, key: UUID, wish: WishFacts) -> Wish:
    """Say a wish, or put one right: ``key`` is its public id, so that one sent twice is one.

    Raises ``WishesOver``, ``TooManyWishes`` and ``WishDecided``.
    """
    _require_open(wisher)
    said = Wish.objects.filter(public_id=key).first()
    if said and said.wisher_id != wisher.pk:
        raise NotFound
    if said is None and wisher.wishes.count() >= MOST_WISHES:
        raise TooManyWishes
    if said and said.state != Wish.State.WAITING:
        raise WishDecided(title=said.title)
    said = said or Wish(wisher=wisher, public_id=key)
    for name, value in asdict(wish).items():
        setattr(said, name, value)
    said.save()
    return said


@action(rules.wishes_this, on=Wish, lock=True)
def take_wish_back(actor: Actor, wish: Wish) -> None:
    """Take a wish back. Raises ``WishesOver`` and ``WishDecided``."""
    _require_open(wish.wisher)
    _require_waiting(wish)
    wish.delete()


@action(rules.decides_wish, on=Wish, lock=True)
def plan_wish(actor: Actor, wish: Wish) -> PlanItem:
    """Make an item of a wish, in its month; the member hosts if it said so, else the base.

    Done twice, it is one item. Raises ``ClusterClosed``, ``WishDecided``, ``HostOutside`` and
    ``AlreadyInPlan``.
    """
    if wish.item:
        return wish.item
    asked = wish.wisher.round
    require_open(asked.cluster)
    _require_waiting(wish)
    host = wish.wisher.organisation if wish.hosts else asked.cluster.base
    facts = ItemFacts(
        wish.title, host.public_id, wish.month, audience=wish.audience, note=wish.note
    )
    item = facts.into(PlanItem(plan=made_plan(asked.cluster, asked.year)))
    item.save()
    tell_if_ended(actor, item.plan)
    wish.item = item
    wish.save(update_fields=["item"])
    return item


@action(rules.decides_wish, on=Wish, lock=True)
def decline_wish(actor: Actor, wish: Wish, *, reason: str) -> None:
    """Decline a wish with a reason, which the member reads. Raises ``WishDecided``."""
    if wish.item:
        raise WishDecided(title=wish.title)
    wish.declined_why = reason
    wish.save(update_fields=["declined_why"])


def _require_open(wisher: Wisher) -> None:
    if not wisher.round.is_open:
        raise WishesOver


def _require_waiting(wish: Wish) -> None:
    if wish.state != Wish.State.WAITING:
        raise WishDecided(title=wish.title)
