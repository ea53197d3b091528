"""Pages of letters: written, looked through, sent; opened by a button and answered."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from zveno.correspondence.models import Addressee, Attachment, Circular
from zveno.correspondence.tests import make
from zveno.kernel import clock
from zveno.kernel.models import TRIES, Letter
from zveno.network.models import Cluster
from zveno.network.tests import make as network
from zveno.network.tests.visitors import visitor
from zveno.organisations.models import Organisation
from zveno.people.models import Post

pytestmark = pytest.mark.django_db
TOKEN = "c" * 27


@pytest.fixture
def anna(cluster: Cluster) -> Client:
    return visitor(cluster.base, Post.Role.COORDINATOR)


@pytest.fixture
def deputy(school: Organisation) -> Client:
    return visitor(school)


def typed(**changes: object) -> dict[str, object]:
    fields = {"key": uuid4(), "to": "all", "subject": "Сверка", "text": "Сверьте.", "asks": "noted"}
    return fields | changes


def new(cluster: Cluster) -> str:
    return reverse("correspondence:new_letter", args=[cluster.public_id])


def pdf(name: str = "a.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7\n%%EOF\n")


def test_a_letter_is_looked_through_before_it_goes(
    anna: Client, cluster: Cluster, school: Organisation
) -> None:
    answer = anna.post(new(cluster), typed(file=[pdf("a.pdf"), pdf("b.pdf")]), follow=True)

    made = Circular.objects.get()
    assert made.is_draft
    assert Attachment.objects.count() == 2
    assert "Отправить 1 участнику" in answer.text

    anna.post(reverse("correspondence:send_letter", args=[made.public_id]))

    assert not Circular.objects.get().is_draft


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"to": "hand"},
        {"to": "role-emperor"},
        {"due": "01.01.2020"},
        {"asks": "nothing", "due": "01.01.2099"},
        {"file": SimpleUploadedFile("a.exe", b"MZ")},
        {"key": "х"},
    ],
)
def test_what_cannot_be_keeps_what_was_typed(
    anna: Client, cluster: Cluster, school: Organisation, wrong: dict[str, object]
) -> None:
    answer = anna.post(new(cluster), typed(subject="Очень важная тема") | wrong)

    assert answer.status_code == 422
    assert "Очень важная тема" in answer.text
    assert not Circular.objects.exists()


def test_ready_choices_are_of_members_there_are(anna: Client, cluster: Cluster) -> None:
    network.member(cluster)
    garden = network.member(cluster)
    Organisation.objects.filter(pk=garden.pk).update(kind="preschool")
    network.agreement(cluster, signed=2)
    cluster.memberships.update(since=clock.now() - timedelta(days=200))

    text = anna.get(new(cluster)).text
    anna.post(new(cluster), typed(to="unsigned"))

    for words in ("Все участники – 2", "Вид: детский сад – 1", "Давно молчат – 2"):
        assert words in text
    assert Addressee.objects.get().organisation == garden


def test_picked_by_name_they_stay_picked_in_a_draft(
    anna: Client, cluster: Cluster, school: Organisation
) -> None:
    other = network.member(cluster)
    anna.post(new(cluster), typed(to="hand", members=[school.public_id], file=pdf()))
    made = Circular.objects.get()
    address = reverse("correspondence:edit_letter", args=[made.public_id])

    text = anna.get(address).text
    anna.post(address, typed(to="hand", members=[other.public_id], subject="Другая тема"))

    assert "a.pdf" in text
    assert f'value="{school.public_id}" id="id_members_0" checked' in text or "checked" in text
    assert Addressee.objects.get().organisation == other
    assert not Attachment.objects.exists()


def test_who_wrote_sees_who_has_done_what(
    anna: Client, cluster: Cluster, school: Organisation
) -> None:
    late = network.member(cluster)
    made = make.letter(cluster, school, late, asks="words")
    one, lost = make.addressee(made, school), make.addressee(made, late)
    one.read_at = one.answered_at = clock.now()
    one.words = "Трое"
    one.save()
    Letter.objects.create(to="a@example.org", about=lost.about, tries=TRIES)
    address = reverse("correspondence:letter", args=[made.public_id])

    def shown(state: str) -> set[str]:
        text = anna.get(f"{address}?state={state}").text
        return {name for name in (str(school), str(late)) if f'<th scope="row">{name}' in text}

    assert "Письмо на почту не доставлено" in anna.get(address).text
    assert shown("") == {str(school), str(late)}
    assert shown("unread") == shown("unanswered") == {str(late)}
    assert shown("answered") == {str(school)}
    table = reverse("correspondence:export_letter", args=[made.public_id, "csv"])
    assert "Трое" in anna.get(table).content.decode("utf-8-sig")


def test_a_letter_is_read_behind_a_button_and_answered(
    deputy: Client, cluster: Cluster, school: Organisation
) -> None:
    made = make.letter(cluster, school, asks="consent", text="Тайный текст письма")
    one = make.addressee(made, school)
    address = reverse("correspondence:received", args=[one.public_id])

    before = deputy.get(address).text
    assert Addressee.objects.get().read_at is None
    after = deputy.post(address, follow=True).text
    answer = reverse("correspondence:answer_letter", args=[one.public_id])
    refused = deputy.post(answer, {"words": "Может быть"})
    deputy.post(answer, {"answer": "agrees", "words": ""})

    assert "Тайный текст письма" not in before
    assert "Тайный текст письма" in after
    assert refused.status_code == 422
    assert "Может быть" in refused.text
    assert Addressee.objects.get().answer == "agrees"


def test_the_link_of_an_email_opens_and_answers(
    client: Client, cluster: Cluster, school: Organisation
) -> None:
    made = make.letter(cluster, school, asks="noted", text="Тайный текст письма")
    one = make.addressee(made, school)
    make.link_of(one, TOKEN)
    address = reverse("correspondence:letter_by_link", args=[TOKEN])

    before = client.get(address).text
    after = client.post(address, follow=True).text
    client.post(reverse("correspondence:answer_by_link", args=[TOKEN]), {"words": ""})

    assert "Тайный текст письма" not in before
    assert "Тайный текст письма" in after
    one.refresh_from_db()
    assert (one.answer, one.read_by) == ("noted", None)


def test_a_draft_whose_day_has_passed_says_so(
    anna: Client, cluster: Cluster, school: Organisation
) -> None:
    yesterday = clock.today() - timedelta(days=1)
    made = make.letter(cluster, school, sent=False, asks="noted", due=yesterday)

    answer = anna.post(reverse("correspondence:send_letter", args=[made.public_id]), follow=True)

    assert "Этот день прошёл" in answer.text
    assert Circular.objects.get().is_draft


def test_budgets(
    anna: Client,
    deputy: Client,
    cluster: Cluster,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    schools = [network.member(cluster) for _ in range(6)]
    for _ in range(4):
        made = make.letter(cluster, *schools, asks="words")
    school = Organisation.objects.get(posts__person__account__pk=deputy.session["_auth_user_id"])
    mine = make.letter(cluster, school)
    received = make.addressee(mine, school).public_id

    with django_assert_max_num_queries(16):
        anna.get(reverse("correspondence:letters", args=[cluster.public_id]))
    with django_assert_max_num_queries(14):
        anna.get(reverse("correspondence:letter", args=[made.public_id]))
    with django_assert_max_num_queries(16):
        anna.get(new(cluster))
    with django_assert_max_num_queries(10):
        deputy.get(reverse("correspondence:received", args=[received]))


def test_home_tells_of_letters(
    anna: Client, deputy: Client, cluster: Cluster, school: Organisation
) -> None:
    yesterday = clock.today() - timedelta(days=1)
    made = make.letter(cluster, school, asks="words", due=yesterday, subject="Сверка групп")

    assert "Сверка групп" in deputy.get("/").text
    assert "1 участник не ответил в срок" in anna.get("/").text
    make.addressee(made, school).delete()
    assert "Сверка групп" not in anna.get("/").text
