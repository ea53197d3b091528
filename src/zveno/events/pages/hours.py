"""Hours of career guidance of a school: by grade, class, direction and child; the table of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zveno.codes.models import retention
from zveno.codes.models.careers import career_directions, career_minimum
from zveno.events import actions, rules
from zveno.events.forms.hours import LevelForm, plain, year_of, years
from zveno.events.models import (
    ChildHours,
    Hours,
    by_grade,
    classes_hours,
    level_of,
    together,
)
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.http import Request
from zveno.learners.models import Learner
from zveno.organisations.models import Organisation
from zveno.ui.sheets import TYPES, attached
from zveno.ui.toasts import tell, warn

HEADS = (
    gettext_lazy("Class"),
    gettext_lazy("Children"),
    gettext_lazy("Half have at least, hours"),
    gettext_lazy("The fewest hours"),
    gettext_lazy("Minimum, hours"),
    gettext_lazy("Have the minimum"),
    gettext_lazy("Behind"),
)


@dataclass(frozen=True, slots=True)
class ChildLine:
    """A child of a class with its hours."""

    child: Learner
    hours: ChildHours
    enough: bool


@require_safe
def hours(request: Request, key: UUID) -> HttpResponse:
    """Show hours by grade and class in a year; ``?year=`` says which."""
    owner, year = _owner(request.actor, key), year_of(request.GET.get("year"))
    classes = classes_hours(request.actor, owner, year)
    level, minimum = level_of(request.actor, owner.pk, year), career_minimum(year)
    asked = [one for one in classes if minimum.covers(one.grade)]
    facts = _frame(owner, year) | {
        "grades": list(by_grade(classes)),
        "all": together(asked),
        "level": level,
        "minimum": minimum,
        "form": LevelForm(year, initial={"level": level.code if level else ""}),
    }
    return render(request, "events/hours.html", facts)


@require_safe
def export(request: Request, key: UUID, kind: str) -> HttpResponse:
    """Hand over hours by class as a table, without a name. Raises ``Http404``."""
    if kind not in TYPES:
        raise Http404
    owner, year = _owner(request.actor, key), year_of(request.GET.get("year"))
    classes = classes_hours(request.actor, owner, year)
    heads = [*HEADS, *(name for _code, name in career_directions().choices())]
    return attached("career-guidance-hours", kind, heads, _table(classes))


@require_safe
def class_hours(request: Request, key: UUID, grade: int) -> HttpResponse:
    """Show the children of a class with their hours, of one's own only; ``?show=behind``."""
    owner, year = _owner(request.actor, key), year_of(request.GET.get("year"))
    letter = request.GET.get("letter", "")
    found = [
        one
        for one in classes_hours(request.actor, owner, year)
        if (one.grade, one.letter) == (grade, letter)
    ]
    if not found:
        raise NotFound
    one = found[0]
    facts = _frame(owner, year) | {
        "one": one,
        "lines": _lines(request, one),
        "directions": list(one.directions()),
        "query": f"letter={letter}",
    }
    return render(request, "events/hours_class.html", facts)


@require_POST
def choose(request: Request, key: UUID) -> HttpResponse:
    """Note the level of the minimum that the school has chosen."""
    try:
        actions.choose_level(request.actor, key, level=request.POST.get("level", ""))
    except actions.NoSuchLevel as refusal:
        warn(request, str(refusal))
    else:
        tell(request, _("The level is saved."))
    return redirect("events:hours", key)


def _owner(actor: Actor, key: UUID) -> Organisation:
    owner = Organisation.objects.visible_to(actor).pick(key)
    if not rules.counts_hours(actor, owner):
        raise NotAllowed
    return owner


def _frame(owner: Organisation, year: int) -> dict[str, Any]:
    return {
        "owner": owner,
        "year": year,
        "year_name": year_name(year),
        "years": [(str(one), year_name(one)) for one in years()],
        "this": str(years()[0]),
        "kept": retention().by_code["event_lists"].days,
        "hours_url": reverse("events:hours", args=[owner.public_id]),
    }


def year_name(year: int) -> str:
    """Write an academic year as schools do."""
    return f"{year}/{year + 1}"


def _lines(request: Request, one: Hours) -> list[ChildLine]:
    keys = {child.child: child for child in one.children}
    behind = request.GET.get("show") == "behind"
    rows = Learner.objects.visible_to(request.actor).filter(pk__in=keys).order_by("name_key", "pk")
    found = [ChildLine(row, keys[row.pk], one.has_enough(keys[row.pk])) for row in rows]
    return [line for line in found if not (behind and line.enough)]


def _table(classes: Sequence[Hours]) -> Iterator[list[object]]:
    for grade, rows in by_grade(classes):
        yield from map(_cells, rows)
        if len(rows) > 1:
            words = _("grade %(grade)s, all") if grade.grade else _("kindergarten, all")
            yield [words % {"grade": grade.grade}, *_cells(grade)[1:]]


def _cells(one: Hours) -> list[object]:
    said = [one.asked, one.reached, one.behind] if one.asked else ["", "", ""]
    means = [_figure(mean) for _name, mean in one.directions()]
    label = one.label or _("Without a group")
    return [label, one.number, _figure(one.middle), _figure(one.least), *said, *means]


def _figure(hours: Decimal) -> str:
    return plain(hours.quantize(Decimal("0.1"))).replace(".", ",")
