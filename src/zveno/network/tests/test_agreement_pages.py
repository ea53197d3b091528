"""Pages of agreements: who sees them, what they show, what they answer to nonsense."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from zveno.network.models import Agreement, Cluster, Membership, Party
from zveno.network.tests import make
from zveno.network.tests.test_agreement_drafts import draft
from zveno.network.tests.visitors import Visitor, visitor
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
Budget = Callable[[int], AbstractContextManager[Any]]
TABS = ["", "text/", "obligations/"]
TERMS = {
    "title": "Соглашение",
    "place": "г. Санкт-Петербург",
    "dated": "20.11.2026",
    "valid_until": "20.11.2029",
}


def coordinator_of(agreement: Agreement) -> Visitor:
    return visitor(agreement.cluster.base, Post.Role.COORDINATOR)


def nine() -> Cluster:
    """Make a cluster of nine; the fourth has a director whose name asks for a look."""
    cluster = make.cluster()
    people.head(cluster.base)
    centre = organisations.organisation("methodical_centre", name="ИМЦ (пример)")
    Membership.objects.create(cluster=cluster, organisation=centre, role="methodical_operator")
    people.head(centre)
    for number in range(7):
        name = "Ким" if number == 1 else "Белова"
        people.head(make.member(cluster), family_name=name, email=f"head{number}@example.org")
    return cluster


@pytest.mark.parametrize("tab", TABS)
def test_party_sees_all_tabs_a_foreign_school_none(tab: str) -> None:
    cluster = make.cluster()
    school = make.member(cluster)
    agreement = make.agreement(cluster)
    address = f"/a/{agreement.public_id}/{tab}"

    answers = {
        "coordinator": coordinator_of(agreement).get(address).status_code,
        "party": visitor(school).get(address).status_code,
        "foreign school": visitor(organisations.school()).get(address).status_code,
        "foreign coordinator": visitor(organisations.college(), Post.Role.COORDINATOR)
        .get(address)
        .status_code,
        "nobody": Client().get(address).status_code,
    }

    assert answers == {
        "coordinator": 200,
        "party": 200,
        "foreign school": 404,
        "foreign coordinator": 404,
        "nobody": 302,
    }


def test_draft_is_seen_by_the_base_alone() -> None:
    cluster = make.cluster()
    school = make.member(cluster)
    agreement = make.agreement(cluster, state="draft")

    answers = [
        client.get(f"/a/{agreement.public_id}/").status_code
        for client in (coordinator_of(agreement), visitor(cluster.base), visitor(school))
    ]

    assert answers == [200, 200, 404]


@pytest.mark.parametrize("page", ["", "text/", "obligations/"])
def test_pages_of_nine_parties_ask_little(page: str, django_assert_max_num_queries: Budget) -> None:
    cluster = make.cluster()
    for _ in range(8):
        make.member(cluster)
    agreement = make.agreement(cluster, signed=6)
    make.obligation(agreement)
    client = coordinator_of(agreement)

    with django_assert_max_num_queries(13):
        client.get(f"/a/{agreement.public_id}/{page}")


def test_list_asks_little_and_shows_n_of_m(django_assert_max_num_queries: Budget) -> None:
    cluster = make.cluster()
    make.member(cluster)
    agreement = make.agreement(cluster, signed=1)
    client = coordinator_of(agreement)

    with django_assert_max_num_queries(12):
        text = client.get(f"/c/{cluster.public_id}/agreements/").text

    assert "1 из 2" in text


def test_page_says_how_many_signed_and_whom_it_waits_for() -> None:
    cluster = make.cluster()
    school = make.member(cluster, organisations.school(short_name="Школа № 47"))
    agreement = make.agreement(cluster, signed=1)

    text = visitor(school).get(f"/a/{agreement.public_id}/").text

    assert "1 <small>из 2</small>" in text
    assert "Ждём: Школа № 47." in " ".join(text.split())


def test_who_acts_for_a_head_is_asked_for_an_order_in_place_of_the_charter() -> None:
    agreement = make.agreement(state="draft")
    party = agreement.parties.get()
    Party.objects.update(signatory_post="и.о. заведующего")
    client = coordinator_of(agreement)

    assert "вместо устава укажите приказ" in client.get(f"/parties/{party.public_id}/").text

    Party.objects.update(basis="приказ № 5 от 01.09.2026")
    assert "вместо устава" not in client.get(f"/parties/{party.public_id}/").text


def test_only_the_coordinator_is_offered_links_and_addresses() -> None:
    agreement = make.agreement()
    address = f"/a/{agreement.public_id}/"

    for client, offered in (
        (coordinator_of(agreement), True),
        (visitor(agreement.cluster.base), False),
    ):
        text = client.get(address).text
        assert ("Новая ссылка" in text, "party1@example.org" in text) == (offered, offered)


def test_head_is_offered_to_sign_and_a_teacher_is_not() -> None:
    cluster = make.cluster()
    school = make.member(cluster)
    agreement = make.agreement(cluster)
    address = f"/a/{agreement.public_id}/"

    assert "Ждём вас" in visitor(school, Post.Role.HEAD).get(address).text
    assert "Ждём вас" not in visitor(school, Post.Role.TEACHER).get(address).text


def test_preview_marks_declined_names_and_says_which_ask_for_a_look() -> None:
    agreement = draft("Ким", "Белова")

    text = coordinator_of(agreement).get(f"/a/{agreement.public_id}/text/").text

    unsure, sure = agreement.parties.get(place=2), agreement.parties.get(place=3)
    assert f'class="fill" href="/parties/{unsure.public_id}/">директора Ким Марии' in text
    assert f'class="fill fill--ok" href="/parties/{sure.public_id}/">директора Беловой' in text
    assert "Фамилия не изменилась" in text


def test_reader_of_a_sent_agreement_can_mend_nothing() -> None:
    agreement = draft()
    client = coordinator_of(agreement)
    client.post(f"/a/{agreement.public_id}/send/")
    party = agreement.parties.get(place=2)

    text = client.get(f"/a/{agreement.public_id}/text/").text

    assert 'class="fill' not in text
    assert "SHA-256" in text
    assert client.get(f"/parties/{party.public_id}/").status_code == 409


def test_coordinator_draws_mends_and_sends() -> None:
    cluster = nine()
    client = visitor(cluster.base, Post.Role.COORDINATOR)

    begun = client.post(f"/c/{cluster.public_id}/agreements/new/", TERMS, follow=True)
    agreement = Agreement.objects.get()
    sent = client.post(f"/a/{agreement.public_id}/send/", follow=True)

    assert begun.redirect_chain == [(f"/a/{agreement.public_id}/text/", 302)]
    assert agreement.place == "Санкт-Петербург"
    assert "0 <small>из 9</small>" in sent.text
    letters = agreement.parties.exclude(email="").count()
    assert 0 < letters < 9
    assert f"Отправлено на подпись: {letters} сторонам" in sent.text


def test_members_owe_nothing_without_members_of_that_role() -> None:
    cluster = nine()
    client = visitor(cluster.base, Post.Role.COORDINATOR)

    client.post(f"/c/{cluster.public_id}/agreements/new/", TERMS)

    owed = Agreement.objects.get().obligations
    assert set(owed.values_list("role", flat=True)) == {"base", "methodical_operator", "member"}
    assert owed.get(unit="children").planned == 7 * 60


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"valid_until": "20.11.2026"}, "позже даты соглашения"),
        ({"dated": "31.02.2026"}, "31.02.2026"),
        ({"dated": "01.01.0001"}, "01.01.0001"),
        ({"title": ""}, "г. Санкт-Петербург"),
        ({"title": "\x07"}, "г. Санкт-Петербург"),
        ({"title": "я" * 201}, "я" * 201),
    ],
)
def test_form_keeps_what_was_typed_and_says_what_is_wrong(
    change: dict[str, str], words: str
) -> None:
    cluster = make.cluster()
    make.member(cluster)
    client = visitor(cluster.base, Post.Role.COORDINATOR)

    answer = client.post(f"/c/{cluster.public_id}/agreements/new/", TERMS | change)

    assert answer.status_code == 422
    assert words in answer.text
    assert "Ошибка:" in answer.text
    assert not Agreement.objects.exists()


def test_cluster_without_members_says_so() -> None:
    cluster = make.cluster()
    client = visitor(cluster.base, Post.Role.COORDINATOR)

    answer = client.post(f"/c/{cluster.public_id}/agreements/new/", TERMS)

    assert answer.status_code == 409
    assert "Сначала добавьте" in answer.text


def test_only_a_coordinator_gets_the_forms() -> None:
    agreement = make.agreement(state="draft")
    party = agreement.parties.get()
    client = visitor(agreement.cluster.base)

    for page in (
        f"/c/{agreement.cluster.public_id}/agreements/new/",
        f"/a/{agreement.public_id}/terms/",
        f"/a/{agreement.public_id}/obligations/edit/",
        f"/parties/{party.public_id}/",
    ):
        assert client.get(page).status_code == 403


def rows(**changes: str) -> dict[str, str]:
    row = {"role": "base", "text": "провести 3 пробы", "unit": "events", "planned": "3"} | changes
    form = {f"form-0-{name}": value for name, value in row.items()}
    return form | {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}


def test_obligations_are_mended_in_one_form() -> None:
    agreement = draft()
    client = coordinator_of(agreement)
    address = f"/a/{agreement.public_id}/obligations/edit/"
    assert "не менее 12" in client.get(address).text

    client.post(address, rows())

    assert [str(line) for line in agreement.obligations.all()] == ["провести 3 пробы"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"planned": "4"}, "нет числа 4"),
        ({"planned": ""}, "Укажите, сколько"),
        ({"planned": "-1"}, "-1"),
        ({"planned": "много"}, "много"),
        ({"role": "boss"}, "провести 3 пробы"),
        ({"text": "я" * 401}, "я" * 401),
    ],
)
def test_obligation_that_does_not_fit_is_refused_and_kept(
    change: dict[str, str], words: str
) -> None:
    agreement = draft()
    before = agreement.obligations.count()

    answer = coordinator_of(agreement).post(
        f"/a/{agreement.public_id}/obligations/edit/", rows(**change)
    )

    assert (answer.status_code, words in answer.text) == (422, True)
    assert agreement.obligations.count() == before


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"form-TOTAL_FORMS": "x"},
        *({"form-TOTAL_FORMS": n, "form-INITIAL_FORMS": "0"} for n in ("9999", "0", "-1", "3")),
        rows(text="   "),
        rows() | {"form-TOTAL_FORMS": "2"},
    ],
)
def test_form_that_nobody_drew_changes_nothing(form: dict[str, str]) -> None:
    agreement = draft()
    before = agreement.obligations.count()

    answer = coordinator_of(agreement).post(f"/a/{agreement.public_id}/obligations/edit/", form)

    assert answer.status_code == 422
    assert agreement.obligations.count() == before


def test_name_is_put_right_on_its_page() -> None:
    agreement = draft()
    party = agreement.parties.get(place=2)
    client = coordinator_of(agreement)
    form = {
        "signatory": "Ким  Мария\u200bСергеевна",
        "signatory_post": "директор",
        "basis": "Устав",
        "acting": "действующей",
        "person_genitive": "Кимы Марии Сергеевны",
    }

    answer = client.post(f"/parties/{party.public_id}/", form, follow=True)

    assert "директора Кимы Марии Сергеевны" in answer.text
    for email in ("где-то", f"{'a' * 60}@{('b' * 60 + '.') * 4}example"):
        wrong = client.post(f"/parties/{party.public_id}/", form | {"email": email})
        assert (wrong.status_code, email in wrong.text) == (422, True)


def test_a_new_name_sent_twice_is_not_declined_like_the_old_one() -> None:
    agreement = draft()
    party = agreement.parties.get(place=2)
    client, address = coordinator_of(agreement), f"/parties/{party.public_id}/"
    page = client.get(address).context
    form = page["form"].initial | {"seen": page["seen"].text}
    assert form["person_genitive"] == "Ким Марии Сергеевны"

    for _ in range(2):
        client.post(
            address, form | {"signatory": "Белов Кирилл Николаевич", "acting": "действующего"}
        )

    party.refresh_from_db()
    assert party.form("person_genitive").text == "Белова Кирилла Николаевича"


@pytest.mark.parametrize("seen", ["", "[]", "7", '{"person_genitive": 7}', "{", "\0", "я" * 20_000])
def test_what_the_page_never_showed_breaks_nothing(seen: str) -> None:
    agreement = draft()
    party = agreement.parties.get(place=2)
    client, address = coordinator_of(agreement), f"/parties/{party.public_id}/"

    answer = client.post(address, client.get(address).context["form"].initial | {"seen": seen})

    assert answer.status_code in {302, 422}


def test_new_link_is_shown_once_with_where_it_goes() -> None:
    agreement = make.agreement()
    party = agreement.parties.get()
    client = coordinator_of(agreement)

    text = client.post(f"/parties/{party.public_id}/link/").text

    assert "/sign/" in text
    assert "party1@example.org" in text
    assert client.get(f"/parties/{party.public_id}/link/").status_code == 405


def test_draft_is_thrown_away_by_its_button() -> None:
    agreement = draft()

    answer = coordinator_of(agreement).post(f"/a/{agreement.public_id}/drop/", follow=True)

    assert answer.redirect_chain == [(f"/c/{agreement.cluster.public_id}/agreements/", 302)]
    assert not Agreement.objects.exists()
