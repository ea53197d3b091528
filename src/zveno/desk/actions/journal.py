"""A part of the journal, taken away by an auditor."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.desk import rules
from zveno.desk.facts import Watermark, sheet
from zveno.desk.models import Audited
from zveno.desk.models.verbs import said_of
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError
from zveno.organisations.models import Organisation
from zveno.people.models import Person

MOST = 100_000


class TooMuch(DomainError):
    """A sheet has an end."""

    code = "too_much"
    status = 422
    message = _("More than %(most)s entries: choose a shorter period.")


@dataclass(frozen=True, slots=True)
class JournalPart:
    """Which entries: lookups of their fields, as the filter of the page makes them."""

    conditions: Mapping[str, Any] = field(default_factory=dict)


@action(rules.takes_journal, on=Person)
def take_journal(actor: Actor, person: Person, *, part: JournalPart, copy: UUID) -> bytes:
    """Return a part of the journal as a table with a watermark. Raises ``TooMuch``."""
    entries = Audited.objects.visible_to(actor).filter(**part.conditions)
    if entries[MOST:].exists():
        raise TooMuch(most=MOST)
    heads = [
        gettext("When"),
        gettext("Action"),
        gettext("Machine name"),
        gettext("Who"),
        gettext("Signed in with"),
        gettext("On behalf of"),
        gettext("Kind of record"),
        gettext("Record"),
        gettext("Entry"),
    ]
    mark = Watermark(str(person), copy.hex[:8], clock.now())
    return sheet(heads, _rows(entries.newest()), mark)


def _rows(entries: Any) -> Iterator[list[object]]:
    names = dict(Organisation.objects.values_list("pk", "name"))
    for entry in entries.iterator():
        yield [
            localtime(entry.at).isoformat(sep=" ", timespec="seconds"),
            said_of(entry),
            entry.verb,
            entry.actor_key,
            entry.means,
            names.get(entry.organisation, ""),
            entry.target_kind,
            entry.target_key,
            entry.public_id,
        ]
