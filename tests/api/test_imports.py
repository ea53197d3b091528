"""A program brings a table of organisations, as a page does."""

from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.api.program import Program, token_of
from zveno.kernel import jobs
from zveno.organisations.models import Headings, Import, Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
TABLE = "Название\tНомер\nШкола № 955 (пример)\t0010007742\nШкола № 951 (пример)\t1234567890\n"


def work() -> None:
    """Do all that the worker would."""
    while job := ProcrastinateJob.objects.order_by("pk").exclude(status="succeeded").first():
        jobs.run(**job.args)
        ProcrastinateJob.objects.filter(pk=job.pk)._raw_delete("default")


def leader() -> tuple[Program, Organisation]:
    college = organisations.college()
    return Program(token_of(people.account(college, Post.Role.COORDINATOR))), college


def rows(program: Program, key: str, **asked: Any) -> Any:
    return program.get(f"/organisation-imports/{key}/rows", **asked).json()


def test_program_brings_a_table_mends_enters_and_takes_it_back() -> None:
    program, college = leader()
    before = Organisation.objects.count()

    answer = program.post(
        f"/organisations/{college.public_id}/bring-organisations", {"text": TABLE}
    )
    key = answer.json()["public_id"]
    path = f"/organisation-imports/{key}"
    work()
    columns = {"mapping": {"0": "name", "1": "inn"}, "remember": {"Номер": "inn"}}
    assert program.post(f"{path}/choose-columns", columns).status_code == 204
    work()
    assert program.get(path).json()["counts"] == {"ready": 1, "held": 1}
    (held,) = rows(program, key, fate="held")["items"]
    assert list(held["doubts"]) == ["inn"]
    mends = {"mends": {str(held["number"]): {"inn": "0010008489"}}}
    assert program.post(f"{path}/mend-organisations", mends).status_code == 204
    work()
    assert program.post(f"{path}/enter-organisations").status_code == 204
    work()
    assert [row["fate"] for row in rows(program, key)["items"]] == ["entered", "entered"]
    assert Organisation.objects.count() == before + 2
    assert program.post(f"{path}/undo-import").status_code == 204
    work()

    assert Organisation.objects.count() == before
    assert program.get(path).json()["state"] == "undone"
    assert Headings.objects.get().fields == {"Номер": "inn"}


def test_table_sent_twice_under_a_key_is_brought_once() -> None:
    program, college = leader()
    path = f"/organisations/{college.public_id}/bring-organisations"

    keys = {program.post(path, {"text": TABLE}, **{"Idempotency-Key": "1"}).content for _ in "ab"}

    assert len(keys) == 1
    assert Import.objects.count() == 1


def test_rows_come_in_parts_in_the_order_of_the_table() -> None:
    program, college = leader()
    table = "Наименование\n" + "".join(f"Школа № {n} (пример)\n" for n in range(5))
    path = f"/organisations/{college.public_id}/bring-organisations"
    key = program.post(path, {"text": table}).json()["public_id"]
    work()

    first = rows(program, key, limit=3)
    second = rows(program, key, limit=3, after=first["next"])

    numbers = [row["number"] for part in (first, second) for row in part["items"]]
    assert numbers == sorted(numbers)
    assert (len(numbers), second["next"]) == (5, None)


def test_a_table_at_work_is_left_alone() -> None:
    program, college = leader()
    path = f"/organisations/{college.public_id}/bring-organisations"
    key = program.post(path, {"text": TABLE}).json()["public_id"]

    refused = program.post(f"/organisation-imports/{key}/enter-organisations")

    assert (refused.status_code, refused.json()["code"]) == (409, "import_at_work")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "one_of_the_two"),
        ({"text": "a", "file": "QQ=="}, "one_of_the_two"),
        ({"text": ""}, "misfit"),
        ({"file": "не base64"}, "misfit"),
    ],
)
def test_a_table_is_text_or_a_file(body: dict[str, str], code: str) -> None:
    program, college = leader()

    refused = program.post(f"/organisations/{college.public_id}/bring-organisations", body)

    assert (refused.status_code, refused.json()["code"]) == (422, code)
