"""Dirt of all kinds brought as a list of members: a clear answer, never an error of ours."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zveno.network.models import Cluster, MemberList
from zveno.network.tests import make, tables
from zveno.network.tests.tables import page, paste
from zveno.people.tests import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HEADING = "Наименование\tИНН\tРуководитель\tЭл. почта\n"


@pytest.fixture
def cluster(client: Client) -> Cluster:
    cluster = make.cluster(tables.base())
    client.force_login(people.account(cluster.base, "coordinator"))
    return cluster


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Вставьте строки таблицы"),
        ("   \n\t\n", "Вставьте строки таблицы"),
        ("№\tНаименование\tИНН", "В таблице нет организаций"),
        ("Итого\t9 организаций", "В таблице нет организаций"),
        ("ИНН\0", "ноль-байт|null|запрещ"),
    ],
    ids=["empty", "blank", "heading", "totals", "zero byte"],
)
def test_table_that_cannot_be_used_is_refused_in_words(
    client: Client, cluster: Cluster, text: str, words: str
) -> None:
    answer = client.post(page("add_members", cluster), {"text": text})

    assert answer.status_code == 422
    assert re.search(words, answer.content.decode(), re.IGNORECASE)
    assert MemberList.objects.count() == 0


@pytest.mark.parametrize(
    "text",
    [
        "привет",
        "ООО «Ромашка»",
        "<html><table><tr><td>Школа № 7</td></tr></table>",
        '<script>alert(1)</script>\t"><img src=x onerror=alert(1)>',
        f'{HEADING}=HYPERLINK("x";"y")\t+79\t-1\t@SUM(A1)',
        f"{HEADING}Школа № 7\t7,81E+09\tИванова\tx@y",
        f"{HEADING}{'Школа ' * 400}\t1\t2\t3",
        f"{HEADING}Шк\u0301\u0302\u0303\u0304\u0305\u0306ола\u200b\u202e № 7\t\ufffe\t\ud7ff\t",
        HEADING + "Школа № 7\t\t\t\t\t\t\t\t\t\n" * 3,
        "{{7*7}} {% debug %} %(x)s %s {0.__class__}",
        "'; DROP TABLE network_cluster; --\tRobert",
        "\n".join(f"Школа № {n}\t\tдиректор Ким Ен Ук" for n in range(1, 301)),
    ],
    ids=lambda text: text[:12],
)
def test_any_dirt_is_shown_row_by_row(client: Client, cluster: Cluster, text: str) -> None:
    members = paste(client, cluster, text)

    shown = client.get(page("member_list", cluster, members.public_id))
    accepted = client.post(page("accept_members", cluster, members.public_id), follow=True)

    assert (shown.status_code, accepted.status_code) == (200, 200)
    assert "<script>alert" not in shown.content.decode()
    assert "onerror=alert(1)>" not in shown.content.decode()


def test_naughty_strings_change_nothing_else(client: Client, cluster: Cluster) -> None:
    strings = (tables.DATA / "naughty.txt").read_text().splitlines()
    text = HEADING + "\n".join(f"{line}\t{line}\t{line}\t{line}" for line in strings)
    members = paste(client, cluster, text)
    cells = {f"cell-{n}-name": line for n, line in enumerate(strings, 1)}

    answer = client.post(page("accept_members", cluster, members.public_id), cells, follow=True)

    assert answer.status_code == 200
    assert client.get(page("members", cluster)).status_code == 200
    assert client.get(page("public_cluster", cluster)).status_code == 200


def bomb() -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", compression=8) as archive:
        archive.writestr("[Content_Types].xml", "0" * 20_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.xlsx", b"", "Таблица пуста"),
        ("noise.xlsx", bytes(range(256)) * 40, "Такие|повреждён|пуст"),
        ("list.pdf", b"%PDF-1.7\n%%EOF", "Такие файлы не читаем"),
        (
            "old.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "не читаем|паролем|повреждён",
        ),
        ("bomb.xlsx", bomb(), "небезопасен|большой|не читаем"),
        ("large.csv", b"x" * (5 * 1024 * 1024 + 1), "больше 5 МБ"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value[-5:] else "",
)
def test_file_that_is_no_table_is_refused_in_words(
    client: Client, cluster: Cluster, name: str, data: bytes, words: str
) -> None:
    file = SimpleUploadedFile(name, data)

    answer = client.post(page("add_members", cluster), {"file": file})

    assert answer.status_code == 422
    assert re.search(words, answer.content.decode())
