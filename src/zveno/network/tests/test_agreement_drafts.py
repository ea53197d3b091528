"""A draft: who its parties are, what they owe, how their names are declined."""

from datetime import date

import pytest

from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Entry
from zveno.network import actions
from zveno.network.actions import Signatory, Terms
from zveno.network.models import Agreement, Membership, Party
from zveno.network.models.wording import Owed, usual_obligations
from zveno.network.tests import make
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
TERMS = Terms("Соглашение", "Санкт-Петербург", date(2026, 11, 20), date(2029, 11, 20))
KIM = Signatory("Ким Мария Сергеевна", "директор", "Устав", "kim@example.org")


def draft(*heads: str) -> Agreement:
    """Let a coordinator draw a draft between a college and schools headed by ``heads``."""
    cluster = make.cluster()
    people.head(cluster.base, family_name="Соколов", given_name="Андрей", patronymic="Викторович")
    for family_name in heads or ["Ким"]:
        school = make.member(cluster)
        people.head(school, family_name=family_name, given_name="Мария", patronymic="Сергеевна")
    return actions.start_agreement(
        people.coordinator(cluster.base),
        cluster.public_id,
        terms=TERMS,
        obligations=usual_obligations(["base", "member"]),
    )


def coordinator_of(agreement: Agreement) -> Actor:
    return people.coordinator(agreement.cluster.base)


def text_of(agreement: Agreement) -> str:
    agreement.paper.refresh_from_db()
    blocks = agreement.paper.content["blocks"]
    return "\n".join(text for block in blocks for text in block["texts"]).replace("\u00a0", " ")


def test_parties_are_the_members_base_first_and_their_heads_sign() -> None:
    cluster = make.cluster()
    people.head(cluster.base, email="director@example.org")
    school = make.member(cluster, organisations.school(email="school@example.org"))
    centre = organisations.organisation("methodical_centre", name="ИМЦ (пример)")
    Membership.objects.create(cluster=cluster, organisation=centre, role="methodical_operator")

    agreement = actions.start_agreement(
        people.coordinator(cluster.base), cluster.public_id, terms=TERMS, obligations=[]
    )

    parties = list(agreement.parties.order_by("place"))
    assert [party.organisation for party in parties] == [cluster.base, centre, school]
    base = parties[0]
    assert (base.signatory, base.signatory_post) == ("Петрова Анна Ильинична", "директор")
    assert [party.basis for party in parties] == ["Устав"] * 3
    assert [party.email for party in parties] == ["director@example.org", "", "school@example.org"]
    assert [party.can_sign for party in parties] == [True, False, False]


def test_two_clicks_draw_one_draft_and_another_member_another() -> None:
    first = draft()
    actor, key = coordinator_of(first), first.cluster.public_id

    again = actions.start_agreement(actor, key, terms=TERMS, obligations=[])
    make.member(first.cluster)
    wider = actions.start_agreement(actor, key, terms=TERMS, obligations=[])

    assert again == first
    assert wider != first
    assert Agreement.objects.count() == 2


def test_journal_remembers_the_draft_but_none_of_its_words() -> None:
    agreement = draft()

    entry = Entry.objects.get()
    assert (entry.verb, entry.created_key) == ("network.start_agreement", agreement.journal_key)
    assert entry.details == {"terms": None, "obligations": None}


def test_text_names_every_party_in_the_right_case() -> None:
    text = text_of(draft("Ким", "Белова"))

    assert "в лице директора Соколова Андрея Викторовича, действующего на основании Устава" in text
    assert "в лице директора Ким Марии Сергеевны, действующей на основании Устава" in text
    assert "в лице директора Беловой Марии Сергеевны" in text


def test_what_members_owe_is_added_up() -> None:
    owed = usual_obligations(["base", "member", "member"])

    counted = {line.role: line.planned for line in owed if line.unit}
    assert counted == {"base": 12, "member": 120}
    assert all(str(line.planned) in line.text for line in owed if line.unit)


def test_obligations_stand_in_the_text_and_as_rows() -> None:
    agreement = draft()

    actions.change_obligations(
        coordinator_of(agreement),
        agreement.public_id,
        obligations=[Owed("base", "провести 7 проб", "events", 7)],
    )

    assert "3.1.1. провести 7 проб." in text_of(agreement)
    assert list(agreement.obligations.values_list("unit", "planned")) == [("events", 7)]


def test_terms_can_be_put_right() -> None:
    agreement = draft()
    terms = Terms("Новое", "Выборг", date(2026, 12, 1), date(2027, 12, 1))

    actions.change_terms(coordinator_of(agreement), agreement.public_id, terms=terms)

    assert "г. Выборг 1 декабря 2026 г." in text_of(agreement).replace("\n", " ")


