"""Wishes of members: asked by a letter, said by its link, decided on, seen by the same link."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import NotFound
from zveno.kernel.models import Letter
from zveno.network.models import Cluster, academic_year
from zveno.network.tests import make as network
from zveno.people.models import Post, actor_of
from zveno.people.tests import make as people
from zveno.plan import actions
from zveno.plan.models import PlanItem, Wish, Wisher, WishRound
from zveno.plan.tasks import remind_of_wishes
from zveno.plan.tests.make_wishes import wish, wisher

pytestmark = pytest.mark.django_db
TOKEN = "a-link-to-the-wishes-of-a-school"
A_DAY = timedelta(days=1)


@pytest.fixture
def cluster() -> Cluster:
    cluster = network.cluster()
    network.member(cluster)
    return cluster


@pytest.fixture
def asked(cluster: Cluster) -> Wisher:
    member = cluster.memberships.exclude(organisation=cluster.base).get().organisation
    return wisher(cluster, member, TOKEN)


def coordinator(cluster: Cluster) -> Actor:
    return actor_of(people.account(cluster.base, Post.Role.COORDINATOR))


def signed_in(cluster: Cluster) -> Client:
    client = Client()
    client.force_login(people.account(cluster.base, Post.Role.COORDINATOR))
    return client


def collect(cluster: Cluster, days: int = 20) -> WishRound:
    until, year = clock.today() + timedelta(days=days), academic_year(clock.today())
    actor = coordinator(cluster)
    return actions.collect_wishes(actor, cluster.public_id, year=year, until=until)


def say(token: str = TOKEN, key: UUID | None = None, **words: object) -> Wish:
    facts = actions.WishFacts(**{"title": "Экскурсия", "month": 3} | words)  # type: ignore[arg-type]
    actor = actor_of(token)
    of = Wisher.objects.visible_to(actor).get()
    return actions.say_wish(actor, of.public_id, key=key or uuid4(), wish=facts)


def test_each_member_but_the_base_gets_one_letter_with_a_link_of_its_own(cluster: Cluster) -> None:
    member = network.member(cluster)
    member.email = "school@example.org"
    member.save(update_fields=["email"])

    collect(cluster)
    collect(cluster, days=30)

    assert WishRound.objects.get().until == clock.today() + timedelta(days=30)
    assert Wisher.objects.count() == 2
    [letter] = Letter.objects.filter(to="school@example.org")
    link = letter.text.split("/wish/")[1].split("/")[0]
    assert "Экскурсия" not in Client().get(f"/wish/{link}/").content.decode()
    assert Client().get(f"/wish/{link}/").status_code == 200


def test_wishes_are_asked_for_until_a_day_to_come(cluster: Cluster) -> None:
    with pytest.raises(actions.UntilPassed):
        collect(cluster, days=-1)


def test_a_member_says_changes_and_takes_back_without_an_account(asked: Wisher) -> None:
    client, key = Client(), str(uuid4())
    page = f"/wish/{TOKEN}/"
    typed = {"key": key, "title": "Экскурсия", "month": "3", "hosts": "on"}

    first = client.post(page, typed, follow=True)
    client.post(page, typed)
    shown = client.get(f"{page}?wish={key}").content.decode()
    client.post(page, typed | {"title": "Поход", "hosts": ""})
    changed = asked.wishes.get()
    client.post(f"{page}{key}/back/")

    assert "Пожелание принято" in first.content.decode()
    assert "Изменить пожелание" in shown
    assert (changed.title, changed.hosts) == ("Поход", False)
    assert not asked.wishes.exists()


def test_after_the_last_day_nothing_is_said_and_all_is_read(asked: Wisher) -> None:
    mine = wish(asked)
    WishRound.objects.update(until=clock.today() - A_DAY)
    client, typed = Client(), {"key": uuid4(), "title": "Поход", "month": 3}

    answer = client.post(f"/wish/{TOKEN}/", typed)
    back = client.post(f"/wish/{TOKEN}/{mine.public_id}/back/")

    assert (answer.status_code, back.status_code) == (409, 409)
    assert mine.title in client.get(f"/wish/{TOKEN}/").content.decode()


def test_a_member_says_twenty_things_at_most(asked: Wisher) -> None:
    for _ in range(20):
        wish(asked)

    with pytest.raises(actions.TooManyWishes):
        say()


def test_nobody_says_anything_for_another(cluster: Cluster, asked: Wisher) -> None:
    other = wisher(cluster, network.member(cluster), "another-link")
    theirs = wish(other)

    with pytest.raises(NotFound):
        actions.say_wish(
            actor_of(TOKEN),
            other.public_id,
            key=uuid4(),
            wish=actions.WishFacts("Поход", 3),
        )
    with pytest.raises(NotFound):
        say(key=theirs.public_id)
    answer = Client().post(f"/wish/{TOKEN}/{theirs.public_id}/back/")

    assert answer.status_code == 404
    assert theirs.title not in Client().get(f"/wish/{TOKEN}/").content.decode().replace(
        str(asked), ""
    )


def test_a_wish_becomes_one_item_hosted_by_whoever_offered(cluster: Cluster, asked: Wisher) -> None:
    at_home, away = wish(asked, hosts=True), wish(asked, title="Поход")
    planner = coordinator(cluster)

    made = [actions.plan_wish(planner, one.public_id) for one in (at_home, away, away)]

    assert made[1] == made[2]
    assert PlanItem.objects.count() == 2
    assert made[0].host == asked.organisation
    assert made[1].host == cluster.base
    assert (made[1].month, made[1].audience) == (3, "7 классы")
    assert "В плане" in Client().get(f"/wish/{TOKEN}/").content.decode()
    with pytest.raises(actions.WishDecided):
        say(key=away.public_id)


def test_what_is_declined_says_why_to_the_member(cluster: Cluster, asked: Wisher) -> None:
    one = wish(asked)
    client = signed_in(cluster)

    client.post(f"/plan/wishes/{one.public_id}/decline/", {"reason": "Нет мастерской"})

    assert "Нет мастерской" in Client().get(f"/wish/{TOKEN}/").content.decode()
    with pytest.raises(actions.WishDecided):
        actions.plan_wish(coordinator(cluster), one.public_id)


def test_another_letter_ends_the_link_of_the_first_and_comes_after_a_pause(
    cluster: Cluster, asked: Wisher
) -> None:
    planner = coordinator(cluster)

    actions.renew_wish_link(planner, asked.public_id)
    with pytest.raises(actions.JustMailed):
        actions.renew_wish_link(planner, asked.public_id)

    assert Client().get(f"/wish/{TOKEN}/").status_code == 404


def test_a_link_is_shut(cluster: Cluster, asked: Wisher) -> None:
    actions.end_wish_link(coordinator(cluster), asked.public_id)

    assert Client().get(f"/wish/{TOKEN}/").status_code == 404


def test_who_has_said_nothing_is_reminded_once_three_days_before(
    cluster: Cluster, asked: Wisher
) -> None:
    house = asked.organisation
    house.email = "school@example.org"
    house.save(update_fields=["email"])
    busy = wisher(cluster, network.member(cluster))
    wish(busy)

    remind_of_wishes(0)
    early = Letter.objects.count()
    WishRound.objects.update(until=clock.today() + 3 * A_DAY)
    for _ in range(2):
        remind_of_wishes(0)

    assert early == 0
    [letter] = Letter.objects.all()
    assert letter.to == "school@example.org"
    assert "Напоминание" in letter.subject
    busy.refresh_from_db()
    assert busy.reminded_at is None


def test_only_zveno_reminds(asked: Wisher) -> None:
    assert not actions.remind_of_wishes.allowed(coordinator(asked.round.cluster), asked.round)
    assert actions.remind_of_wishes.allowed(SYSTEM, asked.round)


def test_the_list_is_filtered_and_taken_away(cluster: Cluster, asked: Wisher) -> None:
    wish(asked, title="Поход", declined_why="Далеко")
    wish(asked, title="Экскурсия")
    client, page = signed_in(cluster), f"/c/{cluster.public_id}/plan/wishes"

    declined = client.get(f"{page}/?state=declined").content.decode()
    table = b"".join(client.get(f"{page}.csv?state=waiting")).decode()

    assert "Поход" in declined
    assert "Экскурсия" not in declined
    assert "Экскурсия" in table
    assert "Поход" not in table


def test_a_member_does_not_see_what_others_wish(cluster: Cluster, asked: Wisher) -> None:
    wish(asked)
    other = network.member(cluster)
    stranger = actor_of(people.account(other, Post.Role.REPRESENTATIVE))
    own = actor_of(people.account(asked.organisation, Post.Role.REPRESENTATIVE))

    assert not Wish.objects.visible_to(stranger).exists()
    assert Wish.objects.visible_to(own).exists()


def test_the_page_asks_as_often_for_thirty_wishes_as_for_one(
    cluster: Cluster, asked: Wisher, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        wish(asked, title=f"Поход {number}")
    client = signed_in(cluster)

    with django_assert_max_num_queries(14):
        client.get(f"/c/{cluster.public_id}/plan/wishes/")
