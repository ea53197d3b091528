"""Kinds of agreements: what each asks for, who its sides are, what stands in its text."""

from datetime import date

import pytest

from zveno.kernel.errors import BadInput, NotAllowed
from zveno.network import actions
from zveno.network.actions import Share, Subject, Terms
from zveno.network.models import SHAPES, Agreement, Cluster
from zveno.network.models.wording import Owed, clauses, usual_obligations
from zveno.network.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
TERMS = Terms("Договор", "Санкт-Петербург", date(2026, 11, 20), date(2027, 11, 20))


@pytest.fixture
def cluster() -> Cluster:
    made = make.cluster()
    make.member(made)
    return made


def school_of(cluster: Cluster) -> Organisation:
    return cluster.memberships.get(role="member").organisation


def draw(cluster: Cluster, subject: Subject, owed: list[Owed] | None = None) -> Agreement:
    return actions.start_agreement(
        people.coordinator(cluster.base),
        cluster.public_id,
        terms=TERMS,
        obligations=owed or [],
        subject=subject,
    )


def text_of(agreement: Agreement) -> str:
    agreement.paper.refresh_from_db()
    blocks = agreement.paper.content["blocks"]
    rows = [row for block in blocks for row in (block["texts"], *block["rows"])]
    texts = [text for row in rows for text in row]
    return "\n".join(texts).replace("\u00a0", " ")


def test_contract_says_programme_parts_resources_licence_and_who_issues(cluster: Cluster) -> None:
    subject = make.subject(school_of(cluster), cluster.base)

    drawn = draw(cluster, subject, usual_obligations(["home", "participant"], "network_form"))

    text = text_of(drawn)
    assert "образовательной программы «Оператор станков»" in text
    assert "Вид Программы: основная программа профессионального обучения" in text
    assert "практика, 72 часа" in text
    assert "кабинет черчения" in text
    assert "Лицензия № 5" in text
    assert "Документ выдаёт Базовая организация." in text
    assert "Стороны не производят взаимных расчётов" in text
    assert "3.2. Организация-участник обязуется:" in text


def test_only_chosen_members_are_sides_and_the_term_does_not_prolong_itself(
    cluster: Cluster,
) -> None:
    make.member(cluster)

    drawn = draw(cluster, make.subject(school_of_first(cluster), cluster.base))

    assert [party.role for party in drawn.parties.order_by("place")] == ["home", "participant"]
    assert drawn.parties_count == 2
    assert not drawn.auto_renew


def school_of_first(cluster: Cluster) -> Organisation:
    return cluster.memberships.filter(role="member").earliest("pk").organisation


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("fact_missing", {"programme": ""}),
        ("fact_missing", {"issuer": "nobody"}),
        ("share_unsaid", {"gives": ""}),
        ("no_such_side", {"side": "partner"}),
        ("exactly_one", {"side": "home"}),
    ],
)
def test_what_the_kind_asks_for_is_not_left_out(
    cluster: Cluster, code: str, change: dict[str, str]
) -> None:
    share = {"side": "participant", "part": "практика", "gives": "цех"} | change
    facts = make.PROGRAMME | {name: text for name, text in change.items() if name in make.PROGRAMME}
    given = {name: text for name, text in share.items() if name not in make.PROGRAMME}
    home = Share(school_of(cluster).public_id, "home", "теория", "кабинет")
    other = Share(cluster.base.public_id, **given)

    with pytest.raises(BadInput) as refusal:
        draw(cluster, Subject("network_form", facts, [home, other]))

    assert refusal.value.code == code


def test_stranger_to_the_cluster_is_no_side(cluster: Cluster) -> None:
    with pytest.raises(actions.NoSuchSide):
        draw(cluster, make.subject(organisations.school(), cluster.base))


def test_one_organisation_is_not_two_sides(cluster: Cluster) -> None:
    with pytest.raises(actions.TooFewSides):
        draw(cluster, make.subject(cluster.base, cluster.base))


def test_nobody_owes_as_a_side_the_kind_does_not_have(cluster: Cluster) -> None:
    subject = make.subject(school_of(cluster), cluster.base)

    with pytest.raises(actions.NoSuchParty):
        draw(cluster, subject, [Owed("member", "направлять детей")])


def test_facts_and_shares_of_a_draft_are_put_right(cluster: Cluster) -> None:
    school = school_of(cluster)
    drawn = draw(cluster, make.subject(school, cluster.base))
    changed = make.subject(school, cluster.base, programme="Сварщик")

    actions.change_subject(
        people.coordinator(cluster.base),
        drawn.public_id,
        facts=changed.facts,
        shares=changed.shares,
    )

    assert "программы «Сварщик»" in text_of(drawn)


def test_only_the_coordinator_changes_the_subject(cluster: Cluster) -> None:
    school = school_of(cluster)
    drawn = draw(cluster, make.subject(school, cluster.base))

    with pytest.raises(NotAllowed):
        actions.change_subject(
            people.actor(cluster.base), drawn.public_id, facts=make.PROGRAMME, shares=[]
        )


def test_two_clicks_draw_one_contract_and_another_programme_another(cluster: Cluster) -> None:
    school = school_of(cluster)

    first = draw(cluster, make.subject(school, cluster.base))
    again = draw(cluster, make.subject(school, cluster.base))
    other = draw(cluster, make.subject(school, cluster.base, programme="Сварщик"))

    assert again == first
    assert other != first


@pytest.mark.parametrize("kind", SHAPES)
def test_every_kind_has_words_for_its_sides_choices_and_obligations(kind: str) -> None:
    data, shape = clauses(kind), SHAPES[kind]

    assert {str(seat.side) for seat in shape.seats} <= set(data["roles"])
    assert set(data["obligations"]) <= set(data["roles"])
    words = {fact.name: {code for code, _ in fact.choices} for fact in shape.facts if fact.choices}
    assert {name: set(said) for name, said in data.get("words", {}).items()} == words
