"""The page of an organisation's own Word templates: fields, versions, a look before use."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from zveno.kernel.actor import NOBODY
from zveno.kernel.walls import scoped
from zveno.network import actions
from zveno.network.models import Agreement, OwnTemplate
from zveno.network.tests.test_agreement_drafts import coordinator_of, draft
from zveno.network.tests.test_own_templates import STRANGE, beginning, sent, switched_on
from zveno.network.tests.visitors import Visitor, visitor
from zveno.people.models import Post

pytestmark = pytest.mark.django_db
Budget = Callable[[int], AbstractContextManager[Any]]


def clerk_of(agreement: Agreement) -> tuple[Visitor, str]:
    """Sign a coordinator of the base in; return the address of its templates as well."""
    base = agreement.cluster.base
    return visitor(base, Post.Role.COORDINATOR), f"/papers/{base.public_id}/templates/"


def uploaded(data: bytes, name: str = "договор.docx") -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = name
    return file


def test_from_the_beginning_to_the_switch_in_the_browser(
    django_assert_max_num_queries: Budget,
) -> None:
    client, page = clerk_of(draft())
    with scoped(NOBODY):
        begun = client.get(f"{page}start.docx")
        saved = client.post(page, {"file": uploaded(begun.content)})
        with django_assert_max_num_queries(12):
            looked = client.get(saved.url.partition("#")[0])
        tried = client.get(f"{page}try.docx?version=1")
        used = client.post(f"{page}use/", {"number": 1})
        after = client.get(used.url)

    assert begun.content.startswith(b"PK")
    assert "Составлено по версии 1" in looked.text
    assert "Образцовый кластер" in looked.text
    assert 'aria-current="true">Соглашение о сотрудничестве</a>' in looked.text
    assert tried.content.startswith(b"PK")
    assert "Включено. Всё, что будет отправлено" in after.text
    assert OwnTemplate.objects.get().current


def test_what_is_wrong_is_said_and_nothing_is_kept() -> None:
    client, page = clerk_of(draft())
    with scoped(NOBODY):
        strange = client.post(page, {"file": uploaded(STRANGE.data)})
        none = client.post(page, {})

    assert (strange.status_code, none.status_code) == (422, 422)
    assert "Файл не читается" in strange.text
    assert "Выберите файл" in none.text
    assert not OwnTemplate.objects.exists()


def test_a_draft_is_looked_at_as_it_will_be_sent(django_assert_max_num_queries: Budget) -> None:
    agreement = draft()
    switched_on(agreement)
    client, page = clerk_of(agreement)
    with scoped(NOBODY):
        with django_assert_max_num_queries(20):
            text = client.get(f"/a/{agreement.public_id}/text/")
        looked = client.get(f"{page}?version=1&agreement={agreement.public_id}")

    assert "составится по вашему шаблону Word, версия" in " ".join(text.text.split())
    assert agreement.cluster.name in looked.text


def test_pages_of_a_sent_agreement_say_that_the_docx_is_signed() -> None:
    agreement, kept = sent()
    client, _page = clerk_of(agreement)
    docx = agreement.original
    assert docx
    with scoped(NOBODY):
        text = client.get(f"/a/{agreement.public_id}/text/").text
        evidence = client.get(f"/a/{agreement.public_id}/evidence/").text
    party = agreement.parties.order_by("place")[1]
    token = actions.renew_link(coordinator_of(agreement), party.public_id)
    with scoped(NOBODY):
        signing = Visitor().get(f"/sign/{token}/").text

    assert f"версия {kept.number}" in text
    assert "PDF, копия для чтения" in text
    for shown in (text, evidence, signing):
        assert docx.sha256 in shown
    assert "Подписывается DOCX, а PDF — копия для чтения" in signing
    assert "Распечатайте DOCX" in signing


def test_strange_addresses_answer_that_there_is_nothing() -> None:
    client, page = clerk_of(draft())
    with scoped(NOBODY):
        for query in ("version=9", "version=x", "version=" + "9" * 40):
            assert client.get(f"{page}?{query}").status_code == 404
        assert client.get(f"{page}?kind=nothing").status_code == 200
        assert client.post(f"{page}use/", {"number": "x"}).status_code == 404
        assert client.post(f"{page}use/", {"number": 7}).status_code == 422
    assert beginning().data.startswith(b"PK")
