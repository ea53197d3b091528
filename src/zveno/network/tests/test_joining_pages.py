"""Joining on pages: three screens from a letter, a press from an account, a form for strangers."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from zveno.kernel.actor import NOBODY
from zveno.kernel.models import Letter
from zveno.kernel.walls import scoped
from zveno.network.models import Cluster, Joining, Membership
from zveno.network.tasks import apply_by_letter
from zveno.network.tests import make
from zveno.network.tests.visitors import Visitor, visitor
from zveno.organisations.tests import make as organisations

pytestmark = pytest.mark.django_db
FACTS = {
    "kind": "preschool", "name": "Детский сад № 5 (пример)", "inn": "0010008859",
    "family_name": "Мухина", "given_name": "Зоя", "post": "заведующий",
}  # fmt: skip
STRANGER = {
    "kind": "school", "name": "Школа № 7 (пример)", "inn": "0010008859", "family_name": "Ким",
    "given_name": "Олег", "email": "kim@example.org", "word": "Возьмите нас",
}  # fmt: skip


@pytest.fixture
def cluster() -> Cluster:
    return make.cluster()


@pytest.fixture
def newcomer(cluster: Cluster) -> Joining:
    joining = make.joining(cluster, word="Ждём вас")
    make.link_of(joining, "a-token")
    return joining


def stranger() -> Visitor:
    return Visitor()


def members(cluster: Cluster) -> set[str]:
    live = Membership.objects.live().filter(cluster=cluster).exclude(role="base")
    return set(live.values_list("organisation__name", flat=True))


def test_kindergarten_is_in_after_three_screens_and_three_presses(
    cluster: Cluster, newcomer: Joining
) -> None:
    client, screens = stranger(), ["/join/a-token/"]
    for sent in ({}, FACTS, {}):
        page = client.get(screens[-1])
        assert page.status_code == 200
        answer = client.post(screens[-1], sent)
        screens += [answer["Location"]] if answer.status_code == 302 else []

    assert len(screens) == 3
    assert "Вы в кластере" in answer.text
    assert members(cluster) == {FACTS["name"]}


def test_back_and_forth_keeps_what_was_told(newcomer: Joining) -> None:
    client = stranger()
    client.post("/join/a-token/organisation/", FACTS)

    page = client.get("/join/a-token/organisation/")

    assert 'value="Мухина"' in page.text
    assert client.get("/join/a-token/agree/").text.count("0010008859") == 1


def test_agreeing_before_the_facts_leads_to_the_facts(cluster: Cluster, newcomer: Joining) -> None:
    for answer in (stranger().get("/join/a-token/agree/"), stranger().post("/join/a-token/agree/")):
        assert answer["Location"] == "/join/a-token/organisation/"
    assert members(cluster) == set()


def test_what_is_wrong_stands_beside_the_field(newcomer: Joining) -> None:
    organisations.school(inn="0010008489")
    client = stranger()

    broken = client.post("/join/a-token/organisation/", FACTS | {"inn": "123", "name": ""})
    taken = client.post("/join/a-token/organisation/", FACTS | {"inn": "0010008489"})

    assert (broken.status_code, taken.status_code) == (422, 422)
    assert "Мухина" in broken.text
    assert "уже работает в Звене" in taken.text


def test_organisation_that_came_meanwhile_is_told_on_the_facts(
    cluster: Cluster, newcomer: Joining
) -> None:
    client = stranger()
    client.post("/join/a-token/organisation/", FACTS)
    organisations.school(inn=FACTS["inn"])

    answer = client.post("/join/a-token/agree/")

    assert answer.status_code == 422
    assert "уже работает в Звене" in answer.text
    assert members(cluster) == set()


def test_link_that_has_served_tells_what_became_of_it(newcomer: Joining) -> None:
    client = stranger()
    reason = client.post("/join/a-token/decline/", {"reason": ""})
    said = client.post("/join/a-token/decline/", {"reason": "Далеко ездить"})

    assert (reason.status_code, said.status_code) == (422, 200)
    for page in ("", "organisation/", "agree/"):
        assert "Далеко ездить" in client.get(f"/join/a-token/{page}").text
    assert client.get("/join/not-a-token/").status_code == 404


def test_coordinator_invites_and_sees_what_waits(
    cluster: Cluster, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = visitor(cluster.base, "coordinator")
    page = reverse("network:invite_to_join", args=[cluster.public_id])

    empty = client.post(page, {})
    sent = client.post(page, {"name": "Сад № 9", "email": "sad9@example.org"})
    for number in range(4):
        make.joining(cluster, organisations.school(), email=f"a{number}@example.org")

    assert (empty.status_code, sent.status_code) == (422, 302)
    assert "Сад № 9" in client.get(sent["Location"]).text
    with django_assert_max_num_queries(12):
        listed = client.get(reverse("network:joinings", args=[cluster.public_id]))
    assert listed.text.count("Ждёт ответа") == 5
    assert "/join/" in Letter.objects.get(to="sad9@example.org").text


def test_representative_applies_in_one_press_and_coordinator_accepts_in_one(
    cluster: Cluster,
) -> None:
    school = organisations.school()
    client, page = visitor(school), reverse("network:apply", args=[cluster.public_id])

    form = client.get(page).text
    key = re.search(r'name="organisation" value="([^"]+)"', form)
    assert key
    sent = client.post(page, {"organisation": key[1], "word": "Хотим к вам"})
    coordinator = visitor(cluster.base, "coordinator")
    assert "Ответьте на 1 заявку" in coordinator.get("/").text
    shown = coordinator.get(sent["Location"])
    accepted = coordinator.post(f"{sent['Location']}accept/")

    assert "Хотим к вам" in shown.text
    assert accepted.status_code == 302
    assert members(cluster) == {school.name}
    assert "Ответьте на 1 заявку" not in coordinator.get("/").text
    assert "В кластере" in client.get(sent["Location"]).text


def test_invitation_waits_on_the_home_page_of_who_answers(cluster: Cluster) -> None:
    school = organisations.school()
    joining = make.joining(cluster, school)
    client = visitor(school)
    page = reverse("network:joining", args=[joining.public_id])
    assert page in client.get("/").text

    empty = client.post(f"{page}decline/", {"reason": ""})
    client.post(f"{page}decline/", {"reason": "Далеко"})

    assert empty.status_code == 422
    assert page not in client.get("/").text
    assert "Далеко" in visitor(cluster.base, "coordinator").get(page).text


def apply(cluster: Cluster, **changes: Any) -> Any:
    return stranger().post(reverse("network:apply", args=[cluster.public_id]), STRANGER | changes)


def work() -> None:
    """Do what the worker does with applications."""
    for job in ProcrastinateJob.objects.filter(task_name="zveno.network.apply_by_letter"):
        with scoped(NOBODY):
            apply_by_letter(**job.args)


def test_stranger_applies_in_three_screens(cluster: Cluster) -> None:
    sent = apply(cluster)
    waits = stranger().get(sent["Location"])
    work()
    link = re.search(r"/join/\S+/", Letter.objects.get(to="kim@example.org").text)
    assert link

    confirm = stranger().get(link[0])
    done = stranger().post(link[0])

    assert (waits.status_code, confirm.status_code) == (200, 200)
    assert "Заявка отправлена" in done.text
    assert "Заявка отправлена" in stranger().get(link[0]).text
    joining = Joining.objects.get()
    seen = visitor(cluster.base, "coordinator").get(f"/joinings/{joining.public_id}/")
    assert "Ким Олег" in seen.text
    assert "Возьмите нас" in seen.text


def test_answer_to_a_stranger_knows_no_organisation(cluster: Cluster) -> None:
    member = make.member(cluster, organisations.school(inn="0010008489"))

    answers = {apply(cluster, inn=inn).headers["Location"] for inn in (member.inn, "0010008859")}

    assert len(answers) == 1
    jobs = ProcrastinateJob.objects.filter(task_name="zveno.network.apply_by_letter")
    assert not any("kim@" in str(job.args) for job in jobs)


def test_too_many_applications_of_one_network_wait(cluster: Cluster) -> None:
    page = reverse("network:apply", args=[cluster.public_id])
    client = Client(REMOTE_ADDR="203.0.113.7")

    answers = [client.post(page, STRANGER).status_code for _ in range(11)]

    assert answers == [302] * 10 + [429]


def test_bad_application_keeps_what_was_typed(cluster: Cluster) -> None:
    answer = apply(cluster, inn="1", email="kim@")

    assert answer.status_code == 422
    assert "Возьмите нас" in answer.text
