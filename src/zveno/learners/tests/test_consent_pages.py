"""The school's pages: who of a class has consented, who is missing, parents, ways of taking."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from zveno.kernel.models import Letter
from zveno.learners.models import Consent, ConsentOrder, Guardian, Learner
from zveno.learners.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Organisation:
    return organisations.school()


@pytest.fixture
def deputy(client: Client, school: Organisation) -> Client:
    client.force_login(people.account(school))
    return client


def page_of(school: Organisation) -> str:
    return reverse("learners:consents", args=[school.public_id])


def sent(deputy: Client, page: str, key: Any, **typed: Any) -> str:
    answer = deputy.post(reverse(f"learners:{page}", args=[key]), typed, follow=True)
    return str(answer.content.decode())


def test_a_class_shows_who_has_consented_and_who_is_missing(
    deputy: Client, school: Organisation, django_assert_max_num_queries: Any
) -> None:
    there, missing = make.founded(school), make.learner(school)
    make.founded(school, letter="В")

    with django_assert_max_num_queries(25):
        shown = deputy.get(page_of(school) + "?class=6 «Б»")

    lines = {line.learner: line.is_founded for line in shown.context["lines"]}
    assert lines == {there: True, missing: False}
    only = deputy.get(page_of(school) + "?class=6 «Б»&who=missing")
    assert [line.learner for line in only.context["lines"]] == [missing]


def test_one_is_led_to_the_consents_of_ones_own_school(
    deputy: Client, school: Organisation
) -> None:
    assert deputy.get(reverse("learners:own_consents"))["Location"] == page_of(school)


def test_a_school_without_children_is_told_where_they_come_from(
    deputy: Client, school: Organisation
) -> None:
    assert "Детей пока нет" in deputy.get(page_of(school)).content.decode()


def test_a_class_is_noted_or_renewed_in_one_action(deputy: Client, school: Organisation) -> None:
    make.keeps(school)
    children = [make.learner(school) for _ in "abc"]
    rows = [child.public_id for child in children]

    shown = sent(deputy, "keep_consents", school.public_id, rows=rows, purpose="participation")

    assert "Отмечено 3 согласия" in shown
    assert Learner.objects.founded().count() == 3
    again = sent(deputy, "keep_consents", school.public_id, rows=rows, purpose="participation")
    assert "уже отмечены" in again


def test_without_an_order_one_is_told_where_it_is_entered(
    deputy: Client, school: Organisation
) -> None:
    child = make.learner(school)
    assert "нельзя отмечать" in deputy.get(page_of(school)).content.decode()

    shown = sent(
        deputy, "keep_consents", school.public_id, rows=child.public_id, purpose="participation"
    )

    assert "нет приказа" in shown
    assert not Consent.objects.exists()


@pytest.mark.parametrize("name", ["keep_consents", "remind_families", "family_codes"])
def test_somebody_has_to_be_ticked(deputy: Client, school: Organisation, name: str) -> None:
    make.learner(school)

    assert "хотя бы одного" in sent(deputy, name, school.public_id, purpose="trip")


def test_children_of_another_school_are_not_noted(deputy: Client, school: Organisation) -> None:
    make.keeps(school)
    foreign = make.learner()

    sent(deputy, "keep_consents", school.public_id, rows=foreign.public_id, purpose="trip")

    assert not Consent.objects.exists()


def test_families_that_are_silent_are_written_to(deputy: Client, school: Organisation) -> None:
    child = make.learner(school)
    make.guardian(child, "one", email="mama@example.org")
    make.guardian(child, "two", name="Отец")

    shown = sent(deputy, "remind_families", school.public_id, rows=child.public_id)

    assert "Отправлено 1 письмо" in shown
    assert Letter.objects.get().to == "mama@example.org"


def test_nobody_to_write_to_is_said(deputy: Client, school: Organisation) -> None:
    child = make.learner(school)

    assert "Писать некому" in sent(
        deputy, "remind_families", school.public_id, rows=child.public_id
    )


def test_codes_for_families_are_printed_with_the_names_of_the_children(
    deputy: Client, school: Organisation
) -> None:
    child = make.learner(school)

    shown = sent(deputy, "family_codes", school.public_id, rows=child.public_id)

    assert child.full_name in shown
    assert 'class="qr__code"' in shown
    assert Guardian.objects.get().named_at is None


def test_whoever_named_themselves_is_confirmed_or_turned_away(
    deputy: Client, school: Organisation
) -> None:
    child = make.learner(school)
    mother = make.guardian(child, "one", confirmed_at=None)
    liar = make.guardian(child, "two", name="Чужой", confirmed_at=None)
    assert "Подтвердите представителей" in deputy.get(page_of(school)).content.decode()

    sent(deputy, "confirm_guardian", mother.public_id)
    sent(deputy, "turn_guardian_away", liar.public_id)

    assert Guardian.objects.get().confirmed_at


def test_a_parent_is_entered_and_the_link_shown_once(deputy: Client, school: Organisation) -> None:
    child = make.learner(school)

    shown = sent(deputy, "guardians", child.public_id, name="Ким Ен Ук", relation="father")

    assert "/family/" in shown
    page = deputy.get(reverse("learners:guardians", args=[child.public_id])).content.decode()
    assert "Ким Ен Ук" in page
    assert "/family/" not in page


def test_a_parent_is_held_back_with_a_reason_and_freed(
    deputy: Client, school: Organisation
) -> None:
    father = make.guardian(make.learner(school), "one", name="Отец", relation="father")

    assert "Ограничен" in sent(deputy, "restrict_guardian", father.public_id, reason="Решение суда")
    assert "Ограничение снято" in sent(deputy, "free_guardian", father.public_id)


def test_a_way_is_switched_on_by_an_order_and_off(deputy: Client, school: Organisation) -> None:
    ways = reverse("learners:consent_orders", args=[school.public_id])

    refused = deputy.post(f"{ways}?method=link", {"number": "", "dated": "01.09.2026"})
    deputy.post(f"{ways}?method=link", {"number": "15-ПД", "dated": "01.09.2025"})

    assert refused.status_code == 422
    assert str(ConsentOrder.objects.live().get()) == "№ 15-ПД от 01.09.2025"
    deputy.post(reverse("learners:switch_consents_off", args=[school.public_id, "link"]))
    assert not ConsentOrder.objects.live().exists()
    assert deputy.post(f"{ways}?method=pigeon").status_code == 404
