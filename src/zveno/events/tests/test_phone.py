"""The phone at the door: what its page holds, what its list tells, what it sends, its codes."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from zveno.events.models import Event, Group, Mark, Place
from zveno.events.models.entrance import Names, entrance_url
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.models import Entry
from zveno.learners.models import Learner
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


def signed_in(organisation: Organisation, role: str = Post.Role.TEACHER) -> Client:
    client = Client()
    client.force_login(people.account(organisation, role))
    return client


def expected(children: int = 2, consented: int = -1) -> tuple[Event, list[Place]]:
    event = make.event()
    group = make.coming(event, organisations.school(), children, consented)
    return event, list(group.places.order_by("pk"))


def page(event: Event) -> str:
    return f"/check/{event.public_id}/phone/"


def told(event: Event) -> dict[str, Any]:
    found: dict[str, Any] = signed_in(event.host).get(f"{page(event)}list/").json()
    return found


def tap(place: UUID, kind: str = "came", **more: str) -> dict[str, str]:
    return {
        "key": str(uuid4()),
        "place": str(place),
        "kind": kind,
        "at": clock.now().isoformat(),
        **more,
    }


def send(client: Client, event: Event, *taps: object) -> Any:
    return client.post(page(event), {"device": str(uuid4()), "marks": json.dumps(taps)})


def test_the_page_that_a_phone_keeps_holds_nothing_of_a_child() -> None:
    event, [place, _] = expected()

    answer = signed_in(event.host).get(page(event))

    assert place.learner.given_name not in answer.text
    assert str(place.public_id) not in answer.text
    assert answer["Permissions-Policy"].startswith("camera=(self)")


def test_no_other_page_may_open_a_camera() -> None:
    event, _ = expected()

    answer = signed_in(event.host).get(f"/check/{event.public_id}/")

    assert answer["Permissions-Policy"].startswith("camera=()")


def test_the_list_tells_given_names_and_one_letter() -> None:
    event, [place, _] = expected()

    found = told(event)

    [first, _second] = found["children"]
    assert set(first) == {"key", "group", "name", "class", "came", "left", "unseen", "marks"}
    assert found["groups"] == {str(place.group.public_id): str(place.group.sender)}
    families = set(Learner.objects.values_list("family_name", flat=True))
    assert not any(family in json.dumps(found, ensure_ascii=False) for family in families)


def test_the_list_holds_nobody_without_consent() -> None:
    event, _ = expected(3, consented=1)

    assert len(told(event)["children"]) == 1


def test_taking_the_list_stands_in_the_journal() -> None:
    event, places = expected()

    told(event)

    [entry] = Entry.objects.filter(target_key="events:entrance_list")
    assert len(entry.details["seen"]) == len(places)


def test_marks_of_a_phone_are_kept_once() -> None:
    event, [place, other] = expected()
    client, came = signed_in(event.host), tap(place.public_id)

    first = send(client, event, came, tap(other.public_id)).json()
    send(client, event, came)

    assert came["key"] in first["kept"]
    assert Event.objects.get().came == 2
    assert Mark.objects.count() == 2


def test_the_list_names_the_marks_that_can_be_taken_back() -> None:
    event, [place, _] = expected()
    client, came = signed_in(event.host), tap(place.public_id)
    send(client, event, came)

    [mark] = next(one for one in told(event)["children"] if one["came"])["marks"]
    send(client, event, tap(place.public_id, "taken_back", of=mark))

    assert mark == came["key"]
    assert Event.objects.get().came == 0


def test_marks_of_who_may_not_be_met_are_not_kept() -> None:
    event, [place] = expected(1, consented=0)

    assert send(signed_in(event.host), event, tap(place.public_id)).json() == {"kept": []}


@pytest.mark.parametrize(
    "marks", ["", "{}1", "null", "1", "[1]", "[null]", '{"key": 1}', "[" * 100_000, '"\x00"']
)
def test_what_no_page_of_ours_sends_is_refused(marks: str) -> None:
    event, _ = expected()

    answer = signed_in(event.host).post(page(event), {"device": str(uuid4()), "marks": marks})

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": "2026-02-30T10:00:00Z"},
        {"at": "2026-02-03T10:00:00"},
        {"kind": "ate"},
        {"key": "1"},
        {"of": "\x00"},
        {"name": "Арина"},
    ],
    ids=["no-day", "no-zone", "kind", "key", "of", "more"],
)
def test_a_mark_that_says_something_else_is_refused(wrong: dict[str, str]) -> None:
    event, [place, _] = expected()

    answer = send(signed_in(event.host), event, tap(place.public_id) | wrong)

    assert answer.status_code == 400
    assert not Mark.objects.exists()


def test_who_does_not_meet_them_gets_no_list() -> None:
    event, _ = expected()
    school = signed_in(Group.objects.get().sender, Post.Role.HEAD)

    answers = [
        school.get(page(event)).status_code,
        school.get(f"{page(event)}list/").status_code,
        send(school, event).status_code,
    ]

    assert answers == [403, 403, 403]


def test_a_code_opens_the_list_at_the_child() -> None:
    event, [place, _] = expected()
    code = entrance_url(event, Names.CHILD, place.public_id)

    answer = signed_in(event.host).get(code.partition("/check/")[1] + code.partition("/check/")[2])

    assert answer["Location"] == f"{page(event)}#c-{place.public_id}"


def test_a_code_of_another_event_opens_nothing() -> None:
    event, [place, _] = expected()
    code = entrance_url(make.event(), Names.CHILD, place.public_id)
    client = signed_in(event.host)

    assert client.get("/check/" + code.partition("/check/")[2]).status_code == 404
    assert client.get("/check/code/c/nonsense/").status_code == 404
    assert client.get(f"/check/code/x/{'A' * 32}/").status_code == 404


def test_the_school_prints_a_code_for_the_group_and_for_each_child() -> None:
    _event, places = expected(3, consented=2)
    school = signed_in(places[0].group.sender, Post.Role.HEAD)

    text = school.get(f"/e/groups/{places[0].group.public_id}/codes/").text

    assert text.count('class="qr"') == 3


def test_events_of_today_stand_on_the_phone_before_any_list_is_taken() -> None:
    event, _ = expected()
    Event.objects.update(starts_at=clock.now())

    assert page(event) in signed_in(event.host).get("/check/phone/").text
