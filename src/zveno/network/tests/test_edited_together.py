"""Two people edit the same: the second is told what the first has changed, and decides."""

import re
from typing import Any

import pytest

from zveno.kernel import clock
from zveno.kernel.actor import NOBODY, Actor
from zveno.kernel.meanwhile import Change, ChangedMeanwhile
from zveno.kernel.walls import scoped
from zveno.network import actions
from zveno.network.actions import Signatory
from zveno.network.models import Agreement, Party, Source, academic_year, usual_seasons
from zveno.network.models.drafts import obligations_of, party_of, subject_of, terms_of
from zveno.network.models.money import budget_of
from zveno.network.models.wording import Owed
from zveno.network.tests import make
from zveno.network.tests.test_agreement_drafts import TERMS, draft
from zveno.network.tests.visitors import Visitor, visitor
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
FORM = {
    "title": "Соглашение",
    "place": "Санкт-Петербург",
    "dated": "20.11.2026",
    "valid_until": "20.11.2029",
}


def clerk(agreement: Agreement) -> Actor:
    return people.coordinator(agreement.cluster.base)


def colleague(agreement: Agreement) -> Visitor:
    return visitor(agreement.cluster.base, Post.Role.COORDINATOR)


def opened(client: Visitor, address: str) -> dict[str, str]:
    """Open a form; return what it was drawn from, as it goes back with it."""
    with scoped(NOBODY):
        page = client.get(address).text
    [seen] = re.findall(r'name="seen" value="([^"]+)"', page)
    return {"seen": seen}


def moved(agreement: Agreement, **changes: Any) -> None:
    """Let another coordinator save the terms."""
    terms = actions.Terms(**{**vars_of(TERMS), **changes})
    actions.change_terms(clerk(agreement), agreement.public_id, terms=terms)


def vars_of(terms: actions.Terms) -> dict[str, Any]:
    return {name: getattr(terms, name) for name in FORM}


def test_who_saves_second_is_told_field_by_field_by_whom_and_keeps_what_was_typed() -> None:
    agreement = draft()
    client, address = colleague(agreement), f"/a/{agreement.public_id}/terms/"
    seen = opened(client, address)
    moved(agreement, title="Соглашение девяти", place="Выборг")

    answer = client.post(address, FORM | seen | {"title": "Договор о дружбе"})

    assert answer.status_code == 409
    text = " ".join(answer.text.split())
    assert "другой человек: Петрова Анна Ильинична, " in text
    assert "<del>Санкт-Петербург</del>" in text
    assert "<ins>Выборг</ins>" in text
    assert 'value="Договор о дружбе"' in text
    assert 'value="Выборг"' in text
    agreement.refresh_from_db()
    assert (agreement.title, agreement.place) == ("Соглашение девяти", "Выборг")


def test_told_of_it_one_saves_ones_own() -> None:
    agreement = draft()
    client, address = colleague(agreement), f"/a/{agreement.public_id}/terms/"
    seen = opened(client, address)
    moved(agreement, title="Соглашение девяти")
    told = client.post(address, FORM | seen | {"title": "Договор о дружбе"}).text
    [now] = re.findall(r'name="seen" value="([^"]+)"', told)

    answer = client.post(address, FORM | {"seen": now, "title": "Договор о дружбе"})

    assert answer.status_code == 302
    agreement.refresh_from_db()
    assert agreement.title == "Договор о дружбе"


def test_what_both_want_and_what_only_another_form_holds_is_no_conflict() -> None:
    agreement = draft()
    client, address = colleague(agreement), f"/a/{agreement.public_id}/terms/"
    seen = opened(client, address)
    moved(agreement, title="Одно и то же")
    owed = [Owed("base", "провести 7 проб", "events", 7)]
    actions.change_obligations(clerk(agreement), agreement.public_id, obligations=owed)

    assert client.post(address, FORM | seen | {"title": "Одно и то же"}).status_code == 302


def test_a_form_that_was_tampered_with_guards_nothing_and_breaks_nothing() -> None:
    agreement = draft()
    address = f"/a/{agreement.public_id}/terms/"

    assert colleague(agreement).post(address, FORM | {"seen": "[" * 9000}).status_code == 302


def test_obligations_somebody_else_has_changed_are_told_line_by_line() -> None:
    agreement = draft()
    client, address = colleague(agreement), f"/a/{agreement.public_id}/obligations/edit/"
    seen = opened(client, address)
    owed = [Owed("base", "провести 7 проб", "events", 7)]
    actions.change_obligations(clerk(agreement), agreement.public_id, obligations=owed)
    rows = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-role": "base"}

    answer = client.post(address, seen | rows | {"form-0-text": "печь хлеб"})

    assert answer.status_code == 409
    assert "проб,</ins>" in answer.text or ">проб,<" in answer.text
    assert "печь хлеб" in answer.text
    assert agreement.obligations.get().text == "провести 7 проб"


def test_sides_somebody_else_has_changed_are_told() -> None:
    cluster = make.cluster()
    school = make.member(cluster)
    subject = make.subject(cluster.base, school)
    agreement = actions.start_agreement(
        people.coordinator(cluster.base),
        cluster.public_id,
        terms=TERMS,
        obligations=[],
        subject=subject,
    )
    client, address = colleague(agreement), f"/a/{agreement.public_id}/subject/"
    seen = opened(client, address)
    other = make.subject(cluster.base, school, level="72 часа")
    actions.change_subject(
        clerk(agreement), agreement.public_id, facts=other.facts, shares=other.shares
    )

    answer = client.post(
        address,
        seen | make.sides_form(*subject.shares) | dict(subject.facts) | {"learners": "от 5 до 7"},
    )

    assert answer.status_code == 409
    assert "72 часа" in answer.text
    agreement.refresh_from_db()
    assert agreement.facts["level"] == "72 часа"


