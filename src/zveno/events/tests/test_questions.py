"""The door finds a child's place in SQL as the questions of the ORM would."""

from datetime import timedelta
from typing import Any

import pytest

from zveno.events.models import Place
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.actor import NOBODY, SYSTEM, Actor, Means
from zveno.kernel.errors import NotFound
from zveno.kernel.http import reading
from zveno.kernel.models import Questions, Record
from zveno.learners.models import Disclosure
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


def facts(record: Record) -> dict[str, Any]:
    return {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}


def found(pick: Any, actor: Actor, place: Place) -> list[dict[str, Any]]:
    """Return all that was read of the place; nothing if it is not there for the actor."""
    try:
        row = pick(Place.objects.all(), actor, place.public_id)
    except NotFound:
        return []
    return [facts(each) for each in (row, row.event, row.group, row.group.sender, row.learner)]


def test_each_finds_the_same_places_with_the_same_facts() -> None:
    event = make.event()
    consented, silent = make.coming(event, organisations.school(), 2, consented=1).places.order_by(
        "-consented"
    )
    over = make.coming(event, organisations.school(), 1).places.get()
    Disclosure.objects.filter(learner=over.learner).update(until=clock.now() - timedelta(seconds=1))
    listed = Actor(means=Means.LINK, keys=frozenset({("learners.Learner", silent.learner_id)}))
    actors = [people.actor(consented.group.sender), people.coordinator(event.host), listed]
    shown = []

    # As the system, so that the second wall does not answer for the first.
    with reading(SYSTEM):
        for actor in (*actors, people.actor(), NOBODY):
            for place in (consented, silent, over):
                found_so = found(type(Place.objects.all()).pick_visible, actor, place)
                assert found_so == found(Questions.pick_visible, actor, place)
                shown.append(bool(found_so))

    assert shown == [True, True, False, True, False, False, False, True, False, *[False] * 6]
