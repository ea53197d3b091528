"""Who is expected elsewhere at the same time: whoever sends a group is warned, never stopped."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from zveno.events.models import Event, Group, children_beside, groups_beside
from zveno.events.tests import make
from zveno.kernel.actor import Actor
from zveno.kernel.walls import scoped
from zveno.learners.models import Learner, name_key
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def school() -> Organisation:
    return organisations.school()


@pytest.fixture
def event() -> Event:
    return make.event()


def later(event: Event, hours: float, **changes: Any) -> Event:
    """Make an event of two hours that begins so many hours after another."""
    start = event.starts_at + hours * HOUR
    return make.event(starts_at=start, ends_at=start + 2 * HOUR, **changes)


def warned_of(actor: Actor, event: Event, sender: Organisation) -> list[int]:
    with scoped(actor):
        return [one.group.event_id for one in groups_beside(actor, event, [sender.pk])]


@pytest.mark.parametrize("hours", [-2, 2])
def test_what_begins_when_the_other_ends_is_no_clash(
    school: Organisation, event: Event, hours: int
) -> None:
    make.coming(later(event, hours), school)

    assert warned_of(people.actor(school), event, school) == []


@pytest.mark.parametrize("hours", [-1.5, 0, 1.5])
def test_what_shares_any_time_is(school: Organisation, event: Event, hours: float) -> None:
    group = make.coming(later(event, hours), school)
    actor = people.actor(school)

    with scoped(actor):
        [beside] = groups_beside(actor, event, [school.pk])
        children = [place.learner for place in group.places.select_related("learner")]
        found = children_beside(actor, event, [child.pk for child in children])

    assert beside.group == group
    assert beside.who == children[0].class_label
    assert found == {child.pk: group.event for child in children}


def released(group: Group) -> None:
    group.state = Group.State.RELEASED
    group.save()


def over(group: Group) -> None:
    group.event.state = Event.State.HELD
    group.event.save()


@pytest.mark.parametrize("ended", [released, over])
def test_what_has_ended_warns_of_nothing(
    school: Organisation, event: Event, ended: Callable[[Group], None]
) -> None:
    group = make.coming(later(event, 1), school)
    learners = list(group.places.values_list("learner", flat=True))
    ended(group)
    actor = people.actor(school)

    assert warned_of(actor, event, school) == []
    with scoped(actor):
        assert children_beside(actor, event, learners) == {}


def test_another_school_and_the_host_are_told_nothing(school: Organisation, event: Event) -> None:
    group = make.coming(later(event, 1), school)
    learners = list(group.places.values_list("learner", flat=True))

    for stranger in (people.actor(organisations.school()), people.coordinator(event.host)):
        assert warned_of(stranger, event, school) == []
        with scoped(stranger):
            assert children_beside(stranger, event, learners) == {}


def test_the_pages_warn_before_seats_on_the_list_and_after_it(
    client: Client, school: Organisation, event: Event
) -> None:
    other = later(event, 1, title="Экскурсия на завод")
    child = make.coming(other, school).places.order_by("pk")[0].learner
    client.force_login(people.account(school))

    before = client.get(f"/e/{event.public_id}/register/").content.decode()
    group = make.group(event, school)
    page = f"/e/groups/{group.public_id}/"
    name, key = "Петрова", name_key("Петрова", child.given_name)
    Learner.objects.filter(pk=child.pk).update(family_name=name, name_key=key)
    typed = f"{name} {child.given_name}\t{child.class_label}"
    rows = client.post(f"{page}list/", {"paste": typed, "label": ""}).content.decode()
    sent = {"text": typed, "source": "", "text_label": "", "shown": "yes", "accept": "yes"}
    taken = {**sent, "take-1": "on", "who-1": str(child.public_id)}
    after = client.post(f"{page}list/", taken, follow=True).content.decode()

    for seen in (before, rows, after):
        assert "Экскурсия на завод" in seen
    assert child.class_label in before
    assert group.places.count() == 1
