"""Where something of a child stands: a table written by hand, over all pages, papers, exports.

Everybody opens every address and sends every form that does not refuse them (that those who are
refused are told nothing, the tables of rights see to). What of the child is in the answer stands
in ``canaries.txt``; in addresses, headers, cookies, logs, letters, notices, the journal, later
work and what goes to other programs there is nothing of it.
"""

import logging
from base64 import urlsafe_b64decode
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zlib import decompress

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from prometheus_client import generate_latest

from tests.api.bodies import bodies
from tests.api.program import Program, token_of
from tests.api.test_matrix import TABLE as OF_PROGRAMS
from tests.canaries import EMAIL, addresses, one_child, opened, signs
from tests.test_matrix import TABLE, Row, fields, fill, undone, visitor
from tests.world import CANARY, World, present
from zveno.kernel.actor import SYSTEM
from zveno.kernel.logs import Structured
from zveno.kernel.models import Entry, Letter
from zveno.kernel.rest.endpoints import VERBS_SERVED
from zveno.kernel.walls import scoped
from zveno.learners.pages import cards
from zveno.people.models import Notice, Post
from zveno.people.tests import make as people
from zveno.ui.toasts import tell
from zveno.webhooks.tests import make as webhooks

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

EVERYBODY = (
    *("coordinator", "teacher", "head_a", "deputy_a", "deputy_b", "foreign", "outsider", "former"),
    *("anonymous", "overseer"),
)
GROUPS = {
    "everybody": EVERYBODY,
    "school": ("head_a", "deputy_a"),
    "host": ("coordinator", "teacher"),
}
MORE = [
    Row("learners:destruction", "get", "/learners/{school_a}/destruction/?class={of_child}", ()),
    Row("learners:class", "get", "/learners/at/{school_a}/class/{first_year}/?letter=Б", ()),
]
"""Addresses with what else may be asked of them."""
TYPED = {"events:check": {"q": CANARY[:6]}}
BESIDE = {
    "letters": "SELECT subject, text, about FROM kernel_letter",
    "notices": "SELECT n::text FROM people_notice n",
    "journal": "SELECT e::text FROM kernel_entry e",
    "later work": "SELECT args::text FROM procrastinate_jobs",
    "other programs": "SELECT d::text FROM webhooks_delivery d",
    "keys of programs": "SELECT r::text FROM kernel_repeat r",
    "troubles": "SELECT t::text FROM kernel_trouble t",
}
"""What stays of a request beside its answer, and leaves the house or is read by others."""
Sights = dict[tuple[str, str], set[str]]


class Looker:
    """Looks at every answer and at what stayed of the request."""

    def __init__(self) -> None:
        self.sights: Sights = defaultdict(set)
        self.leaks: set[str] = set()

    def look(self, what: str, who: str, response: Any) -> None:
        """Note what of the child stands in an answer, and where it must never stand."""
        body = b"".join(response) if response.streaming else response.content
        text = opened(body)
        for kind in signs(text):
            self.sights[what, who].add(kind)
        cookies = [one.value for one in response.cookies.values()]
        for place, words in {
            "headers": "\n".join(f"{name}: {value}" for name, value in response.items()),
            "cookies": "\n".join([*cookies, *map(unpacked, cookies)]),
            "addresses": addresses(text) if "html" in response.get("Content-Type", "") else "",
        }.items():
            if found := signs(words):
                self.leaks.add(f"{place} of {what} as {who}: {sorted(found)}")

    def look_beside(self, what: str, who: str) -> None:
        """Note what of the child stayed where others read it."""
        with scoped(SYSTEM):
            webhooks.published()
            for place, question in BESIDE.items():
                with connection.cursor() as cursor:
                    cursor.execute(question)
                    if found := signs(str(cursor.fetchall())):
                        self.leaks.add(f"{place} after {what} as {who}: {sorted(found)}")


