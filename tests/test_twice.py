"""A button pressed twice: the second request changes nothing that the first has not."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.db.models import (
    AutoField,
    BinaryField,
    DateTimeField,
    Field,
    ForeignKey,
    Model,
    UUIDField,
)
from django.test import Client

from tests.nasty import FORMS, MORE, Stage
from tests.test_matrix import TABLE, Row, fields, fill, undone, visitor
from zveno.events.models import Event, Group
from zveno.kernel import clock
from zveno.kernel.models import Entry, Seal
from zveno.network.actions import bring_members
from zveno.network.models import Agreement
from zveno.organisations.actions import Turn, enter_organisations, enter_part, note_turn
from zveno.people.actions import finish_task
from zveno.people.models import Attempt, actor_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
# All of the journal and the counts of attempts: they tell of what changed nothing as well.
NOTES = (Entry, Seal, Attempt)
ROOMS = [model for model in apps.get_models() if model.__module__.startswith("zveno.")]
MODELS = [model for model in ROOMS if not issubclass(model, NOTES)]
CHANGING = (AutoField, BinaryField, DateTimeField, ForeignKey, UUIDField)
SECRETS = {"token_hash", "session_data", "opens", "text", "about"}
AGAIN = {
    "network:renew_link": "each asks for a link of its own, and only the last one opens",
    "network:change_signatory": "each asks for a link of its own, and only the last one opens",
    "learners:renew_family_link": "each asks for a link of its own, and only the last one opens",
    "learners:family_codes": "each makes a code of its own, and only the last one opens",
    "learners:remind_families": "each letter has a link of its own, and only the last one opens",
    "learners:guardians": "two parents may have one name; each shows a link of its own",
    "desk:download_export": "each download is counted and bears a code of its own",
    "events:calendars": "each asks for an address of its own, and only the last one opens",
    "events:class_calendar": "each asks for an address of its own, and only the last one opens",
    "plan:feed": "each asks for an address of its own, and only the last one opens",
    "people:invite": "each asks for a link of its own, and only the last one opens",
    "people:print_recovery": "each makes a link of its own, and only the last one opens",
    "people:appoint": "nobody is appointed twice, and each shows a link of its own",
    "people:tokens": "each asks for a token of its own, shown once",
    "webhooks:webhooks": "each asks for a subscription of its own, its secret shown once",
}
SHOWING = {"events:check", "events:children"}  # a search, and the first of two steps
SHOWING |= {"events:paper"}  # the first of two steps
SHOWING |= {"desk:find", "ui:language"}  # a search, and what only the browser keeps
SHOWING |= {"events:again"}  # nothing was held before
SHOWING |= {"people:forgotten"}  # the worker looks who it was
SHOWING |= {"learners:place_rows"}  # only whose rows they are: a key
SHOWING |= {"network:proof"}  # only that it was looked at
SHOWING |= {"correspondence:received", "correspondence:letter_by_link"}  # so are letters
# Only the moment is noted.
SHOWING |= {"people:end_post", "people:end_token", "people:take_invitation_back"}
SHOWING |= {"plan:end_wish_link", "plan:close_feed", "events:close_calendar"}
SHOWING |= {"network:apply", "network:join"}  # the worker writes, and the first of three steps
SHOWING |= {"network:end_membership"}  # only the last day is noted
SHOWING |= {
    "network:withdraw_offer",
    "network:withdraw_interest",
    "network:switch_signing_off",
    "network:switch_review_off",
}  # only the moment is noted
SHOWING |= {"learners:confirm_guardian", "learners:switch_consents_off"}  # so it is here
SHOWING |= {"learners:switch_initials_off"}  # it is off
SHOWING |= {"learners:free_guardian"}  # nobody is held back
SHOWING |= {"people:codes", "people:add_key", "people:untie_identity"}  # nothing is there
SHOWING |= {"people:key_options", "people:ask_for_key", "people:back_from_elsewhere"}  # steps
SHOWING |= {"people:open_notice", "people:read_notices"}  # only the moment is noted
# Only the moment is noted; what is held is handed over.
SHOWING |= {"learners:lift_hold", "learners:subject_file", "desk:family_copy"}
SHOWING |= {"learners:undo_list"}  # nobody has been entered yet
SHOWING |= {"events:agree", "events:read"}  # nothing was moved
SHOWING |= {"events:remove_file", "events:return_file"}  # only the moment is noted
SHOWING |= {"events:replace_certificate"}  # it is valid
SHOWING |= {"learners:scan"}  # only which sheet a page is
SHOWING |= {"webhooks:switch_off", "webhooks:switch_on", "webhooks:end", "webhooks:redeliver"}


def consent(world: Stage) -> None:
    """Note the consents of the children expected."""
    Group.objects.filter(pk=world.group.pk).update(consented=2)
    world.group.places.update(consented=True)


def begin(world: Stage) -> None:
    """Let the event have begun."""
    Event.objects.filter(pk=world.event.pk).update(starts_at=clock.now() - timedelta(hours=1))


def mend(world: Stage) -> None:
    """Leave nothing to mend in the list of members."""
    table = {"text": "Наименование\tИНН\nГБОУ школа № 951 (пример)\t0010009965\n"}
    coordinator = actor_of(world.who["coordinator"])
    world.list = bring_members(coordinator, world.cluster.public_id, source=table)


def enter(world: Stage) -> None:
    """Enter what is ready of a table of organisations."""
    coordinator = actor_of(world.who["coordinator"])
    enter_organisations(coordinator, world.register.public_id)
    enter_part(coordinator, world.register.public_id)


def rename(world: Stage) -> None:
    """Let the school have got its name on a day."""
    renamed = Turn("renamed", date(2020, 2, 1), name="Школа № 962 (пример)")
    note_turn(actor_of(world.who["head_a"]), world.school_a.public_id, turn=renamed)


def close(world: Stage) -> None:
    """Let the task be done."""
    finish_task(actor_of(world.who["deputy_a"]), world.task.public_id)


READY: dict[str, Callable[[Stage], None]] = {
    "events:mark": consent,
    "events:paper": consent,
    "events:phone": consent,
    "events:withdraw": consent,
    "events:hold": begin,
    "network:accept_members": mend,
    "organisations:take_back": rename,
    "organisations:undo": enter,
    "people:reopen_task": close,
}


@pytest.fixture
def world() -> Stage:
    return Stage()


def told(field: "Field[Any, Any]") -> bool:
    """Whether a field tells what is stored, and not only which row or when."""
    return not isinstance(field, CHANGING) and field.name not in SECRETS


def state() -> dict[str, list[str]]:
    """Describe all that is stored, row by row, without keys and moments."""
    return {
        model.__name__: sorted(map(_described, model._default_manager.iterator()))
        for model in MODELS
    }


def _described(row: Model) -> str:
    return str([getattr(row, field.attname) for field in row._meta.concrete_fields if told(field)])


def test_the_second_press_changes_nothing(world: Stage) -> None:
    faults = []
    for button in buttons(world):
        with undone():
            press, before = button.filled(world), state()
            first, once = press(), state()
            second, twice = press(), state()
        well = {
            "answers": first in {200, 302, 422} and second < 500,
            "changes nothing again": twice == once,
            "changes something, or only shows": (once == before) == (button.name in SHOWING),
        }
        faults += [f"{button.name}: {what}" for what, is_so in well.items() if not is_so]
    assert not faults


def test_a_link_asked_for_twice_is_one_that_opens(world: Stage) -> None:
    client = visitor(world.who["coordinator"])
    links = Agreement.objects.get(pk=world.agreement.pk).cluster.base.links

    pages = [client.post(f"/parties/{world.party_a.public_id}/link/").text for _ in range(2)]

    addresses = [page.split("/sign/")[1].split("/")[0] for page in pages]
    opened = [visitor(None).get(f"/sign/{token}/").status_code for token in addresses]
    assert opened == [404, 200]
    live = [link for link in links.filter(ended_at=None) if link.opens[0][0] == "network.Party"]
    assert len(live) == len(world.agreement.parties.all())


@dataclass(frozen=True)
class Button:
    """A form and somebody who may send it."""

    name: str
    who: str
    path: str

    def filled(self, world: Stage) -> Callable[[], int]:
        """Open the page once and fill its form in; return what sends it and tells the status."""
        if self.name in READY:
            READY[self.name](world)
        client, path = visitor(world.who[self.who]), fill(world, self.path)
        typed = fields(world, self.name, self.who) | dict(MORE.get(self.name, {}))
        sent = _carried(client, path) | typed
        return lambda: client.post(path, sent).status_code


def buttons(world: Stage) -> Iterator[Button]:
    """List what is ever done by a press: as the table of rights has it, or as a form's own."""
    forms = {form.name: Button(form.name, form.who, form.path) for form in FORMS}
    for row in TABLE:
        who = _allowed(world, row)
        if row.method == "post" and row.name not in AGAIN and (who or row.name in forms):
            yield forms.get(row.name, Button(row.name, who, row.path))


def _allowed(world: Stage, row: Row) -> str:
    """Name somebody who may do it; nobody if it is never done."""
    expected = zip(world.who, row.expected, strict=False)
    return next((who for who, status in expected if status in {"302", "200"}), "")


def _carried(client: Client, path: str) -> dict[str, str]:
    """Open a page as a browser does; return what its form carries along, if there is one."""
    page, hidden = client.get(path), Hidden(path)
    if page.status_code == 200:
        hidden.feed(page.text)
    return hidden.found


class Hidden(HTMLParser):
    """The fields a form sends unseen to the address of its own page."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.own = path, False
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a hidden field of such a form."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.own = (given.get("method"), given.get("action", self.path)) == ("post", self.path)
        elif self.own and tag == "input" and given.get("type") == "hidden":
            self.found[given["name"]] = given.get("value", "")
