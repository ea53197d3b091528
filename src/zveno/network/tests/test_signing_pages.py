"""Pages of electronic signing: what is offered, what is typed, and the sheet that proves it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.engines.test_signatures import DETACHED, made
from zveno.documents.models import StoredFile
from zveno.network import actions
from zveno.network.models import Method, Party, SigningOrder
from zveno.network.tests import make
from zveno.network.tests.test_signing import awaited, pdf_of
from zveno.network.tests.visitors import Visitor, visitor
from zveno.organisations.models import Organisation
from zveno.people.models import Post
from zveno.people.models.attempts import HERE
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
Budget = Callable[[int], AbstractContextManager[Any]]


def head(of: Organisation) -> Visitor:
    """Sign the head of an organisation in, with the password of all tests."""
    client = Visitor()
    client.force_login(people.with_password(people.account(of, Post.Role.HEAD)))
    return client


def letter(party: Party) -> str:
    """Return the address in the letter of a party."""
    coordinator = people.coordinator(party.agreement.cluster.base)
    return f"/sign/{actions.renew_link(coordinator, party.public_id)}/"


def typed(party: Party, **changes: str) -> dict[str, str]:
    """Return what the head types to sign in Zveno."""
    return {"sha256": pdf_of(party).sha256, "password": people.PASSWORD, **changes}


def test_only_what_is_ordered_is_offered() -> None:
    party = awaited()
    client, path = head(party.organisation), f"/parties/{party.public_id}/sign/"

    bare = client.get(path).text
    make.signing_order(party.organisation, Method.DETACHED)
    with_file = client.get(path).text
    forged = client.get(f"{path}?by=simple").text

    assert "by=detached" not in bare
    assert "by=detached" in with_file
    assert 'name="password"' not in forged
    assert 'name="file"' in forged


def test_head_signs_in_zveno_by_the_first_button(django_assert_max_num_queries: Budget) -> None:
    party = awaited()
    make.signing_order(party.organisation)
    client, path = head(party.organisation), f"/parties/{party.public_id}/sign/"

    with django_assert_max_num_queries(11):
        page = client.get(path).text
    answer = client.post(f"{path}?by=simple", typed(party))

    assert pdf_of(party).sha256 in page
    assert answer.status_code == 302
    party.refresh_from_db()
    assert (party.method, party.evidence["through"]) == (Method.SIMPLE, "account")
    assert "signed_in" in party.evidence


def test_wrong_password_is_said_beside_its_field_and_guesses_are_bounded() -> None:
    party = awaited()
    make.signing_order(party.organisation)
    client, path = head(party.organisation), f"/parties/{party.public_id}/sign/?by=simple"

    answers = [client.post(path, typed(party, password="wrong")) for _ in range(HERE + 1)]

    assert [answer.status_code for answer in answers] == [422] * HERE + [429]
    assert "Пароль неверный" in answers[0].text
    assert client.post(path, typed(party)).status_code == 429
    party.refresh_from_db()
    assert party.signed_at is None


def test_letter_leads_the_head_who_is_signed_in_to_the_button() -> None:
    party = awaited()
    make.signing_order(party.organisation)
    address = letter(party)

    to_head = head(party.organisation).get(address)
    to_deputy = visitor(party.organisation).get(address)
    to_stranger = Visitor().get(address)

    assert to_head["Location"] == f"/parties/{party.public_id}/sign/"
    for answer in (to_deputy, to_stranger):
        assert answer.status_code == 200
        assert f"/parties/{party.public_id}/sign/?by=simple" in answer.text


def test_letter_takes_a_signature_file() -> None:
    party = awaited()
    make.signing_order(party.organisation, Method.DETACHED)
    address = f"{letter(party)}?by=detached"
    text = bytes(pdf_of(party).data)

    other = Visitor().post(
        address, {"file": SimpleUploadedFile("a.sig", made(text + b" ", DETACHED))}
    )
    right = Visitor().post(address, {"file": SimpleUploadedFile("a.sig", made(text, DETACHED))})

    assert other.status_code == 422
    assert "для другого файла" in other.text
    assert right.status_code == 200
    party.refresh_from_db()
    assert party.method == Method.DETACHED


def test_sheet_says_who_signed_how_and_compares(django_assert_max_num_queries: Budget) -> None:
    cluster = make.cluster()
    make.member(cluster)
    agreement = make.agreement(cluster, signed=2)
    client = visitor(cluster.base, Post.Role.COORDINATOR)

    with django_assert_max_num_queries(11):
        page = client.get(f"/a/{agreement.public_id}/evidence/").text
    table = client.get(f"/a/{agreement.public_id}/evidence.csv").content.decode("utf-8-sig")

    pdf = agreement.paper.pdf
    assert pdf is not None
    assert page.count("Тот же текст") == 2
    assert "Другой текст" not in page
    assert pdf.sha256 in page
    assert table.count(f"{pdf.sha256};Тот же текст") == 2
    assert "По ссылке из письма" in table


def test_sheet_sees_a_changed_text() -> None:
    cluster = make.cluster()
    agreement = make.agreement(cluster, signed=1)
    pdf = agreement.paper.pdf
    assert pdf is not None
    StoredFile.objects.filter(pk=pdf.pk).update(data=b"changed")

    page = visitor(cluster.base, Post.Role.COORDINATOR).get(f"/a/{agreement.public_id}/evidence/")

    assert "Другой текст" in page.text
    assert "Тот же текст" not in page.text


def test_organisation_switches_methods_on_and_off(django_assert_max_num_queries: Budget) -> None:
    school = awaited().organisation
    client, path = head(school), f"/papers/{school.public_id}/signing/"

    with django_assert_max_num_queries(12):
        assert "Выключено" in client.get(path).text
    on = client.post(f"{path}?method=simple", {"number": "12-О", "dated": "01.09.2026"})
    order = SigningOrder.objects.get()
    page = client.get(path).text
    off = client.post(f"/papers/signing/{order.public_id}/off/")

    assert (on.status_code, off.status_code) == (302, 302)
    assert "№ 12-О от 01.09.2026" in page
    assert "Прежние приказы" in client.get(path).text


def test_order_of_tomorrow_is_refused_in_its_own_form() -> None:
    school = awaited().organisation

    answer = head(school).post(
        f"/papers/{school.public_id}/signing/?method=detached",
        {"number": "12", "dated": "31.12.2099"},
    )

    assert answer.status_code == 422
    assert 'value="31.12.2099"' in answer.text
    assert answer.text.count('aria-invalid="true"') == 1
