"""The pages of an employer's engineer: the host asks, the employer names, one tap, the day."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from zveno.events.models import Engineer, Event, Slot
from zveno.events.models.engineers import ENGINEER
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.models import Letter
from zveno.kernel.walls import scoped
from zveno.organisations.models import Organisation
from zveno.people.models import Post
from zveno.people.tests import make as people
from zveno.ui.tests.calendars import agreed

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-a-letter-to-an-engineer"


@pytest.fixture
def event() -> Event:
    start = localtime(clock.now() + timedelta(days=3)).replace(hour=10, minute=0, second=0)
    start = start.replace(microsecond=0)
    return make.event(starts_at=start, ends_at=start + timedelta(hours=2))


@pytest.fixture
def plant(event: Event) -> Organisation:
    return make.plant(event)


def signed_in(house: Organisation, role: str) -> Client:
    client = Client()
    client.force_login(people.account(house, role))
    return client


@pytest.fixture
def host(event: Event) -> Client:
    return signed_in(event.host, Post.Role.COORDINATOR)


@pytest.fixture
def lev(plant: Organisation) -> Client:
    return signed_in(plant, Post.Role.EMPLOYER_REPRESENTATIVE)


def asked(event: Event, plant: Organisation, **changes: str) -> dict[str, str]:
    facts = {"employer": str(plant.public_id), "role": "tell", "topic": "Роботы в цехе"}
    times = {"day": f"{event.starts_at:%d.%m.%Y}", "starts": "10:30", "ends": "11:00"}
    return facts | times | {"people": "1"} | changes


def invited(event: Event, plant: Organisation) -> Engineer:
    """Let an engineer have a letter with the token."""
    engineer = make.engineer(make.slot(event, plant))
    until = event.ends_at + timedelta(days=30)
    people.link(plant, [(ENGINEER, engineer.pk)], TOKEN, until=until)
    return engineer


def test_what_the_host_asks_for_waits_for_the_employer_at_home(
    event: Event, plant: Organisation, host: Client, lev: Client
) -> None:
    page = reverse("events:engineers", args=[event.public_id])
    refused = host.post(page, asked(event, plant, ends="13:00"))
    host.post(page, asked(event, plant))
    slot = Slot.objects.get()

    home = lev.get("/").content.decode()
    own = lev.get(reverse("events:event", args=[event.public_id])).content.decode()

    assert refused.status_code == 422
    assert "внутри события" in refused.content.decode()
    assert "Назовите, кто придёт" in home
    assert reverse("events:slot", args=[slot.public_id]) in own


def test_the_employer_names_and_the_letter_leads_to_the_page(
    event: Event, plant: Organisation, lev: Client
) -> None:
    slot = make.slot(event, plant)
    page = reverse("events:slot", args=[slot.public_id])
    wrong = lev.post(page, {"name": "Жукова Мария", "job": "инженер", "email": "почта"})
    lev.post(page, {"name": "Жукова Мария", "job": "инженер", "email": "zhukova@example.org"})
    with scoped(SYSTEM):
        text = Letter.objects.get().text
    address = next(line for line in text.splitlines() if "/engineer/" in line)
    token = address.rstrip("/").rpartition("/")[2]

    shown = Client().get(reverse("events:engineer", args=[token])).content.decode()

    assert wrong.status_code == 422
    assert "Жукова Мария" in shown
    assert "Приду" in shown


def test_one_tap_confirms_without_an_account(event: Event, plant: Organisation) -> None:
    engineer = invited(event, plant)
    page = reverse("events:engineer", args=[TOKEN])

    Client().get(page)
    opened = Engineer.objects.get(pk=engineer.pk).state
    answered = Client().post(page, {"asked": 1, "answer": "comes"}, follow=True)
    late = Client().post(page, {"asked": 7, "answer": "comes"})
    nonsense = Client().post(page, {"answer": "maybe"})

    assert opened == "asked"
    assert "Вас ждут" in answered.content.decode()
    assert (late.status_code, nonsense.status_code) == (409, 422)
    assert Engineer.objects.get(pk=engineer.pk).state == "confirmed"


def test_the_calendar_gets_the_slot_and_takes_it_back(event: Event, plant: Organisation) -> None:
    engineer = invited(event, plant)
    page = reverse("events:engineer_calendar", args=[TOKEN])

    [before] = agreed(Client().get(page).content)
    Engineer.objects.filter(pk=engineer.pk).update(state="off")
    [after] = agreed(Client().get(page).content)

    assert (before["state"], before["begins"]) == ("CONFIRMED", engineer.slot.starts_at)
    assert (after["uid"], after["state"]) == (before["uid"], "CANCELLED")


def test_the_day_is_marked_corrected_undone_and_thanked(event: Event, plant: Organisation) -> None:
    engineer = invited(event, plant)
    key, page = engineer.public_id, reverse("events:engineers", args=[event.public_id])
    count = reverse("events:count_engineer", args=[key])
    with clock.travel(event.ends_at):
        host = signed_in(event.host, Post.Role.COORDINATOR)
        refused = host.post(count, {"hours": "25"})
        host.post(count, {"hours": "2"})
        counted = host.get(page).content.decode()
        host.post(reverse("events:uncount_engineer", args=[key]))
        undone = Engineer.objects.get(pk=engineer.pk).hours
        host.post(count, {"hours": "1"})
        preview = host.get(reverse("events:thank_engineer", args=[key])).content.decode()
        host.post(reverse("events:thank_engineer", args=[key]))
        thanked = Client().get(reverse("events:engineer", args=[TOKEN])).content.decode()

    assert refused.status_code == 422
    assert "Пришёл, 2 часа" in counted
    assert undone is None
    assert "благодарим вас" in preview
    assert "благодарим вас" in thanked


def test_an_employer_removes_or_declines(event: Event, plant: Organisation, lev: Client) -> None:
    engineer = invited(event, plant)
    slot = engineer.slot
    lev.post(reverse("events:remove_engineer", args=[engineer.public_id]))
    left = Client().get(reverse("events:engineer", args=[TOKEN])).status_code
    decline = reverse("events:decline_slot", args=[slot.public_id])
    silent = lev.post(decline, {"why": ""})
    lev.post(decline, {"why": "Пуск линии"})
    again = lev.post(decline, {"why": "Пуск линии"}, follow=True)

    slot.refresh_from_db()
    assert (left, silent.status_code, slot.state) == (404, 422, "declined")
    assert "Пуск линии" in again.content.decode()
