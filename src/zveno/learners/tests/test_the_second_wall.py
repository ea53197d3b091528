"""Row-level security: with ``visible_to`` forgotten, a foreign school still sees nobody."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from zveno.kernel import clock
from zveno.kernel.actor import NOBODY, Actor
from zveno.kernel.walls import scoped
from zveno.learners.models import Consent, Disclosure, Learner
from zveno.learners.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def seen_by(actor: Actor) -> list[Learner]:
    """Ask as a page would that forgot whom it asks for."""
    with scoped(actor):
        return list(Learner.objects.all())


def visiting(host: Organisation, **changes: object) -> Learner:
    """Make a child that ``host`` may read."""
    learner = make.founded()
    facts = {"until": clock.now() + timedelta(days=1), "source": "events.Event:1"} | changes
    Disclosure.objects.create(learner=learner, owner=learner.owner, organisation=host, **facts)
    return learner


def test_a_foreign_school_and_a_stranger_see_no_rows() -> None:
    visiting(organisations.college())

    assert seen_by(people.actor()) == []
    assert seen_by(NOBODY) == []


def test_the_owner_sees_its_own() -> None:
    learner = make.learner()
    make.learner()

    assert seen_by(people.actor(learner.owner)) == [learner]


def test_the_host_reads_the_visiting_child_and_cannot_change_it() -> None:
    host = organisations.college()
    learner = visiting(host)
    actor = people.coordinator(host)

    assert seen_by(actor) == [learner]
    with scoped(actor):
        assert Learner.objects.filter(pk=learner.pk).update(given_name="Другая") == 0
        assert Learner.objects.filter(pk=learner.pk).delete()[0] == 0
    learner.refresh_from_db()
    assert learner.given_name == "Арина"


def test_the_host_cannot_prolong_what_it_sees() -> None:
    host = organisations.college()
    visiting(host)
    later = clock.now() + timedelta(days=999)

    with scoped(people.coordinator(host)):
        assert Disclosure.objects.update(until=later) == 0


def test_a_foreign_school_cannot_show_itself_a_child() -> None:
    learner, school = make.founded(), organisations.school()

    with pytest.raises(DatabaseError), transaction.atomic(), scoped(people.actor(school)):
        Disclosure.objects.create(
            learner=learner,
            owner=learner.owner,
            organisation=school,
            source="x:1",
            until=clock.now() + timedelta(days=1),
        )


def test_a_disclosure_ends_by_itself() -> None:
    host = organisations.college()
    visiting(host, until=clock.now() - timedelta(seconds=1))

    assert seen_by(people.coordinator(host)) == []


def test_consents_are_read_by_the_owner_alone() -> None:
    host = organisations.college()
    learner = visiting(host)

    with scoped(people.coordinator(host)):
        assert not Consent.objects.exists()
    with scoped(people.actor(learner.owner)):
        assert Consent.objects.exists()


def test_a_link_opens_the_children_it_lists() -> None:
    one, _other = make.learner(), make.learner()

    assert seen_by(Actor(keys=frozenset({("learners.Learner", one.pk)}))) == [one]


def test_outside_of_any_scope_there_is_nobody() -> None:
    make.learner()

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('zveno.means', '', true)")

    assert not Learner.objects.exists()
