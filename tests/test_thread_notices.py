"""The thread tells those who have to decide, and those whom it concerns."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from zveno.documents.actions import Upload
from zveno.events import actions as events
from zveno.events.models import Group
from zveno.events.tests import make as event_cast
from zveno.kernel import clock
from zveno.network.actions import Terms, send_agreement, sign_by_scan, start_agreement
from zveno.network.models import Agreement
from zveno.network.models.wording import Owed
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Account, Notice, Post, actor_of
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
SCAN = Upload("scan.pdf", "application/pdf", b"%PDF-1.7\n%%EOF\n")
Kind = Notice.Kind


@dataclass
class Cast:
    """A college that leads a cluster, and a school in it."""

    college: Organisation = field(default_factory=organisations.college)
    school: Organisation = field(default_factory=organisations.school)

    def __post_init__(self) -> None:
        self.cluster = network.cluster(self.college)
        network.member(self.cluster, self.school)
        self.coordinator = people.account(self.college, Post.Role.COORDINATOR)
        self.directors = {
            house.pk: people.account(house, Post.Role.HEAD) for house in (self.college, self.school)
        }
        Post.objects.filter(role=Post.Role.HEAD).update(title="директор")
        self.deputy = people.account(self.school)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def told(account: Account) -> list[tuple[str, str]]:
    """Return the unread notices of somebody: kind and title."""
    found = Notice.objects.filter(person=account.person).unread().order_by("written_at", "title")
    return list(found.values_list("kind", "title"))


def sent(cast: Cast) -> Agreement:
    day = clock.today()
    terms = Terms("Соглашение", "Санкт-Петербург", day, day + timedelta(days=300))
    owed = [Owed("base", "проводить пробы", "events", 2)]
    actor = actor_of(cast.coordinator)
    agreement = start_agreement(actor, cast.cluster.public_id, terms=terms, obligations=owed)
    send_agreement(actor, agreement.public_id)
    return agreement


@pytest.mark.slow
def test_agreement_asks_heads_then_tells_the_coordinator_then_everybody(cast: Cast) -> None:
    agreement = sent(cast)
    head_a, head_b = cast.directors[cast.school.pk], cast.directors[cast.college.pk]
    assert told(head_a) == told(head_b) == [(Kind.DECIDE, "На подпись: Соглашение")]

    party = agreement.parties.get(organisation=cast.school)
    sign_by_scan(actor_of(head_a), party.public_id, upload=SCAN)
    assert told(head_a) == []
    ((kind, title),) = told(cast.coordinator)
    assert (kind, str(cast.school) in title) == (Kind.CHANGED, True)

    party = agreement.parties.get(organisation=cast.college)
    sign_by_scan(actor_of(head_b), party.public_id, upload=SCAN)
    for account in (cast.coordinator, head_a, cast.deputy):
        assert told(account)[-1] == (Kind.CHANGED, "Вступило в силу: Соглашение")


def test_members_learn_of_a_new_event(cast: Cast) -> None:
    event = event_cast.event(cluster=cast.cluster, title="Проба", state="draft")

    events.announce(actor_of(cast.coordinator), event.public_id)

    assert told(cast.deputy) == [(Kind.KNOWN, "Новое событие: Проба")]


def test_seats_that_came_free_are_offered_to_whoever_waited(cast: Cast) -> None:
    other = organisations.school()
    first = people.account(other)
    event = event_cast.event(cluster=cast.cluster, title="Проба", capacity=5)
    group = events.reserve_seats(actor_of(first), event.public_id, sender=other.public_id, seats=5)
    events.join_waiting_list(
        actor_of(cast.deputy), event.public_id, sender=cast.school.public_id, seats=3
    )

    events.give_back(actor_of(first), group.public_id)

    assert told(cast.deputy) == [(Kind.DECIDE, "Места освободились: Проба")]
    offered = Group.objects.get(sender=cast.school)
    assert Notice.objects.get(person=cast.deputy.person).due == offered.offered_until


def test_certificates_are_told_of_and_taken_back(cast: Cast) -> None:
    event = event_cast.held(cluster=cast.cluster, title="Проба")
    event_cast.came(event, cast.school)
    actor = actor_of(cast.coordinator)

    batch = events.issue_certificates(actor, event.public_id)
    assert told(cast.deputy) == [(Kind.CHANGED, "Сертификаты готовы: Проба")]
    events.undo_issue(actor, batch.public_id)

    assert told(cast.deputy) == []