def unpacked(cookie: str) -> str:
    """Read a signed cookie as anybody can who has it: base64, perhaps packed."""
    packed = cookie.strip('"').partition(":")[0]
    with suppress(ValueError):
        data = urlsafe_b64decode(packed.removeprefix(".") + "===")
        return opened(decompress(data) if packed.startswith(".") else data)
    return ""


@pytest.fixture
def world() -> World:
    """Let everybody there is look at one child and its parents."""
    world = one_child(World())
    overseer = people.account(world.other_college, Post.Role.OPERATOR)
    for role in (Post.Role.AUDITOR, Post.Role.REGIONAL_AUTHORITY):
        Post.objects.create(
            person=present(overseer.person), organisation=world.other_college, role=role
        )
    world.who["overseer"] = overseer
    # Schools hear of what happens by programs, too.
    webhooks.subscription(world.who["head_a"])
    webhooks.published()
    return world


@pytest.fixture
def written() -> Iterator[StringIO]:
    """Collect what a house in production writes down."""
    handler = logging.StreamHandler(StringIO())
    handler.setFormatter(Structured())
    root, ours = logging.getLogger(), logging.getLogger("zveno")
    root.addHandler(handler)
    ours.setLevel(logging.INFO)
    yield handler.stream
    root.removeHandler(handler)
    ours.setLevel(logging.WARNING)


def refused(row: Row, who: str) -> bool:
    """Whether a table of rights says that somebody gets nothing here."""
    columns = dict(zip(EVERYBODY, row.expected, strict=False))
    return columns.get(who, "").rstrip("*") in {"401", "403", "404", "in"}


def on_pages(world: World, rows: list[Row]) -> Looker:
    """Open every page and send every form as everybody."""
    looker = Looker()
    clients = {who: visitor(account) for who, account in world.who.items()}
    for row in rows:
        path, what = fill(world, row.path), f"{row.method} {row.name}"
        for who, client in clients.items():
            if refused(row, who):
                continue
            typed = fields(world, row.name, who) | TYPED.get(row.name, {})
            with undone():
                before = Entry.objects.count()
                response = client.post(path, typed) if row.method == "post" else client.get(path)
                looker.look(what, who, response)
                if Entry.objects.count() > before:
                    looker.look_beside(what, who)
    return looker


def by_programs(world: World, rows: list[Row]) -> Looker:
    """Ask every endpoint as everybody who has a token, and without one."""
    looker = Looker()
    served = {address: verb for verb, address in VERBS_SERVED.items()}
    accounts = {who: account for who, account in world.who.items() if account}
    programs = {who: Program(token_of(account)) for who, account in accounts.items()}
    sent = {who: bodies(world, account) for who, account in accounts.items()}
    programs["anonymous"], sent["anonymous"] = Program(), sent["coordinator"]
    for row in rows:
        verb = served.get(row.name.replace("{key}", "{uuid:key}"), "")
        path, what = fill(world, row.path), f"{row.method} {row.name}"
        for who, program in programs.items():
            if refused(row, who):
                continue
            with undone():
                before = Entry.objects.count()
                answer = getattr(program, row.method)
                response = answer(path, *[sent[who].get(verb)] if row.method == "post" else [])
                looker.look(what, who, response)
                if Entry.objects.count() > before:
                    looker.look_beside(what, who)
    return looker


def table(part: str) -> Sights:
    """Read the table: what of the child an address shows whom."""
    shown: Sights = defaultdict(set)
    text = Path(__file__).with_name("canaries.txt").read_text("utf-8")
    for line in text.partition(f"\n{part}\n")[2].partition("\n\n")[0].splitlines():
        method, name, who, *kinds = line.split()
        for one in GROUPS.get(who, (who,)):
            shown[f"{method} {name}", one] |= set(kinds)
    return shown


def differences(found: Sights, expected: Sights) -> list[str]:
    """Say where more, or less, of the child is shown than the table says."""
    return [
        f"{what} as {who} shows {sorted(found.get((what, who), set()))},"
        f" not {sorted(expected.get((what, who), set()))}"
        for what, who in sorted({*found, *expected})
        if found.get((what, who), set()) != expected.get((what, who), set())
    ]


