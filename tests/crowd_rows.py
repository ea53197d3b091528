"""The rows of the crowd, and the laws their sums obey."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Max, Q, Sum

from tests.live import signed_in
from zveno.documents.models import Book
from zveno.documents.tests import make as documents
from zveno.events.models import Certificate, Event, Group
from zveno.events.tests import make as events
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.kernel.models import Entry
from zveno.network.models import Agreement, Party
from zveno.network.tests import make as network
from zveno.organisations.tests import make as organisations
from zveno.people.models import Account, Post
from zveno.people.tests import make as people


def rows(schools: int, seats: int, held: int, came: int) -> dict[str, Any]:
    """Make the rows; return sessions, addresses and tokens."""
    with reading(SYSTEM):
        college = organisations.college()
        cluster = network.cluster(college)
        coordinator = people.account(college, Post.Role.COORDINATOR)
        event = events.event(cluster=cluster, capacity=seats)
        members = [organisations.school() for _ in range(schools)]
        deputies = [people.account(school) for school in members]
        past = [events.held(cluster=cluster, title=f"Проба {number}") for number in range(held)]
        for each in past:
            events.came(each, members[0], came)
        agreement = Agreement.objects.create(
            cluster=cluster,
            title="Соглашение",
            place="Санкт-Петербург",
            dated=clock.today(),
            valid_until=clock.today() + timedelta(days=365),
            paper=documents.paper(college),
            parties_count=len(members),
            state=Agreement.State.OUT_FOR_SIGNATURE,
        )
        tokens = []
        for place, school in enumerate(members, start=1):
            party = Party.objects.create(
                agreement=agreement,
                organisation=school,
                place=place,
                role="member",
                signatory="Белова Ирина",
                signatory_post="директор",
                basis="Устав",
            )
            tokens.append(f"token-of-school-{place}")
            opens = [("network.Party", party.pk), ("organisations.Organisation", school.pk)]
            people.link(college, opens, tokens[-1])
    return {
        "event": str(event.public_id),
        "coordinator": _session(coordinator),
        "schools": [
            {"session": _session(account), "key": str(school.public_id)}
            for account, school in zip(deputies, members, strict=True)
        ],
        "held": [str(each.public_id) for each in past],
        "tokens": tokens,
    }


def _session(account: Account) -> str:
    return signed_in(account, 0).cookies[settings.SESSION_COOKIE_NAME]


def faults(ledger: dict[str, list[str]]) -> Iterator[str]:
    """Tell what was acknowledged and is gone, and which sums are wrong."""
    with reading(SYSTEM):
        yield from _lost(ledger)
        yield from _wrong_sums()
        yield from _wrong_numbers()


def _lost(ledger: dict[str, list[str]]) -> Iterator[str]:
    kept = {
        "registered": Group.objects.live().values_list("sender__public_id", flat=True),
        "issued": Certificate.objects.values_list("event__public_id", flat=True),
    }
    for kind, found in kept.items():
        for key in set(ledger[kind]) - {str(each) for each in found}:
            yield f"{kind} {key} is gone"
    signed = Party.objects.exclude(signed_at=None).values_list("place", flat=True)
    for token in ledger["signed"]:
        if int(token.rpartition("-")[2]) not in set(signed):
            yield f"signed {token} is gone"


def _wrong_sums() -> Iterator[str]:
    for event in Event.objects.all():
        held = event.groups.live().exclude(state=Group.State.WAITING).aggregate(s=Sum("seats"))
        if event.taken != (held["s"] or 0) or event.taken > event.capacity:
            yield f"{event.taken} seats taken, {held['s']} held"
    for agreement in Agreement.objects.all():
        signed = agreement.parties.exclude(signed_at=None).count()
        in_force = agreement.state == Agreement.State.IN_FORCE
        if agreement.signed != signed or in_force != (signed == agreement.parties_count):
            yield f"{agreement.signed} signatures counted, {signed} in place"
    changes = Entry.objects.filter(verb="events.reserve_seats").count()
    if changes != Group.objects.filter(event__state=Event.State.OPEN).count():
        yield "the journal and the groups differ"


def _wrong_numbers() -> Iterator[str]:
    books = Book.objects.annotate(n=Count("numbers"), top=Max("numbers__number"))
    for book in books.exclude(n=F("last")) | books.exclude(top=F("last")):
        yield f"book {book}: {book.last} taken"
    issued = Certificate.objects.valid().count()
    if issued != Certificate.objects.valid().values("number").distinct().count():
        yield "a number stands on two certificates"
    valid = Count("certificates", filter=Q(certificates__voided_at=None))
    wrong = Event.objects.annotate(valid=valid).exclude(certified=F("valid"))
    for counted, found in wrong.values_list("certified", "valid"):
        yield f"{counted} certificates counted, {found} valid"
