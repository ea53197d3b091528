"""Processing of children's data is assigned in the text of what sends them, and signed with it."""

from datetime import timedelta
from typing import Any

import pytest

from zveno.documents.actions import Upload
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.network import actions
from zveno.network.actions import Share, Subject, Terms
from zveno.network.models import Agreement, Assignment, Cluster
from zveno.network.tests import make
from zveno.network.tests.visitors import visitor
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
SCAN = Upload("скан.pdf", "application/pdf", b"%PDF-1.7\n%%EOF\n")
COOPERATION = Subject()
SECTION = "Поручение обработки персональных данных"


@pytest.fixture
def cluster() -> Cluster:
    """Make a college, a school, an employer."""
    made = make.cluster()
    for one in (made.base, make.member(made), make.member(made, _employer())):
        people.head(one)
    return made


def _employer() -> Any:
    return organisations.organisation("employer", name="Завод (пример)")


def coordinator(cluster: Cluster) -> Actor:
    return people.coordinator(cluster.base)


def draw(cluster: Cluster, subject: Subject = COOPERATION) -> Agreement:
    today = clock.today()
    terms = Terms("Соглашение", "Псков", today, today + timedelta(days=365))
    actor = coordinator(cluster)
    return actions.start_agreement(
        actor, cluster.public_id, terms=terms, obligations=[], subject=subject
    )


def pairs(agreement: Agreement) -> list[tuple[str, str]]:
    given = Assignment.objects.of(agreement)
    return [(one.operator.organisation.name, one.processor.organisation.name) for one in given]


def text_of(agreement: Agreement) -> str:
    agreement.paper.refresh_from_db()
    blocks = agreement.paper.content["blocks"]
    texts = [text for block in blocks for text in block["texts"]]
    rows = [cell for block in blocks for row in block["rows"] for cell in row]
    return "\n".join([*texts, *rows]).replace("\u00a0", " ")


def school_of(cluster: Cluster) -> Any:
    return cluster.memberships.get(organisation__kind="school").organisation


def test_each_school_assigns_to_the_college_and_the_text_says_all_the_law_asks(
    cluster: Cluster,
) -> None:
    agreement = draw(cluster)

    assert pairs(agreement) == [(school_of(cluster).name, cluster.base.name)]
    text = text_of(agreement)
    for said in (
        f". {SECTION}",
        "части 3 статьи 6",
        "Цели обработки:",
        "Перечень персональных данных:",
        "Действия с персональными данными:",
        "конфиденциальность",
        "части 5 статьи 18",
        "статьёй 18.1",
        "статьёй 19",
        "в том числе до начала обработки",
        "частью 3.1 статьи 21 Закона, в течение 24 часов",
    ):
        assert said in text


@pytest.mark.parametrize("school_admits", [True, False])
def test_contract_assigns_where_a_school_admits(cluster: Cluster, *, school_admits: bool) -> None:
    school, college = school_of(cluster), cluster.base
    sides = [school, college] if school_admits else [college, school]

    agreement = draw(cluster, make.subject(*sides))

    assert pairs(agreement) == ([(school.name, college.name)] if school_admits else [])
    assert (SECTION in text_of(agreement)) == school_admits


def test_who_sends_no_children_assigns_nothing(cluster: Cluster) -> None:
    aim = {"aim": "развивать отрасль"}
    sides = [
        Share(one.organisation.public_id, "side", "помогает", "людей")
        for one in cluster.memberships.all()
    ]

    assert pairs(draw(cluster, Subject("memorandum", aim, sides))) == []


def test_sides_put_right_move_the_assignment(cluster: Cluster) -> None:
    school, about = school_of(cluster), make.subject(cluster.base, school_of(cluster))
    agreement = draw(cluster, about)
    turned = make.subject(school, cluster.base)

    actions.change_subject(
        coordinator(cluster), agreement.public_id, facts=turned.facts, shares=turned.shares
    )

    assert pairs(agreement) == [(school.name, cluster.base.name)]
    assert SECTION in text_of(agreement)


def test_own_wording_does_not_lose_it(cluster: Cluster) -> None:
    make.wording(cluster.base)

    assert SECTION in text_of(draw(cluster))


def sign(agreement: Agreement) -> None:
    actor = coordinator(agreement.cluster)
    actions.send_agreement(actor, agreement.public_id)
    for party in agreement.parties.order_by("place"):
        actions.file_scan(actor, party.public_id, upload=SCAN)


def test_it_is_signed_with_the_agreement_and_a_newcomer_gives_it_too(cluster: Cluster) -> None:
    agreement = draw(cluster)
    client = visitor(cluster.base, Post.Role.COORDINATOR)
    where = f"/a/{agreement.public_id}/"
    assert "Ещё не подписано" in client.get(where).content.decode()
    sign(agreement)
    assert all(one.is_signed for one in Assignment.objects.of(agreement))
    assert "Подписано вместе с соглашением" in client.get(where).content.decode()
    newcomer = make.member(cluster)
    people.head(newcomer)

    sheet = actions.start_accession(
        coordinator(cluster), agreement.public_id, newcomer=newcomer.public_id
    )
    sign(sheet)

    assert (newcomer.name, cluster.base.name) in pairs(agreement)


def test_only_who_sees_the_agreement_sees_it(cluster: Cluster) -> None:
    draft = draw(cluster)
    school = people.actor(school_of(cluster))
    stranger = people.actor(organisations.school())

    assert Assignment.objects.visible_to(coordinator(cluster)).exists()
    assert not Assignment.objects.visible_to(school).exists()
    actions.send_agreement(coordinator(cluster), draft.public_id)
    assert Assignment.objects.visible_to(school).exists()
    assert not Assignment.objects.visible_to(stranger).exists()
