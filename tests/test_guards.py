"""Promises about the whole code base, checked by reading it; each is shown to see a fault."""

import inspect
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from tests import guards
from tests.guards import ROOT, sources
from zveno.kernel.actions import VERBS, Action
from zveno.kernel.models import Data, Record

CONTRACT = tomllib.loads((ROOT.parents[1] / "pyproject.toml").read_text())["tool"]["importlinter"]
LAYERS = next(c["layers"] for c in CONTRACT["contracts"] if c.get("containers") == ["zveno"])
DEPTH = {room.strip(" ()"): n for n, layer in enumerate(LAYERS) for room in layer.split("|")}
MODELS = [model for model in apps.get_models() if model.__module__.startswith("zveno.")]
ROOMS = [room for room in DEPTH if list((ROOT / room).glob("models*"))]
HEAVY = {"ortools", "scipy", "numpy", "pandas", "duckdb", "ibis", "splink", "typst", "docx"}
HEAVY |= {"pymorphy3", "pytrovich", "python_calamine", "xlsxwriter"}
# Every page a stranger may open, with the reason; the gallery is absent in production.
ANONYMOUS = {
    "people:sign_in": "who signs in is not known yet",
    "people:take_second_step": "who has said a password is not signed in yet",
    "people:elsewhere": "who signs in is not known yet",
    "people:back_from_elsewhere": "who signs in is not known yet",
    "people:ask_for_key": "who signs in is not known yet",
    "people:sign_in_by_key": "who signs in is not known yet",
    "people:sign_out": "leaving twice is no error",
    "people:forgotten": "who forgot a password is not known yet",
    "people:letter_asked": "who forgot a password is not known yet",
    "people:choose_password": "a link from a letter: its token makes the actor",
    "people:setup": "nobody has an account yet: a token makes the actor",
    "people:setup_place": "nobody has an account yet: a token makes the actor",
    "people:setup_mail": "nobody has an account yet: a token makes the actor",
    "people:setup_person": "nobody has an account yet: a token makes the actor",
    "people:invitation": "whoever is invited has no account yet: a token makes the actor",
    "events:calendar": "a program reads it by a secret address: its token makes the actor",
    "events:catalogue": "announced events are public",
    "events:public": "announced events are public",
    "desk:sitemap": "names open pages only",
    "desk:robots": "sends search engines to the open pages",
    "network:public_cluster": "that a cluster exists and who is in it is public",
    "network:apply": "whoever applies to a cluster may have no account yet",
    "network:applied": "whoever applies to a cluster may have no account yet",
    "network:join": "a link from a letter: its token makes the actor",
    "network:join_facts": "a link from a letter: its token makes the actor",
    "network:join_agree": "a link from a letter: its token makes the actor",
    "network:decline_by_link": "the same link: an organisation says that it does not join",
    "network:sign": "a link from a letter: its token makes the actor",
    "network:refuse_by_link": "the same link: a party says that it does not sign",
    "documents:linked_file": "a link from a letter: its token makes the actor",
    "correspondence:letter_by_link": "a link from a letter: its token makes the actor",
    "plan:calendar": "a secret address asked for on a page: its token makes the actor",
    "events:engineer": "a link from a letter: its token makes the actor",
    "events:engineer_calendar": "the same link: the slot as a file for calendars",
    "events:how_it_was": "a code on the wall of an event: its token makes the actor",
    "events:visit": "a family comes by itself: nobody asks who it is",
    "events:worker": "the script that keeps the page of the door on a phone",
    "events:manifest": "what the program of the phone is called",
    "events:ticket": "a link from a letter: its token makes the actor",
    "events:ticket_calendar": "the same link: the event goes into one's calendar",
    "plan:wish": "a link from a letter: its token makes the actor",
    "plan:take_wish_back": "a link from a letter: its token makes the actor",
    "correspondence:poll_by_link": "a link from a letter: its token makes the actor",
    "correspondence:meeting_by_link": "a link from a letter: its token makes the actor",
    "correspondence:calendar_by_link": "the same link: the meeting goes into one's calendar",
    "correspondence:answer_by_link": "a link from a letter: its token makes the actor",
    "documents:verify": "whoever holds a certificate may check it",
    "documents:verification": "whoever holds a certificate may check it",
    "desk:family": "a link from a letter or a printed code: its token makes the actor",
    "desk:family_child": "the same link: one of several children",
    "desk:family_answer": "the same link: a parent gives or refuses a consent",
    "desk:family_refuse": "the same link: a parent takes all consents back",
    "desk:family_copy": "the same link: a parent takes a copy of what is kept",
    "desk:family_certificate": "the same link: a parent takes a certificate",
    "desk:outbox": "letters of a safe place, absent in production",
    "ui:view": "colours and text size are chosen before anybody is known",
    "ui:language": "so is the language",
    "ui:gallery": "the kit, absent in production",
    "ui:base": "the kit, absent in production",
    "ui:problem": "the kit, absent in production",
}
# Where row-level security is told that Zveno itself asks, with the reason.
SYSTEM = {
    "correspondence/actions/polls.py": "who answers holds a poll only its house may change",
    "kernel/repeats.py": "keys of requests are forgotten for everybody",
    "kernel/outbox.py": "letters hold links: whoever causes one does not read the others",
    "kernel/erasures.py": "what was erased is listed for all",
    "kernel/metrics.py": "how many letters wait, never which",
    "kernel/sweep.py": "letters that do not leave are counted, not read",
    "people/models/notices.py": "whoever decides something settles it for colleagues as well",
    "people/actions/tasks.py": "an upper room gives a task to a house the actor does not see into",
    "people/actions/setup.py": "in an empty house there is nobody yet who could enter anything",
    "organisations/models/mergers.py": "rows of a duplicate are counted, whoever may see them",
    "organisations/actions/merging.py": "rows of a duplicate are moved, whoever may see them",
    "events/models/calendars.py": "the calendar of a class tells events, and no child",
    "events/models/handouts.py": "who sees an event reads what its host attached to it",
    "events/actions/visits.py": "a family that registers is nobody, and reads no ticket",
    "events/tasks.py": "the worker draws files for every host",
    "learners/actions/districts.py": "who brings a table of many schools does not read their lists",
    "learners/actions/transfers.py": "who takes a child in gets its card from who lets it go",
    "learners/actions/erasing.py": "what other houses keep of a child goes with the child",
    "learners/models/subject.py": "what a host keeps of a child is told to who answers for it",
    "events/actions/cancelling.py": "lists and disclosures end that belong to who was coming",
    "events/actions/moving.py": "answers are asked anew, disclosures follow, of whoever is coming",
    "learners/models/destruction.py": "what would go in every house is counted, not read",
    "learners/models/retention.py": "what is due everywhere is counted, not read",
    "learners/tasks.py": "the worker looks after terms of consents and erases what is due",
    "network/models/duties.py": "who does what is owed closes tasks in houses they do not see into",
    "network/tasks.py": "the worker looks after terms and what waits for an answer",
    "plan/tasks.py": "the timetable: reminders of wishes",
    "people/tasks.py": "the worker tells everybody what is due",
    "webhooks/models/publishing.py": "the worker reads the journal for every subscription",
    "webhooks/models/sending.py": "the worker sends what is due for everybody",
    "desk/pages/outbox.py": "the outbox of a safe place, absent in production",
    "demo/management/awards.py": "the demonstration is told by Zveno itself",
    "demo/management/checks.py": "the demonstration is told by Zveno itself",
    "demo/management/classes.py": "the demonstration is told by Zveno itself",
    "demo/management/doing.py": "the demonstration is told by Zveno itself",
    "demo/management/families.py": "the demonstration is told by Zveno itself",
    "demo/management/joining.py": "the demonstration is told by Zveno itself",
    "demo/management/keeping.py": "the demonstration is told by Zveno itself",
    "demo/management/engineers.py": "the demonstration is told by Zveno itself",
    "demo/management/visits.py": "the demonstration is told by Zveno itself",
    "demo/management/handouts.py": "the demonstration is told by Zveno itself",
    "demo/management/opinions.py": "the demonstration is told by Zveno itself",
    "demo/management/story.py": "the demonstration is told by Zveno itself",
    "demo/management/contacts.py": "the demonstration is told by Zveno itself",
    "demo/management/meetings.py": "the demonstration is told by Zveno itself",
    "demo/management/merging.py": "the demonstration is told by Zveno itself",
    "demo/management/reviews.py": "the demonstration is told by Zveno itself",
    "demo/management/papers.py": "the demonstration is told by Zveno itself",
    "demo/management/planning.py": "the demonstration is told by Zveno itself",
    "demo/management/letters.py": "the demonstration is told by Zveno itself",
    "demo/management/region.py": "the demonstration is told by Zveno itself",
}
NAMES_OF_PEOPLE = {"family_name", "given_name", "patronymic", "name_key", "snils", "birth_date"}


