"""Pages of signing: by the link of a letter, by an account, for what came on paper."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zveno.kernel import clock
from zveno.network import actions
from zveno.network.models import Agreement, Party
from zveno.network.tests import make
from zveno.network.tests.visitors import Visitor, visitor
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
Budget = Callable[[int], AbstractContextManager[Any]]


def scan(data: bytes = b"%PDF-1.4 scan", name: str = "scan.pdf") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, data)}


def invited(*, members: int = 2) -> tuple[Party, str]:
    """Make an agreement and the link of its last party."""
    cluster = make.cluster()
    for _ in range(members - 1):
        make.member(cluster)
    agreement = make.agreement(cluster)
    party = agreement.parties.get(place=members)
    return party, actions.renew_link(people.coordinator(cluster.base), party.public_id)


def test_link_shows_the_agreement_and_how_to_sign(django_assert_max_num_queries: Budget) -> None:
    party, token = invited()

    with django_assert_max_num_queries(7):
        answer = Visitor().get(f"/sign/{token}/")

    assert answer.status_code == 200
    assert party.signatory in answer.text
    pdf = party.agreement.paper.pdf
    assert pdf is not None
    assert f"/sign/{token}/files/{pdf.public_id}/" in answer.text


def test_link_downloads_its_files_and_no_others() -> None:
    party, token = invited()
    foreign, _ = invited()
    own, other = party.agreement.paper.pdf, foreign.agreement.paper.pdf
    assert own is not None
    assert other is not None

    answers = [
        Visitor().get(f"/sign/{token}/files/{file.public_id}/").status_code for file in (own, other)
    ]

    assert answers == [200, 404]


def test_link_signs_once_then_only_says_so() -> None:
    party, token = invited(members=9)
    client = Visitor()

    signed = client.post(f"/sign/{token}/", scan())
    again = client.post(f"/sign/{token}/", scan())
    later = client.get(f"/sign/{token}/")

    assert [answer.status_code for answer in (signed, again, later)] == [200, 410, 410]
    for answer in (signed, again, later):
        assert "1 <small>из 9</small>" in answer.text
        assert 'name="file"' not in answer.text
    pdf = party.agreement.paper.pdf
    assert pdf is not None
    assert client.get(f"/sign/{token}/files/{pdf.public_id}/").status_code == 404


def test_last_signature_says_the_number() -> None:
    cluster = make.cluster()
    party = make.agreement(cluster).parties.get()
    token = actions.renew_link(people.coordinator(cluster.base), party.public_id)

    text = Visitor().post(f"/sign/{token}/", scan()).text

    assert "номер 1" in text


def garbage() -> str:
    return "x"


def ended() -> str:
    party, token = invited()
    actions.renew_link(people.coordinator(party.agreement.cluster.base), party.public_id)
    return token


def expired() -> str:
    party, token = invited()
    assert party.pk
    link = Party.objects.get(pk=party.pk).link
    assert link is not None
    link.until = clock.now() - timedelta(seconds=1)
    link.save()
    return token


def of_something_else() -> str:
    cluster = make.cluster()
    people.link(cluster.base, [("events.Group", 1)], "token-of-a-group")
    return "token-of-a-group"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("dead", [garbage, ended, expired, of_something_else])
def test_dead_links_all_get_the_same_answer(dead: Callable[[], str], method: str) -> None:
    answer = getattr(Visitor(), method)(f"/sign/{dead()}/")

    assert answer.status_code == 404
    assert "Ссылка не открывается" in answer.text


@pytest.mark.parametrize("token", ["%D0%B9", "a" * 500, "..", "%27%20OR%201=1", "a%0Ab"])
def test_nonsense_in_the_address_is_no_error(token: str) -> None:
    assert Visitor().get(f"/sign/{token}/").status_code == 404


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "Выберите файл"),
        (scan(b""), "пуст"),
        (scan(b"GIF89a", "photo.jpg"), "не PDF, не JPEG и не PNG"),
        (scan(b"%PDF-" + bytes(21 * 1024 * 1024)), "больше 20"),
    ],
    ids=["no file", "empty", "gif", "too large"],
)
def test_what_is_no_scan_is_refused_in_words(
    form: dict[str, SimpleUploadedFile], words: str
) -> None:
    party, token = invited()

    answer = Visitor().post(f"/sign/{token}/", form)

    assert answer.status_code == 422
    assert words in answer.text
    assert Party.objects.get(pk=party.pk).signed_at is None


@pytest.mark.parametrize("length", [{}, {"CONTENT_LENGTH": ""}, {"CONTENT_LENGTH": "many"}])
def test_a_body_of_unknown_length_is_a_form_to_mend(length: dict[str, Any]) -> None:
    _party, token = invited()

    answer = Visitor().generic("POST", f"/sign/{token}/", b"", **length)

    assert answer.status_code == 422
    assert "data-errsum" in answer.text


def test_account_signed_in_elsewhere_is_not_the_one_that_signs() -> None:
    _party, token = invited()
    client = visitor(organisations.school())

    assert client.get(f"/sign/{token}/").status_code == 200
    assert client.get("/sign/garbage/").status_code == 404


def test_head_signs_from_the_page_of_the_agreement() -> None:
    party, _token = invited()
    client = visitor(party.organisation, Post.Role.HEAD)
    address = f"/parties/{party.public_id}/sign/"
    assert client.get(address).status_code == 200

    answer = client.post(address, scan(), follow=True)

    assert answer.redirect_chain == [(f"/a/{party.agreement.public_id}/", 302)]
    assert "Подписано, 1 из 2." in answer.text
    assert client.get(address).status_code == 409


@pytest.mark.parametrize("role", [Post.Role.REPRESENTATIVE, Post.Role.TEACHER])
def test_others_of_the_party_do_not_sign(role: str) -> None:
    party, _token = invited()
    client = visitor(party.organisation, role)

    assert client.get(f"/parties/{party.public_id}/sign/").status_code == 403
    assert client.post(f"/parties/{party.public_id}/sign/", scan()).status_code == 403


def test_coordinator_files_what_came_on_paper() -> None:
    party, _token = invited()
    client = visitor(party.agreement.cluster.base, Post.Role.COORDINATOR)
    address = f"/parties/{party.public_id}/scan/"
    assert "Вы ни за кого не подписываете" in client.get(address).text

    refused = client.post(address, scan(b"GIF89a"))
    filed = client.post(address, scan(), follow=True)

    assert refused.status_code == 422
    assert "Подписано, 1 из 2." in filed.text


def test_strangers_find_no_party() -> None:
    party, _token = invited()
    client = visitor(organisations.school())

    for page in ("sign", "scan"):
        assert client.get(f"/parties/{party.public_id}/{page}/").status_code == 404
        assert client.post(f"/parties/{party.public_id}/{page}/", scan()).status_code == 404
    assert client.post(f"/parties/{party.public_id}/link/").status_code == 404
    assert Agreement.objects.get().signed == 0
