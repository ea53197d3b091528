"""Row-level security of places: whoever reads the child reads the place."""

import pytest

from zveno.events.models import Place
from zveno.events.tests import make
from zveno.kernel.actor import NOBODY, Actor
from zveno.kernel.walls import scoped
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def seen_by(actor: Actor) -> int:
    """Ask as a page would that forgot whom it asks for."""
    with scoped(actor):
        return Place.objects.count()


def test_places_are_seen_by_the_sender_and_with_a_consent_by_the_host() -> None:
    event = make.event()
    group = make.coming(event, organisations.school(), 3, consented=2)

    assert seen_by(people.actor(group.sender)) == 3
    assert seen_by(people.coordinator(event.host)) == 2


def test_other_schools_and_strangers_see_none() -> None:
    event = make.event()
    make.coming(event, organisations.school(), 3)
    other = make.coming(event, organisations.school(), 1)

    assert seen_by(people.actor(other.sender)) == 1
    assert seen_by(people.actor()) == 0
    assert seen_by(NOBODY) == 0
