"""Words in cases: proposed, remembered, changed, forgotten."""

from typing import Any

import pytest
from django.test import Client

from zveno.documents.actions import NothingSaid, remember_form
from zveno.documents.models import Declension, remembered, usual_posts
from zveno.kernel import engines
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
NAME = "Орёл Пётр Ильич"
HIS = "Орла Петра Ильича"


def client_of(organisation: Organisation, role: str = Post.Role.COORDINATOR) -> Client:
    client = Client()
    client.force_login(people.account(organisation, role))
    return client


def words(**changes: str) -> dict[str, str]:
    return {"kind": "person", "text": NAME, "genitive": HIS, "dative": "", "instrumental": ""} | (
        changes
    )


def page_of(house: Organisation) -> str:
    return f"/papers/{house.public_id}/words/"


def test_words_are_remembered_shown_and_forgotten() -> None:
    house = organisations.college()
    client = client_of(house)

    client.post(page_of(house), words())
    shown = client.get(page_of(house)).text
    row = Declension.objects.get()
    client.post(f"/papers/words/{row.public_id}/forget/")

    assert HIS in shown
    assert not Declension.objects.exists()


def test_without_a_case_zveno_proposes_all_and_keeps_nothing() -> None:
    house = organisations.college()

    answer = client_of(house).post(page_of(house), words(kind="post", text="методист", genitive=""))

    assert answer.status_code == 200
    for form in ("методиста", "методисту", "методистом"):
        assert f'value="{form}"' in answer.text
    assert not Declension.objects.exists()


def test_a_case_given_later_leaves_the_others() -> None:
    house = organisations.college()
    clerk = people.coordinator(house)
    for forms in ({"genitive": HIS}, {"dative": "Орлу Петру Ильичу"}):
        remember_form(clerk, house.public_id, kind="person", text=NAME, forms=forms)

    assert Declension.objects.get().forms == {"genitive": HIS, "dative": "Орлу Петру Ильичу"}


def test_no_case_at_all_is_refused() -> None:
    house = organisations.college()

    with pytest.raises(NothingSaid):
        remember_form(
            people.coordinator(house), house.public_id, kind="person", text=NAME, forms={}
        )


def test_own_words_win_over_usual_posts_and_only_in_their_house() -> None:
    house, other = organisations.college(), organisations.college()
    asked = [("post", "Методист")]
    remember_form(
        people.coordinator(house),
        house.public_id,
        kind="post",
        text="Методист",
        forms={"genitive": "методистки"},
    )

    assert remembered(house.pk, asked)[asked[0]]["genitive"] == "методистки"
    assert remembered(house.pk, asked)[asked[0]]["dative"] == "методисту"
    assert remembered(other.pk, asked)[asked[0]]["genitive"] == "методиста"


def test_words_of_nobody_are_left_out() -> None:
    assert remembered(organisations.college().pk, [("person", NAME), ("post", "")]) == {}


def test_usual_posts_are_those_the_engine_writes_too() -> None:
    items = [{"kind": "post", "text": post} for post in usual_posts()]
    answers = engines.run("names", {"items": items})["items"]

    otherwise = [
        (post, case)
        for (post, forms), answer in zip(usual_posts().items(), answers, strict=True)
        for case, form in forms.items()
        if answer["forms"][case]["text"] != form
    ]

    assert len(usual_posts()) >= 130
    assert otherwise == []


@pytest.mark.parametrize(
    ("role", "status"),
    [(Post.Role.HEAD, 200), (Post.Role.COORDINATOR, 200), (Post.Role.TEACHER, 403)],
)
def test_who_keeps_the_papers_sees_the_words(role: str, status: int) -> None:
    house = organisations.college()

    assert client_of(house, role).get(page_of(house)).status_code == status
    assert client_of(organisations.college()).get(page_of(house)).status_code == 403


def test_papers_lead_to_those_of_ones_own_organisation() -> None:
    house = organisations.college()

    assert client_of(house).get("/papers/")["Location"] == page_of(house)
    assert client_of(house, Post.Role.TEACHER).get("/papers/").status_code == 403


def test_page_asks_little_of_the_database(django_assert_max_num_queries: Any) -> None:
    house = organisations.college()
    clerk = people.coordinator(house)
    for number in range(12):
        forms = {"genitive": HIS}
        remember_form(clerk, house.public_id, kind="person", text=f"{NAME} {number}", forms=forms)
    client = client_of(house)

    with django_assert_max_num_queries(12):
        client.get(page_of(house))
