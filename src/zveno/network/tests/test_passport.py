"""The passport of a cluster: one press, both files, what is true today."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from zveno.documents.models import StoredFile
from zveno.kernel import clock, engines
from zveno.kernel.errors import NotAllowed
from zveno.network import actions
from zveno.network.models import Cluster, PrintedPassport, Result, academic_year, passport_of
from zveno.network.tests import make
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def cluster() -> Cluster:
    return make.cluster(name="Техника {и} дело", aim="Интерес к технике с пяти лет.")


def printed(cluster: Cluster) -> PrintedPassport:
    return actions.print_passport(people.coordinator(cluster.base), cluster.public_id)


def text_of(cluster: Cluster) -> str:
    drawn = engines.run("papers", {"draw": passport_of(cluster), "formats": ["text"]})
    return str(drawn["text"]).replace("\u00a0", " ")


def test_it_says_who_is_in_what_is_agreed_and_what_came_of_it(cluster: Cluster) -> None:
    school = make.member(cluster, organisations.school(name="Школа {№} 5 (пример)"))
    agreement = make.agreement(cluster, signed=2, title="Соглашение о дружбе")
    year = academic_year(clock.today())
    Result.objects.create(cluster=cluster, year=year, events=12, visits=345, agreements=1)
    Result.objects.create(cluster=cluster, year=year - 1, events=1, visits=4)

    text = text_of(cluster)

    assert agreement.number is not None
    for said in (cluster.name, cluster.base.name, school.name, agreement.number.printed):
        assert said in text
    for said in ("Соглашение о дружбе", f"{year}/{year + 1}", "345", "< 5", "четверть"):
        assert said in text


def test_empty_cluster_has_a_passport_too(cluster: Cluster) -> None:
    assert "Отрасль: нет" in text_of(cluster)


def test_one_press_keeps_both_files_for_the_members(cluster: Cluster) -> None:
    school = make.member(cluster)

    paper = printed(cluster).paper

    readable = StoredFile.objects.visible_to(people.actor(school))
    assert {paper.pdf, paper.docx} <= set(readable)
    assert paper.pdf not in StoredFile.objects.visible_to(people.actor())


def test_what_has_not_changed_is_not_drawn_again(cluster: Cluster) -> None:
    first, second = printed(cluster), printed(cluster)
    make.member(cluster)

    third = printed(cluster)

    assert (first, PrintedPassport.objects.count()) == (second, 2)
    assert third != first
    with clock.travel(clock.now() + timedelta(days=1)):
        assert printed(cluster) != third


def test_nobody_but_the_coordinator_draws_it(cluster: Cluster) -> None:
    school = make.member(cluster)

    with pytest.raises(NotAllowed):
        actions.print_passport(people.actor(school), cluster.public_id)


def test_page_draws_it_and_leads_to_the_files(
    client: Client, cluster: Cluster, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page = reverse("network:passport", args=[cluster.public_id])
    client.force_login(people.account(cluster.base, "coordinator"))

    answer = client.post(page)
    with django_assert_max_num_queries(14):
        shown = client.get(page).text

    assert (answer.status_code, answer["Location"]) == (302, page)
    paper = PrintedPassport.objects.get().paper
    for file in (paper.pdf, paper.docx):
        assert file is not None
        assert reverse("documents:file", args=[file.public_id]) in shown


def test_stranger_sees_no_passport(client: Client, cluster: Cluster) -> None:
    printed(cluster)
    client.force_login(people.account())

    shown = client.get(reverse("network:passport", args=[cluster.public_id])).text

    assert "Паспорта пока нет" in shown
    assert "PDF" not in shown