def room_of(kind: type[Model]) -> str:
    return kind.__module__.split(".")[1]


def read(*kinds: str) -> Iterator[tuple[str, str]]:
    for path in sources(*kinds):
        yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def templates() -> list[Path]:
    return sorted(ROOT.rglob("templates/**/*.html"))


def modules(*kinds: str) -> Iterator[ModuleType]:
    for path in sources(*kinds):
        name = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts)
        yield import_module(name.removesuffix(".__init__"))


# --- Models -----------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_says_who_sees_it(model: type[Model]) -> None:
    answer = getattr(type(model._default_manager.all()), "visible_to", None)
    assert answer is not None
    assert answer.__module__.split(".")[:2] == ["zveno", room_of(model)]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_classes_of_data_are_of_fields_that_exist(model: type[Model]) -> None:
    told = getattr(model, "DATA", {})
    fields = {field.name for field in model._meta.fields}
    assert set(told) <= fields
    assert set(told.values()) <= set(Data)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_names_of_people_are_personal(model: type[Model]) -> None:
    about_people = {"learner", "person"} & {field.name for field in model._meta.fields}
    named = NAMES_OF_PEOPLE & {field.name for field in model._meta.fields}
    if not issubclass(model, Record) or not (model.PSEUDONYMOUS or about_people):
        return
    assert all(model.class_of(field) is Data.PERSONAL for field in named)


