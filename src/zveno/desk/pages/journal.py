"""The journal for whoever audits it, and who did what with one record."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from zveno.desk import actions, rules
from zveno.desk.forms import JournalFilter
from zveno.desk.models import Audited
from zveno.desk.models.verbs import said_of
from zveno.kernel import journal as chain
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.http import Request, reading
from zveno.kernel.models import Entry, Record, Seal, journal_key
from zveno.organisations.models import Organisation
from zveno.people.models import Person

SHOWN = 50
MEANS = {
    "account": _("account"),
    "link": _("link from an email"),
    "device": _("device"),
    "token": _("program"),
    "system": _("Zveno itself"),
    "none": _("nobody"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a page shows it; ``name`` only to the house the record belongs to."""

    entry: Entry
    organisation: str
    means: str
    words: str
    name: str = ""

    @property
    def kind(self) -> str:
        """Name the kind of the record without its room."""
        return self.entry.target_kind.rpartition(".")[2]


@require_safe
def journal(request: Request) -> HttpResponse:
    """Show the journal, the newest first, filtered by the fields above it."""
    actor = request.actor
    if not rules.reads_journal(actor):
        raise NotAllowed
    form = JournalFilter(request.GET)
    conditions = form.conditions(actor) if form.is_valid() else {"pk": None}
    after = _key(request.GET.get("after", ""))
    audited = Audited.objects.visible_to(actor)
    entries = list(audited.filter(**conditions).newest(after)[: SHOWN + 1])
    newest = audited.order_by("-pk").values_list("public_id", flat=True)[:1]
    page = {
        "form": form,
        "asked": [(name, value) for name, value in request.GET.items() if name in form.fields],
        "lines": _lines(actor, entries[:SHOWN]),
        "more": _more(entries),
        "root": chain.root(),
        "all_sealed": Seal.objects.visible_to(actor).filter(entry__in=newest).exists(),
    }
    return render(request, "desk/journal.html", page, status=200 if form.is_valid() else 422)


@require_POST
def take(request: Request) -> HttpResponse:
    """Hand over the part of the journal that the filter asks for."""
    actor = request.actor
    form = JournalFilter(request.POST)
    with reading(actor):
        if not rules.reads_journal(actor):
            raise NotAllowed
        part = actions.JournalPart(form.conditions(actor) if form.is_valid() else {"pk": None})
        person = Person.objects.visible_to(actor).get(pk=actor.person or 0)
    copy = uuid4()
    table = actions.take_journal(actor, person.public_id, part=part, copy=copy)
    answer = HttpResponse(table, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="journal-{copy.hex[:8]}.csv"'
    return answer


@require_safe
def record(request: Request, kind: str, key: UUID) -> HttpResponse:
    """Show who did what with one record, to its own house."""
    actor = request.actor
    found = _record(actor, kind, key)
    if not rules.knows_who_saw(actor, found):
        raise NotAllowed
    entries = found.told(_key(request.GET.get("after", "")), SHOWN + 1)
    page = {
        "lines": _lines(actor, entries[:SHOWN], named=True),
        "more": _more(entries),
        "about": getattr(found, "full_name", found),
        "audits": rules.reads_journal(actor),
    }
    return render(request, "desk/record.html", page)


def _record(actor: Actor, kind: str, key: UUID) -> Record:
    try:
        found: Any = apps.get_model(kind)
    except (LookupError, ValueError) as error:
        raise NotFound from error
    if not issubclass(found, Record):
        raise NotFound
    thing: Record = found.objects.visible_to(actor).pick(key)
    return thing


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _more(entries: Sequence[Entry]) -> str:
    return str(entries[SHOWN - 1].public_id) if len(entries) > SHOWN else ""


def _lines(actor: Actor, entries: Sequence[Entry], *, named: bool = False) -> list[Line]:
    houses = {entry.organisation or 0 for entry in entries}
    names = dict(
        Organisation.objects.visible_to(actor).filter(pk__in=houses).values_list("pk", "name")
    )
    people = _people(actor, houses) if named else {}
    return [
        Line(
            entry,
            names.get(entry.organisation or 0, ""),
            str(MEANS.get(entry.means, entry.means)),
            said_of(entry),
            people.get(entry.actor_key, ""),
        )
        for entry in entries
    ]


def _people(actor: Actor, houses: set[int]) -> dict[str, str]:
    """Tell whose pseudonyms stand in entries: of those who hold or held a post in ``houses``."""
    found = Person.objects.visible_to(actor).filter(posts__organisation__in=houses).distinct()
    return {journal_key(Person, person.pk): str(person) for person in found}
