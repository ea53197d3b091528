"""What search engines are told: open pages only."""

from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from zveno.events.models import Event
from zveno.events.tests import make

pytestmark = pytest.mark.django_db
SCHEMA = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_open_pages_are_listed_and_lead_somewhere() -> None:
    coming, draft, held = make.event(), make.event(state=Event.State.DRAFT), make.held()

    answer = Client().get("/sitemap.xml")

    root = ET.fromstring(answer.content)  # noqa: S314 - our own answer
    found = [str(one.text) for one in root.iter(f"{SCHEMA}loc")]
    assert answer["Content-Type"] == "application/xml"
    assert root.tag == f"{SCHEMA}urlset"
    assert any(str(coming.public_id) in one for one in found)
    assert not any(str(event.public_id) in one for event in (draft, held) for one in found)
    assert any(str(coming.cluster.public_id) in one for one in found)
    paths = ["/" + one.split("://")[1].split("/", 1)[1] for one in found]
    assert {Client().get(path).status_code for path in paths} == {200}


def test_robots_are_sent_to_open_pages_only() -> None:
    text = Client().get("/robots.txt").content.decode()

    assert text.startswith("User-agent: *\nAllow: /p/")
    assert "Disallow: /\n" in text
    assert "/sitemap.xml" in text
