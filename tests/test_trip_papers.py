"""The papers of a trip: one file, right cases, nobody on it without both consents."""

import io
from datetime import time
from typing import Any

import docx
import pypdf
import pytest
from docx.table import Table

from zveno.events.actions import Route, plan_route
from zveno.events.models import Group, Place
from zveno.events.tests import make
from zveno.events.tests.test_trips import coming, kept, page, signed_in
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
TITLES = (
    "Приказ (проект)",
    "Список детей",
    "Маршрутный лист",
    "Лист инструктажа",
    "Журнал инструктажа (лист)",
    "Согласия на поездку",
    "Памятка родителям",
)


def ready(children: int = 3, allowed: int = 2, **changes: Any) -> Group:
    """Make a trip with a leader, one adult more and a way; ``allowed`` children may leave."""
    group, actor = coming(children, **changes)
    kept(actor, group, allowed)
    make.escort(group, name="Орехова Светлана Юрьевна", job="учитель технологии")
    make.escort(group, name="Куприн Денис Львович", job="Учитель информатики", leads=False)
    route = Route("foot", "Школьный двор", time(11, 30), time(15, 10))
    plan_route(actor, group.public_id, route=route)
    return group


def drawn(group: Group, kind: str) -> bytes:
    answer = signed_in(group).get(page(group, f"papers.{kind}"))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    return answer.content


def pdf_words(data: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return folded("\n".join(one.extract_text() for one in pages))


def docx_words(data: bytes) -> str:
    lines: list[str] = []
    for part in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(part, Table):
            lines += [cell.text for row in part.rows for cell in row.cells]
        else:
            lines.append(part.text)
    return folded("\n".join(lines))


def folded(text: str) -> str:
    return " ".join(text.replace("\u200b", "").replace("\u00ad", "").split())


def test_the_file_holds_every_paper_in_the_right_cases() -> None:
    group = ready()
    words = docx_words(drawn(group, "docx"))

    assert [words.find(title) for title in TITLES] == sorted(words.find(one) for one in TITLES)
    assert all(title in words for title in TITLES)
    assert "во время события Орехову Светлану Юрьевну, учителя технологии." in words
    assert "3.1. Куприну Денису Львовичу, учителю информатики." in words
    assert "Ореховой Светлане Юрьевне провести с детьми инструктаж" in words
    assert "сбор – 11:30, Школьный двор; дорога туда и обратно – пешком" in words
    assert "Госавтоинспекцию" not in words


def test_both_files_name_those_who_leave_and_nobody_else() -> None:
    group = ready(3, allowed=1)
    (leaves, *stay) = Place.objects.filter(group=group).order_by("pk").select_related("learner")
    for number, place in enumerate((leaves, *stay)):
        place.learner.family_name = f"Выездной{number}"
        place.learner.save()

    for words in (pdf_words(drawn(group, "pdf")), docx_words(drawn(group, "docx"))):
        assert words.count("Выездной0") == 4
        assert "Выездной1" not in words
        assert "Выездной2" not in words
        assert "(1)" in words


def test_the_pdf_is_tagged_and_each_paper_begins_on_a_page_of_its_own() -> None:
    file = pypdf.PdfReader(io.BytesIO(drawn(ready(), "pdf")))
    begun = [folded(one.extract_text()) for one in file.pages]

    root: Any = file.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert all(any(words.startswith(title) for words in begun) for title in TITLES)


def test_a_bus_is_what_the_rules_of_such_trips_ask() -> None:
    group = ready()
    route = Route("hired", "Школьный двор", time(11, 30), time(15, 10), "ООО «Автопарк», № 7")
    plan_route(people.actor(group.sender), group.public_id, route=route)

    words = docx_words(drawn(group, "docx"))

    assert "от 23.09.2020 № 1527" in words
    assert "ООО «Автопарк», № 7" in words


def test_what_is_lacking_is_told_and_gets_room_to_fill_in() -> None:
    group, _actor = coming(2)
    shown = signed_in(group).get(page(group)).content.decode()

    for told in (
        "Не назван старший группы.",
        "нужен ещё 1 взрослый",
        "Не решено, как группа добирается.",
        "Не сказано, где и когда группа собирается.",
        "Не сказано, когда группа возвращается.",
        "У 2 детей нет согласия",
    ):
        assert told in shown
    words = docx_words(drawn(group, "docx"))
    assert "Старшему группы провести с детьми инструктаж" in words
    assert "____:____" in words


def test_names_with_braces_and_signs_are_words_like_others() -> None:
    group = ready()
    group.event.title = "Событие {leader} $x$ #сборка"
    group.event.save()

    assert "Событие {leader} $x$ #сборка" in docx_words(drawn(group, "docx"))
    assert drawn(group, "pdf")


def test_a_letter_no_font_has_is_told_on_the_page() -> None:
    group = ready()
    group.event.title = "Событие \U0001f9ec"
    group.event.save()

    shown = signed_in(group).get(page(group, "papers.pdf"), follow=True)

    assert "напечатать нельзя" in shown.content.decode()


def test_a_group_that_families_bring_has_no_papers() -> None:
    group = ready()
    Group.objects.update(travels=False)

    for kind in ("pdf", "docx"):
        assert signed_in(group).get(page(group, f"papers.{kind}"))["Location"] == page(group)


def test_many_children_ask_no_more(django_assert_max_num_queries: Any) -> None:
    group = ready(12, allowed=12)
    client = signed_in(group)

    with django_assert_max_num_queries(20):
        client.get(page(group, "papers.docx"))
