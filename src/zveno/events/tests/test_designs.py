"""How sheets look: chosen from closed lists, words with placeholders, copied into each batch."""

from typing import Any

import pytest
from django.test import Client

from zveno.events.actions import (
    BadPlaceholder,
    Design,
    NoSuchDesign,
    issue_certificates,
    issue_diplomas,
    set_design,
)
from zveno.events.models import Certificate, CertificateDesign, misplaced, sheet
from zveno.events.tests import make
from zveno.kernel.errors import NotAllowed
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
WORDS = "{имя} провёл {часы} на событии «{событие}»"


def printed(**design: Any) -> dict[str, str]:
    """Return the words of a certificate issued by a host with that design."""
    event = make.held(title="День лабораторий", hours=2)
    make.came(event, organisations.school(), children=1)
    anna = people.coordinator(event.host)
    set_design(anna, event.host.public_id, kind="certificate", design=Design(**design))
    issue_certificates(anna, event.public_id)
    return sheet(Certificate.objects.by_number().get())


def test_sheet_looks_as_its_organisation_says() -> None:
    words = printed(look="formal", accent="plum", portrait=True, heading="Сертификат инженера")

    looks = [words[key] for key in ("design", "accent", "portrait", "heading")]
    assert looks == ["formal", "plum", "1", "Сертификат инженера"]


def test_placeholders_are_filled_in() -> None:
    words = printed(words=WORDS)

    assert words["words"] == (
        f"{words['name']} провёл 2 академических часа на событии «День лабораторий»"
    )


def test_who_signs_may_be_somebody_else() -> None:
    words = printed(signatory="Соколов Андрей Викторович", signatory_post="директор")

    assert words["signatory"] == "Соколов Андрей Викторович"
    assert words["signatory_post"] == "директор"


def test_what_was_issued_stays_as_it_is() -> None:
    before = printed(look="stripe")
    host = Certificate.objects.get().issuer

    set_design(people.coordinator(host), host.public_id, kind="certificate", design=Design())

    assert sheet(Certificate.objects.by_number().get()) == before


def test_each_kind_has_its_own_design() -> None:
    event = make.held()
    group = make.came(event, organisations.school(), children=1)
    anna = people.coordinator(event.host)
    set_design(anna, event.host.public_id, kind="certificate", design=Design(look="stripe"))

    place = group.places.earliest("pk").public_id
    issue_diplomas(anna, event.public_id, awards={place: "first"})

    assert sheet(Certificate.objects.by_number().get())["design"] == "frame"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("{имя}", None),
        ("без скобок", None),
        ("Для {nmae}", ("{nmae}", 5)),
        ("{имя} и {", ("{", 9)),
        ("}", ("}", 1)),
        ("{}", ("{}", 1)),
        ("{{имя}}", ("{", 1)),
    ],
)
def test_braces_hold_what_may_be_filled_in(words: str, found: Any) -> None:
    assert misplaced(words) == found


def test_unknown_placeholder_is_refused_with_its_place() -> None:
    host = organisations.college()
    with pytest.raises(BadPlaceholder, match=r"\{nmae\}, знак 5"):
        set_design(
            people.coordinator(host),
            host.public_id,
            kind="thanks",
            design=Design(words="Для {nmae}"),
        )


@pytest.mark.parametrize("wrong", [{"look": "none"}, {"accent": "#ff0000"}])
def test_looks_are_on_closed_lists(wrong: dict[str, Any]) -> None:
    host = organisations.college()
    with pytest.raises(NoSuchDesign):
        set_design(
            people.coordinator(host), host.public_id, kind="certificate", design=Design(**wrong)
        )


@pytest.mark.parametrize("role", ["teacher", "head", "representative"])
def test_only_a_coordinator_designs(role: str) -> None:
    host = organisations.college()
    with pytest.raises(NotAllowed):
        set_design(people.actor(host, role), host.public_id, kind="certificate", design=Design())


@pytest.fixture
def editor(client: Client) -> tuple[Client, str]:
    """Sign a coordinator in; return the address of the editor."""
    account = people.account(organisations.college(), Post.Role.COORDINATOR)
    client.force_login(account)
    house = Post.objects.get(person=account.person).organisation
    return client, f"/certificates/looks/{house.public_id}/"


def test_editor_shows_the_sheet_as_typed_and_keeps_nothing(editor: tuple[Client, str]) -> None:
    client, address = editor

    answer = client.post(address, {"look": "meadow", "accent": "green", "look_only": "1"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "#2b6a2f" in page
    assert 'value="meadow" checked' in page.replace('" id="id_look_2" checked', '" checked')
    assert not CertificateDesign.objects.exists()


def test_script_gets_the_sheet_alone(editor: tuple[Client, str]) -> None:
    client, address = editor
    typed = {"look": "stripe", "accent": "brick", "words": "{нет}", "look_only": "1"}

    answer = client.post(address, typed, headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<form" not in page
    assert "{нет}, знак 1" in page
    assert "#9a3412" in page


def test_refused_form_keeps_what_was_typed(editor: tuple[Client, str]) -> None:
    client, address = editor

    answer = client.post(address, {"look": "formal", "accent": "blue", "words": "Кому: {кто}"})

    assert answer.status_code == 422
    assert "Кому: {кто}" in answer.content.decode()
    assert not CertificateDesign.objects.exists()


def test_saved_design_is_shown_again(editor: tuple[Client, str]) -> None:
    client, address = editor

    client.post(f"{address}?kind=thanks", {"look": "formal", "accent": "plum", "portrait": "on"})

    saved = CertificateDesign.objects.get()
    assert (saved.kind, saved.look, saved.accent, saved.portrait) == (
        *("thanks", "formal", "plum"),
        True,
    )
    assert "#7a2a66" in client.get(f"{address}?kind=thanks").content.decode()
