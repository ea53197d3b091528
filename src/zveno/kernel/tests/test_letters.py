"""A letter has one button that does or opens its job, and the same words without it."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from zveno.kernel import outbox
from zveno.kernel.letters import as_page

ADDRESS = "http://127.0.0.1:8000/e/groups/1/"


def buttons(page: str | None) -> list[tuple[str, str]]:
    return re.findall(r'<a href="([^"]+)">.*?<b>(.*?)</b>', page or "", re.DOTALL)


def test_the_line_before_the_address_is_on_the_button() -> None:
    page = as_page("Тема", f"Места ваши.\n\nСписок и согласия:\n{ADDRESS}\n\nСпасибо.")

    assert buttons(page) == [(ADDRESS, "Список и согласия")]
    assert page
    assert "<p>Места ваши.</p>" in page
    assert "<p>Спасибо.</p>" in page


def test_an_address_alone_is_opened() -> None:
    assert buttons(as_page("Тема", f"Что делать.\n\n{ADDRESS}\n")) == [
        (ADDRESS, "Открыть в «Звене»")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Без адреса",
        f"{ADDRESS}\n\n{ADDRESS}2/",
        "https://elsewhere.example/e/",
        f"{ADDRESS.removesuffix('/e/groups/1/')}.elsewhere.example/",
    ],
)
def test_a_letter_without_one_job_of_ours_has_no_button(text: str) -> None:
    assert as_page("Тема", text) is None


def test_words_are_no_markup() -> None:
    page = as_page("<b>Тема", f"<script>alert(1)</script>:\n{ADDRESS}\n")

    assert page
    assert "<script>" not in page
    assert "<title>&lt;b&gt;Тема</title>" in page


@pytest.mark.django_db
def test_a_letter_leaves_as_text_and_as_a_page(settings: Any) -> None:
    outbox.post("somebody@example.org", "Тема", f"Подписать:\n{ADDRESS}\n")

    outbox.send_due()

    (sent,) = mail.outbox
    assert isinstance(sent, EmailMultiAlternatives)
    ((page, kind),) = sent.alternatives
    assert sent.body == f"Подписать:\n{ADDRESS}\n"
    assert (kind, buttons(str(page))) == ("text/html", [(ADDRESS, "Подписать")])