def test_form_put_right_wins_in_the_text() -> None:
    agreement = draft()
    party = agreement.parties.get(place=2)
    forms = {"person_genitive": "Кима Марии Сергеевны", "post_genitive": "и. о. директора"}

    actions.put_right(coordinator_of(agreement), party.public_id, signatory=KIM, forms=forms)

    assert "в лице и. о. директора Кима Марии Сергеевны, действующей" in text_of(agreement)


def test_form_left_as_it_was_counts_as_looked_at() -> None:
    agreement = draft()
    party = agreement.parties.get(place=2)
    before = {name: party.form(name) for name in Party.FORMS}
    shown = {name: form.text for name, form in before.items()}

    actions.put_right(coordinator_of(agreement), party.public_id, signatory=KIM, forms=shown)

    party.refresh_from_db()
    assert not before["person_genitive"].sure
    assert party.form("person_genitive").sure


def test_old_form_does_not_outlive_its_word() -> None:
    agreement = draft()
    party = agreement.parties.get(place=2)
    shown = {name: party.form(name).text for name in Party.FORMS}
    another = Signatory("Белов Кирилл Николаевич", "Заведующий", "доверенность № 3 от 01.09.2026")

    actions.put_right(coordinator_of(agreement), party.public_id, signatory=another, forms=shown)

    assert (
        "в лице заведующего Белова Кирилла Николаевича, действующего "
        "на основании доверенности № 3 от 01.09.2026"
    ) in text_of(agreement)


def test_emptied_form_is_left_to_the_engine_again() -> None:
    agreement = draft()
    party = agreement.parties.get(place=2)
    coordinator = coordinator_of(agreement)
    actions.put_right(
        coordinator, party.public_id, signatory=KIM, forms={"person_genitive": "Кимы"}
    )

    actions.put_right(coordinator, party.public_id, signatory=KIM, forms={"person_genitive": ""})

    assert "Ким Марии Сергеевны" in text_of(agreement)


def test_sign_that_cannot_be_printed_is_refused_and_changes_nothing() -> None:
    agreement = draft()
    before = text_of(agreement)

    with pytest.raises(actions.CannotBePrinted):
        actions.change_obligations(
            coordinator_of(agreement),
            agreement.public_id,
            obligations=[Owed("base", "звонить \x07")],
        )

    assert text_of(agreement) == before
    assert agreement.obligations.exists()


def test_draft_can_be_thrown_away() -> None:
    agreement = draft()

    actions.drop_agreement(coordinator_of(agreement), agreement.public_id)

    assert not Agreement.objects.exists()


def test_nobody_agrees_alone() -> None:
    cluster = make.cluster()

    with pytest.raises(actions.NobodyToAgreeWith):
        actions.start_agreement(
            people.coordinator(cluster.base), cluster.public_id, terms=TERMS, obligations=[]
        )


def test_agreement_lasts_a_day_at_least() -> None:
    cluster = make.cluster()
    terms = Terms("Соглашение", "Выборг", date(2026, 11, 20), date(2026, 11, 20))

    with pytest.raises(actions.LastsNoDay):
        actions.start_agreement(
            people.coordinator(cluster.base), cluster.public_id, terms=terms, obligations=[]
        )


@pytest.mark.parametrize("role", [Post.Role.METHODIST, Post.Role.HEAD, Post.Role.REPRESENTATIVE])
def test_only_a_coordinator_of_the_base_draws(role: str) -> None:
    cluster = make.cluster()
    make.member(cluster)

    with pytest.raises(NotAllowed):
        actions.start_agreement(
            people.actor(cluster.base, role), cluster.public_id, terms=TERMS, obligations=[]
        )


def test_coordinator_of_another_cluster_does_not_find_a_draft() -> None:
    agreement = make.agreement(state="draft")
    stranger = people.coordinator(organisations.college())
    party = agreement.parties.get()

    with pytest.raises(NotFound):
        actions.change_terms(stranger, agreement.public_id, terms=TERMS)
    with pytest.raises(NotFound):
        actions.put_right(stranger, party.public_id, signatory=KIM, forms={})


def test_what_is_out_for_signature_does_not_change() -> None:
    agreement = make.agreement(state="out_for_signature")
    coordinator, party = coordinator_of(agreement), agreement.parties.get()

    with pytest.raises(actions.AgreementNotDraft):
        actions.change_terms(coordinator, agreement.public_id, terms=TERMS)
    with pytest.raises(actions.AgreementNotDraft):
        actions.change_obligations(coordinator, agreement.public_id, obligations=[])
    with pytest.raises(actions.AgreementNotDraft):
        actions.put_right(coordinator, party.public_id, signatory=KIM, forms={})
    with pytest.raises(actions.AgreementNotDraft):
        actions.drop_agreement(coordinator, agreement.public_id)
