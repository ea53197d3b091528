"""The first hour without a demonstration: setup, a test of mail, everything taken out again."""

import csv
import io
import re
import runpy
import socket
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from tests.houses import House, empty_house
from zveno.config import settings as the_settings
from zveno.organisations.models import Organisation, Territory
from zveno.people.models import Account, Post

COUNT = "SELECT count(*) FROM {}"
COLLEGE = "ГБПОУ «Колледж станкостроения (пример)»"
GIVEN = {
    "organisation": COLLEGE,
    "region": "Санкт-Петербург",
    "family_name": "Соколова",
    "given_name": "Анна",
}


def laid(**changes: str) -> str:
    """Set up; return the address of the invitation."""
    said = io.StringIO()
    call_command("setup", **(GIVEN | changes), stdout=said)
    (address,) = re.findall(r"https?://[^/]+(/invitation/[^/\s]+/)", said.getvalue())
    return str(address)


# --- Setup ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_who_opens_the_link_chooses_a_name_and_is_the_first(client: Client) -> None:
    address = laid()

    chosen = {"sign_in_name": "anna", "password": "dlinnyi-parol-2026"}
    answer = client.post(address, chosen | {"again": chosen["password"]})

    assert answer.status_code == 302, answer.content.decode()
    account = Account.objects.get()
    held = Post.objects.filter(person=account.person).values_list("role", "organisation__name")
    assert account.sign_in_name == "anna"
    assert {*held} == {(Post.Role.COORDINATOR, COLLEGE), (Post.Role.OPERATOR, COLLEGE)}
    assert Territory.objects.filter(kind=Territory.Kind.REGION).count() == 89


@pytest.mark.django_db
def test_a_setup_broken_off_goes_on_and_only_the_last_link_opens(client: Client) -> None:
    first, second = laid(), laid()

    assert client.get(second).status_code == 200
    assert client.get(first).status_code in {404, 410}
    assert (Organisation.objects.count(), Post.objects.count()) == (1, 2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"region": "Атлантида"}, "Атлантида"),
        ({"role": "kindergarten_representative"}, "."),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, str], says: str) -> None:
    with pytest.raises(CommandError, match=re.escape(says)):
        laid(**changes)


@pytest.mark.django_db
def test_a_house_people_work_in_is_not_set_up_again() -> None:
    Account.objects.create(sign_in_name="anna")

    with pytest.raises(CommandError, match="People work here already"):
        laid()


# --- Mail -----------------------------------------------------------------------------------


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[list[str]]:
    """Take one letter; return what was said."""
    heard: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings.EMAIL_HOST, settings.EMAIL_PORT = listener.getsockname()
        thread = threading.Thread(target=_serve, args=(listener, heard))
        thread.start()
        yield heard
        thread.join(10)


def _serve(listener: socket.socket, heard: list[str]) -> None:
    connection, _ = listener.accept()
    with connection, connection.makefile("rw", newline="\r\n") as talk:
        print("220 test", file=talk, flush=True)
        for line in talk:
            heard.append(line.strip())
            if line.lower().startswith("data"):
                print("354 go on", file=talk, flush=True)
                heard.extend(iter(lambda: talk.readline().strip(), "."))
            print("221 bye" if line.lower().startswith("quit") else "250 ok", file=talk, flush=True)


def test_a_test_letter_reaches_the_mail_server(mail_server: list[str]) -> None:
    said = io.StringIO()

    call_command("mail_test", "somebody@example.org", stdout=said)

    assert "rcpt TO:<somebody@example.org>" in mail_server
    assert "took the letter" in said.getvalue()


@pytest.mark.parametrize(
    ("port", "user", "meant"),
    [
        ("", "", (25, False, False)),
        ("465", "zveno@example.org", (465, True, False)),
        ("587", "", (587, False, True)),
        ("2525", "zveno@example.org", (2525, False, True)),
    ],
)
def test_a_password_for_mail_never_travels_in_the_open(
    port: str, user: str, meant: tuple[int, bool, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    named = {"ZVENO_MAIL_PORT": port, "ZVENO_MAIL_USER": user}
    for name, value in named.items():
        monkeypatch.delenv(name, raising=False)
        if value:
            monkeypatch.setenv(name, value)

    read = runpy.run_path(the_settings.__file__)

    assert (read["EMAIL_PORT"], read["EMAIL_USE_SSL"], read["EMAIL_USE_TLS"]) == meant


def test_a_mail_server_that_does_not_encrypt_hears_no_password(
    mail_server: list[str], settings: Settings
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "zveno", "secret"
    settings.EMAIL_USE_TLS = True

    with pytest.raises(CommandError, match="ZVENO_MAIL_PORT"):
        call_command("mail_test", "somebody@example.org")

    assert not [line for line in mail_server if "auth" in line.lower() or "secret" in line]


def test_a_mail_server_that_is_not_there_is_told_of(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings.EMAIL_HOST, settings.EMAIL_PORT = listener.getsockname()

    with pytest.raises(CommandError, match=r"Nothing answers at .* check ZVENO_MAIL_HOST"):
        call_command("mail_test", "somebody@example.org")


# --- Everything, to go elsewhere ------------------------------------------------------------


@pytest.fixture(scope="module")
def archive(told: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, Path]]:
    folder = tmp_path_factory.mktemp("export")
    with empty_house(folder, like=told) as house:
        house.must("export-all", str(folder / "all.zip"))
        yield house, folder / "all.zip"


@pytest.mark.slow
def test_every_row_and_file_leaves_and_no_secret(archive: tuple[House, Path]) -> None:
    house, path = archive
    with zipfile.ZipFile(path) as found:
        names = set(found.namelist())
        assert len(names) == len(found.namelist())
        for table in ("learners_learner", "people_person", "kernel_entry", "people_account"):
            rows = list(csv.reader(io.StringIO(found.read(f"tables/{table}.csv").decode())))
            assert len(rows) - 1 == house.value(COUNT.format(table))
        account = found.read("tables/people_account.csv").decode()

    digests = {
        f"files/{digest}" for (digest,) in house.ask("SELECT sha256 FROM documents_storedfile")
    }
    assert digests <= names
    assert "argon2" not in account


@pytest.mark.slow
def test_a_file_that_is_there_is_not_written_over(archive: tuple[House, Path]) -> None:
    house, path = archive

    said = house.zveno("export-all", str(path))

    assert (said.returncode, "exists" in said.stderr) == (1, True)
