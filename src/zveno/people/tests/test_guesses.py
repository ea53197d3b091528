"""Links are guessed slowly: after so many that lead nowhere a network address waits."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from zveno.kernel import clock
from zveno.people.pages.guesses import LINKS

pytestmark = pytest.mark.django_db
FAR, OTHER = "203.0.113.7", "203.0.113.8"


def opened(client: Client, link: str = "no-such-link", address: str = FAR) -> Any:
    return client.get(f"/family/{link}/", REMOTE_ADDR=address)


def test_a_network_address_tries_so_many_links_and_waits(client: Client) -> None:
    tried = [opened(client, f"guess-{number}").status_code for number in range(LINKS + 1)]

    assert tried == [404] * LINKS + [429]
    late = opened(client)
    assert "Слишком много неверных ссылок" in late.content.decode()
    assert int(late["Retry-After"]) > 0
    assert client.post("/family/guess/", {"name": "Мама"}, REMOTE_ADDR=FAR).status_code == 429
    assert opened(client, address=OTHER).status_code == 404
    assert client.get("/sign-in/", REMOTE_ADDR=FAR).status_code == 200


def test_it_goes_on_after_a_quarter(client: Client) -> None:
    for number in range(LINKS):
        opened(client, f"guess-{number}")

    with clock.travel(timezone.now() + timedelta(minutes=16)):
        assert opened(client).status_code == 404
