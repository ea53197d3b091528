"""Stored files, as they are sent."""

from uuid import uuid4

import pytest
from django.test import Client

from zveno.documents.models import Reader
from zveno.documents.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


def client_of(organisation: Organisation) -> Client:
    client = Client()
    client.force_login(people.account(organisation))
    return client


def test_file_is_sent_as_a_file_and_never_as_a_page() -> None:
    file = make.file(organisations.school())
    file.name = "Скан «№ 1».pdf"
    file.save()

    answer = client_of(file.owner).get(f"/files/{file.public_id}/")

    assert answer.content == bytes(file.data)
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%A1%D0%BA")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Security-Policy"] == "sandbox"
    assert answer["Content-Type"] == "application/pdf"


def test_owner_and_reader_get_it_others_do_not() -> None:
    file, reader = make.file(organisations.college()), organisations.school()
    Reader.objects.create(file=file, organisation=reader)
    address = f"/files/{file.public_id}/"

    answers = {
        "owner": client_of(file.owner).get(address).status_code,
        "reader": client_of(reader).get(address).status_code,
        "foreign": client_of(organisations.school()).get(address).status_code,
        "nobody": Client().get(address).status_code,
    }

    assert answers == {"owner": 200, "reader": 200, "foreign": 404, "nobody": 302}


def test_link_that_lists_the_file_gets_it() -> None:
    file = make.file(organisations.college())
    people.link(file.owner, [("documents.StoredFile", file.pk)], "token")

    assert Client().get(f"/sign/token/files/{file.public_id}/").status_code == 200
    assert Client().get(f"/sign/other/files/{file.public_id}/").status_code == 404
    assert Client().get(f"/sign/token/files/{uuid4()}/").status_code == 404


def test_nothing_is_sent_to_a_file() -> None:
    file = make.file(organisations.college())

    assert client_of(file.owner).post(f"/files/{file.public_id}/").status_code == 405
