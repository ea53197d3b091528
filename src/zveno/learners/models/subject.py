"""Everything that is held about one child: found by what points at its row, said in words.

Whatever table comes to point at a child, its rows are told here by themselves; a test asks for
words for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zveno.kernel.actor import SYSTEM, Actor, Means
from zveno.kernel.models import Record
from zveno.kernel.walls import scoped
from zveno.learners.models.children import Learner
from zveno.learners.models.seen import Look, seen_by

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Words = tuple["StrPromise", dict[str, "StrPromise"]]
LOOKS = 1000
"""How many of the newest looks are told."""
TOLD: dict[str, Words] = {
    "learners.Learner": (
        gettext_lazy("Child"),
        {
            "owner": _("Organisation"),
            "family_name": _("Family name"),
            "given_name": _("Given name"),
            "patronymic": _("Patronymic"),
            "first_year": _("Year in which grade 1 began"),
            "letter": _("Class letter or group"),
            "born_year": _("Year of birth"),
            "born_on": _("Date of birth"),
            "entered_at": _("Entered"),
            "unfounded_since": _("Without a consent since"),
            "photographed": _("Pictures may be published"),
        },
    ),
    "learners.Consent": (
        _("Consents"),
        {
            "purpose": _("Purpose of processing"),
            "signed_by": _("Whose word"),
            "refused": _("Refused"),
            "method": _("How"),
            "given_at": _("Given"),
            "expires_on": _("Until"),
            "withdrawn_at": _("Withdrawn"),
            "text_hash": _("Version of the text"),
        },
    ),
    "learners.ConsentSheet": (
        _("Printed consent sheets"),
        {"purpose": _("Purpose of processing"), "printed_at": _("Printed")},
    ),
    "learners.ScannedPage": (_("Scans of consents"), {"came_at": _("Scanned")}),
    "learners.Disclosure": (
        _("To whom the data were shown"),
        {
            "organisation": _("Organisation"),
            "purpose": _("Purpose of processing"),
            "until": _("Until"),
        },
    ),
    "learners.ChildListRow": (
        _("Lists they came with"),
        {"of": _("List"), "number": _("Row"), "fate": _("Outcome")},
    ),
    "learners.Transfer": (
        _("Transfers"),
        {"owner": pgettext_lazy("transfer", "From")}
        | {"taker": pgettext_lazy("transfer", "To"), "basis": _("By what request of the family")}
        | {"offered_at": _("Offered"), "state": _("State")},
    ),
    "learners.Hold": (
        _("Holds on erasure"),
        {"reason": _("Why"), "since": _("Since"), "until": _("Until")},
    ),
    "learners.Guardian": (
        _("Parents and guardians"),
        {
            "name": _("Name"),
            "relation": _("Relation"),
            "email": _("Email"),
            "entered_at": _("Entered"),
            "confirmed_at": _("Confirmed"),
        },
    ),
    "events.Place": (
        _("Events"),
        {
            "event": _("Event"),
            "consented": _("Consent"),
            "came_at": _("Arrived"),
            "left_at": _("Left early"),
        },
    ),
    "events.CareNote": (_("What the child needs on the day"), {"need": _("Need")}),
    "events.Certificate": (
        _("Certificates"),
        {
            "kind": _("Kind"),
            "award": _("Award"),
            "event": _("Event"),
            "issuer": _("Organisation"),
            "name": _("Name"),
            "school_class": _("Class"),
            "verification": _("Number"),
            "voided_at": _("Voided"),
        },
    ),
}
"""Which fields of which table are told, in words; keys and folded names are not."""
OF_OTHERS = {"learners.Hold", "learners.Guardian"}
"""What tells of somebody besides the child: who comes by a link is told of themselves alone."""


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table: its name, a title, heads, and each row as words and as plain values."""

    label: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    values: tuple[dict[str, Any], ...]


def relations_of_a_child() -> list["models.ForeignKey[Any, Any]"]:
    """Return every column of every table that names a child."""
    found = Learner._meta.get_fields(include_hidden=True)
    return [one.field for one in found if isinstance(one, models.ManyToOneRel)]


def held_about(actor: Actor, learner: Learner) -> list[Part]:
    """Return all that is held about the child, in every room, for whom the verb lets ask.

    Zveno itself asks: what a host keeps of the child is a part of it.
    """
    with scoped(SYSTEM):
        own = _part(Learner, [Learner.objects.select_related("owner").get(pk=learner.pk)])
        return [own, *_parts_of(actor, learner)]


def _parts_of(actor: Actor, learner: Learner) -> Iterator[Part]:
    for column in relations_of_a_child():
        kind: Any = column.model
        found = kind._default_manager.filter(**{column.name: learner}).order_by("pk")
        if kind._meta.label in OF_OTHERS and actor.means is Means.LINK:
            found = found.filter(pk__in=actor.listed(kind._meta.label))
        rows = list(found)
        if rows:
            yield _part(kind, rows)
            yield from _parts_below(kind, rows)


def _parts_below(kind: Any, rows: list[Any]) -> Iterator[Part]:
    """Tell what stands on rows about the child: what it needs at an event."""
    for one in kind._meta.get_fields(include_hidden=True):
        below: Any = one.related_model
        told = isinstance(one, models.ManyToOneRel) and one.multiple and below._meta.label in TOLD
        if told and below not in {column.model for column in relations_of_a_child()}:
            found = list(below._default_manager.filter(**{f"{one.field.name}__in": rows}))
            if found:
                yield _part(below, found)


def looks_part(learner: Learner) -> Part:
    """Return who saw the child."""
    looks = seen_by(learner, most=LOOKS)
    heads = (gettext("When"), gettext("Organisation"), gettext("Post"), gettext("Where"))
    return Part(
        "journal",
        gettext("Who saw this child"),
        heads,
        tuple(_look_in_words(look) for look in looks),
        tuple(_look_as_values(look) for look in looks),
    )


def _look_in_words(look: Look) -> tuple[str, ...]:
    return (_in_words(look.at), look.organisation or "—", look.post or "—", look.page)


def _look_as_values(look: Look) -> dict[str, Any]:
    return {
        "at": look.at.isoformat(),
        "organisation": look.organisation,
        "post": look.post,
        "page": look.page,
    }


def _part(kind: type[Record], rows: list[Any]) -> Part:
    label = kind._meta.label
    title, fields = TOLD.get(label, (kind.__name__, {}))
    told = list(fields)
    return Part(
        label,
        str(title),
        tuple(str(fields[name]) for name in told),
        tuple(tuple(_shown(row, name) for name in told) for row in rows),
        tuple({"id": str(row.public_id)} | {n: _value(row, n) for n in told} for row in rows),
    )


def _shown(row: Any, name: str) -> str:
    field = row._meta.get_field(name)
    if field.choices:
        return str(getattr(row, f"get_{name}_display")())
    return _in_words(getattr(row, name))


def _in_words(value: object) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return date_format(localtime(value), "j E Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j E Y")
    return str(value)


def _value(row: Any, name: str) -> Any:
    value = getattr(row, name)
    if isinstance(value, models.Model):
        return {"id": str(getattr(value, "public_id", value.pk)), "name": str(value)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value
