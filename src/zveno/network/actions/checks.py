"""The August check: members are asked, reminded, and say what is true of them this year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.network import rules
from zveno.network.actions.ties import Told, note_deeds
from zveno.network.models import Cluster, Deed, Membership, YearCheck
from zveno.network.models.checks import (
    MOST_COUNTED,
    check_year,
    counted_in,
    members_asked,
    members_due,
    please_check,
)
from zveno.organisations.actions import Card, change_card
from zveno.organisations.models import Organisation
from zveno.people.actions import Appointment, appoint, retitle_post
from zveno.people.models import Post, notify, settle

CARD = ("kind", "name", "short_name", "inn", "kpp", "ogrn")
CONTACTS = ("phone", "email", "site", "address")


class BadCounts(BadInput):
    """Who is counted is counted."""

    code = "bad_counts"
    message = _("Enter a number from 0 to 100,000.")


class HeadElsewhere(BadInput):
    """A head who signs in is not dismissed by a colleague, and nobody by a program."""

    code = "head_elsewhere"
    message = _("Another head is recorded on the page “People and access”, by whoever leads there.")
    field = "family_name"


class NobodyToAsk(DomainError):
    """Nobody is asked twice a day, nor who has confirmed."""

    code = "nobody_to_ask"
    message = _("Everyone has confirmed or was already reminded today.")


@dataclass(frozen=True, slots=True)
class YearFacts:
    """What an organisation says of itself: contacts, who signs on what basis, head-counts."""

    family_name: str
    post: str
    basis: str
    given_name: str = ""
    patronymic: str = ""
    phone: str = ""
    email: str = ""
    site: str = ""
    address: str = ""
    learners: int | None = None
    teachers: int | None = None


@action(rules.confirms, on=Organisation, lock=True)
def confirm_facts(actor: Actor, organisation: Organisation, *, facts: YearFacts) -> YearCheck:
    """Say what is true of an organisation this academic year; what has changed is put right.

    Said again, it takes the place of what was said. Raises ``BadCounts`` and ``HeadElsewhere``.
    """
    counts = _counts(organisation, facts)
    contacts = {name: getattr(facts, name) for name in CONTACTS}
    card = {name: getattr(organisation, name) for name in CARD}
    head = _name_head(actor, organisation, facts)
    change_card(actor, organisation.public_id, card=Card(**card, **contacts), confirmed=True)
    check, _new = YearCheck.objects.update_or_create(
        organisation=organisation,
        year=check_year(clock.today()),
        defaults={
            **contacts,
            **counts,
            "head": head,
            "basis": facts.basis,
            "checked_at": clock.now(),
            "checked_by_id": actor.person,
        },
    )
    settle(check.about)
    _note(actor, check)
    return check


@action(rules.coordinates, on=Cluster)
def ask_to_check(actor: Actor, cluster: Cluster) -> int:
    """Ask the members that have not confirmed, once a day at most; return how many.

    Raises ``NobodyToAsk``.
    """
    asked = _ask(actor, members_asked(cluster.pk), clock.today())
    if not asked:
        raise NobodyToAsk
    return asked


@action(rules.counts, on=Cluster)
def tend_checks(actor: Actor, cluster: Cluster) -> None:
    """Ask the members whose turn it is. The worker does this."""
    today = clock.today()
    _ask(actor, members_due(today, cluster.pk), today)


def _ask(actor: Actor, members: Iterable[Membership], today: date) -> int:
    """Ask these, but for who has confirmed or was asked today; return how many."""
    keys, year = [one.organisation_id for one in members], check_year(today)
    YearCheck.objects.bulk_create(
        [YearCheck(organisation_id=key, year=year) for key in keys], ignore_conflicts=True
    )
    asked = _take_turn(keys, year, today)
    for check in asked:
        settle(check.about)
        notify(actor, please_check(check), [check.organisation_id], rules.JOINING)
    return len(asked)


def _take_turn(organisations: Iterable[int], year: int, today: date) -> list[YearCheck]:
    """Note who is asked today: two who ask at once do not ask the same organisation."""
    rows = YearCheck.objects.waiting().filter(organisation__in=organisations, year=year)
    free = rows.exclude(reminded_on__gte=today).select_related("organisation")
    asked = list(free.select_for_update(of=("self",)).order_by("organisation"))
    YearCheck.objects.filter(pk__in=[one.pk for one in asked]).update(reminded_on=today)
    return asked


def _counts(organisation: Organisation, facts: YearFacts) -> dict[str, int | None]:
    """Return what is counted in an organisation of its kind; raises ``BadCounts``."""
    found: dict[str, int | None] = {}
    for name, words in counted_in(organisation)._asdict().items():
        number = getattr(facts, name) if words else None
        if words and not (number is not None and 0 <= number <= MOST_COUNTED):
            refusal = BadCounts()
            refusal.field = name
            raise refusal
        found[name] = number
    return found


def _name_head(actor: Actor, organisation: Organisation, facts: YearFacts) -> Post:
    """Let whoever signs hold the post of the head under this title; raises ``HeadElsewhere``."""
    names = (facts.family_name, facts.given_name, facts.patronymic)
    title = facts.post
    head = rules.head_of(organisation)
    same = head is not None and names == _names(head)
    if not same and not rules.names_head(actor, organisation, head):
        raise HeadElsewhere
    appointment = Appointment(*names, role=Post.Role.HEAD, title=title)
    post = appoint(actor, organisation.public_id, appointment=appointment)
    if post.title != title:
        retitle_post(actor, post.public_id, title=title)
    return post


def _names(post: Post) -> tuple[str, str, str]:
    person = post.person
    return person.family_name, person.given_name, person.patronymic


def _note(actor: Actor, check: YearCheck) -> None:
    """Let it be a deed in each cluster the organisation is in: whoever answers is not silent."""
    told = Told(
        Deed.What.ANSWER,
        f"network.YearCheck:{check.pk}",
        clock.today(),
        {check.organisation_id: 0},
    )
    for one in members_asked().filter(organisation=check.organisation_id):
        note_deeds(actor, one.cluster.public_id, told=told)