def test_pages_show_of_a_child_what_the_table_says(world: World, written: StringIO) -> None:
    looker = on_pages(world, [*TABLE, *MORE])

    assert set(world.who) == set(EVERYBODY)
    assert looker.leaks == set()
    told = differences(looker.sights, table("pages"))
    assert not told, "\n".join(told)
    assert "answered" in written.getvalue()
    assert signs(written.getvalue()) == set()
    assert signs(generate_latest().decode()) == set()


def test_programs_are_told_of_a_child_what_the_table_says(world: World, written: StringIO) -> None:
    world.membership = world.cluster.memberships.earliest("pk")  # type: ignore[attr-defined]

    looker = by_programs(world, OF_PROGRAMS)

    assert looker.leaks == set()
    told = differences(looker.sights, table("programs"))
    assert not told, "\n".join(told)
    assert signs(written.getvalue()) == set()


def test_nobody_finds_a_child_by_its_name_or_a_parent_by_theirs(world: World) -> None:
    """What is looked for stands on the page again: the rest of the child must not."""
    for who, account in world.who.items():
        client = visitor(account)
        for typed, kind in ((CANARY, "family"), (EMAIL, "email")):
            for path in (f"/find/?q={quote(typed)}", f"/palette/?q={quote(typed)}"):
                assert signs(opened(client.get(path).content)) <= {kind}, (who, path)


# --- What would be noticed ----------------------------------------------------------------------


def leading(*_: Any, **__: Any) -> HttpResponse:
    return redirect(f"/learners/?q={CANARY}")


def page_that_leads(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    return HttpResponse(f'<a href="/learners/?q={quote(CANARY)}">→</a>')


def saying(leak: Callable[[HttpRequest], object]) -> Callable[..., None]:
    """Say what is said at the end of a form, and something more."""

    def said(request: HttpRequest, words: str) -> None:
        with scoped(SYSTEM):
            leak(request)
        tell(request, words)

    return said


def write(request: HttpRequest) -> None:
    Letter.objects.create(to="a@example.org", subject=CANARY, text="")


def notify(request: HttpRequest) -> None:
    person = Post.objects.earliest("pk").person
    Notice.objects.create(person=person, kind="known", title=CANARY, url="/", button="→")


def journal(request: HttpRequest) -> None:
    Entry.objects.create(verb="x", means="", target_kind="", target_key="", details={"n": CANARY})


EDIT = [row for row in TABLE if (row.name, row.method) == ("learners:edit", "post")]
LEAKS: dict[str, tuple[str, Any]] = {
    "headers": ("redirect", leading),
    "addresses": ("redirect", page_that_leads),
    "cookies": ("tell", lambda request, words: tell(request, f"{words} {CANARY}")),
    "letters": ("tell", saying(write)),
    "notices": ("tell", saying(notify)),
    "journal": ("tell", saying(journal)),
}


@pytest.mark.parametrize("place", LEAKS)
def test_a_leak_is_noticed(world: World, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, leak = LEAKS[place]
    assert on_pages(world, EDIT).leaks == set()

    monkeypatch.setattr(cards, name, leak)

    found = on_pages(world, EDIT).leaks
    assert {line.partition(" ")[0] for line in found} == {place}


def test_a_page_that_shows_more_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(world.child), "door_name", property(lambda self: self.full_name))
    rows = [row for row in TABLE if row.name == "events:check"]

    found = on_pages(world, rows).sights

    assert differences(found, {key: table("pages")[key] for key in found})


def test_a_log_that_tells_is_noticed(
    world: World, written: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = logging.getLogger("zveno.learners")
    monkeypatch.setattr(cards, "tell", saying(lambda _: log.warning("%s", CANARY)))

    on_pages(world, EDIT)

    assert signs(written.getvalue()) == {"family"}
