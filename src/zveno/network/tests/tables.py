"""Tables for stories about lists of members."""

import base64
import json
from pathlib import Path

from django.test import Client
from django.urls import reverse

from zveno.kernel.actor import Actor
from zveno.network.actions import bring_members
from zveno.network.models import Cluster, MemberList
from zveno.network.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

FOUND = 302
DATA = Path(__file__).parent / "data"
EXPECTED = json.loads((DATA / "cluster_members.expected.json").read_text())["rows"]
TEXT = (DATA / "cluster_members.txt").read_text()
SOURCES = {
    "text": {"text": TEXT},
    "xlsx": {
        "file": base64.b64encode((DATA / "cluster_members.xlsx").read_bytes()).decode(),
        "name": "cluster_members.xlsx",
    },
}
MENDS = {5: {"inn": "0010008489"}, 6: {"email": "ds910@example.org"}}


def base() -> Organisation:
    """Make the college of the table, known before the list comes."""
    return organisations.college(name=EXPECTED[0]["name"], inn=EXPECTED[0]["inn"])


def brought(text: str = TEXT, cluster: Cluster | None = None) -> tuple[Actor, MemberList]:
    """Let a coordinator bring a table."""
    cluster = cluster or make.cluster(base())
    coordinator = people.coordinator(cluster.base)
    return coordinator, bring_members(coordinator, cluster.public_id, source={"text": text})


def rows(*lines: str) -> str:
    """Make a table with a heading."""
    return "\n".join(["Наименование\tИНН\tРуководитель", *lines])


def page(name: str, cluster: Cluster, *keys: object) -> str:
    """Return the address of a page of a cluster."""
    return reverse(f"network:{name}", args=[cluster.public_id, *keys])


def paste(client: Client, cluster: Cluster, text: str = TEXT) -> MemberList:
    """Let whoever is signed in paste a table."""
    answer = client.post(page("add_members", cluster), {"text": text})
    if answer.status_code != FOUND:
        raise AssertionError(answer.content.decode())
    return MemberList.objects.latest("pk")
