"""Files for teachers: attached by the host, read by whoever works in the network."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from zveno.documents.actions import NotAttachable, Upload
from zveno.documents.models import StoredFile
from zveno.events.actions import (
    IsCancelled,
    NoPictures,
    TooManyHandouts,
    attach_file,
    remove_file,
    return_file,
)
from zveno.events.models import MOST_HANDOUTS, Event, Handout
from zveno.events.tests import make
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.walls import scoped
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"


def pdf(number: int = 0) -> Upload:
    return Upload(f"Памятка {number}.pdf", "", PDF + b"%d" % number)


@pytest.fixture
def event() -> Event:
    return make.event()


@pytest.fixture
def host(event: Event) -> Actor:
    return people.coordinator(event.host)


def named(event: Event) -> list[str]:
    return [one.name for one in Handout.objects.filter(event=event).at_hand()]


def stored() -> int:
    with scoped(SYSTEM):
        return StoredFile.objects.count()


def test_the_same_file_again_is_the_one_that_is_there(event: Event, host: Actor) -> None:
    first = attach_file(host, event.public_id, upload=pdf())
    again = attach_file(host, event.public_id, upload=pdf())

    assert (again, stored()) == (first, 1)


def test_what_was_removed_comes_back_by_a_press_or_by_the_same_file(
    event: Event, host: Actor
) -> None:
    file = attach_file(host, event.public_id, upload=pdf())

    remove_file(host, file.public_id)
    gone = named(event)
    return_file(host, file.public_id)
    back = named(event)
    remove_file(host, file.public_id)
    attach_file(host, event.public_id, upload=pdf())

    assert (gone, back, named(event)) == ([], [file.name], [file.name])


def test_there_are_ten_at_most(event: Event, host: Actor) -> None:
    files = [attach_file(host, event.public_id, upload=pdf(n)) for n in range(MOST_HANDOUTS)]
    with pytest.raises(TooManyHandouts):
        attach_file(host, event.public_id, upload=pdf(MOST_HANDOUTS))

    remove_file(host, files[0].public_id)
    attach_file(host, event.public_id, upload=pdf(MOST_HANDOUTS))
    with pytest.raises(TooManyHandouts):
        return_file(host, files[0].public_id)


@pytest.mark.parametrize(
    ("name", "data"), [("a.exe", b"MZ"), ("a.pdf", b"MZ"), ("a.docm", b"PK\x03\x04"), ("a", PDF)]
)
def test_what_a_file_is_its_name_and_its_bytes_say(
    event: Event, host: Actor, name: str, data: bytes
) -> None:
    with pytest.raises(NotAttachable):
        attach_file(host, event.public_id, upload=Upload(name, "", data))


@pytest.mark.parametrize("data", [b"\xff\xd8\xff\xe1 Exif", b"\x89PNG\r\n\x1a\n"])
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.pdf"])
def test_a_photograph_is_not_attached(event: Event, host: Actor, name: str, data: bytes) -> None:
    with pytest.raises(NoPictures):
        attach_file(host, event.public_id, upload=Upload(name, "", data))


def test_a_cancelled_event_gets_no_more(event: Event, host: Actor) -> None:
    facts: dict[str, Any] = {"state": "cancelled", "cancelled_why": "Болезнь"}
    Event.objects.filter(pk=event.pk).update(**facts, cancelled_at=event.starts_at)
    with pytest.raises(IsCancelled):
        attach_file(host, event.public_id, upload=pdf())


def test_only_the_host_attaches_and_removes(event: Event, host: Actor) -> None:
    file = attach_file(host, event.public_id, upload=pdf())
    for stranger in (
        people.actor(),
        people.coordinator(organisations.college()),
        people.actor(event.host),
    ):
        with pytest.raises(NotAllowed):
            attach_file(stranger, event.public_id, upload=pdf(1))
        with pytest.raises(NotAllowed):
            remove_file(stranger, file.public_id)


def test_a_draft_shows_its_files_to_nobody_else(event: Event, host: Actor) -> None:
    file = attach_file(host, event.public_id, upload=pdf())
    Event.objects.filter(pk=event.pk).update(state=Event.State.DRAFT)

    with pytest.raises(NotFound):
        Handout.objects.visible_to(people.actor()).pick(file.public_id)


def test_a_teacher_elsewhere_reads_it_and_a_family_does_not(event: Event, host: Actor) -> None:
    file = attach_file(host, event.public_id, upload=pdf())
    teacher = Client()
    teacher.force_login(people.account(organisations.school(), Post.Role.TEACHER))

    page = teacher.get(f"/e/{event.public_id}/").content.decode()
    sent = teacher.get(f"/e/files/{file.public_id}/")
    remove_file(host, file.public_id)
    gone = teacher.get(f"/e/files/{file.public_id}/")

    assert "Памятка 0.pdf" in page
    assert (sent.content, sent["Content-Type"]) == (PDF + b"0", "application/pdf")
    assert sent["Content-Disposition"].startswith("attachment;")
    assert sent["Content-Security-Policy"] == "sandbox"
    assert gone.status_code == 404
    assert "Памятка" not in Client().get(f"/p/e/{event.public_id}/").content.decode()


def test_the_page_attaches_removes_and_puts_back(event: Event) -> None:
    client = Client()
    client.force_login(people.account(event.host, "coordinator"))
    page = reverse("events:handouts", args=[event.public_id])

    refused = client.post(page, {"file": SimpleUploadedFile("a.exe", b"MZ")})
    attached = client.post(page, {"file": SimpleUploadedFile("Памятка.pdf", PDF)}, follow=True)
    key = Handout.objects.get().public_id
    client.post(reverse("events:remove_file", args=[key]))
    gone = named(event)
    client.post(reverse("events:return_file", args=[key]))

    assert refused.status_code == 422
    assert "нельзя" in refused.content.decode()
    assert "Памятка.pdf" in attached.content.decode()
    assert (gone, named(event)) == ([], ["Памятка.pdf"])


def test_the_database_keeps_a_file_from_being_attached_twice(event: Event, host: Actor) -> None:
    file = attach_file(host, event.public_id, upload=pdf())
    with pytest.raises(IntegrityError), transaction.atomic():
        Handout.objects.create(
            event=event, file_id=file.file_id, name=file.name, size=1, sha256=file.sha256
        )
