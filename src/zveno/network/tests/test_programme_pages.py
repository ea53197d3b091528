"""Pages of programmes: the list, one of them, its money, who takes part."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from zveno.kernel import clock
from zveno.network.models import (
    Cluster,
    MoneyLine,
    Participation,
    Programme,
    Source,
    shared_in,
)
from zveno.network.tests import make
from zveno.network.tests.visitors import Visitor, visitor
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
Budget = Callable[[int], AbstractContextManager[Any]]
FACTS = {
    "name": "Центр подготовки (пример)",
    "number": "15-2026",
    "kind": "grant",
    "funder": "Министерство (пример)",
    "begins": "01.01.2026",
    "ends": "31.12.2027",
}


def coordinator(programme: Programme) -> Visitor:
    return visitor(programme.holder, Post.Role.COORDINATOR)


def rows(text: str) -> list[str]:
    return re.findall(r'<a href="/programmes/[^"]+/">([^<]+)</a>', text)


def three() -> Visitor:
    """Make three programmes of a college: one behind, one running, one ahead."""
    college = organisations.college()
    for name, kind, begins, ends in (
        ("Бывшая", "grant", date(2020, 1, 1), date(2021, 1, 1)),
        ("Нынешняя", "federal", date(2025, 1, 1), date(2035, 1, 1)),
        ("Будущая", "grant", date(2090, 1, 1), date(2091, 1, 1)),
    ):
        one = make.programme(college, name=name, kind=kind, begins=begins, ends=ends)
        make.money(one, begins.year, Source.OWN, 1_500_000, fact=500_000)
    return visitor(college, Post.Role.COORDINATOR)


def test_the_list_takes_the_same_few_questions(django_assert_max_num_queries: Budget) -> None:
    client = three()

    with django_assert_max_num_queries(11):
        text = client.get("/programmes/").text

    assert rows(text) == ["Будущая", "Нынешняя", "Бывшая"]
    assert "4\u00a0500\u00a0000" in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("kind=grant", ["Будущая", "Бывшая"]),
        ("when=running", ["Нынешняя"]),
        ("when=over&kind=federal", []),
        ("when=x&kind=y", ["Будущая", "Нынешняя", "Бывшая"]),
    ],
)
def test_filters_choose_and_what_they_leave_is_taken_away(query: str, shown: list[str]) -> None:
    client = three()

    assert rows(client.get(f"/programmes/?{query}").text) == shown
    taken = client.get(f"/programmes.csv?{query}").content.decode("utf-8-sig").splitlines()
    assert [line.partition(";")[0] for line in taken[1:]] == shown


def test_amounts_leave_to_the_kopeck() -> None:
    text = three().get("/programmes.csv?when=running").content.decode("utf-8-sig")

    assert text.rstrip().endswith("1500000.00;500000.00;1000000.00")


def test_nobody_has_a_programme_yet() -> None:
    college = organisations.college()

    assert "Новая программа" in visitor(college, Post.Role.COORDINATOR).get("/programmes/").text
    assert "Новая программа" not in visitor(college).get("/programmes/").text
    assert visitor(college).get("/programmes/new/").status_code == 403


def test_a_programme_shows_its_money_and_who_takes_part(
    django_assert_max_num_queries: Budget,
) -> None:
    programme = make.programme()
    for year in (2026, 2027):
        for source in Source:
            make.money(programme, year, source, 1000, fact=250)
    for who in (make.cluster(), make.cluster(), organisations.college()):
        make.participant(programme, who)
    client = coordinator(programme)

    with django_assert_max_num_queries(14):
        text = client.get(f"/programmes/{programme.public_id}/").text

    assert text.count("<tr") == 1 + 5 + 1 + 3
    assert 'aria-label="500\u00a0₽ из 2\u00a0000\u00a0₽"' in text
    one = client.get(f"/programmes/{programme.public_id}/?year=2026").text
    assert 'aria-label="250\u00a0₽ из 1\u00a0000\u00a0₽"' in one


def test_a_participant_reads_and_changes_nothing() -> None:
    programme = make.programme()
    member = organisations.college()
    part = make.participant(programme, member)
    client = visitor(member, Post.Role.COORDINATOR)
    address = f"/programmes/{programme.public_id}/"

    assert "Внести деньги" not in client.get(address).text
    for page in ("edit/", "money/", "participants/"):
        assert client.get(address + page).status_code == 403
        assert client.post(address + page, FACTS).status_code == 403
    assert client.get(f"/participations/{part.public_id}/end/").status_code == 403


def test_a_programme_is_founded_in_one_press() -> None:
    college = organisations.college()
    client = visitor(college, Post.Role.COORDINATOR)

    answer = client.post("/programmes/new/", FACTS | {"holder": str(college.public_id)})

    made = Programme.objects.get()
    assert answer.headers["Location"] == f"/programmes/{made.public_id}/money/"


def test_what_is_refused_is_said_beside_the_field_and_stays() -> None:
    programme = make.programme()
    client = coordinator(programme)

    answer = client.post(f"/programmes/{programme.public_id}/edit/", FACTS | {"ends": "01.01.2025"})

    assert answer.status_code == 422
    assert "Последний день раньше первого" in answer.text
    assert 'value="15-2026"' in answer.text


def typed(programme: Programme, **given: str) -> dict[str, str]:
    names = [
        f"{what}-{year}-{source}"
        for what in ("planned", "fact")
        for year in programme.years
        for source in Source
    ]
    return dict.fromkeys(names, "") | {name.replace("_", "-"): one for name, one in given.items()}


def test_money_is_typed_as_people_write_it() -> None:
    programme = make.programme()

    coordinator(programme).post(
        f"/programmes/{programme.public_id}/money/",
        typed(programme, planned_2026_federal="1 200 000,50", fact_2026_federal="10.5"),
    )

    line = MoneyLine.objects.get()
    assert (str(line.planned), str(line.fact)) == ("1200000.50", "10.50")


def test_money_is_shown_as_it_may_be_typed() -> None:
    line = make.money(make.programme(), 2026, Source.OWN, 1_200_000)
    MoneyLine.objects.update(fact="7000.50")
    client = coordinator(line.programme)
    address = f"/programmes/{line.programme.public_id}/money/"

    shown = dict(re.findall(r'name="([^"]+-own)" value="([^"]+)"', client.get(address).text))

    assert shown["planned-2026-own"] == "1\u00a0200\u00a0000"
    assert shown["fact-2026-own"] == "7\u00a0000,50"
    client.post(address, typed(line.programme) | shown)
    line.refresh_from_db()
    assert (str(line.planned), str(line.fact)) == ("1200000.00", "7000.50")


@pytest.mark.parametrize(
    "amount", ["-1", "1e5", "NaN", "1,234.5", "0,001", "９", "1" * 16, "сто", "Infinity", "1\x00"]
)
def test_what_is_no_amount_stays_in_the_form(amount: str) -> None:
    programme = make.programme()

    answer = coordinator(programme).post(
        f"/programmes/{programme.public_id}/money/", typed(programme, planned_2026_own=amount)
    )

    assert answer.status_code == 422
    assert not MoneyLine.objects.exists()


def test_a_form_that_was_cut_off_empties_nothing() -> None:
    line = make.money(make.programme(), 2026, Source.OWN, 5)

    answer = coordinator(line.programme).post(
        f"/programmes/{line.programme.public_id}/money/", {"planned-2026-own": "5"}
    )

    assert answer.status_code == 422
    assert MoneyLine.objects.get() == line


def test_what_partners_gave_is_shown_and_not_asked() -> None:
    programme = make.programme()
    make.money(programme, 2026, Source.PARTNERS, 100, fact=77)

    text = coordinator(programme).get(f"/programmes/{programme.public_id}/money/").text

    assert 'name="planned-2026-partners"' in text
    assert 'name="fact-2026-partners"' not in text
    assert ">77<" in text


def test_a_cluster_or_a_college_is_found_by_words() -> None:
    programme = make.programme()
    cluster = make.cluster(name="Робототехника")
    college = organisations.college(name="Колледж робототехники (пример)")
    client = coordinator(programme)

    found = client.get("/programmes/options/?q=робототехник").text
    assert str(cluster.public_id) in found
    assert str(college.public_id) in found
    client.post(
        f"/programmes/{programme.public_id}/participants/",
        {"who": "Робототехника", "day": "01.09.2026"},
    )
    assert Participation.objects.get().cluster == cluster


def test_who_takes_part_twice_is_told() -> None:
    programme = make.programme()
    cluster = make.cluster(name="Метрология")
    make.participant(programme, cluster)

    answer = coordinator(programme).post(
        f"/programmes/{programme.public_id}/participants/",
        {"who": "Метрология", "day": "01.09.2026"},
    )

    assert answer.status_code == 422
    assert "Метрология" in answer.text


def test_a_last_day_is_said() -> None:
    part = make.participant(make.programme(), make.cluster())
    client = coordinator(part.programme)

    assert client.get(f"/participations/{part.public_id}/end/").status_code == 200
    client.post(f"/participations/{part.public_id}/end/", {"day": "01.09.2026"})

    part.refresh_from_db()
    assert part.last_day == date(2026, 9, 1)


def in_three(cluster: Cluster) -> list[Programme]:
    """Let a cluster take part in two programmes, and have left a third one."""
    names = ("Роботы", "Автоматика", "Бывшая")
    made = [make.programme(name=name) for name in names]
    first = made[0].begins
    for one, last_day in zip(made, (None, date(2090, 1, 1), first), strict=True):
        make.participant(one, cluster, last_day=last_day)
    return made


def test_what_a_cluster_takes_part_in_is_linked_on_its_page() -> None:
    cluster = make.cluster()
    made = in_three(cluster)
    page = reverse("network:cluster", args=[cluster.public_id])

    assert rows(visitor(cluster.base).get(page).text) == ["Автоматика", "Роботы"]
    assert rows(coordinator(made[0]).get(page).text) == ["Роботы"]
    assert rows(visitor(organisations.school()).get(page).text) == []


def test_the_question_of_members_equals_that_of_everybody() -> None:
    cluster = make.cluster()
    in_three(cluster)
    actor = people.actor(make.member(cluster))

    seen = Participation.objects.visible_to(actor).filter(cluster=cluster).on(clock.today())
    expected = seen.order_by("programme__name").values_list(
        "programme__public_id", "programme__name"
    )
    assert shared_in(cluster) == list(expected)
    assert len(expected) == 2
