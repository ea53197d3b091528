"""Everything held about a child is in one file, for who answers for the child and nobody else."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.test import Client

from zveno.events.actions import issue_certificates
from zveno.events.models import Group
from zveno.events.tests import make as events
from zveno.kernel.actor import Actor, Means
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Entry
from zveno.learners.actions import subject_file
from zveno.learners.models import TOLD, Learner, relations_of_a_child
from zveno.learners.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Organisation:
    return organisations.school()


@pytest.fixture
def group(school: Organisation) -> Group:
    return events.came(events.held(), school)


@pytest.fixture
def child(group: Group) -> Learner:
    return group.places.select_related("learner").order_by("pk")[0].learner


def opened(packed: bytes) -> tuple[bytes, dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return archive.read("data.pdf"), json.loads(archive.read("data.json"))


def test_every_table_that_names_a_child_has_words() -> None:
    labels = {column.model._meta.label for column in relations_of_a_child()}

    assert {"learners.Consent", "events.Place", "events.Certificate"} <= labels
    assert labels <= set(TOLD), "say in words what is kept about a child"
    for label, (_title, fields) in TOLD.items():
        kinds: list[Any] = [Learner, *(column.model for column in relations_of_a_child())]
        kind = next((one for one in kinds if one._meta.label == label), None)
        assert kind is None or set(fields) <= {field.name for field in kind._meta.fields}


def test_the_file_tells_all_and_of_nobody_else(
    school: Organisation, group: Group, child: Learner
) -> None:
    issue_certificates(people.coordinator(group.event.host), group.event.public_id)

    pdf, told = opened(subject_file(people.actor(school), child.public_id))

    assert pdf.startswith(b"%PDF-")
    assert set(told) == {
        "made_at",
        "journal",
        *("learners.Learner", "learners.Consent", "learners.Disclosure"),
        *("events.Place", "events.Certificate"),
    }
    (row,) = told["learners.Learner"]
    assert (row["family_name"], row["owner"]["name"]) == (child.family_name, str(school))
    (place,) = told["events.Place"]
    assert place["event"]["name"] == group.event.title
    other = group.places.exclude(learner=child).get().learner
    assert other.family_name not in json.dumps(told, ensure_ascii=False)


def test_who_saw_the_child_is_in_the_file(
    client: Client, school: Organisation, group: Group, child: Learner
) -> None:
    client.force_login(people.account(group.event.host, Post.Role.TEACHER))
    client.get(f"/check/{group.event.public_id}/")

    _pdf, told = opened(subject_file(people.actor(school), child.public_id))

    (look,) = told["journal"]
    assert (look["organisation"], look["post"]) == (group.event.host.name, "педагог")


@pytest.mark.parametrize("name", ["{owner}", "Ива\u202eнова", "Ёлкина\u4e00", "a" * 100])
def test_no_name_breaks_the_paper(school: Organisation, name: str) -> None:
    child = make.learner(school, family_name=name)

    pdf, told = opened(subject_file(people.actor(school), child.public_id))

    assert pdf.startswith(b"%PDF-")
    assert told["learners.Learner"][0]["family_name"] == name


def test_a_family_by_its_link_learns_nothing_of_others(school: Organisation) -> None:
    child = make.founded(school)
    make.hold(school, learner=child, category="")
    family = Actor(means=Means.LINK, keys=frozenset([("learners.Learner", child.pk)]))

    _pdf, told = opened(subject_file(family, child.public_id))

    assert "learners.Consent" in told
    assert "learners.Hold" not in told


def test_nobody_else_has_it(group: Group, child: Learner) -> None:
    for actor in (people.actor(), Actor(means=Means.LINK)):
        with pytest.raises(NotFound):
            subject_file(actor, child.public_id)
    with pytest.raises(NotAllowed):
        subject_file(people.coordinator(group.event.host), child.public_id)


def test_that_it_was_taken_stands_in_the_journal(
    client: Client, school: Organisation, child: Learner
) -> None:
    client.force_login(people.account(school))

    answer = client.post(f"/learners/{child.public_id}/file/")

    assert answer["Content-Type"] == "application/zip"
    assert child.family_name not in answer["Content-Disposition"]
    entry = Entry.objects.get(verb="learners.subject_file")
    assert entry.target_key == child.journal_key