def test_keys_stay_in_the_room_or_point_strictly_down() -> None:
    for model in MODELS:
        for field in model._meta.get_fields():
            target = field.related_model
            if field.auto_created or not isinstance(target, type) or target not in MODELS:
                continue
            here, there = model._meta.app_label, target._meta.app_label
            assert here == there or DEPTH[here] < DEPTH[there], f"{model}.{field.name}"


# --- Verbs ------------------------------------------------------------------------------------


def unjudged(module: ModuleType) -> Iterator[str]:
    """Yield public functions of actions that are no verbs, or whose rule is of another room."""
    room = ".".join(module.__name__.split(".")[:2])
    for name, verb in vars(module).items():
        own = getattr(verb, "__module__", None) == module.__name__
        if not own or name.startswith("_") or isinstance(verb, type):
            continue
        if not isinstance(verb, Action):
            if inspect.isfunction(verb):
                yield f"{module.__name__}.{name} is no verb"
            continue
        if not verb.rule.__module__.startswith(f"{room}.rules"):
            yield f"{module.__name__}.{name} is judged by {verb.rule.__module__}"
        details = list(inspect.signature(verb.verb).parameters.values())[2:]
        if not all(detail.kind is detail.KEYWORD_ONLY for detail in details):
            yield f"{module.__name__}.{name}: name the details"


def test_every_public_function_of_actions_is_a_verb_with_a_rule_of_its_room() -> None:
    found = [
        fault
        for module in modules("actions")
        for fault in unjudged(module)
        if not module.__name__.startswith("zveno.kernel")
    ]
    assert not found


def test_every_room_lists_its_verbs() -> None:
    verbs = {name: verb for name, verb in VERBS.items() if ".tests." not in verb.verb.__module__}
    missing = []
    for name in sorted(verbs):
        room, verb = name.split(".")
        readme = ROOT / room / "README.md"
        text = readme.read_text(encoding="utf-8") if readme.exists() else ""
        if not re.search(rf"\b{verb}\b", text):
            missing.append(name)
    assert not missing


# --- Pages ------------------------------------------------------------------------------------


def test_only_actions_write() -> None:
    faces = read("pages", "rest", "forms")
    assert not [f"{where}:{fault}" for where, text in faces for fault in guards.writes(text)]


def test_verbs_are_called_only_where_a_post_is_answered() -> None:
    assert not [
        f"{where}:{fault}"
        for where, text in read("pages", "rest")
        for fault in guards.verbs_outside_of_posts(text)
    ]


def questions() -> frozenset[str]:
    """Return the questions that querysets of this house answer."""
    own = {name for model in MODELS for name in vars(type(model._default_manager.all()))}
    return frozenset(name for name in own if not name.startswith("_")) - {"visible_to"}


def test_every_query_begins_with_what_the_reader_may_see() -> None:
    asked = questions()
    assert not [
        f"{where}:{fault}"
        for where, text in read("pages", "rest", "forms")
        for fault in guards.unscoped_queries(text, asked)
    ]


def pages(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, Callable[..., object]]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from pages(entry, entry.namespace or space)
        elif isinstance(entry, URLPattern):
            yield f"{space}:{entry.name}", entry.callback


