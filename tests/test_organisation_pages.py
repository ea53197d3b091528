"""The register and its imports as a person meets them."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.engines.tables_books import SMALL, workbook
from tests.engines.tables_kit import from_bytes
from zveno.kernel import jobs
from zveno.organisations.models import Headings, Import, Organisation
from zveno.organisations.tests import make
from zveno.people.tests import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FORMULAS = ["=1+1", "+7", "-1", "@SUM(A1)", "＝1", "\t=1"]


@pytest.fixture
def college() -> Organisation:
    return make.college(name="Колледж (пример)")


@pytest.fixture
def visitor(college: Organisation) -> Client:
    client = Client()
    client.force_login(people.account(college, "coordinator"))
    return client


def work() -> None:
    """Do what the worker would."""
    while job := ProcrastinateJob.objects.filter(task_name="zveno.kernel.run_verb").first():
        jobs.run(**job.args)
        ProcrastinateJob.objects.filter(pk=job.pk)._raw_delete("default")


def brought(visitor: Client, college: Organisation, **table: Any) -> Import:
    answer = visitor.post(
        reverse("organisations:bring"), {"owner": college.public_id, **table}, follow=True
    )
    assert answer.status_code == 200
    work()
    return Import.objects.latest("pk")


def page(name: str, table: Import, *more: str) -> str:
    return reverse(f"organisations:{name}", args=[table.public_id, *more])


def names(answer: Any) -> list[str]:
    return [row.name for row in answer.context["rows"]]


def test_the_register_is_shown_in_parts_that_join_without_a_gap(visitor: Client) -> None:
    for number in range(120):
        make.school(name=f"Школа № {number // 2:03} (пример)")
    seen, after = [], ""
    for _ in range(3):
        answer = visitor.get(reverse("organisations:list"), {"after": after})
        seen += names(answer)
        after = answer.context["more"]
    assert len(seen) == 121
    assert seen == sorted(seen)
    assert after == ""


def test_the_register_costs_few_questions_however_long(
    visitor: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        make.school(name=f"Школа № {number:03} (пример)")
    with django_assert_max_num_queries(14):
        visitor.get(reverse("organisations:list"))


def test_filters_stand_in_the_address_and_in_the_export(visitor: Client) -> None:
    make.school(name="Школа «Парус» (пример)", inn="0010007742")
    make.organisation("preschool", name="Сад «Парус» (пример)")
    url = reverse("organisations:list")
    assert names(visitor.get(url, {"q": "парус", "kind": "school"})) == ["Школа «Парус» (пример)"]
    assert names(visitor.get(url, {"q": "0010007742"})) == ["Школа «Парус» (пример)"]
    assert names(visitor.get(url, {"kind": "nonsense", "territory": "x", "after": "y"}))
    export = visitor.get(
        reverse("organisations:export", args=["csv"]), {"q": "парус", "kind": "school"}
    )
    assert len(export.content.decode("utf-8-sig").splitlines()) == 2


@pytest.mark.parametrize("name", FORMULAS)
def test_no_cell_that_leaves_is_a_formula(visitor: Client, name: str) -> None:
    make.school(name=name)
    table = visitor.get(reverse("organisations:export", args=["csv"])).content
    book = visitor.get(reverse("organisations:export", args=["xlsx"])).content
    cells = [row[0] for row in csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=";")]
    assert f"'{name}" in cells
    said = from_bytes(book, "organisations")
    assert not [one for row in said["rows"] for one in row["problems"] if "cell_" in one["code"]]


def test_a_table_goes_all_the_way(visitor: Client, college: Organisation) -> None:
    text = "Наименование\tИНН\nШкола № 5 (пример)\t0010007742\nШкола № 6 (пример)\t0010008481"
    table = brought(visitor, college, text=text)
    shown = visitor.get(page("import", table)).content.decode()
    assert "0010008481" in shown
    visitor.post(page("mend", table), {"cell-2-inn": "0010008489"})
    work()
    visitor.post(page("enter", table))
    work()
    assert Organisation.objects.filter(inn__in=["0010007742", "0010008489"]).count() == 2
    visitor.post(page("undo", table))
    work()
    assert not Organisation.objects.filter(inn="0010007742").exists()
    assert visitor.get(page("import", table)).status_code == 200


def test_the_lines_named_add_up_to_the_lines_read(visitor: Client, college: Organisation) -> None:
    text = "Участники кластера\n\nНаименование\tИНН\nШкола № 1\t\nШкола № 2\t123\n"
    table = brought(visitor, college, text=text)

    facts = visitor.get(page("import", table)).context

    counted = sum(number for _key, _label, number in facts["counts"])
    assert (counted + facts["asides"], facts["asides"] > 0) == (facts["total"], True)


def test_what_was_undone_is_not_offered_to_be_mended(
    visitor: Client, college: Organisation
) -> None:
    table = brought(visitor, college, text="Наименование\tИНН\nШкола № 1\t\nШкола № 2\t123\n")
    for name in ("enter", "undo"):
        visitor.post(page(name, table))
        work()

    shown = visitor.get(page("import", table), {"show": "held"})

    assert shown.context["doubts"] == []
    assert "Школа № 2" in shown.text
    assert 'name="cell-' not in shown.text


def test_progress_is_shown_while_the_worker_is_at_it(
    visitor: Client, college: Organisation
) -> None:
    visitor.post(reverse("organisations:bring"), {"owner": college.public_id, "text": "Школа № 5"})
    table = Import.objects.latest("pk")
    Import.objects.filter(pk=table.pk).update(state="entering", done=500, total=2000)
    assert "refresh" in (shown := visitor.get(page("import", table)).content.decode())
    assert "500 из 2000" in shown.replace("\xa0", "")


def test_columns_chosen_once_are_remembered(visitor: Client, college: Organisation) -> None:
    file = SimpleUploadedFile(
        "a.xlsx", workbook({"Лист": [["Наименование", "Код"], ["Школа № 5", "0010007742"]]})
    )
    table = brought(visitor, college, file=file)
    assert visitor.get(page("columns", table)).status_code == 200
    answer = visitor.post(
        page("columns", table), {"column-0": "name", "column-1": "", "remember": "on"}
    )
    work()
    assert answer.status_code == 302
    assert Headings.objects.get(owner=college).fields == {"Код": None}
    assert table.rows.get(number=1).value("inn") == ""


def test_hidden_parts_are_taken_when_asked_for(visitor: Client, college: Organisation) -> None:
    rows = [["Наименование"], ["Школа № 5"], ["Школа № 6"]]
    old = [*rows[:1], ["Школа № 7"]]
    book = workbook({"Лист": rows, "Старый": old}, rows=[2], hide=["Старый"])
    table = brought(visitor, college, file=SimpleUploadedFile("a.xlsx", book))
    assert table.counts() == {"ready": 1, "held": 2}
    visitor.post(page("columns", table), {"column-0": "name", "rows": "on", "sheet-0": "on"})
    work()
    assert table.counts() == {"ready": 3}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_report_says_sheet_cell_value_reason_and_suggestion(
    visitor: Client, college: Organisation, kind: str
) -> None:
    book = workbook({"Лист": [["Наименование", "Почта"], ["Школа № 5", "s@example,org"]]})
    table = brought(visitor, college, file=SimpleUploadedFile("a.xlsx", book))
    answer = visitor.get(page("report", table, kind))
    assert answer["Content-Disposition"] == f'attachment; filename="import-report.{kind}"'
    if kind == "csv":
        text = answer.content.decode("utf-8-sig")
        row = next(one for one in csv.reader(io.StringIO(text), delimiter=";") if "B2" in one)
        assert row[:2] == ["Лист", "2"]
        assert (row[5], row[7]) == ("s@example,org", "s@example.org")


@pytest.mark.parametrize("data", [SMALL[:200], b"", b"\x00\x01", b"<html><table></table></html>"])
def test_a_hostile_file_gets_a_sentence(
    visitor: Client, college: Organisation, data: bytes
) -> None:
    table = brought(visitor, college, file=SimpleUploadedFile("a.xlsx", data))
    shown = visitor.get(page("import", table))
    assert (table.state, shown.status_code) == ("refused", 200)
    assert shown.context["refusal"]


@pytest.mark.parametrize(
    "typed", [{}, {"text": "a", "file": SimpleUploadedFile("a.csv", b"a")}, {"text": "\x00"}]
)
def test_a_form_to_mend_keeps_what_was_typed(
    visitor: Client, college: Organisation, typed: dict[str, Any]
) -> None:
    answer = visitor.post(reverse("organisations:bring"), {"owner": college.public_id, **typed})
    assert answer.status_code in {302, 422}