def test_calendar_somebody_else_has_kept_meanwhile_is_told() -> None:
    cluster = make.cluster()
    client, year = visitor(cluster.base, Post.Role.COORDINATOR), academic_year(clock.today())
    address = f"/c/{cluster.public_id}/calendar/edit/"
    seen = opened(client, address)
    usual = list(usual_seasons(year))
    coordinator = people.coordinator(cluster.base)
    actions.keep_calendar(coordinator, cluster.public_id, year=year, seasons=usual)
    rows = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-name": "Полугодие"} | {
        "form-0-kind": "term",
        "form-0-begins": f"01.09.{year}",
        "form-0-ends": f"31.12.{year}",
    }

    answer = client.post(address, seen | rows)
    [seen["seen"]] = re.findall(r'name="seen" value="([^"]+)"', answer.text)

    assert answer.status_code == 409
    assert "Осенние каникулы" in answer.text
    assert "Полугодие" in answer.text
    assert cluster.seasons.count() == len(usual)
    assert client.post(address, seen | rows).status_code == 302
    assert cluster.seasons.get().name == "Полугодие"


def test_signatory_somebody_else_has_changed_is_told() -> None:
    agreement = draft()
    party = agreement.parties.get(place=2)
    client, address = colleague(agreement), f"/parties/{party.public_id}/"
    seen = opened(client, address)
    new = Signatory("Белов Кирилл Николаевич", "директор", "Устав")
    actions.put_right(clerk(agreement), party.public_id, signatory=new, forms={})

    form = {"signatory": "Ким Мария", "signatory_post": "директор", "basis": "Устав"}
    answer = client.post(address, seen | form | {"acting": "действующей"})

    assert answer.status_code == 409
    assert Party.objects.get(pk=party.pk).signatory == "Белов Кирилл Николаевич"


@pytest.mark.parametrize("field", ["name", "aim"])
def test_facts_of_a_cluster_are_guarded_alike(field: str) -> None:
    cluster = make.cluster()
    first = people.coordinator(cluster.base)
    seen = cluster.facts()
    told = {"name": cluster.name, field: "Первое"}
    passport = actions.ClusterPassport(told["name"], told.get("aim", ""))
    actions.change_cluster(first, cluster.public_id, passport=passport)

    with pytest.raises(ChangedMeanwhile) as refusal:
        actions.change_cluster(
            first,
            cluster.public_id,
            passport=actions.ClusterPassport(name="Второе"),
            seen=seen,
        )

    assert refusal.value.changes == [Change(field, seen[field], "Первое")]


def test_card_of_an_organisation_is_guarded_alike() -> None:
    school = organisations.school()
    client, address = visitor(school, Post.Role.HEAD), f"/organisations/{school.public_id}/edit/"
    seen = opened(client, address)
    card = {"kind": "school", "name": "Школа № 961 (пример)"}
    assert client.post(address, card | seen | {"address": "ул. Новая, 1"}).status_code == 302

    answer = client.post(address, card | seen | {"address": "ул. Старая, 2"})

    assert answer.status_code == 409
    school.refresh_from_db()
    assert school.address == "ул. Новая, 1"


def test_money_of_a_programme_is_guarded_amount_by_amount() -> None:
    programme = make.programme()
    make.money(programme, 2026, Source.FEDERAL, 1000, fact=200)
    client = visitor(programme.holder, Post.Role.COORDINATOR)
    address = f"/programmes/{programme.public_id}/money/"
    seen = opened(client, address)
    typed = dict.fromkeys(budget_of(programme.years, []), "")
    mine = {"planned-2026-federal": "1 000,00", "fact-2026-federal": "200", "planned-2027-own": "7"}
    theirs = mine | {"fact-2026-federal": "900,50", "planned-2027-own": ""}
    assert client.post(address, typed | theirs | seen).status_code == 302

    answer = client.post(address, typed | mine | seen)

    assert answer.status_code == 409
    assert [str(line.fact) for line in programme.lines.all()] == ["900.50"]
    assert re.search(r'name="fact-2026-federal" value="900,50"', answer.text)
    assert re.search(r'name="planned-2027-own" value="7"', answer.text)


def test_facts_of_a_programme_are_guarded_alike() -> None:
    programme = make.programme()
    client = visitor(programme.holder, Post.Role.COORDINATOR)
    address = f"/programmes/{programme.public_id}/edit/"
    seen = opened(client, address)
    facts = programme.facts() | {"begins": "01.01.2026", "ends": "31.12.2028"}
    assert client.post(address, facts | {"funder": "Регион"} | seen).status_code == 302

    answer = client.post(address, facts | {"name": "Иначе"} | seen)

    assert answer.status_code == 409
    programme.refresh_from_db()
    assert (programme.funder, programme.name) == ("Регион", facts["name"])


def test_what_is_compared_is_what_json_keeps() -> None:
    """A form brings its words back through JSON: a key or a day would never be the same again."""
    agreement = draft()
    words = terms_of(agreement) | subject_of(agreement) | obligations_of(agreement)
    words |= party_of(agreement.parties.get(place=1)) | agreement.cluster.facts()

    def plain(value: object) -> bool:
        if isinstance(value, dict):
            return all(map(plain, value.values()))
        return all(map(plain, value)) if isinstance(value, list) else type(value) in KEPT

    assert plain(words)


KEPT = {str, int, type(None)}
