"""An empty installation is set up by a link, once, by whoever started it."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import NotAllowed
from zveno.organisations.actions import InnTaken, Passport
from zveno.organisations.models import Organisation, Territory
from zveno.people.actions import (
    Appointment,
    House,
    NoSuchRegion,
    NoSuchZone,
    SetUpAlready,
    offer_setup,
    set_up,
)
from zveno.people.models import Account, Post, Setup, actor_of
from zveno.people.tests import make

pytestmark = pytest.mark.django_db
COLLEGE = "ГБПОУ «Колледж станкостроения (пример)»"
DISTRICT = "Пригородный район"
HOUSE = House(Passport("college", COLLEGE), "Санкт-Петербург", DISTRICT, "Asia/Omsk")
FIRST = Appointment("Соколова", "Анна", role=Post.Role.COORDINATOR)
ORGANISATION = {"kind": "college", "name": COLLEGE}
WITH_INN = ORGANISATION | {"inn": "0010 007 742"}
PLACE = {"region": "Санкт-Петербург", "district": " Пригородный  район", "zone": "Asia/Omsk"}
PERSON = {"family_name": "Соколова", "given_name": "Анна", "email": "anna@example.org"}


def offered() -> str:
    return offer_setup(SYSTEM, Territory.objects.get(kind="country").public_id)


@pytest.fixture
def token() -> str:
    return offered()


def filled(client: Client, token: str, organisation: dict[str, str] = ORGANISATION) -> None:
    """Say what the first two steps ask for."""
    assert client.post(f"/setup/{token}/", organisation).status_code == 302
    assert client.post(f"/setup/{token}/place/", PLACE).status_code == 302


def test_four_steps_lead_to_the_invitation_of_the_first_person(client: Client, token: str) -> None:
    filled(client, token, WITH_INN)

    answer = client.post(f"/setup/{token}/person/", PERSON)

    address = answer["Location"]
    chosen = {"sign_in_name": "anna", "password": make.PASSWORD}
    assert address.startswith("/invitation/")
    assert client.post(address, chosen)["Location"] == "/"
    house = Organisation.objects.get()
    post = Post.objects.filter(role="operator").get()
    assert (house.name, house.inn, str(house.territory)) == (COLLEGE, "0010007742", DISTRICT)
    assert (post.person, post.organisation) == (Account.objects.get().person, house)
    assert {role for _, role in actor_of(Account.objects.get()).roles} == {
        "operator",
        "coordinator",
    }
    assert Setup.objects.zone() == "Asia/Omsk"


def test_the_link_is_gone_when_setup_is_done(client: Client, token: str) -> None:
    filled(client, token)
    client.post(f"/setup/{token}/person/", PERSON)

    for step in ("", "place/", "mail/", "person/"):
        assert client.get(f"/setup/{token}/{step}").status_code == 404
        assert client.post(f"/setup/{token}/{step}", PERSON).status_code == 404


def test_the_link_ends_by_itself(client: Client, token: str) -> None:
    with clock.travel(timezone.now() + timedelta(days=4)):
        assert client.get(f"/setup/{token}/").status_code == 404


def test_only_a_hash_of_the_link_is_stored(token: str) -> None:
    kept = Setup.objects.get()

    assert token not in f"{kept.token_hash}{kept.answers}"
    assert len(kept.token_hash) == 64


def test_a_new_link_makes_the_last_one_void(client: Client, token: str) -> None:
    new = offered()

    assert client.get(f"/setup/{token}/").status_code == 404
    assert client.get(f"/setup/{new}/").status_code == 200


def test_steps_cannot_be_passed_by(client: Client, token: str) -> None:
    assert client.get(f"/setup/{token}/person/")["Location"] == f"/setup/{token}/"
    client.post(f"/setup/{token}/", ORGANISATION)
    assert client.post(f"/setup/{token}/person/", PERSON)["Location"] == f"/setup/{token}/place/"
    assert not Organisation.objects.exists()


def test_what_was_typed_stands_there_when_one_comes_back(client: Client, token: str) -> None:
    filled(client, token)

    shown = client.get(f"/setup/{token}/place/").context["form"]

    assert (shown["region"].value(), shown["district"].value()) == ("Санкт-Петербург", DISTRICT)


@pytest.mark.parametrize(
    ("step", "typed", "field"),
    [
        ("", ORGANISATION | {"inn": "0010007743"}, "inn"),
        ("", ORGANISATION | {"name": " "}, "name"),
        ("", ORGANISATION | {"kind": "ministry"}, "kind"),
        ("place/", PLACE | {"region": "Атлантида"}, "region"),
        ("place/", PLACE | {"zone": "Moon/Base"}, "zone"),
        ("place/", PLACE | {"district": "\0"}, "district"),
        ("mail/", {"email": "a@b\nBcc: c@d"}, "email"),
        ("person/", PERSON | {"family_name": ""}, "family_name"),
    ],
)
def test_what_cannot_be_is_named_and_kept_as_typed(
    client: Client, token: str, step: str, typed: dict[str, str], field: str
) -> None:
    if step == "person/":
        filled(client, token)

    answer = client.post(f"/setup/{token}/{step}", typed)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}


def test_where_people_work_nothing_is_set_up(client: Client, token: str) -> None:
    filled(client, token)
    Account.objects.create(sign_in_name="anna")

    answer = client.post(f"/setup/{token}/person/", PERSON)

    assert answer.status_code == 409
    assert not Organisation.objects.exists()
    with pytest.raises(SetUpAlready):
        offered()


def test_nobody_else_offers_or_sets_up() -> None:
    setup = made()
    somebody = make.actor()

    with pytest.raises(NotAllowed):
        offer_setup(somebody, Territory.objects.get(kind="country").public_id)
    for stranger in (somebody, Actor()):
        assert not Setup.objects.visible_to(stranger).exists()
        assert not set_up.allowed(stranger, setup)


def made() -> Setup:
    offered()
    return Setup.objects.get(done_at=None)


def printed(**options: bool) -> str:
    said = StringIO()
    call_command("setup_link", stdout=said, **options)
    return said.getvalue()


def test_the_console_prints_a_link_that_opens_and_the_first_start_prints_it_once(
    client: Client,
) -> None:
    first = printed(unless_printed=True)
    again = printed(unless_printed=True)
    (address,) = re.findall(r"https?://[^/]+(/setup/[^/\s]+/)", first)

    assert client.get(address).status_code == 200
    assert "/setup/" not in again
    assert "/setup/" in printed()
    assert client.get(address).status_code == 404


def test_the_console_prints_no_link_where_people_work() -> None:
    Account.objects.create(sign_in_name="anna")

    with pytest.raises(CommandError, match="People work here already"):
        printed()


def test_a_setup_broken_off_goes_on_with_a_new_link(token: str) -> None:
    first = Setup.objects.get()
    set_up(SYSTEM, first.public_id, house=HOUSE, first=FIRST)

    set_up(SYSTEM, made().public_id, house=HOUSE, first=FIRST)

    assert (Organisation.objects.count(), Post.objects.count()) == (1, 2)


def test_what_is_refused_leaves_nothing_behind() -> None:
    setup = made()
    atlantis = House(Passport("college", COLLEGE), "Атлантида")

    with pytest.raises(NoSuchRegion):
        set_up(SYSTEM, setup.public_id, house=atlantis, first=FIRST)

    assert Territory.objects.count() == 1


def test_a_time_zone_that_is_none_is_refused() -> None:
    nowhere = House(Passport("college", COLLEGE), "Москва", zone="Moon/Base")

    with pytest.raises(NoSuchZone):
        set_up(SYSTEM, made().public_id, house=nowhere, first=FIRST)


def test_an_inn_of_another_is_refused_in_the_form(client: Client, token: str) -> None:
    filled(client, token)
    Setup.objects.update(answers=Setup.objects.get().answers | {"inn": "0010007742"})
    Organisation.objects.create(kind="college", name="Другой", name_key="другой", inn="0010007742")

    answer = client.post(f"/setup/{token}/person/", PERSON)

    assert answer.status_code == 422
    assert (
        str(InnTaken(inn="0010007742", name="Другой")) in answer.context["form"].errors["__all__"]
    )
