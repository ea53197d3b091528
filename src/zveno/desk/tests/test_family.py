"""The page of a family: what is kept, who saw it, one consent given and another refused."""

import base64
import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from zveno.events.actions import issue_certificates
from zveno.events.models import CareerLevel, Certificate, Group, Place
from zveno.events.tests import make as events
from zveno.kernel import engines
from zveno.kernel.models import Entry
from zveno.learners.actions import restrict_guardian
from zveno.learners.models import Consent, Disclosure, Guardian, Learner, Purpose, consent_hash
from zveno.learners.tests import make
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-a-family"


@pytest.fixture
def group() -> Group:
    return events.coming(events.event(title="Собери робота"), organisations.school(), 1)


@pytest.fixture
def child(group: Group) -> Learner:
    make.order(group.sender)
    return group.places.select_related("learner").get().learner


@pytest.fixture
def mother(child: Learner) -> Guardian:
    return make.guardian(child, TOKEN)


def issued() -> Certificate:
    """Let a child have a certificate."""
    group = events.came(events.held(came=1, taken=1), organisations.school(), 1)
    issue_certificates(people.coordinator(group.event.host), group.event.public_id)
    return Certificate.objects.select_related("learner__owner", "verification").get()


def page(client: Client, token: str = TOKEN) -> Any:
    return client.get(reverse("desk:family", args=[token]))


def says(client: Client, mother: Guardian, said: str, to: str = "participation") -> Any:
    address = reverse("desk:family_answer", args=[TOKEN, mother.public_id])
    sent = {"purpose": to, "said": said, "text": consent_hash(Purpose(to))}
    return client.post(address, sent, follow=True)


