"""What programs read: what their person sees, in parts, and nothing else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.program import API, Program, token_of
from tests.world import CANARY, World, present
from zveno.config.rest import api
from zveno.events.tests import make as events
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post, Token
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


def test_list_comes_in_parts_and_repeats_and_skips_nothing() -> None:
    program = Program.of(organisations.college())
    for _ in range(7):
        organisations.school()

    seen: list[str] = []
    after: dict[str, str] | None = {}
    while after is not None:
        part = program.get("/organisations", limit=3, **after).json()
        seen += [item["public_id"] for item in part["items"]]
        after = {"after": part["next"]} if part["next"] else None

    assert len(seen) == len(set(seen)) == 8


def test_list_goes_on_after_a_row_that_has_gone() -> None:
    program = Program.of(organisations.college())
    schools = sorted(organisations.school().public_id for _ in range(4))
    whole = [item["public_id"] for item in program.get("/organisations").json()["items"]]

    after = program.get("/organisations", limit=2).json()["next"]
    Organisation.objects.filter(public_id=after, kind="school").delete()
    rest = program.get("/organisations", after=after).json()["items"]

    assert schools
    assert [item["public_id"] for item in rest] == whole[2:]


def test_unknown_parameter_is_refused_in_words() -> None:
    answer = Program.of(organisations.college()).get("/events", hosst="x")

    problem = answer.json()
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert (problem["code"], problem["status"]) == ("unknown_parameter", 400)
    assert "hosst" in problem["detail"]


def test_of_two_values_of_a_parameter_none_is_chosen() -> None:
    answer = Program.of(organisations.college()).get("/events", state=["open", "held"])

    assert answer.status_code == 400
    assert answer.json()["code"] == "repeated_parameter"
    assert "state" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [("", "Здесь ничего нет."), ("en", "There is nothing here."), ("de, en;q=0.5", "There")],
)
def test_refusal_speaks_the_language_asked_for(asked: str, words: str) -> None:
    program = Program.of(organisations.college())
    program.headers["Accept-Language"] = asked

    answer = program.get(f"/events/{organisations.school().public_id}")

    assert answer.status_code == 404
    assert answer.json()["detail"].startswith(words)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/events/no-key", 404, "not_found"),
        ("/nothing", 404, "not_found"),
        ("/events?after=x", 422, "misfit"),
        ("/events?limit=0", 422, "misfit"),
        ("/events?cluster=%00", 400, "bad_request"),
    ],
)
def test_whatever_is_asked_for_is_answered_with_a_problem(
    path: str, status: int, code: str
) -> None:
    answer = Program.of(organisations.college()).get(path)

    assert answer.status_code == status
    assert answer.json()["code"] == code
    assert answer["X-Request-Id"]


def test_method_an_address_does_not_take_is_a_problem_too() -> None:
    answer = Program.of(organisations.college()).post("/events")

    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer["Allow"] == "GET"


@pytest.mark.parametrize("secret", ["", "zveno_wrong", "\u0416", "x" * 5000])
def test_who_shows_no_live_token_gets_nothing(secret: str) -> None:
    answer = Program(secret.encode().decode("latin-1")).get("/organisations")

    assert (answer.status_code, answer.json()["code"]) == (401, "no_token")
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_session_of_a_browser_is_no_token() -> None:
    program = Program()
    program.client.force_login(people.account(organisations.college()))

    assert program.get("/organisations").status_code == 401


def test_schema_is_shown_to_anybody() -> None:
    schema = Program().get("/openapi.json").json()

    assert schema["openapi"].startswith("3.1")
    assert schema["paths"] == api.schema["paths"]


def test_whoever_holds_a_code_may_verify_a_document() -> None:
    world = World()

    answer = Program().get(f"/verifications/{world.claim.code}")

    assert answer.status_code == 200
    assert answer.json()["initials"] == "А. К."


def test_the_name_in_full_is_for_whoever_answers_for_the_child() -> None:
    event = events.event()
    school = organisations.school()
    events.came(event, school, 1)

    own = Program.of(school, Post.Role.HEAD).get("/places").json()["items"]
    hosts = Program.of(event.host).get("/places").json()["items"]
    others = Program.of(organisations.school(), Post.Role.HEAD).get("/places").json()["items"]

    assert [place["name"].split()[0][:6] for place in own] == ["Иванов"]
    assert [place["name"] for place in hosts] == ["Арина И."]
    assert others == []


@pytest.mark.slow
def test_list_costs_as_many_questions_however_long_it_is() -> None:
    world = World()
    program = Program(token_of(present(world.who["coordinator"])))

    def questions(path: str, limit: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert program.get(path.removeprefix(API), limit=limit).status_code == 200
        return len(asked)

    lists = [path for path in api.schema["paths"] if "{" not in path and path != f"{API}/token"]
    assert {path: questions(path, 50) for path in lists} == {p: questions(p, 1) for p in lists}


def test_program_of_another_organisation_never_meets_a_childs_name() -> None:
    world = World()
    program = Program(token_of(present(world.who["outsider"]), Token.May.READ))

    for path in api.schema["paths"]:
        if "{" not in path:
            assert CANARY not in program.get(path.removeprefix(API)).content.decode(), path