def test_pages_open_to_strangers_are_those_written_down() -> None:
    opened = {
        name for name, page in pages(get_resolver()) if not getattr(page, "login_required", True)
    }
    assert opened == set(ANONYMOUS)


def test_system_scope_is_taken_only_where_it_is_written_down() -> None:
    takers = {
        str(path.relative_to(ROOT))
        for path in ROOT.rglob("*.py")
        if "tests" not in path.parts and list(guards.system_scopes(path.read_text()))
    }
    assert takers == set(SYSTEM)


# --- Templates and files ----------------------------------------------------------------------


def test_templates_hold_markup_only() -> None:
    assert not [
        f"{path.relative_to(ROOT)}:{fault}"
        for path in templates()
        for fault in guards.template_faults(path.read_text(encoding="utf-8"))
    ]


def test_styles_and_scripts_of_ours_ask_no_other_host() -> None:
    own = [path for path in ROOT.rglob("static/**/*") if path.suffix in {".css", ".js"}]
    assert own
    for path in own:
        asked = re.findall(
            r"(?:url\(|import\s|fetch\(|src\s*=)\s*[\"']?(?:https?:)?//[^\s\"')]+",
            path.read_text(encoding="utf-8"),
        )
        assert not asked, path


def test_files_and_functions_are_short() -> None:
    assert not [
        f"{path.relative_to(ROOT)}:{fault}"
        for path in ROOT.rglob("*.py")
        if not {"migrations", "tests"} & set(path.parts)
        for fault in guards.lengths(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_consist_of_the_same_kinds_of_files(room: str) -> None:
    if room in {"kernel", "ui"}:
        return
    found = {path.stem for path in (ROOT / room).iterdir() if path.suffix == ".py"}
    found |= {path.name for path in (ROOT / room).iterdir() if (path / "__init__.py").exists()}
    assert found - guards.KINDS == {"__init__"}


def test_heavy_libraries_stay_in_engines() -> None:
    script = (
        "import sys, django; django.setup(); import zveno.config.urls;"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT.parent,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "zveno.config.settings"},
        capture_output=True,
        check=True,
        text=True,
    )
    assert not HEAVY & set(loaded.stdout.split())


# --- The guards see what they are for ---------------------------------------------------------

PLANTED_IN_PAGES = [
    (guards.writes, "Event.objects.visible_to(actor).update(taken=0)"),
    (guards.writes, "event.save()"),
    (guards.writes, "Event.objects.create(title='')"),
    (guards.verbs_outside_of_posts, "def page(request):\n    actions.register(request.actor)"),
    (guards.verbs_outside_of_posts, "from zveno.events.actions import register"),
    (guards.system_scopes, "with scoped(SYSTEM):\n    pass"),
    (guards.system_scopes, "with reading(SYSTEM):\n    pass"),
    (guards.lengths, "def long():\n" + "    pass\n" * 41),
    (guards.lengths, "x = 1\n" * 301),
]
PLANTED_QUERIES = [
    "Event.objects.all()",
    "Event.objects.filter(pk=1)",
    "event.groups.filter(state='')",
    "event.groups.coming()",
    "get_object_or_404(Event, pk=1)",
    "Event._base_manager.visible_to(actor)",
    "manager = Event.objects.using('owner')",
]
PLANTED_IN_TEMPLATES = [
    '<p style="color: red">',
    '<button onclick="go()">',
    "<script>go()</script>",
    "{{ name|safe }}",
    "{% for group in event.groups.all %}",
    '<script src="https://example.org/a.js"></script>',
    '<img src="//example.org/a.png">',
    "<br>\n" * 151,
]


@pytest.mark.parametrize(("check", "planted"), PLANTED_IN_PAGES)
def test_guard_sees_a_fault(check: Callable[[str], Iterator[str]], planted: str) -> None:
    assert list(check(planted))


@pytest.mark.parametrize("planted", PLANTED_QUERIES)
def test_guard_of_queries_sees_a_fault(planted: str) -> None:
    assert list(guards.unscoped_queries(planted, frozenset({"coming"})))


@pytest.mark.parametrize("planted", PLANTED_IN_TEMPLATES)
def test_guard_of_templates_sees_a_fault(planted: str) -> None:
    assert list(guards.template_faults(planted))


def test_guard_of_verbs_sees_a_fault() -> None:
    planted = ModuleType("zveno.events.actions")
    exec("def register(actor, event): ...", planted.__dict__)  # noqa: S102 - our own words
    planted.__dict__["register"].__module__ = planted.__name__

    assert list(unjudged(planted))