def test_it_shows_what_is_kept_and_what_comes(
    client: Client, mother: Guardian, child: Learner, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(21):
        shown = page(client).content.decode()

    for words in (child.full_name, "6 «Б»", "Собери робота", "Участие в мероприятиях", "не храним"):
        assert words in shown
    assert "no-store" in page(client)["Cache-Control"]


def test_it_tells_the_hours_of_career_guidance_of_this_year(
    client: Client, mother: Guardian, child: Learner
) -> None:
    events.outside(child.owner, grade=child.grade, letter=child.letter, hours=Decimal("8.5"))
    before = page(client).content.decode()
    CareerLevel.objects.create(owner=child.owner, level="basic")

    assert "8,5 ч" in before
    assert "8,5 ч, цель школы 40 ч" in page(client).content.decode()


def test_one_is_given_and_the_other_refused_each_by_its_own_form(
    client: Client, mother: Guardian, child: Learner
) -> None:
    given = says(client, mother, "yes").content.decode()
    refused = says(client, mother, "no", "publication").content.decode()

    assert "Вы разрешили участие" in given
    assert "Снимать не будут" in refused
    child.refresh_from_db()
    assert child.unfounded_since is None
    assert not child.photographed


def test_withdrawn_is_withdrawn_at_the_event_in_the_same_request(
    client: Client, mother: Guardian, child: Learner, group: Group
) -> None:
    says(client, mother, "no")

    group.refresh_from_db()
    assert (group.listed, group.consented) == (1, 0)
    assert not Place.objects.filter(consented=True).exists()
    assert not Disclosure.objects.live().exists()


def test_given_again_the_host_sees_the_child_again(
    client: Client, mother: Guardian, child: Learner, group: Group
) -> None:
    says(client, mother, "no")
    Consent.objects.filter(guardian=None).delete()

    # Grade 6: the word of a guardian is enough.
    says(client, mother, "yes")

    group.refresh_from_db()
    assert group.consented == 1
    shown = Disclosure.objects.live().get()
    assert (shown.organisation, shown.until) == (group.event.host, group.event.kept_until)
    assert list(Learner.objects.visible_to(people.coordinator(group.event.host))) == [child]


def test_all_is_withdrawn_with_one_button(client: Client, mother: Guardian, child: Learner) -> None:
    address = reverse("desk:family_refuse", args=[TOKEN, mother.public_id])

    shown = client.post(address, follow=True).content.decode()

    assert "Все согласия отозваны" in shown
    child.refresh_from_db()
    assert child.unfounded_since


def test_without_an_order_of_the_school_the_page_offers_paper(client: Client) -> None:
    make.guardian(make.learner(), TOKEN)

    shown = page(client).content.decode()

    assert "попросите бланк" in shown
    assert "Разрешаю участие" not in shown


def test_who_saw_the_child_is_told_by_organisation_and_post(
    client: Client, mother: Guardian, group: Group
) -> None:
    door = Client()
    door.force_login(people.account(group.event.host, "teacher"))
    door.get(reverse("events:check", args=[group.event.public_id]))

    shown = page(client).content.decode()

    assert "педагог" in shown
    assert group.event.host.name in shown


def test_a_copy_of_all_that_is_kept_tells_nothing_of_the_other_parent(
    client: Client, mother: Guardian, child: Learner
) -> None:
    says(client, mother, "no", "trip")
    father = make.guardian(child, "another-token", name="Белов Пётр", email="father@example.org")

    sent = client.post(reverse("desk:family_copy", args=[TOKEN, mother.public_id]))

    assert sent["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(sent.content)) as archive:
        assert archive.read("data.pdf").startswith(b"%PDF-")
        text = archive.read("data.json").decode()
    for words in (child.family_name, child.given_name, "Собери робота", "trip", mother.name):
        assert words in text
    for words in (father.name, father.email):
        assert words not in text
    assert Entry.objects.get(verb="learners.subject_file").target_key == child.journal_key


def test_a_copy_is_for_who_the_school_has_confirmed(client: Client, child: Learner) -> None:
    claimed = make.guardian(child, TOKEN, confirmed_at=None)

    sent = client.post(reverse("desk:family_copy", args=[TOKEN, claimed.public_id]))

    assert sent.status_code == 404


def test_a_certificate_is_taken_by_the_link(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = issued()
    make.guardian(Learner.objects.get(certificates=certificate), TOKEN)
    drawn = {"pdf": base64.b64encode(b"%PDF-").decode()}
    monkeypatch.setattr(engines, "run", lambda *_asked: drawn)

    sent = client.get(reverse("desk:family_certificate", args=[TOKEN, certificate.public_id]))

    assert sent.content == b"%PDF-"
    assert certificate.verification.number in page(client).content.decode()


def test_a_sister_and_a_brother_are_on_one_page(client: Client, mother: Guardian) -> None:
    brother = make.learner(mother.owner, given_name="Тимур")
    other = Guardian.objects.create(
        learner=brother,
        owner=mother.owner,
        link=mother.link,
        name=mother.name,
        relation="mother",
        named_at=mother.named_at,
        confirmed_at=mother.confirmed_at,
    )
    mother.link.opens += [["learners.Guardian", other.pk], ["learners.Learner", brother.pk]]
    mother.link.save()

    assert "Тимур" in page(client).content.decode()
    one = client.get(reverse("desk:family_child", args=[TOKEN, other.public_id]))
    assert brother.full_name in one.content.decode()


def test_who_comes_by_a_printed_code_says_who_they_are_and_waits(
    client: Client, child: Learner
) -> None:
    make.guardian(child, "printed", name="", confirmed_at=None, named_at=None)
    before = page(client, "printed").content.decode()
    sent = {"name": "Абрамов Пётр Ильич", "relation": "father", "email": ""}

    after = client.post(reverse("desk:family", args=["printed"]), sent, follow=True)

    waiting = after.content.decode()
    assert "Ждём школу" in waiting
    assert "Абрамов Пётр Ильич" in waiting
    for shown in (before, waiting):
        assert child.family_name not in shown
        assert child.given_name not in shown


def test_a_name_is_asked_for_and_what_was_typed_stays(client: Client, child: Learner) -> None:
    make.guardian(child, "printed", name="", confirmed_at=None, named_at=None)

    again = client.post(
        reverse("desk:family", args=["printed"]), {"name": "", "relation": "father", "email": "x"}
    )

    assert again.status_code == 422
    assert 'value="x"' in again.content.decode()


def test_a_restricted_parent_sees_what_a_stranger_sees(
    client: Client, mother: Guardian, child: Learner
) -> None:
    restrict_guardian(people.actor(child.owner), mother.public_id, reason="Решение суда")

    restricted, stranger = page(client), page(client, "nobody-has-this")

    assert restricted.status_code == stranger.status_code == 404
    nameless = stranger.content.replace(b"nobody-has-this", TOKEN.encode())
    assert restricted.content == nameless
    assert says(client, mother, "yes").status_code == 404


def test_an_answer_to_words_that_have_changed_is_asked_for_anew(
    client: Client, mother: Guardian
) -> None:
    address = reverse("desk:family_answer", args=[TOKEN, mother.public_id])

    shown = client.post(
        address, {"purpose": "trip", "said": "yes", "text": "0" * 64}, follow=True
    ).content.decode()

    assert "Текст изменился" in shown
    assert not Consent.objects.filter(purpose="trip").exists()
