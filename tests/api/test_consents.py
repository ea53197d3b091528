"""Consents for programs: kept on paper, listed, withdrawn; never of children of others."""

import json

import pytest

from tests.api.program import Program
from zveno.learners.models import Consent, Learner
from zveno.learners.tests import make
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post

pytestmark = pytest.mark.django_db


def school() -> tuple[Program, Learner]:
    child = make.learner(organisations.school())
    make.keeps(child.owner)
    return Program.of(child.owner, Post.Role.REPRESENTATIVE), child


def keeps(program: Program, child: Learner, *others: Learner) -> int:
    keys = [str(one.public_id) for one in (child, *others)]
    body = {"children": keys, "purpose": "participation"}
    path = f"/organisations/{child.owner.public_id}/keep-consents"
    return int(program.post(path, body).status_code)


def test_what_is_kept_is_listed_and_withdrawn() -> None:
    program, child = school()

    assert keeps(program, child) == 204
    (kept,) = program.get("/consents", child=child.public_id).json()["items"]
    path = f"/children/{child.public_id}/withdraw-consent"
    answer = program.post(path, {"purpose": "participation"})
    (ended,) = program.get("/consents").json()["items"]

    assert (kept["purpose"], kept["method"], kept["withdrawn_at"]) == (
        *("participation", "kept"),
        None,
    )
    assert answer.status_code == 204
    assert ended["withdrawn_at"]
    child.refresh_from_db()
    assert child.unfounded_since


def test_a_list_with_a_child_of_others_changes_nothing() -> None:
    program, child = school()
    foreign = make.learner(organisations.school())

    assert keeps(program, child, foreign) == 404
    assert not Consent.objects.exists()


def test_consents_of_others_are_not_listed_and_name_nobody() -> None:
    program, child = school()
    keeps(program, child)
    other, _child = school()

    said = json.dumps(program.get("/consents").json(), ensure_ascii=False)

    assert other.get("/consents").json()["items"] == []
    assert child.family_name not in said
    assert child.given_name not in said
